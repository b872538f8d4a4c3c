import type { Chrome, Mark, PagedPost, Pieces } from '../../src/pages/define.ts';
import { capturePieces } from '../../src/pages/capture-pieces.ts';
import { findMarks } from '../../src/pages/find-marks.ts';
import { learnChrome } from '../../src/pages/learn-chrome.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { printHtml } from '../../src/transform/to-html.ts';

/** The page of a post as the theme of an invented site shows it: what is the same everywhere, and a title and a date that are not. */
export function dressPage(body: string, number: number): string {
  return `<!doctype html><html lang="en"><head><title>Post ${number}</title><style>p { margin: 0 }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/posts/">Posts</a></li></ul></nav>
<main><div class="grid"><article class="entry post-${number}"><h1 class="title">Post ${number} of this blog</h1>
<p class="meta">Written on day ${number} of the year</p>
${body}
<p class="share">Tell a friend about this page.</p><ul class="tags"><li><a href="/t/${number}">topic ${number}</a></li></ul></article>
<aside><h2>More posts</h2><ul><li>On kites</li><li>On rope</li></ul></aside></div></main>
<footer><p>All of it was written by hand.</p></footer></body></html>`;
}

/** A post beside a page. */
export function pairPost(text: string, html: string, dialect = {}): PagedPost {
  const tree = parsePost(text, dialect);
  return { tree, marks: findMarks(tree, text), page: { url: 'https://blog.example/one/', html } };
}

const words = ['anchor', 'barrel', 'candle', 'drawer', 'engine'];

/** What the other pages of the invented site have in common. */
export function learnInvented(dress = dressPage): Chrome {
  return learnChrome(
    words.map((word, index) => {
      const text = `The ${word} is the first thing to look at.\n\n## How a ${word} is made\n\nIt takes two days to make an ${word}.\n\nThen it is done.`;
      return pairPost(text, dress(printHtml(parsePost(text)), index + 2));
    }),
  );
}

/** What is found of the marks of a post, each as the HTML of its piece or the reason for none. */
export function showPieces(marks: readonly Mark[], pieces: Pieces): readonly string[] {
  return marks.map(({ key }) => {
    const found = pieces.get(key);
    if (found === undefined) return 'nothing';
    return found.seen === 'content' ? found.html : `${found.reason}: ${found.words}`;
  });
}

/** Captures the marks of one post from its page. */
export function capture(text: string, html: string, chrome: Chrome = learnInvented()): readonly string[] {
  const post = pairPost(text, html);
  return showPieces(post.marks, capturePieces(post, chrome));
}
