import { expect, it } from 'vitest';
import { escapeHtml, escapeText, unescapeHtml } from '../../src/base/escape-html.ts';
import { fc } from '../random-input.ts';

it('reads what was escaped as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('&', ';', '#', 'x', 'lt', 'amp', '3', '<', '"', "'") }),
      (text) => {
        expect(unescapeHtml(escapeText(text))).toBe(text);
        expect(unescapeHtml(escapeHtml(text))).toBe(text);
      },
    ),
  );
});

it.each([
  ['characters by their numbers', 'a&#x26;b &#38; &#X3C;', 'a&b & <'],
  ['each reference once', '&amp;lt; &amp;#38;', '&lt; &#38;'],
  ['the apostrophe, which XML has a name for', '&apos;', "'"],
  ['names that only HTML has as they are', 'caf&eacute; &nbsp;', 'caf&eacute; &nbsp;'],
  ['what is no reference as it is', '&lt &; &#; &#x; &#0; &#x110000;', '&lt &; &#; &#x; &#0; &#x110000;'],
])('unescapes %s', (_, html, text) => {
  expect(unescapeHtml(html)).toBe(text);
});
