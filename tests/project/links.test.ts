import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Heading, Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { slugHeading } from '../../src/reading/heading-slug.ts';
import { walk } from '../../src/reading/walk.ts';
import { root } from '../workspace.ts';

const project = fileURLToPath(root);
const pages = globSync(['*.md', 'docs/**/*.md', 'src/**/*.md'], { cwd: project });

function list<Type extends Nodes['type']>(page: string, type: Type) {
  const found: Extract<Nodes, { type: Type }>[] = [];
  walk(parseMarkdown(readFileSync(join(project, page), 'utf8')), (node) => {
    if (node.type === type) found.push(node as Extract<Nodes, { type: Type }>);
  });
  return found;
}

function hasHeading(page: string, fragment: string): boolean {
  return list(page, 'heading').some((heading: Heading) => slugHeading(toString(heading)) === fragment);
}

it.each(pages)('%s links only to pages and headings that are there', (page) => {
  const links = list(page, 'link').filter(({ url }) => !/^[a-z]+:/.test(url));
  const dead = links.filter(({ url }) => {
    const [path = '', fragment] = url.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(project, file))) return true;
    return fragment !== undefined && !hasHeading(file, fragment);
  });
  expect(dead.map(({ url }) => url)).toEqual([]);
});
