import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/model/source.ts';
import { copyTexts } from '../copy-texts.ts';
import { anyMix, showMix } from '../html-mixes.ts';
import { fixtures } from '../rendition-fixtures.ts';
import { listWords, readText, showAsPage, withoutMarks } from '../words-of.ts';
import { fc } from '../random-input.ts';

/**
 * The words of a text as a plain page shows it, or of what a site shows of it, that are in none of its copies, each by the kind of
 * the copy.
 */
async function findLost(text: string, shown = text): Promise<readonly string[]> {
  const words = [...new Set(listWords(readText(showAsPage(shown))))];
  const copies = Object.entries(await copyTexts(text)).map(
    ([kind, copy]) => [kind, copy.normalize('NFKC')] as const,
  );
  return copies.flatMap(([kind, copy]) =>
    words.filter((word) => !copy.includes(word)).map((word) => `${kind}: ${word}`),
  );
}

describe('every word of the page is in each copy, or the author is told of it', () => {
  test('in mixes of HTML and markdown', async () => {
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

  /** Fixtures of which a copy need not hold every word, and why. */
  const exempt: Readonly<Record<string, string>> = {
    'addresses-by-templates': 'a picture whose address only the site knows is an error',
    'attributes-without-quotes': 'the plain page takes values without quotes for text',
    'directive-embeds': 'dev.to shows the page itself in the place of its title',
    'directive-unknown': 'what only the site can show is an error, by its name',
    'html-for-scripts': 'a form is told by its element',
    'html-iframe-hosts': 'dev.to shows the post itself in the place of a quotation of it',
    'html-scripts': 'a form is told by its element',
    'mdx-wrapping-components': 'its braces hold values of a program',
    'mkdocs-blocks': 'a name of a language',
    'notes-among-words': 'it tries marks of comments that are none',
    'nuxt-components': 'its blocks hold values',
    'only-blocks': 'what is for other places',
    'only-opening': 'what is for other places',
    'only-unknown-inside': 'what is for other places',
    variant: 'another body goes there',
    'words-set-apart-in-cells': 'a button is told by its element',
  };

  test.each(fixtures.filter(({ name, content }) => content.text !== undefined && exempt[name] === undefined))(
    'in $name',
    async ({ content }) => {
      expect(await findLost(bodyOf(content), withoutMarks(bodyOf(content)))).toEqual([]);
    },
  );

  test('only of fixtures that are there, something is exempt', () => {
    const names = new Set(fixtures.map(({ name }) => name));
    expect(Object.keys(exempt).filter((name) => !names.has(name))).toEqual([]);
  });
});

function bodyOf({ text = '' }: Content): string {
  return text.replace(/^---\n[^]*?\n---\n/, '');
}
