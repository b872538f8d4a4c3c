import { escapeHtml, escapeText } from '../../base/escape-html.ts';
import { writeDocument } from '../document.ts';
import { isSafeAddress } from '../is-safe-address.ts';
import { articleStyle } from './article-style.ts';
import { drawBody } from './draw-article.ts';
import { renderForemBody } from './render-body.ts';

/** A part of a series as Forem lists it; `url` is absent for the article itself and for one that is not out. */
interface ListedPart {
  readonly title: string;
  readonly url?: string;
  readonly isThis: boolean;
}

/** What Forem shows of an article. */
export interface ForemArticle {
  readonly title: string;
  /** Markdown, without front matter. */
  readonly body: string;
  readonly tags: readonly string[];
  readonly author: string;
  /** BCP 47. */
  readonly lang: string;
  /** The day it was published, as people read it. */
  readonly day?: string;
  readonly cover?: string;
  readonly canonicalUrl?: string;
  readonly series?: { readonly name: string; readonly parts: readonly ListedPart[] };
  /** What only its author sees above it, in a sentence. */
  readonly notice?: string;
}

/** An article as its readers see it, as a document for a frame; `around` is HTML of whoever shows it. */
export async function writeArticle(
  article: ForemArticle,
  around: { readonly head?: string; readonly above?: string } = {},
): Promise<{ readonly html: string; readonly diagrams: readonly string[] }> {
  const rendered = renderForemBody(article.body);
  const { html, style, diagrams } =
    rendered.outcome === 'refused'
      ? { html: `<p>${escapeText(rendered.message)}</p>`, style: '', diagrams: [] }
      : await drawBody(rendered.tree);
  const { title, lang, notice, cover } = article;
  return {
    html: writeDocument({
      title,
      lang,
      style: articleStyle + style,
      head: around.head ?? '',
      body: [
        around.above ?? '',
        '<main class="article">',
        notice === undefined ? '' : `<p class="draft">${escapeText(notice)}</p>`,
        cover === undefined || !isSafeAddress(cover)
          ? ''
          : `<img class="cover" src="${escapeHtml(cover)}" alt="">`,
        `<header class="head">\n${writeAuthor(article)}`,
        `<h1 class="title">${escapeText(title)}</h1>`,
        article.tags.length === 0
          ? ''
          : `<ul class="tags">${article.tags.map((tag) => `<li>${escapeText(tag)}</li>`).join('')}</ul>`,
        '</header>',
        writeSeries(article.series),
        `<article class="body">\n${html}\n</article>`,
        '</main>',
      ]
        .filter((line) => line !== '')
        .join('\n'),
    }),
    diagrams,
  };
}

function writeAuthor({ author, day, canonicalUrl }: ForemArticle): string {
  const facts = [
    ...(day === undefined ? [] : [`Posted on ${escapeText(day)}`]),
    ...(canonicalUrl === undefined ? [] : [`Originally published at ${linkHost(canonicalUrl)}`]),
  ];
  const initial = Array.from(author.trim())[0]?.toUpperCase() ?? '';
  return `<div class="author"><span class="avatar" aria-hidden="true">${escapeText(initial)}</span><div><strong>${escapeText(author)}</strong><br><span class="quiet">${facts.join(' · ')}</span></div></div>`;
}

function linkHost(url: string): string {
  const host = URL.canParse(url) ? new URL(url).host : url;
  return isSafeAddress(url) ? `<a href="${escapeHtml(url)}">${escapeText(host)}</a>` : escapeText(host);
}

/** Forem shows a series from its second part on. */
function writeSeries(series: ForemArticle['series']): string {
  if (series === undefined || series.parts.length < 2) return '';
  const parts = series.parts.map(({ title, url, isThis }) => {
    const text = escapeText(title);
    if (isThis) return `<li aria-current="page"><span>${text}</span></li>`;
    return url === undefined || !isSafeAddress(url)
      ? `<li class="coming"><span>${text}</span></li>`
      : `<li><a href="${escapeHtml(url)}">${text}</a></li>`;
  });
  return `<nav class="series" aria-label="Series"><h2>${escapeText(series.name)} <span>(${parts.length} Part Series)</span></h2><ol>${parts.join('')}</ol></nav>`;
}
