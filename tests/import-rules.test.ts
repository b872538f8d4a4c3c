import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { root, writeFiles } from './workspace.ts';

/** Lints files laid out as the project is, with the project's own rules; gives the rules they break. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-lint-'));
  cpSync(new URL('.oxlintrc.json', root), join(folder, '.oxlintrc.json'));
  cpSync(new URL('tsconfig.json', root), join(folder, 'tsconfig.json'));
  symlinkSync(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'));
  writeFiles(folder, files);
  const run = spawnSync(join(folder, 'node_modules/.bin/oxlint'), ['--format', 'unix', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true, force: true });
  return run.stdout;
}

const uses = (path: string): string => `import { x } from '${path}';\n\nexport const y = x;\n`;
const gives = 'export const x = 1;\n';

const broken: readonly (readonly [string, string, string])[] = [
  ['the model imports another room', 'src/model/y.ts', '../transform/x.ts'],
  ['the model imports a module of Node', 'src/model/y.ts', 'node:fs'],
  ['transform imports a source', 'src/transform/y.ts', '../sources/x.ts'],
  ['a dialect imports a source', 'src/transform/dialects/y.ts', '../../sources/x.ts'],
  ['a dialect imports a module of Node', 'src/transform/dialects/y.ts', 'node:path'],
  ['transform imports http', 'src/transform/y.ts', '../http.ts'],
  ['transform imports a module of Node', 'src/transform/y.ts', 'node:path'],
  ['a source imports a target', 'src/sources/y.ts', '../targets/x.ts'],
  ['a source imports what audits posts', 'src/sources/y.ts', '../audit-post.ts'],
  ['a target imports the plan', 'src/targets/devto/y.ts', '../../plan/x.ts'],
  ['a target imports another target', 'src/targets/devto/y.ts', '../linkedin/x.ts'],
  ['the plan imports a target', 'src/plan/y.ts', '../targets/x.ts'],
  ['the plan imports the ledger', 'src/plan/y.ts', '../ledger/x.ts'],
  ['the plan imports http', 'src/plan/y.ts', '../http.ts'],
  ['the pure part of the plan imports errors', 'src/plan/assemble.ts', '../errors.ts'],
  ['the fold imports a module of Node', 'src/ledger/fold.ts', 'node:fs'],
  ['a stand-in imports a target', 'src/rehearsal/y.ts', '../targets/x.ts'],
  ['init imports a source', 'src/init/y.ts', '../sources/x.ts'],
  ['init imports http', 'src/init/y.ts', '../http.ts'],
  ['init imports a module of Node', 'src/init/y.ts', 'node:fs'],
  ['a command imports the command line', 'src/commands/y.ts', '../cli.ts'],
  ['a room at the top imports a command', 'src/blog/load.ts', './commands/x.ts'],
];

/** Each broken rule in a file of its own, so that one run of the linter tries them all. */
const cases = broken.map(([what, file, path], index) => ({
  what,
  file: file.replace(/\by\.ts$/, `y${index}.ts`),
  path,
}));

describe('the import rules', () => {
  let said = '';
  beforeAll(() => {
    const files = cases.flatMap(({ file, path }) => [
      ...(path.startsWith('.') ? [[join('src', path.replace(/^(\.\.?\/)+/, '')), gives] as const] : []),
      [file, uses(path)] as const,
    ]);
    said = lint(Object.fromEntries(files));
  });

  it.each(cases)('stop it when $what', ({ file }) => {
    const line = said.split('\n').find((one) => one.startsWith(`${file}:1:`));
    expect(line).toContain('no-restricted-imports');
  });

  it('stop a cycle', () => {
    const said = lint({
      'src/model/a.ts': `import { b } from './b.ts';\n\nexport const a = (): number => b();\n`,
      'src/model/b.ts': `import { a } from './a.ts';\n\nexport const b = (): number => a();\n`,
    });
    expect(said).toContain('no-cycle');
  });

  it.each(['Date.now()', 'process.env', 'fetch("/")', 'Math.random()'])(
    'stop a pure room using %s',
    (code) => {
      const text = `export const y = ${code};\n`;
      const files = ['src/transform/y.ts', 'src/init/y.ts'];
      const said = lint(Object.fromEntries(files.map((file) => [file, text])));
      for (const file of files) {
        expect(said).toMatch(new RegExp(`^${file}:.*no-restricted-(globals|properties)`, 'm'));
      }
    },
  );

  it('let through what the design allows', () => {
    const said = lint({
      'src/model/x.ts': gives,
      'src/transform/x.ts': uses('../model/x.ts').replace('y = x', 'z = x') + gives.replace('x', 'q'),
      'src/targets/devto/y.ts': uses('../../model/x.ts'),
      'src/sources/y.ts': uses('../model/x.ts'),
      'src/base/errors.ts': gives,
      'src/init/y.ts': uses('../errors.ts'),
    });
    expect(said).not.toContain('no-restricted-imports');
  });
});
