import { describe, expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { boundSize } from '../../src/transform/bound-size.ts';
import { renderForDevto } from '../../src/targets/devto/render.ts';
import { examplePost } from '../examples.ts';
import { fixtures, fixtureTargets, siteAround } from '../rendition-fixtures.ts';
import { fc } from '../random-input.ts';

const post = examplePost('post', { title: 'A post' });
const targets = fixtureTargets.filter(({ kind }) => kind === 'devto' || kind === 'feed');
const countBytes = (text: string): number => new TextEncoder().encode(text).length;

/** What printers make most of, for its length. */
const dense = fc.constantFrom(
  ...'{{ {% %} < & " * _ \\ ` $ @a ~~b~~ word 语 😀 # [a](/) *a* **b** `{` *** https://a.example/b'.split(
    ' ',
  ),
  ...' |\u0001|![](b.png "c")|\n|\n\n|\n    |\n> |\n- |\n1. |\n> - |\n  - |\n    - |\n```{\n|\n## '.split(
    '|',
  ),
  '\n| a | b |\n|---|---|\n| c |\n',
);

describe('the size that a body is sure to stay below', () => {
  test.each(fixtures)('is above what is printed of $name', async ({ post: own, content }) => {
    const site = siteAround(own);
    for (const target of targets) {
      const { rendition } = await target.render(own, content, site);
      expect(countBytes(rendition.body)).toBeLessThanOrEqual(boundSize(content.tree, own, site));
    }
  });

  test('is above what is printed of any text', async () => {
    const site = siteAround(post);
    await fc.assert(
      fc.asyncProperty(fc.array(dense, { maxLength: 60 }), async (parts) => {
        const content = { tree: parsePost(parts.join('')), digest: 'digest' };
        for (const target of targets) {
          const { rendition } = await target.render(post, content, site);
          expect(countBytes(rendition.body)).toBeLessThanOrEqual(boundSize(content.tree, post, site));
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    "<table><tr><td colspan='2'>raw</td></tr></table>",
    'A [word].\n\n[word]: /there',
    'A note.[^1]\n\n[^1]: Here.',
  ])('is not known of %j, which only printing tells', (text) => {
    expect(boundSize(parsePost(text), post, siteAround(post))).toBe(Number.POSITIVE_INFINITY);
  });
});

test.each([
  ['a short text', 'Some *text*.', 0],
  ['a text with raw HTML', "<table><tr><td colspan='2'>text</td></tr></table>", 1],
])('%s is printed before it is looked at only where it has to be', (_what, text, times) => {
  let printed = 0;
  const digestOptions = (): string => {
    printed += 1;
    return 'options';
  };
  const content = { tree: parsePost(text), digest: 'digest' };
  const given = { name: 'devto', notice: true, embeds: true, tags: {}, digestOptions };
  const rendered = renderForDevto(post, content, siteAround(post), given);
  expect(printed).toBe(times);
  expect([rendered.rendition.body, rendered.rendition.body]).toEqual([
    expect.stringContaining('text'),
    expect.stringContaining('text'),
  ]);
  expect(printed).toBe(1);
});
