import type { Nodes, PhrasingContent, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { walk } from '../../src/reading/walk.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';
import { fc } from '../random-input.ts';

function bare(tree: Root): unknown {
  const made = structuredClone(tree);
  walk(made, (node: Nodes) => {
    delete node.position;
    delete node.data;
    if (node.type === 'link' && node.title === null) delete node.title;
  });
  return made.children;
}

const words =
  'pear a x 3 , . * ** _ __ ~ ~~ ` `` [ ] [x] [1] [toc] ( ) & &amp; &#38; < <b> > == === % %% ^[ {.x} {: .x} {% x %} {{ x }} {{< x >}} : :: ::: ! !! !!! ??? # + - 1. = | $ \\ "';
const sign = fc.constantFrom(...words.split(' '), '{#id}', '![', '[[x]]', '[TOC]', '![[y.png]]', '%% z %%');
const text = fc
  .array(fc.tuple(sign, fc.constantFrom('', ' ')), { minLength: 1, maxLength: 8 })
  .map((signs) =>
    signs
      .map(([one, gap]) => one + gap)
      .join('')
      .trim(),
  )
  .filter((value) => value !== '');
const plain = text.map((value): PhrasingContent => ({ type: 'text', value }));
const marked = fc
  .tuple(fc.constantFrom('emphasis' as const, 'strong' as const), text)
  .map(([type, value]): PhrasingContent => ({ type, children: [{ type: 'text', value }] }));
const linked = text.map((value): PhrasingContent => ({
  type: 'link',
  url: 'https://plum.example/?a=1&b=2',
  children: [{ type: 'text', value }],
}));
const code = fc.constant<PhrasingContent>({ type: 'inlineCode', value: 'a*b_c' });
const line = fc
  .array(fc.oneof(plain, marked, linked, code), { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts.flatMap((part, index): readonly PhrasingContent[] =>
      index === 0 ? [part] : [{ type: 'text', value: ' and ' }, part],
    ),
  )
  .map((parts) => {
    const joined: PhrasingContent[] = [];
    for (const part of parts) {
      const last = joined.at(-1);
      if (part.type === 'text' && last?.type === 'text') last.value += part.value;
      else joined.push({ ...part });
    }
    return joined;
  });

test('what is printed of a line reads as the same line, whatever signs are in it', () => {
  fc.assert(
    fc.property(line, (children) => {
      const tree: Root = { type: 'root', children: [{ type: 'paragraph', children }] };
      const printed = printBody(tree);
      expect({ printed, read: bare(parsePost(printed)) }).toEqual({ printed, read: bare(tree) });
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  );
});

test.each([
  ['https://plum.example/Pear_(fruit)_x', ['https://plum.example/Pear_(fruit)_x']],
  ['https://plum.example/~one/~two', ['https://plum.example/~one/~two']],
  ['https://plum.example/*/x* now', ['https://plum.example/*/x*']],
  ['https://plum.example/?q={{x', ['https://plum.example/?q={{x']],
  ['https://plum.example/?a=1&amp;b', ['https://plum.example/?a=1&amp;b']],
  ['www.plum.example/__x__/y', ['www.plum.example/__x__/y']],
  ['_a_ and _b_@plum.example', ['_b_@plum.example']],
])('the bare address in %j is the same, without a backslash', (value, expected) => {
  const children: PhrasingContent[] = [{ type: 'text', value }];
  const read = parsePost(printBody({ type: 'root', children: [{ type: 'paragraph', children }] }));
  const addresses: string[] = [];
  walk(read, (node: Nodes) => {
    if (node.type === 'link') addresses.push(toString(node));
  });
  expect([toString(read), addresses]).toEqual([value, expected]);
});

test('a line that begins with a colon is no definition of the line before', () => {
  const children: PhrasingContent[] = [{ type: 'text', value: 'Pears\n: they are sweet' }];
  const tree: Root = { type: 'root', children: [{ type: 'paragraph', children }] };
  expect(bare(parsePost(printBody(tree)))).toEqual(bare(tree));
  expect(parsePost('Pears\n: they are sweet').children[0]).toMatchObject({ type: 'html', value: '<dl>' });
});
