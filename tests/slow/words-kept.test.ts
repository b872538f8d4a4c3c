import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/model/source.ts';
import { copyTexts } from '../copy-texts.ts';
import { anyMix, showMix } from '../html-mixes.ts';
import { fixtures } from '../rendition-fixtures.ts';
import { listWords, readText, showAsPage } from '../words-of.ts';

/** The words of a text as a plain page shows it that are in none of its copies, each by the kind of the copy. */
async function findLost(text: string): Promise<readonly string[]> {
  const words = [...new Set(listWords(readText(showAsPage(text))))];
  const copies = Object.entries(await copyTexts(text));
  return copies.flatMap(([kind, copy]) =>
    words.filter((word) => !copy.includes(word)).map((word) => `${kind}: ${word}`),
  );
}

describe('every word of the page is in each copy, or the author is told of it', () => {
  test('in mixes of HTML and markdown', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyMix, async (mix) => {
        expect(await findLost(showMix(mix))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  /** Mixes of which a copy once lost words. */
  const found: Readonly<Record<string, string>> = {
    'a component in a component': '<p>one\n<my-note><my-note>two</my-note></my-note> three</p>',
    'code in HTML in a component': '<Box>\n<pre>one <b>two</b>\n\nthree</pre>\n\n</Box>\n\nfour',
    'what readers open in a cell':
      '<table><tr><td><details><summary>one</summary>two</details></td></tr></table>',
    'a definition in a link': '<a href="https://plum.example/">\n<p>[one]: two\nthree</p>\n\nfour</a>',
    'blocks in elements of a line': '- one\n\n  <ins><mark>two <q><p>three</p> four</q></mark></ins> five',
    'an address in a component in a link':
      '<a href="https://plum.example/"><my-note>https://plum.example/one two</my-note> three</a>',
    'the heads of a table': '| one | two |\n| - | - |\n| three | four |',
    'text beside a picture in a figure':
      '<figure>one<sub>two</sub>three <img src="https://plum.example/a.png" alt="four"> five</figure>',
  };
  test.each(Object.entries(found))('%s', async (_name, text) => {
    expect(await findLost(text)).toEqual([]);
  });

  /** What only blogs with a syntax of their own write; a plain page would show it. */
  const syntax =
    /[{}]|:::|\[\[|!!!|\?\?\?|%%|==|::|<<<|8<|\+\+\+|\[!|\*\[|\[\^|^\s*(?:import|export)\b|\$|\[toc\]|<!--|<script|<iframe|mermaid|javascript:/im;
  const plain = fixtures.filter(({ content }) => content.text !== undefined && !syntax.test(bodyOf(content)));

  test.each(plain)('in $name', async ({ content }) => {
    expect(await findLost(bodyOf(content))).toEqual([]);
  });
});

function bodyOf({ text = '' }: Content): string {
  return text.replace(/^---\n[^]*?\n---\n/, '');
}
