import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes, Root, RootContent } from 'mdast';
import { expect, test } from 'vitest';
import { capturePieces } from '../../src/pages/capture-pieces.ts';
import type { Mark, PagedPost } from '../../src/pages/define.ts';
import { findMarks } from '../../src/pages/find-marks.ts';
import { listKnownLeaves } from '../../src/pages/known-leaves.ts';
import { learnChrome } from '../../src/pages/learn-chrome.ts';
import type { Leaf } from '../../src/pages/leaves.ts';
import { stemOf } from '../../src/pages/likeness.ts';
import { placePieces } from '../../src/pages/place-pieces.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { dropFrontMatter } from '../../src/transform/drop-front-matter.ts';
import { printHtml } from '../../src/transform/to-html.ts';
import { dressElaborately, dressPage } from '../pages/invented-blog.ts';

const texts = [
  ...list('tests/renditions').map((folder) => join('tests/renditions', folder, 'post.md')),
  ...list('posts')
    .filter((file) => /^[a-z-]+\.md$/.test(file))
    .map((file) => join('posts', file)),
].flatMap((file) => {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
});

function list(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== 'README.md');
}

/** Posts without any unknown construct, each beside a page that shows it. */
function listPosts(dress: typeof dressPage): readonly PagedPost[] {
  return texts.flatMap((text, number) => {
    const tree = parsePost(text);
    if (findMarks(tree, text).length > 0) return [];
    dropFrontMatter(tree);
    const page = { url: `https://blog.example/${number}/`, html: dress(printHtml(tree), number) };
    return [{ tree, marks: [], page }];
  });
}

const notShown: ReadonlySet<string> = new Set(['definition', 'footnoteDefinition', 'seriesMark', 'only']);

/** What readers see, however it is said: a film may be a frame or a link, a word with a link may be one without. */
function describeShown(children: readonly RootContent[], definitions: readonly RootContent[]): string {
  const shown = children.filter(({ type }) => type !== 'footnoteDefinition');
  return listKnownLeaves({ type: 'root', children: [...shown, ...definitions] }, [])
    .map(describeLeaf)
    .join(' | ');
}

function describeLeaf({ kind, key, address }: Leaf): string {
  if (address !== '') return stemOf(address);
  return kind === 'media' ? '' : `${kind} ${key}`;
}

function hideBlock(tree: Root, index: number): { readonly tree: Root; readonly mark: Mark } {
  const hidden = structuredClone(tree);
  hidden.children[index] = { type: 'unknown', syntax: 'shortcode', name: 'x-block' };
  const span = { path: [], first: index, last: index };
  return {
    tree: hidden,
    mark: { key: 'k', source: '', name: 'x-block', place: { line: 1, column: 1 }, inline: false, span },
  };
}

test.each([
  ['in a plain theme', dressPage],
  ['in a theme that does more', dressElaborately],
])('a block that is hidden comes back from its page as it was, or is held, %s', (_, dress) => {
  const posts = listPosts(dress);
  const chrome = learnChrome(posts.slice(0, 30));
  const counts = { exact: 0, held: 0, wrong: 0 };
  const wrong: string[] = [];
  for (const post of posts) {
    const definitions = post.tree.children.filter(({ type }) => type === 'definition');
    for (const [index, node] of post.tree.children.entries()) {
      const expected = notShown.has(node.type) ? '' : describeShown([node], definitions);
      if (expected === '') continue;
      const { tree, mark } = hideBlock(post.tree, index);
      const pieces = capturePieces({ tree, marks: [mark], page: post.page }, chrome);
      if (pieces.get('k')?.seen !== 'content') {
        counts.held += 1;
        continue;
      }
      const before = tree.children.length;
      const placed = placePieces(tree, [mark], pieces).children;
      const made = placed.slice(index, index + 1 + placed.length - before);
      const found = describeShown(made, []);
      if (found === expected) counts.exact += 1;
      else
        wrong.push(`${describeNode(node)}: ${expected.slice(0, 200)}\n  came back as ${found.slice(0, 200)}`);
    }
  }
  counts.wrong = wrong.length;
  const all = counts.exact + counts.held + counts.wrong;
  const isMostly = wrong.length / all < 0.01 && counts.exact / all > 0.8;
  expect(isMostly ? [] : [JSON.stringify(counts), ...wrong]).toStrictEqual([]);
});

function describeNode({ type, position }: Nodes): string {
  return `${type} in line ${position?.start.line ?? 0}`;
}
