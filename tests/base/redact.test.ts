import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/base/redact.ts';
import { cleanForTerminal } from '../../src/base/terminal.ts';

const key = 'Ab+c/9"dé*(K)eyFor7ests';
const redact = createRedactor([key, '', 'second-Secret_2']);

const octets = (text: string, hex: (octet: number) => string): string =>
  [...Buffer.from(text)].map((octet) => `%${hex(octet)}`).join('');

describe('redaction', () => {
  it.each([
    ['as it is', key],
    ['in other letters', key.toLowerCase()],
    ['in JSON', JSON.stringify(key).slice(1, -1)],
    ['percent-encoded', encodeURIComponent(key)],
    ['percent-encoded throughout', octets(key, (octet) => octet.toString(16))],
    ['percent-encoded in capitals', octets(key, (octet) => octet.toString(16).toUpperCase())],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in base64url', Buffer.from(key).toString('base64url')],
    ['in base64, percent-encoded', encodeURIComponent(Buffer.from(key).toString('base64'))],
  ])('finds a secret %s', (_how, form) => {
    expect(redact(`a ${form} b`)).toMatch(/^a \*\*\*(?:=|%3D)* b$/);
  });

  it.each(['', 'u', 'us', 'use', 'user', 'x-access-token'])('finds it in base64 after "%s:"', (user) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = redact(`Authorization: Basic ${Buffer.from(`${user}:${key}`).toString(encoding)}`);
      const shown = text.replace(/^.* /, '').split('***');
      expect(shown).toHaveLength(2);
      for (const part of shown) {
        expect(Buffer.from(part, 'base64').toString('latin1')).not.toContain(key.slice(0, 2));
        expect(part.length).toBeLessThan(24);
      }
    }
  });

  it.each([
    ['zero-width spaces', '\u200B'],
    ['joiners', '\u200D'],
    ['soft hyphens', '\u00AD'],
    ['marks that change direction', '\u202E'],
    ['byte order marks', '\uFEFF'],
    ['variation selectors', '\uFE0F'],
    ['NUL', '\0'],
    ['backspaces', '\b'],
    ['colours', '\u001B[31m'],
    ['colours of one byte', '\u009B31m'],
    ['titles', '\u001B]0;title\u0007'],
    ['an escape before a colour', '\u001B\u001B[1m'],
    ['line breaks', '\n'],
    ['tabs and spaces', '\t '],
  ])('finds it with %s inside', (_what, between) => {
    const spread = (form: string): string => redact(`before ${Array.from(form).join(between)} after`);
    for (const form of [key, Buffer.from(key).toString('base64url')]) {
      expect(spread(form)).toBe('before *** after');
    }
    const encoded = Buffer.from(`user:${key}`).toString('base64');
    const shown = cleanForTerminal(spread(encoded)).replaceAll(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
    expect(shown).toMatch(/^before.{6,7}\*\*\*.{0,2}after$/);
  });

  it('leaves nothing that becomes a secret when a terminal’s commands are taken out of it', () => {
    for (const text of [
      `Ab+c/\u001B\u001B[1m[31m9"dé*(K)eyFor7ests`,
      `Ab+c/9\u001B\u009B1m[2m"dé*(K)eyFor7ests`,
    ]) {
      expect(cleanForTerminal(redact(text))).not.toContain(key);
    }
  });

  it('finds every secret, the longer first', () => {
    expect(createRedactor(['token', 'token-of-mine'])('token, token-of-mine')).toBe('***, ***');
    expect(redact(`${key} second-secret_2`)).toBe('*** ***');
  });

  it('finds one of several words, in a query too', () => {
    const several = createRedactor([' my pass phrase\n']);
    for (const form of ['my pass phrase', 'my+pass+phrase', 'my%20pass%20phrase', 'mypassphrase']) {
      expect(several(`?key=${form}&`)).toBe('?key=***&');
    }
  });

  it('takes names and passwords out of addresses', () => {
    expect(redact('at https://user:p@ss@example.com/a and ssh://git@example.com/@b')).toBe(
      'at https://example.com/a and ssh://example.com/@b',
    );
  });

  it('leaves other words as they are', () => {
    const text = 'Nothing here, but 👨‍👩‍👧 and naïve words.\nAnd a line.';
    expect(redact(text)).toBe(text);
    expect(createRedactor([])(text)).toBe(text);
  });

  it('reads what is made to be slow in one go', () => {
    const slow = createRedactor(['aaaaaaaaab', 'a'.repeat(400)]);
    for (const part of ['a', 'a ', '\u001B]', '\u001B] ', 'a\u200B', '://', 'a%']) {
      expect(slow(part.repeat(200_000 / part.length)).length).toBeLessThanOrEqual(200_000);
    }
  });
});
