import { describe, expect, test } from 'vitest';
import { showPost, type ShownPost } from '../../src/views/linkedin/show-post.ts';

const post: ShownPost = { id: 'a', author: 'An author', below: 'Now', commentary: '', text: 'folded' };

/** The text as it stands in the box that can be folded. */
function showText(commentary: string, text: ShownPost['text'] = { marks: [] }): string {
  const html = showPost({ ...post, commentary, text });
  return /data-text><div class="measure">([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '';
}

const mark = (at: number): string => `<span class="mark" data-at="${at}"></span>`;

describe('a post in the feed of LinkedIn', () => {
  test('has hashtags, mentions and addresses as links have them, and signs as they were meant', () => {
    expect(showText('See https://example.com/a_b?c=d. \\#1 #git \\<b\\>')).toBe(
      'See <a class="link" href="https://example.com/a">https://example.com/a</a>',
    );
    expect(showText('See https://example.com/a?b=c\\&d. \\(x\\) #git')).toContain(
      'href="https://example.com/a?b=c"',
    );
    expect(showText('By @[Example](urn:li:organization:1), #git \\<b\\>')).toBe(
      'By <span class="mention">Example</span>, <span class="hashtag">#git</span> &lt;b&gt;',
    );
  });

  test('has marks after as many characters as are read, whatever stands there', () => {
    expect(showText('\\(one\\) two', { marks: [5, 7, 9] })).toBe(`(one)${mark(5)} t${mark(7)}wo${mark(9)}`);
    expect(showText('a #git b', { marks: [4, 90] })).toBe(`a <span class="hashtag">#g${mark(4)}it</span> b`);
  });

  test('is unfolded by a button only where it is folded', () => {
    expect(showText('a', 'folded')).toBe('<label class="more" for="more-a" aria-hidden="true"></label>a');
    expect(showPost({ ...post, commentary: 'a', text: { marks: [] } })).not.toContain('<input');
  });

  test('has a card without a picture, and none that leads to no page', () => {
    const card = {
      source: 'javascript:alert(1)',
      title: '<b>',
      picture: { url: 'javascript:alert(1)', alt: '' },
    };
    const html = showPost({ ...post, card });
    expect(html).toContain('<a class="card"><span class="card-text"><span class="card-title">&lt;b&gt;');
    expect(html).not.toContain('<img');
  });
});
