import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildProgram } from '../../scripts/build.ts';

/** What a command of the published program loaded: files, packages by name, modules of its own by path below `src`, and Node's. */
export interface Loaded {
  readonly own: readonly string[];
  readonly packages: readonly string[];
  readonly nodes: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly code: number | null;
  readonly stderr: string;
}

/** Writes each file that is loaded, and at the end each module of Node's, to the file that LOADED names. */
const recorder = `
const { appendFileSync } = require('node:fs');
require('node:module').registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\n');
    return next(url, context);
  },
});
process.on('exit', () => {
  for (const name of process.moduleLoadList) appendFileSync(process.env.LOADED, name + '\\n');
});`;

/** Builds the program as it is published into a folder, and tells of each command what it loads. */
export async function openRecorder(
  folder: string,
): Promise<(cwd: string, ...words: readonly string[]) => Loaded> {
  const chunks = await buildProgram(join(folder, 'dist'));
  const recording = join(folder, 'recorder.cjs');
  writeFileSync(recording, recorder);
  const byFile = new Map(chunks.map(({ file, modules }) => [file, modules]));
  return (cwd, ...words) => {
    const loaded = join(folder, 'loaded.txt');
    rmSync(loaded, { force: true });
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', recording, join(folder, 'dist/cli.js'), ...words],
      { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder, LOADED: loaded } },
    );
    const lines = readFileSync(loaded, 'utf8').trim().split('\n');
    const files = lines.filter((line) => line.startsWith('file:'));
    const modules = files.flatMap((url) => byFile.get(basename(url)) ?? []);
    const packageOf = (id: string): readonly string[] =>
      /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.slice(1) ?? [];
    return {
      own: modules
        .filter((id) => id.startsWith('src/'))
        .map((id) => id.slice('src/'.length))
        .toSorted(),
      packages: [...new Set(modules.flatMap(packageOf))].toSorted(),
      nodes: lines.flatMap((line) => /^NativeModule (.+)/.exec(line)?.slice(1) ?? []),
      files: files.length,
      bytes: files.reduce((sum, url) => sum + statSync(new URL(url)).size, 0),
      code: status,
      stderr,
    };
  };
}
