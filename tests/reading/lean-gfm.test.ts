import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { fc } from '../random-input.ts';

const whole = unified().use(remarkParse).use(remarkFrontmatter, ['yaml', 'toml']).use(remarkGfm).freeze();

/** What is strung together to texts in which constructs begin, break off and end anywhere. */
const pieces = [
  'a¦b c¦ ¦\n¦\n\n¦\r\n¦\r¦\t¦    ¦> ¦- ¦1. ¦# ¦`¦*¦_¦~~¦\\¦&#64;¦<b>¦<!--¦-->¦```\n¦(¦.',
  '|¦| a | b |\n¦| - | :-: |\n¦-|-¦:-¦---¦--¦x:¦a-b:¦|\\|¦[¦]¦![¦](¦)¦[^1]¦![^1]¦![ ¦^1]¦[^1]: x',
  '@¦me@example.org¦x@1.2¦.me+you@¦http://a.org¦https:¦//b.org¦www.¦WWW.d.org¦w&#119;w.c.org¦h¦w',
].flatMap((row) => row.split('¦'));

describe('GFM where a text can hold it', () => {
  it.each([
    'Head\n:-\nbody\n\nHead\n-:',
    '> a | b\n> - | -\n> c\nlazy | line\n\n> | e |\nf',
    '- | a |\n  | - |\n  | b |\n\n  c | d\n',
    'para\n| a |\n|-|\n| b |\r\n# no\r| c |\r| - |\r',
    'first\nwrite to me@example.org\nor to\nyou+it@example.org, (me@example.org)',
    'a\\@b.org, c&#64;d.org, http&#58;//e.org, w&#119;w.f.org, xmpp:g@h.org',
    '![^1] ![^2]\n\n[^1]: one\n',
    '![ ^1] ![\n^1] ![\t^1]\n\n[^1]: one\n',
    '',
  ])('is all of it: %j', (text) => {
    expect(parseMarkdown(text)).toEqual(whole.parse(text));
  });

  it('is all of it in any text', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseMarkdown(text)).toEqual(whole.parse(text));
      }),
      { numRuns: 100 },
    );
  });
});
