import type { Element, ElementContent, Root } from 'hast';
import rehypeRaw from 'rehype-raw';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { keepsShape } from '../../src/transform/keeps-shape.ts';
import { ownHandlers } from '../../src/transform/html-handlers.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { fc } from '../random-input.ts';

const printer = unified().use(rehypeStringify).freeze();
const reader = unified().use(rehypeRaw).freeze();
const converter = unified().use(remarkRehype, { allowDangerousHtml: true, handlers: ownHandlers }).freeze();

function convert(text: string): Root {
  return converter.runSync(parsePost(text));
}

function makeElement(tagName: string, children: ElementContent[] = []): Element {
  return { type: 'element', tagName, properties: {}, children };
}

const texts = fc
  .constantFrom('word', ' ', '\n', '\n\nword', '')
  .map((value) => ({ type: 'text', value }) as const);
const leaves = fc.constantFrom('br', 'hr', 'img', 'input').map((name) => makeElement(name));
const holders = fc.constantFrom(
  ...'a blockquote code del details em figcaption figure h1 h2 li ol p pre section strong summary sup'.split(
    ' ',
  ),
  ...'table tbody td th thead tr ul'.split(' '),
);

function makeNodes(depth: number): fc.Arbitrary<ElementContent> {
  if (depth === 0) return fc.oneof(texts, leaves);
  const inside = fc.array(makeNodes(depth - 1), { maxLength: 3 });
  return fc.oneof(
    texts,
    leaves,
    fc.tuple(holders, inside).map(([name, children]) => makeElement(name, children)),
    texts.map((text) => makeElement('pre', [makeElement('code', [text])])),
  );
}

describe('a tree that keeps its shape', () => {
  test('is the same once it was read again', () => {
    const nodes = fc.array(makeNodes(4), { maxLength: 3 });
    fc.assert(
      fc.property(nodes, (children) => {
        const tree: Root = { type: 'root', children };
        fc.pre(keepsShape(tree));
        expect(printer.stringify(reader.runSync(tree))).toBe(printer.stringify(tree));
      }),
      { numRuns: 400 },
    );
  });

  test('is what markdown becomes', () => {
    const text = [
      '# One *two*',
      'A [link](/a), `code`, ~~gone~~, **bold**[^1] and ![a picture](/b.png)  \nin a line.',
      '- [x] done\n- an item\n\n  1. more',
      '> A quotation\n>\n> ---',
      '| a | b |\n| - | -: |\n| 1 | [2](/c) |',
      '```js\ncode();\n```',
      '<details><summary>More</summary>\n\nInside\n\n</details>',
      '<figure><img src="/d.png"><figcaption>Words</figcaption></figure>',
      '[^1]: A note.',
    ];
    expect(keepsShape(convert(text.join('\n\n')))).toBe(true);
  });

  test.each([
    ['raw HTML', 'One <kbd>two</kbd>'],
    ['a link in a link', '[one[^1]](/a)\n\n[^1]: A note.'],
    ['a blank first line of code', '```\n\none\n```'],
  ])('holds no %s', (_what, text) => {
    expect(keepsShape(convert(text))).toBe(false);
  });

  test.each<[string, ElementContent[]]>([
    ['link', [makeElement('a', [{ type: 'text', value: '\n' }])]],
    ['list', [makeElement('ul', [{ type: 'text', value: '\n' }])]],
    ['list’s item', [makeElement('ol', [makeElement('li', [{ type: 'text', value: '\n\nword' }])])]],
    ['line break', [makeElement('br'), { type: 'text', value: '\n' }]],
  ])(
    'holds no line break that comes first in preformatted text, after the start of a %s',
    (_what, inside) => {
      const tree: Root = { type: 'root', children: [makeElement('pre', inside)] };
      expect(keepsShape(tree)).toBe(false);
      expect(printer.stringify(reader.runSync(tree))).not.toBe(printer.stringify(tree));
    },
  );
});
