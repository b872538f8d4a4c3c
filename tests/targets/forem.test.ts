import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { slugHeading } from '../../src/targets/devto/printer/anchors.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { printForem } from '../../src/targets/devto/printer/print.ts';
import { fc } from '../random-input.ts';

const protectedOpening = /\{% raw %\}(\{[{%]+|\{)\{% endraw %\}/g;

const codeLine = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n\0]/g, ' ')),
  fc.constantFrom(
    '```',
    '````js',
    '~~~',
    '---',
    'title: x',
    'tags: one #two',
    'Published: true',
    '{% raw %}',
    '{% endraw %}',
    '{%endraw%}',
    '{%- endraw -%}',
    '{{ x }}',
    '{{{',
    '<code>',
    '</pre>',
    'src="data:',
    '&amp; <b>',
    '',
  ),
);
const code = fc.array(codeLine, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));

const words =
  'word {{ {% { {{{% %} }} `{{ x }}` `{%a%}` ``a`b`` * ** _ ~~ [ ](https://example.com/) ! <b> </b> <T> &lt; \\ \\` --- - 1. > # | @name :tada: <div> </div> ![{{](x.png)'.split(
    ' ',
  );
const spaces = [' ', '\n', '\n\n', '\\\n', '---\n', '\n---\n', '<p title="{{">'];
const word = fc.constantFrom(...words, ...spaces);
const markdown = fc.array(word, { maxLength: 25 }).map((words) => words.join(''));

function printCode(value: string): string {
  return printForem({ type: 'root', children: [{ type: 'code', value }] });
}

