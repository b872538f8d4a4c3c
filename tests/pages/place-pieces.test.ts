import { expect, test } from 'vitest';
import { findMarks } from '../../src/pages/find-marks.ts';
import { placePieces } from '../../src/pages/place-pieces.ts';
import type { Missing, Piece } from '../../src/pages/define.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { walk } from '../../src/reading/walk.ts';

const page = 'https://blog.example/one/';
const empty: Missing = { seen: 'nothing', reason: 'empty', words: 'The page shows nothing in its place.' };

function content(html: string): Piece {
  return { seen: 'content', html, page, told: [] };
}

test('a piece takes the place of all that its mark spans', () => {
  const text = 'One.\n\n{{< x-box >}}\n\nIn it.\n\n{{< /x-box >}}\n\nSee {{< x-key a >}}.';
  const tree = parsePost(text);
  const marks = findMarks(tree, text);
  const pieces = ['<h4>Box</h4><p>In <kbd>it</kbd>.</p>', '<p>See <b>A</b>.</p>'].map(content);
  const placed = placePieces(
    tree,
    marks,
    new Map(marks.map(({ key }, index) => [key, pieces[index] ?? empty])),
  );
  expect(placed.children.map(({ type }) => type)).toStrictEqual([
    'paragraph',
    'heading',
    'paragraph',
    'paragraph',
  ]);
  expect(placed.children.map(({ position }) => position?.start.line)).toStrictEqual([1, 3, 3, 9]);
  expect(tree.children.map(({ type }) => type)).toContain('unknown');
});

test('a mark without a piece stays, and says why', () => {
  const text = 'One.\n\n{{< x-chart >}}\n\nTwo {{< x-key a >}}.';
  const tree = parsePost(text);
  const marks = findMarks(tree, text);
  const found: (string | undefined)[] = [];
  walk(placePieces(tree, marks, new Map(marks.map(({ key }) => [key, empty]))), (node) => {
    if (node.type === 'unknown') found.push(node.missing?.words);
  });
  expect(found).toStrictEqual([empty.words, empty.words]);
});

test('the footnotes of a piece keep apart from those of the post', () => {
  const text = 'One[^1].\n\n{{< x-box >}}\n\n[^1]: Mine.';
  const tree = parsePost(text);
  const marks = findMarks(tree, text);
  const piece = content(
    '<p>Two<sup><a href="#fn:1">1</a></sup>, <a href="https://blog.example/one/#top">above</a>.</p><section class="footnotes"><ol><li id="fn:1">Its own.</li></ol></section>',
  );
  const labels: string[] = [];
  const links: string[] = [];
  walk(placePieces(tree, marks, new Map(marks.map(({ key }) => [key, piece]))), (node) => {
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') labels.push(node.identifier);
    if (node.type === 'link') links.push(node.url);
  });
  const own = `${marks[0]?.key.slice(0, 8)}-1`;
  expect(labels).toStrictEqual(['1', own, own, '1']);
  expect(links).toStrictEqual(['https://blog.example/one/#top']);
});
