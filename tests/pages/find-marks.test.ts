import { describe, expect, test } from 'vitest';
import { findMarks } from '../../src/pages/find-marks.ts';
import { mdx } from '../../src/reading/dialects/translate-mdx.ts';
import { parsePost } from '../../src/reading/parse.ts';

function sourcesOf(text: string, dialect = {}): readonly string[] {
  return findMarks(parsePost(text, dialect), text).map(({ source }) => source);
}

describe('a mark is', () => {
  const cases: readonly (readonly [what: string, text: string, sources: readonly string[]])[] = [
    ['a shortcode on a line of its own', 'One.\n\n{{< x-chart >}}\n\nTwo.', ['{{< x-chart >}}']],
    ['the paragraph that a construct is in', 'One {{< x-key a >}} two.', ['One {{< x-key a >}} two.']],
    ['one for two in a line', '{{< x-key a >}} and {{< x-key b >}}', ['{{< x-key a >}} and {{< x-key b >}}']],
    [
      'a pair and all between',
      '{{< x-box >}}\n\nIn it.\n\n{{< /x-box >}}\n\nAfter.',
      ['{{< x-box >}}\n\nIn it.\n\n{{< /x-box >}}'],
    ],
    [
      'a pair that ends inside a paragraph',
      '{% xbox %}\nIn it. {% endxbox %}\n\nAfter.',
      ['{% xbox %}\nIn it. {% endxbox %}'],
    ],
    [
      'a pair with another in it',
      '{{< x-a >}}\n\n{{< x-b >}}\n\nIn.\n\n{{< /x-b >}}\n\n{{< /x-a >}}',
      ['{{< x-a >}}\n\n{{< x-b >}}\n\nIn.\n\n{{< /x-b >}}\n\n{{< /x-a >}}'],
    ],
    ['two that nothing stands between', '{{< x-a >}}\n\n{{< x-b >}}', ['{{< x-a >}}\n\n{{< x-b >}}']],
    [
      'a whole table',
      '| a | b |\n| - | - |\n| {{< x-a >}} | 2 |\n\nAfter.',
      ['| a | b |\n| - | - |\n| {{< x-a >}} | 2 |'],
    ],
    [
      'a block and a table after it',
      '{{< x-a >}}\n\n| a |\n| - |\n| {{< x-b >}} |\n\nAfter.',
      ['{{< x-a >}}\n\n| a |\n| - |\n| {{< x-b >}} |'],
    ],
    ['a block in an item', '- one\n- two\n\n  {{< x-a >}}\n\n  three', ['{{< x-a >}}']],
    ['a heading', '## The {{< x-a >}}\n\nAfter.', ['## The {{< x-a >}}']],
    ['nothing of what is known', '{{< youtube abcdefghijk >}}\n\nAfter.', []],
    ['nothing that is for the original alone', ':::only{original}\n{{< x-a >}}\n:::\n\nAfter.', []],
  ];
  test.each(cases)('%s', (_, text, sources) => expect(sourcesOf(text)).toStrictEqual(sources));

  test('a component with what it holds', () => {
    const text = 'One.\n\n<Chart kind="bar">\n\nIn it.\n\n</Chart>\n\nThen {value} it is.';
    expect(sourcesOf(text, { mdx })).toStrictEqual([
      '<Chart kind="bar">\n\nIn it.\n\n</Chart>',
      'Then {value} it is.',
    ]);
  });
});

test('a mark keeps its key wherever it moves, and those with the same source have keys of their own', () => {
  const keysOf = (text: string) => findMarks(parsePost(text), text).map(({ key }) => key);
  const [one, two] = keysOf('A.\n\n{{< x-a >}}\n\nB.\n\n{{< x-a >}}\n\nC.');
  expect(one).not.toBe(two);
  expect(keysOf('Before all.\n\nA.\n\n{{< x-a >}}\n\nB, too.\n\n{{< x-a >}}')).toStrictEqual([one, two]);
  expect(keysOf('A.\n\n{{< x-a 1 >}}\n\nB.')).not.toContain(one);
});

test('a mark tells where it stands and whether in a line', () => {
  const text = '---\ntitle: T\n---\n\nThe {{< x-key a >}}.\n\n{{< x-chart >}}';
  const [inline, block] = findMarks(parsePost(text), text);
  expect(inline).toMatchObject({ name: 'x-key', place: { line: 5, column: 5 }, inline: true });
  expect(block).toMatchObject({ name: 'x-chart', place: { line: 7, column: 1 }, inline: false });
});
