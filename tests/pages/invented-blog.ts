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

/** The same in a theme that does more: a table of contents, anchors, code in tables with a bar above it, pictures that are renamed. */
export function dressElaborately(body: string, number: number): string {
  const entries: string[] = [];
  const html = body
    .replaceAll(/<h([2-4])>(.*?)<\/h\1>/gs, (_, depth: string, words: string) => {
      const id = `part-${entries.length}`;
      entries.push(`<li><a href="#${id}">${words.replaceAll(/<[^>]*>/g, '')}</a></li>`);
      return `<h${depth} id="${id}">${words}<a class="anchor" href="#${id}">#</a></h${depth}>`;
    })
    .replaceAll(
      /<pre><code(?: class="language-((?!math\b)[^"]*)")?>(.*?)<\/code><\/pre>/gs,
      (_, language = 'text', code = '') => dressCode(String(language).replace(/\W.*$/, ''), String(code)),
    )
    .replaceAll(
      /<img src="[^"]*?([^"/]*)\.(?:png|jpg)"/g,
      '<img loading="lazy" src="/_built/$1.Bx7_hT2q9Z.webp"',
    )
    .replaceAll("'", '’');
  const related = [1, 2, 3].map(
    (step) => `<article><h4>Post ${number + step} of this blog</h4><p>How it begins.</p></article>`,
  );
  return `<!doctype html><html><body><div id="app"><header><a href="/">Blog</a> <b>Post ${number} of this blog</b></header>
<div class="columns"><aside class="toc"><h2>On this page</h2><ul>${entries.join('')}</ul></aside><main>
<header><h1>Post ${number} of this blog</h1><div class="byline">day ${number} · <span>${number % 7} min</span></div></header>
<section class="prose dark">${html}</section>
<section class="letter"><h3>Letters</h3><p>One a month.</p><form><input type="email"></form></section>
<section class="related"><h3>Read next</h3>${related.join('')}</section></main></div></div></body></html>`;
}

function dressCode(language: string, code: string): string {
  const lines = code.replace(/\n$/, '').split('\n');
  const numbers = lines.map((_, index) => `<span class="lnt">${index + 1}\n</span>`).join('');
  const shown = lines.map((line) => `<span class="line"><span class="cl">${line}\n</span></span>`).join('');
  return `<div class="highlight"><div class="bar"><span>${language}</span><button>Copy</button></div><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code>${numbers}</code></pre></td><td class="lntd"><pre class="chroma"><code class="language-${language}">${shown}</code></pre></td></tr></table></div>`;
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
