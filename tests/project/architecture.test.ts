import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rooms } from '../../scripts/rooms.ts';
import { targetKinds } from '../../src/targets/index.ts';
import { root } from '../workspace.ts';

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => `src/${name.replaceAll('\\', '/')}`);

/** The rows of a page's tables whose first cell is a room. */
function listRows(page: string): readonly (readonly string[])[] {
  return page
    .split('\n')
    .filter((line) => /^\| `src\/[a-z]+\/` /.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('the rooms', () => {
  it('are the folders of src', () => {
    const folders = readdirSync(new URL('src/', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(Object.keys(rooms).toSorted()).toEqual(folders.toSorted());
  });

  it('are told of in docs/architecture.md as the linter knows them', () => {
    const told = Object.entries(rooms).map(([name, { holds, imports }]) => [
      `\`src/${name}/\``,
      holds,
      imports.filter((one) => one !== name).join(', ') || 'nothing',
    ]);
    expect(listRows(read('docs/architecture.md'))).toEqual(told);
  });

  it('each have something new that belongs there', () => {
    const [, places = ''] = read('docs/architecture.md').split('### Where a new thing goes');
    expect(Object.keys(rooms).filter((name) => !places.includes(`\`src/${name}/`))).toEqual([]);
  });
});

describe('a kind of target', () => {
  it('is named by nothing but its own folders and the registries', async () => {
    const kinds = await Promise.all(Object.values(targetKinds).map((load) => load()));
    const withAccounts = kinds.flatMap(({ kind, secrets }) => (secrets.length > 0 ? [kind] : []));
    expect(withAccounts.length).toBeGreaterThan(3);
    const isNamed = new RegExp(`'(?:${withAccounts.join('|')})'|kind: (?:${withAccounts.join('|')})\\b`);
    const others = files.filter((path) => !/^src\/(?:targets|rehearsal)\//.test(path));
    expect(others.filter((path) => isNamed.test(read(path)))).toEqual([]);
  });
});

describe('the words of the field', () => {
  const listTypes = (path: string): readonly string[] =>
    [...read(path).matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)].map(([, name = '']) => name);
  const [words, others] = [true, false].map((isWord) =>
    files.filter((path) => path.startsWith('src/model/') === isWord),
  ) as [string[], string[]];

  it('stand for one type each', () => {
    const all = words.flatMap(listTypes);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    const taken = new Set(all);
    const again = others.flatMap((path) =>
      listTypes(path).flatMap((name) => (taken.has(name) ? [`${path}: ${name}`] : [])),
    );
    expect(again).toEqual([]);
  });
});

describe.each(['docs/architecture.md', 'docs/glossary.md', 'CONTRIBUTING.md', 'README.md'])('%s', (page) => {
  it('names no file that is not there', () => {
    const paths = [...read(page).matchAll(/`((?:src|tests|scripts|bench|docs|config)\/[\w./-]+)`/g)].flatMap(
      ([, path = '']) => (path.endsWith('/') || path.includes('.') ? [path] : []),
    );
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
