import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { slugHeading } from '../../src/reading/heading-slug.ts';
import { root } from '../workspace.ts';

const project = fileURLToPath(root);

/** The pages by their paths, without what stands in fences. */
const pages = new Map(
  globSync(['*.md', 'docs/**/*.md', 'src/**/*.md'], { cwd: project }).map((path) => [
    path,
    readFileSync(join(project, path), 'utf8').replaceAll(/^```.*?^```$/gms, ''),
  ]),
);

function hasHeading(page: string, fragment: string): boolean {
  const headings = (pages.get(page) ?? '').matchAll(/^#+ (.+)$/gm);
  return [...headings].some(([, text = '']) => slugHeading(text) === fragment);
}

it.each([...pages])('%s links only to pages and headings that are there', (page, text) => {
  const links = text.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\((?![a-z]+:)([^)\s#]*)(?:#([^)\s]*))?\)/g);
  const dead = [...links].filter(([, path = '', fragment]) => {
    const file = path === '' ? page : join(dirname(page), path);
    return !existsSync(join(project, file)) || (fragment !== undefined && !hasHeading(file, fragment));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

it.each([...pages].filter(([page]) => page.startsWith('src/')))(
  '%s names only files that are there',
  (page, text) => {
    const named = [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path);
    const isThere = (path: string) =>
      [dirname(page), '.'].some((from) => existsSync(join(project, from, path)));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  },
);
