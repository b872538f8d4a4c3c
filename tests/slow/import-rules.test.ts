import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { rooms } from '../../scripts/rooms.ts';
import { root, writeFiles } from '../workspace.ts';

/** Lints files laid out as the project is, with the project's own rules; gives a line for each rule they break. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-lint-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'scripts', 'package.json']) {
    cpSync(new URL(name, root), join(folder, name), { recursive: true });
  }
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
const names = Object.keys(rooms);

const forbidden = names.flatMap((from) =>
  names
    .filter((to) => to !== from && !rooms[from]?.imports.includes(to))
    .map((to) => ({
      what: `${from} imports ${to}`,
      file: `src/${from}/uses-${to}.ts`,
      path: `../${to}/x.ts`,
    })),
);

const special = [
  { what: 'a target imports another', file: 'src/targets/devto/y1.ts', path: '../linkedin/x.ts' },
  { what: 'a source imports another', file: 'src/sources/feed/y2.ts', path: '../markdown/x.ts' },
  {
    what: 'a folder deep in a room leaves it',
    file: 'src/reading/dialects/y3.ts',
    path: '../../sources/x.ts',
  },
  { what: 'a verb imports the command line', file: 'src/commands/y4.ts', path: '../cli.ts' },
  { what: 'a folder is no room', file: 'src/utils/y7.ts', path: './x.ts' },
];

describe('the import rules', () => {
  const cases = [...forbidden, ...special];
  let said: readonly string[] = [];
  beforeAll(() => {
    const files = cases.flatMap(({ file, path }) => [
      ...(path.startsWith('.') ? [[join(file, '..', path), gives] as const] : []),
      [file, uses(path)] as const,
    ]);
    said = lint(Object.fromEntries(files)).split('\n');
  });

  it.each(cases)('stop it when $what', ({ file }) => {
    expect(said.find((line) => line.startsWith(`${file}:1:`))).toContain('rooms(imports)');
  });
});

describe('the linter', () => {
  it('stops a cycle', () => {
    const said = lint({
      'src/model/a.ts': `import { b } from './b.ts';\n\nexport const a = (): number => b();\n`,
      'src/model/b.ts': `import { a } from './a.ts';\n\nexport const b = (): number => a();\n`,
    });
    expect(said).toContain('no-cycle');
  });

  it('lets a pure file import no more of what reaches out than its types', () => {
    const [stopped, free] = [
      [
        `import { readFileSync } from 'node:fs';\n\nexport const y = readFileSync;\n`,
        `import got from 'got';\n\nexport const y = got;\n`,
        `import { randomUUID } from 'node:crypto';\n\nexport const y = randomUUID;\n`,
        `export { x } from '../base/memo.ts';\n`,
        uses('../base/memo.ts'),
      ],
      [
        `import { createHash } from 'node:crypto';\n\nexport const y = createHash;\n`,
        `import type { X } from '../base/memo.ts';\n\nexport type Y = X;\n`,
        `export type { X } from '../base/memo.ts';\n`,
        `export const y = (): Promise<unknown> => import('../base/memo.ts');\n`,
        uses('../base/once.ts'),
      ],
    ];
    const files = [...stopped, ...free].map((text, index) => [`src/plan/y${index}.ts`, text] as const);
    const said = lint({
      ...Object.fromEntries(files),
      'src/base/memo.ts': `import { readFileSync } from 'node:fs';\n\nexport interface X {\n  x: 1;\n}\nexport const x = readFileSync;\n`,
      'src/base/once.ts': gives,
    }).split('\n');
    const found = files.filter(([file]) =>
      said.some((line) => line.startsWith(`${file}:1:`) && line.includes('rooms(pure)')),
    );
    expect(found.map(([, text]) => text)).toEqual(stopped);
  });

  it('stops a file that is listed as one that reaches out, and does not', () => {
    const said = lint({
      'src/base/memo.ts': gives,
      'src/base/write-file.ts': `import { readFileSync } from 'node:fs';\n\nexport const x = readFileSync;\n`,
      'src/base/tune-engine.ts': `export const x = (): number => performance.now();\n`,
      'src/commands/y.ts': gives,
    });
    const found = said.split('\n').filter((line) => line.includes('rooms(pure)'));
    expect(found.map((line) => line.split(':')[0])).toEqual(['src/base/memo.ts']);
  });

  it('stops a pure file from looking at the world, and lets it read what it is given', () => {
    const worldly = ['Date.now()', 'new Date()', 'Date()', 'process.env', 'fetch("/")', 'Math.random()'];
    const given = ['new Date(0)', 'Date.parse("2026-01-01")', 'Math.max(1, 2)'];
    const fileOf = (code: string): string => `src/transform/y${[...worldly, ...given].indexOf(code)}.ts`;
    const said = lint(
      Object.fromEntries([...worldly, ...given].map((code) => [fileOf(code), `export const y = ${code};\n`])),
    );
    const stopped = [...worldly, ...given].filter((code) =>
      said.split('\n').some((line) => line.startsWith(fileOf(code)) && line.includes('rooms(pure)')),
    );
    expect(stopped).toEqual(worldly);
  });

  it('lets through what the table allows', () => {
    const files = names.flatMap((from) =>
      (rooms[from]?.imports ?? []).map((to) => [`src/${from}/uses-${to}.ts`, uses(`../${to}/errors.ts`)]),
    );
    const given = names.map((name) => [`src/${name}/errors.ts`, gives]);
    const said = lint(Object.fromEntries([...files, ...given]));
    expect(said.split('\n').filter((line) => line.includes('may not import'))).toEqual([]);
  });
});

describe('the table of rooms', () => {
  it('names the folders there are', () => {
    const folders = readdirSync(new URL('src', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(names.toSorted()).toEqual(folders.toSorted());
  });

  it('lets no two rooms import each other, however far round', () => {
    const reach = (from: string, seen: ReadonlySet<string>): readonly string[] =>
      (rooms[from]?.imports ?? []).flatMap((to) =>
        to === from ? [] : seen.has(to) ? [to] : [to, ...reach(to, new Set([...seen, to]))],
      );
    expect(names.filter((name) => reach(name, new Set()).includes(name))).toEqual([]);
  });
});
