import { describe, expect, test } from 'vitest';
import { parseFragment } from 'parse5';
import { fromParse5 } from 'hast-util-from-parse5';
import type { Element, Root } from 'hast';
import type { Letter } from '../../src/model/letter.ts';
import { clippedSize } from '../../src/mailing/faults.ts';
import { renderMail, type Mail } from '../../src/mailing/render-mail.ts';
import { walk } from '../../src/reading/walk.ts';
import { fixtures, siteAround } from '../rendition-fixtures.ts';
import { exampleLetter, letterSite, readBody, writeInvented } from './read-letter.ts';

const mailing = { target: 'welcome', mergeTags: writeInvented };

function render(text: string, given: Partial<Letter> = {}): Mail {
  return renderMail(readBody(text), exampleLetter('ledgers', given), letterSite, mailing);
}

function listElements(html: string): readonly Element[] {
  const found: Element[] = [];
  walk(fromParse5(parseFragment(html)) as Root, (node) => {
    if (node.type === 'element') found.push(node);
  });
  return found;
}

describe('a letter', () => {
  test('reads the same with footnotes after its file was renamed', () => {
    const text = 'A claim.[^a]\n\n[^a]: A note.';
    expect(render(text, { id: 'another' }).html).toBe(render(text).html);
  });

  test('shows its preview beside the subject, else how it begins', () => {
    expect(render('Hello.\n\nA ledger remembers.', { preview: 'What remembers' }).preheader).toBe(
      'What remembers',
    );
    expect(render('Hello.\n\nA ledger remembers.').preheader).toBe('Hello. A ledger remembers.');
  });

  test('has its merge tags in the subject and the preview too, and braces that are none stand as text', () => {
    const mail = render('Hello.', { subject: '{first_name|You} & I', preview: '{{ is }} a <mark>' });
    expect(mail.subject).toBe('{{ reader.first_name | default: "You" }} & I');
    expect(mail.html).toContain('<title>{{ reader.first_name | default: "You" }} &amp; I</title>');
    expect(mail.html).toContain('>&#123;{ is }} a &lt;mark>');
  });

  test.each([
    '![Hi {email}, {{ reader.email }}](https://example.com/a.png "Of {email}")\n',
    '![Hi {email}, {{ reader.email }}][a]\n\n[a]: https://example.com/a.png "Of {email}"\n',
    'See <img src="https://example.com/a.png" alt="Hi {email}, {{ reader.email }}" title="Of {email}">\n',
  ])('has no merge tags in descriptions and titles: %j', (text) => {
    const { body, diagnostics } = render(text, { preview: 'Short' });
    expect(body).toContain('alt="Hi {email}, &#123;{ reader.email }}"');
    expect(diagnostics.map(({ severity, message }) => `${severity} ${message.split(',')[0]}`)).toEqual(
      ['{email}', '{{ reader.email }}', '{email}'].map(
        (tag) => `error ${tag} stands in the description or title of something`,
      ),
    );
    expect(diagnostics.map(({ remedy }) => remedy)).toContain('Put it in the text.');
  });

  test('is written from the right where its language is', () => {
    expect(render('שלום', { lang: 'he' }).html).toContain('dir="rtl" align="right"');
    expect(render('Hello', { lang: 'heb-example' }).html).toContain('dir="ltr" align="left"');
  });

  test('has a link to unsubscribe where the provider adds none', () => {
    const letter = exampleLetter('ledgers');
    const unsubscribe = 'https://example.com/unsubscribe?list=1';
    const mail = renderMail(readBody('Hello.'), letter, letterSite, { ...mailing, unsubscribe });
    expect(mail.html).toContain('href="https://example.com/unsubscribe?list=1"');
    expect(mail.text).toContain('Unsubscribe (https://example.com/unsubscribe?list=1)');
  });

  test('is reported when Gmail would cut it off, by its size in bytes', () => {
    const words = (count: number): string => `${'é '.repeat(count)}\n`;
    const short = render(words(10), { preview: 'Short' });
    const room = clippedSize - short.bytes;
    const whole = render(words(10 + Math.floor(room / 3)), { preview: 'Short' });
    const clipped = render(words(11 + Math.floor(room / 3)), { preview: 'Short' });
    expect(whole.bytes).toBeLessThanOrEqual(clippedSize);
    expect(whole.diagnostics).toEqual([]);
    expect(clipped.diagnostics).toMatchObject([
      { rule: 'mail-size', file: 'letters/ledgers.md', line: 2, postId: 'ledgers', target: 'welcome' },
    ]);
  });

  test('names the posts that it links to', () => {
    expect(render('See [plans](/blog/how-plans-work).').links).toEqual({
      'how-plans-work': 'https://example.com/blog/how-plans-work',
    });
  });
});

describe.each(fixtures)('$name, mailed', ({ post, content }) => {
  const { id, origin, title, lang } = post;
  const letter = exampleLetter(id, { origin, title, subject: title, lang, canonicalUrl: post.canonicalUrl });

  test('shows nothing that mail programs do not, and changes nothing of the post', () => {
    const before = structuredClone(content);
    const mail = renderMail(content, letter, siteAround(post), mailing);
    expect(content).toEqual(before);
    expect(listElements(mail.body).flatMap(findMisfit)).toEqual([]);
  });
});

const unshown: ReadonlySet<string> = new Set(
  'audio canvas details embed figure form iframe input object picture script source style summary svg video'.split(
    ' ',
  ),
);

/** What mail programs would not show of an element as it is meant. */
function findMisfit({ tagName, properties }: Element): readonly string[] {
  const { alt, src, width = 0, style, className } = properties;
  const isFit =
    tagName === 'img'
      ? typeof alt === 'string' && /^https?:\/\//.test(String(src)) && Number(width) <= 552
      : tagName === 'p'
        ? String(style).includes('margin:')
        : tagName === 'table'
          ? className !== undefined
          : !unshown.has(tagName);
  return isFit ? [] : [`${tagName} ${JSON.stringify(properties)}`];
}
