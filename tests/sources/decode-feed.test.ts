import { describe, expect, test } from 'vitest';
import { decodeFeed } from '../../src/sources/feed/decode-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (text: string, contentType?: string) => decodeFeed(bytes(text), contentType);
const declare = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;

describe('an encoding that fits', () => {
  test.each([
    ['windows-1252 with its quotes', `${declare('windows-1252')}\x93caf\xe9\x94 \x80`, '“café” €'],
    ['Latin 1, which is windows-1252 to the web', `${declare('ISO-8859-1')}\x97`, '—'],
    ['Shift_JIS', `${declare('Shift_JIS')}\x93\xfa\x96\x7b`, '日本'],
    ['KOI8-R', `${declare('koi8-r')}\xcd\xc9\xd2`, 'мир'],
    ['UTF-16 by its mark', '\xff\xfe<\0r\0', '<r'],
    ['UTF-16 without one', '\0<\0r', '<r'],
    ['UTF-8, which nobody declared', '\xc3\xa9', 'é'],
  ])('is believed: %s', (_name, text, right) => {
    const { text: decoded, flaws } = read(text);
    expect(decoded).toContain(right);
    expect(flaws).toEqual([]);
  });

  test('the header counts where the document says nothing', () => {
    expect(read('\xe9', 'text/xml; charset=ISO-8859-1')).toMatchObject({ text: 'é', flaws: [] });
  });

  test('one that nobody knows is an error, unless the bytes are UTF-8', () => {
    expect(() => read(`${declare('x-none')}\xe9`)).toThrow('x-none');
    const { text, flaws } = read(`${declare('x-none')}\xc3\xa9`);
    expect(text).toContain('é');
    expect(flaws).toMatchObject([
      { message: expect.stringContaining('said to be in x-none, but it is in UTF-8') as string },
    ]);
  });

  test.each(['<\0\0\0', '\0\0\0<', '\xff\xfe\0\0', '\0\0\xfe\xff'])(
    'UTF-32 is called by its name: %j',
    (start) => {
      expect(() => read(`${start}r\0\0\0`)).toThrow('UTF-32');
    },
  );
});

describe('bytes that are not what is declared', () => {
  test.each([
    ['plain ASCII', '<a>na\xc3\xafve</a>', 'text/xml; charset=us-ascii', 'naïve'],
    ['Latin 1 by the server', '<a>\xe2\x82\xac5</a>', 'application/rss+xml; charset=iso-8859-1', '€5'],
    ['Latin 1 by itself', `${declare('ISO-8859-1')}<a>\xc3\xb6l</a>`, undefined, 'öl'],
    ['windows-1252', `${declare('windows-1252')}<a>\xc3\x9f</a>`, undefined, 'ß'],
    ['UTF-16', `${declare('utf-16')}<a>\xc3\xa9</a>`, undefined, 'é'],
    [
      'an encoding that they do not fit',
      `${declare('EUC-JP')}<a>\xc3\xbf\xf0\x9f\x8d\x90</a>`,
      undefined,
      'ÿ🍐',
    ],
  ])('are read as UTF-8 where they are UTF-8, and it is told: %s', (_name, text, contentType, right) => {
    const { text: decoded, flaws } = read(text, contentType);
    expect(decoded).toContain(right);
    expect(flaws).toMatchObject([{ rule: 'feed-encoding', severity: 'warning' }]);
  });

  test.each([
    ['all of it', `${declare('UTF-8')}<a>Caf\xe9 \x85 na\xefve \x96 \x80 5</a>`, 'Café … naïve – € 5'],
    ['nothing declared', '<a>gar\xe7on</a>', 'garçon'],
    ['one byte among others that are UTF-8', '<a>\xc3\xa9t\xe9 \xe2\x82\xac</a>', 'été €'],
    ['a character cut off', '<a>a\xe2\x82 b</a>', 'aâ‚ b'],
    ['a lone byte at the end', '<a>a</a>\xc3', 'Ã'],
    ['a character written too long', '<a>\xc0\xaf</a>', 'À¯'],
  ])('are read as windows-1252 where they are not UTF-8, and it is told: %s', (_name, text, right) => {
    const { text: decoded, flaws } = read(text);
    expect(decoded).toContain(right);
    expect(decoded).not.toContain('\uFFFD');
    expect(flaws).toMatchObject([{ rule: 'feed-encoding' }]);
  });

  test('a feed is read in spite of them, and tells of it', async () => {
    const rss = `${declare('utf-8')}<rss version="2.0"><channel><title>T</title><item><title>P\xeache</title></item></channel></rss>`;
    await expect(parseFeed(bytes(rss))).resolves.toMatchObject({
      items: [{ title: 'Pêche' }],
      flaws: [{ rule: 'feed-encoding', line: 1 }],
    });
  });
});
