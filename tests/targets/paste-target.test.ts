import { describe, expect, test } from 'vitest';
import { findExclusion } from '../../src/blog/eligibility.ts';
import { parseHtml } from '../../src/reading/html/parse-html.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { walk } from '../../src/reading/walk.ts';
import { paste } from '../../src/targets/paste/index.ts';
import { pasteOptions } from '../../src/targets/paste/options.ts';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { viewCopy } from '../../src/views/view-copy.ts';
import { examplePost } from '../examples.ts';
import { fixtures, siteAround } from '../rendition-fixtures.ts';
import { findActive } from '../views/find-active.ts';

function makeTarget(options: object = {}) {
  return paste.create('place', pasteOptions.parse({ kind: 'paste', ...options }));
}

const formats = ['html', 'markdown', 'text'] as const;

/** The words that a reader sees, in order, without signs. */
function readWords(html: string): readonly string[] {
  const texts: string[] = [];
  walk(parseHtml(html), (node) => {
    if (node.type === 'text') texts.push(node.value);
  });
  return texts.flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []);
}

describe.each(fixtures)('$name', ({ post, content }) => {
  const site = siteAround(post);
  const show = async (format: (typeof formats)[number]) => {
    const target = makeTarget({ format });
    const made = await target.render(post, chooseContent(content, target), site);
    const { frames } = await viewCopy(target, made, post, site);
    return frames[0]?.html ?? '';
  };

  test('says the same in every format, and runs nothing where it is shown', async () => {
    const [html, markdown, text] = await Promise.all(formats.map(show));
    for (const page of [html, markdown, text]) expect(findActive(page ?? '')).toEqual([]);
    const lost = (page: string) => {
      const kept = readWords(page).join('');
      return readWords(html ?? '').filter((word) => !kept.includes(word));
    };
    expect({ markdown: lost(markdown ?? ''), text: lost(text ?? '') }).toEqual({ markdown: [], text: [] });
  });
});

describe('a copy to paste', () => {
  const post = examplePost('one', {
    title: 'One & two',
    summary: 'What it is about.',
    tags: ['web', 'web', 'plans'],
    cover: { url: 'https://example.com/cover.png', alt: 'A cover' },
  });
  const content = { tree: parseMarkdown('Some *words*.'), digest: 'd1' };
  const render = (options: object, site = siteAround(post)) =>
    makeTarget(options).render(post, content, site);

  test('has beside its body what places ask for', async () => {
    const { rendition } = await render({});
    expect(rendition.fields).toEqual({
      title: 'One & two',
      description: 'What it is about.',
      tags: ['web', 'plans'],
      canonical_url: 'https://example.com/blog/one',
      cover: 'https://example.com/cover.png',
    });
  });

  test('ends with a line that leads to the original, unless that is not wanted', async () => {
    const line = 'Originally published at [Example Blog](https://example.com/blog/one).';
    const { rendition } = await render({ format: 'markdown' });
    expect(rendition.body).toBe(`Some *words*.\n\n*${line}*\n`);
    expect((await render({ format: 'markdown', notice: false })).rendition.body).toBe('Some *words*.\n');
  });

  test('can be opened as a page and copied from, without its box', async () => {
    const { byHand = {} } = await render({});
    const page = (await byHand['page.html']?.()) ?? '';
    expect(page).toContain('<header>Title: <strong>One &amp; two</strong>');
    expect(page).toContain('<p>Some <em>words</em>.</p>');
    expect(Object.keys((await render({ format: 'text' })).byHand ?? {})).toEqual([]);
  });

  test('names what is lost on the way', async () => {
    const lossy = {
      tree: parseMarkdown('![A](data:image/png;base64,AAAA)\n\n<script>x()</script>'),
      digest: 'd1',
    };
    const { diagnostics } = await makeTarget().render(post, lossy, siteAround(post));
    expect(diagnostics.map(({ rule, line }) => [rule, line])).toEqual([
      ['paste-image-data', 1],
      ['paste-html-lost', 3],
    ]);
  });
});

describe('the page that imports', () => {
  const locate = (url: string) => {
    const target = makeTarget({ import_url: url });
    return target.granularity === 'copy' && target.by === 'hand'
      ? target.locateImport?.({ canonicalUrl: 'https://example.com/blog/one?a=1&b', title: 'One & two' })
      : undefined;
  };

  test('is told of the post where it wants to know', () => {
    expect(locate('https://medium.example/p/import')).toBe('https://medium.example/p/import');
    expect(locate('https://news.example/submitlink?u={url}&t={title}')).toBe(
      'https://news.example/submitlink?u=https%3A%2F%2Fexample.com%2Fblog%2Fone%3Fa%3D1%26b&t=One%20%26%20two',
    );
  });

  test.each([
    'http://medium.example/',
    'medium.example',
    'https://a:b@medium.example/',
    'https://x.example/{id}',
  ])('is not %s', (url) => {
    expect(pasteOptions.safeParse({ kind: 'paste', import_url: url }).success).toBe(false);
  });

  test('keeps posts off whose original is there', () => {
    const target = makeTarget({ import_url: 'https://medium.example/p/import' });
    const own = examplePost('one', { canonicalUrl: 'https://medium.example/@author/one' });
    if (target.granularity !== 'copy') throw new Error('copies are pasted one by one');
    expect(findExclusion(own, target)).toBe('its original is on medium.example');
  });
});
