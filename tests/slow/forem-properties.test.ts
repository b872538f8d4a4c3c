import type { Root } from 'mdast';
import { describe, expect, test } from 'vitest';
import { renderForemBody } from '../../src/views/forem/render-body.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { printForem } from '../../src/targets/devto/printer/print.ts';
import { outlineHtml, outlineTree } from '../targets/forem-outline.ts';
import { readForem } from '../targets/forem-reader.ts';
import { anyTree } from '../targets/forem-trees.ts';
import { fc } from '../random-input.ts';

/** What dev.to would show of a tree. */
function readBack(tree: Root): readonly string[] {
  return outlineHtml(readForem(printForem(tree)));
}

describe('for any tree', () => {
  test('an article has the words, links, pictures, code, lists and tables of its post', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(readBack(tree)).toEqual(outlineTree(tree));
      }),
      { numRuns: 500 },
    );
  });

  test('the stand-in takes it', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(renderForemBody(printForem(tree)).outcome).toBe('html');
      }),
      { numRuns: 100 },
    );
  });

  test('it never begins as front matter does, and what Forem takes for code is the code', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const printed = printForem(tree);
        expect(printed).not.toMatch(/^\s*---/);
        const outside = printed
          .replaceAll(/\s*~{3}[\s\S]*?~{3}|\s*`{3}[\s\S]*?`{3}|`{2}[\s\S]+?`{2}|`[\s\S]+?`/g, '\u0001')
          .replaceAll(/\{% raw %\}(?:\{[{%]+|\{)\{% endraw %\}/g, '\u0001')
          .replaceAll(
            /\{% (?:katex(?: inline)?|endkatex|enddetails|embed [^%\s]+|details [^\n]*?) %\}/g,
            '\u0001',
          );
        expect(outside).not.toMatch(/\{[{%]|`|~~~/);
      }),
      { numRuns: 200 },
    );
  });
});

/** Trees that were once shown otherwise, as markdown. */
const found: Readonly<Record<string, string>> = {
  'tildes in a block of HTML': '3. one \\~\\~\\~ two\n\n   > a \\~\\~\\~\\~ b\n',
  'paragraphs of a tight item beside a block': '3. one\n\n   two\n   > quote\n   > - x\n',
  'quotes that follow each other in an item': '- a\n\n  > one\n\n  <!-- -->\n\n  > two\n',
  'two fences in an item': '- a\n\n  ```js\n  one\n  ```\n\n  ```js\n  two\n  ```\n',
  'a fence in a list in a quote': '> - a\n>\n>   ```js\n>   one\n>   ```\n>\n> - b\n',
  'a fence in a quote, and a footnote': '> ```js\n> one\n> ```\n\nA claim[^1]\n\n[^1]: A note.\n',
  'two lines in a footnote': 'A claim[^1]\n\n[^1]: One\\\n    - two\n',
  'a loose list in one of the other kind': '- a\n  1. one\n\n  2. two\n- b\n',
  'an inner list that is read twice': '- a\n  1. one `_a_`\n     1. inner\n  2. `_b_`\n',
  'a quote in a list in a quote': '> - a\n>\n>   > inner\n> - b `__x__` me\\@example.com\n',
  'an address right after a word': '5http\\://example.com/ and _www\\.example.com_\n',
};

test.each(Object.entries(found))('%s', (_name, text) => {
  const tree = parsePost(text);
  expect(readBack(tree)).toEqual(outlineTree(tree));
});