/** Reads code back as Forem would show it. */
function readCode(printed: string): string {
  const body = printed.replace(/^<!-- ------ -->\n\n/, '').trimEnd();
  const fence = /^(```|~~~)\n(?:([\s\S]*)\n)?\1$/.exec(body);
  if (fence !== null) return fence[2] ?? '';
  const literal = body.replaceAll(protectedOpening, '$1');
  return toString(unified().use(rehypeParse, { fragment: true }).parse(literal)).replace(/\n$/, '');
}

describe('for any input', () => {
  test('every character of a block of code is shown', () => {
    fc.assert(
      fc.property(code, (value) => {
        const printed = printCode(value);
        expect(readCode(printed)).toBe(value);
        const [fence = '\0'] = /^(?:```|~~~)/m.exec(printed) ?? [];
        expect(value).not.toContain(fence);
      }),
      { numRuns: 60 },
    );
  });

  test('a body never begins as front matter does', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(printForem(parseMarkdown(text))).not.toMatch(/^\s*---/);
      }),
      { numRuns: 60 },
    );
  });

  test('no brace that opens Liquid stands unprotected outside code', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const printed = printForem(parseMarkdown(text))
          .replaceAll(/^((?:> ?| {4}|- |\d+\. )*)(```|~~~)[^\n]*\n(?:[^]*?\n)?[> ]*\2$/gm, '$1')
          .replaceAll(/(?<!`)(``?)(?!`)[^\n]+?(?<!`)\1(?!`)/g, '\u0001')
          .replaceAll(/<pre><code>[\s\S]*?<\/code><\/pre>/g, '')
          .replaceAll(protectedOpening, '\u0002');
        expect(printed).not.toMatch(/\{[{%]|\{[\u0001\u0002]/);
      }),
      { numRuns: 80, examples: [['</div>{</b>{'], ['~~~~\\\n{{'], ['> ~~~~\\\n> {{'], ['- ~~~~\\\n{{']] },
    );
  });

  test('printing leaves the tree as it was', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const tree = parseMarkdown(text);
        const before: Root = structuredClone(tree);
        printForem(tree);
        expect(tree).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

test('an empty body prints as nothing', () => {
  expect(printForem(parseMarkdown('<!-- only a comment -->\n'))).toBe('');
});

test('a title between two rules is kept from being quoted, and only then is a comment added', () => {
  expect(printForem(parseMarkdown('```yaml\n---\ntitle: a\n---\n```'))).toMatch(
    /^<!-- ------ -->\n\n```yaml/,
  );
  expect(printForem(parseMarkdown('```yaml\n---\nname: a\n---\n```\n\ntitle: b'))).toMatch(/^```yaml/);
});

describe('what Forem has a Liquid tag for', () => {
  const page = 'https://www.youtube.com/watch?v=a_b-c_d-e_f';

  test('TeX keeps its backslashes and marks through markdown', () => {
    const tree: Root = {
      type: 'root',
      children: [
        { type: 'math', value: '\\begin{a}\na_1 * b &= {{c}} \\\\\n\n- d < 1\n= e\n\\end{a}' },
        { type: 'paragraph', children: [{ type: 'inlineMath', value: '\\{ x_1 \\}' }] },
      ],
    };
    expect(printForem(tree)).toBe(
      [
        '{% katex %}',
        '\\begin{a}',
        'a\\_1 \\* b &= {% raw %}{{{% endraw %}c}} \\\\\\\\',
        '\\- d &#60; 1',
        '\\= e',
        '\\end{a}',
        '{% endkatex %}',
        '',
        '{% katex inline %}\\\\{ x\\_1 \\\\}{% endkatex %}',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [true, page, `{% embed ${page} %}`],
    [true, 'https://video.example.com/1', '[A film](https://video.example.com/1)'],
    [false, page, `[A film](${page})`],
    [
      true,
      'https://twitter.com/i/web/status/1234567890',
      '{% embed https://twitter.com/i/status/1234567890 %}',
    ],
    [
      true,
      'https://gist.github.com/ann/0123abcd#file-plan-ts',
      '{% embed https://gist.github.com/ann/0123abcd %}',
    ],
    [
      true,
      'https://gist.github.com/ann/0123abcd?file=plan.ts',
      '{% embed https://gist.github.com/ann/0123abcd file=plan.ts %}',
    ],
    [
      true,
      'https://gist.github.com/ann/0123abcd?file=a%20plan.ts',
      '[A film](https://gist.github.com/ann/0123abcd?file=a%20plan.ts)',
    ],
    [
      true,
      'https://stackblitz.com/edit/vite-abc?file=src%2Fmain.ts&view=editor',
      '{% embed https://stackblitz.com/edit/vite-abc?file=src%2Fmain.ts&view=editor %}',
    ],
  ])('an embedded page with embeds: %s, %s', (embeds, url, printed) => {
    expect(printForem({ type: 'root', children: [{ type: 'embed', url, title: 'A film' }] }, embeds)).toBe(
      `${printed}\n`,
    );
  });

  test('an address alone on its lines is embedded only where all are', () => {
    const tree = parseMarkdown(`<${page}>\n\n[A film](${page})\n`);
    expect(printForem(tree)).toBe(`<${page}>\n\n[A film](${page})\n`);
    expect(printForem(tree, 'all')).toBe(`{% embed ${page} %}\n\n[A film](${page})\n`);
  });
});

test.each([
  ['Use `foo` & bar', 'use-raw-foo-endraw-amp-bar'],
  ['`a` first', '-raw-a-endraw-first'],
  ['Größe 🚀', 'größe'],
  ["How-to: it's 1.2 <T>", 'howto-its-12'],
  ['A [link](https://example.com/a) and *words*', 'a-link-and-words'],
  ['Liquid {{ x }}', 'liquid-raw-endraw-x-'],
])('the anchor of the heading "%s"', (text, slug) => {
  const [heading] = parseMarkdown(`## ${text}`).children;
  if (heading?.type !== 'heading') throw new Error('no heading');
  expect(
    slugHeading(
      printForem({ type: 'root', children: [heading] })
        .slice(3)
        .trim(),
    ),
  ).toBe(slug);
});
