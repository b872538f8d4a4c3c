import { describe, expect, test } from 'vitest';
import { asPage, writeDocument } from '../../src/views/document.ts';
import { viewCopy } from '../../src/views/view-copy.ts';
import { examplePost, exampleRendition, exampleTarget } from '../examples.ts';
import { siteAround } from '../rendition-fixtures.ts';
import { findActive } from './find-active.ts';

describe('a target without a view of its own', () => {
  const post = examplePost('hello', { title: '<b>Hello</b>' });

  test('shows what is sent, as text', async () => {
    const rendition = exampleRendition('hello', {
      body: 'One <script>alert(1)</script>\n*two*',
      fields: { title: '<b>Hello</b>', tags: ['a', 'b'], series: null },
    });
    const { frames } = await viewCopy(exampleTarget(), { rendition }, post, siteAround(post));
    const [frame] = frames;
    expect(frame?.html).toContain('One &lt;script&gt;alert(1)&lt;/script&gt;\n*two*');
    expect(frame?.html).toContain('<dt>tags</dt><dd>a, b</dd>');
    expect(frame?.html).not.toContain('<dt>series');
    expect(findActive(frame?.html ?? '')).toEqual([]);
  });
});

test('a link within a document leads to a place in its frame, and in a page of its own to one in the page', () => {
  const body =
    '<p><a id="b" href="#a">x</a> &lt;a href="#a"></p><p id="a"><a href="https://example.com/#a">y</a></p>';
  const html = writeDocument({ title: 'A page', lang: 'en', style: '', body });
  expect(html).toContain('<a target="_self" id="b" href="about:srcdoc#a">x</a> &lt;a href="#a">');
  expect(html).toContain('<a href="https://example.com/#a">');
  expect(asPage(html)).toContain('<a target="_self" id="b" href="#a">x</a> &lt;a href="#a">');
});
