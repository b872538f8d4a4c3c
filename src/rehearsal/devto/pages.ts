import { escapeHtml } from '../../base/escape-html.ts';
import { escapeUrl, replyPage } from '../page.ts';
import type { Reply } from '../exchange.ts';
import { describe, locateArticle, type Article } from './article.ts';

/** The page at a path: every article, one of them, or none. */
export function showPage(path: string, url: string, articles: readonly Article[]): Reply {
  if (path === '/') return showIndex(articles);
  const article = articles.find((it) => `/${it.owner}/${it.slug}` === decodePath(path));
  if (article === undefined) {
    return replyPage({
      title: 'Not found',
      body: '<h1>Not found</h1>\n<p><a href="/">All articles</a></p>',
      status: 404,
    });
  }
  return showArticlePage(article, url, articles);
}

function showIndex(articles: readonly Article[]): Reply {
  const items = articles
    .toReversed()
    .map((it) => `<li>${linkTo(it)}${it.published ? '' : ' (draft)'}<br>${tagLine(it.tags)}</li>`);
  return replyPage({
    title: 'dev.to stand-in',
    body: `<h1>dev.to stand-in</h1>\n<ul>\n${items.join('\n') || '<li>No article yet.</li>'}\n</ul>`,
  });
}

function showArticlePage(article: Article, url: string, articles: readonly Article[]): Reply {
  const canonical = article.canonicalUrl ?? locateArticle(article, url);
  const parts = articles.filter((it) => article.series !== null && it.series === article.series);
  const host = URL.canParse(canonical) ? new URL(canonical).host : canonical;
  return replyPage({
    title: article.title,
    head: `<link rel="canonical" href="${escapeUrl(canonical)}">\n<meta name="description" content="${escapeHtml(describe(article))}">\n`,
    body: [
      '<p class="quiet"><a href="/">All articles</a></p>',
      article.published ? '' : '<p class="card">Unpublished draft: readers do not see it.</p>',
      article.mainImage === null ? '' : `<img src="${escapeUrl(article.mainImage)}" alt="Cover image">`,
      `<h1>${escapeHtml(article.title)}</h1>`,
      tagLine(article.tags),
      article.canonicalUrl === null
        ? ''
        : `<p class="quiet">Originally published at <a href="${escapeUrl(canonical)}">${escapeHtml(host)}</a></p>`,
      parts.length > 1
        ? `<nav class="card"><strong>${escapeHtml(article.series ?? '')}</strong> (${parts.length} part series)<ol>${parts
            .map((it) => `<li>${it.id === article.id ? escapeHtml(it.title) : linkTo(it)}</li>`)
            .join('')}</ol></nav>`
        : '',
      `<article>${article.html}</article>`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  });
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function linkTo(article: Article): string {
  return `<a href="${escapeUrl(`/${article.owner}/${encodeURIComponent(article.slug)}`)}">${escapeHtml(article.title)}</a>`;
}

function tagLine(tags: readonly string[]): string {
  return `<span class="quiet">${tags.map((tag) => `#${escapeHtml(tag)}`).join(' ')}</span>`;
}
