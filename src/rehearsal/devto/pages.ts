import { decodePercent } from '../../base/decode-percent.ts';
import { escapeHtml } from '../../base/escape-html.ts';
import { writeArticle } from '../../views/forem/article-page.ts';
import { escapeUrl, replyDocument, replyPage } from '../page.ts';
import type { Reply } from '../exchange.ts';
import { describe, locateArticle, type Article } from './article.ts';
import { findFrontMatter } from './front-matter.ts';

/** The page at a path: every article, one of them, or none. */
export function showPage(path: string, url: string, articles: readonly Article[]): Reply | Promise<Reply> {
  if (path === '/') return showIndex(articles);
  const article = articles.find((it) => `/${it.owner}/${it.slug}` === decodePercent(path));
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

async function showArticlePage(article: Article, url: string, articles: readonly Article[]): Promise<Reply> {
  const canonical = article.canonicalUrl ?? locateArticle(article, url);
  const matter = findFrontMatter(article.body);
  const parts = articles.filter((it) => it.series !== null && it.series === article.series);
  const { html } = await writeArticle(
    {
      title: article.title,
      body: matter.found === 'fields' ? matter.content : article.body,
      tags: article.tags,
      author: article.owner,
      lang: 'en',
      ...(article.publishedAt !== null && { day: article.publishedAt.slice(0, 10) }),
      ...(article.mainImage !== null && { cover: article.mainImage }),
      ...(article.canonicalUrl !== null && { canonicalUrl: article.canonicalUrl }),
      ...(article.series !== null && {
        series: {
          name: article.series,
          parts: parts.map((it) => ({ title: it.title, url: addressOf(it), isThis: it.id === article.id })),
        },
      }),
      ...(!article.published && { notice: 'Unpublished draft: readers do not see it.' }),
    },
    {
      head: `<link rel="canonical" href="${escapeUrl(canonical)}">\n<meta name="description" content="${escapeHtml(describe(article))}">\n`,
      above:
        '<p style="max-width: 820px; margin: 8px auto; padding: 0 12px"><a href="/" target="_self">All articles</a></p>',
    },
  );
  return replyDocument(html);
}

function addressOf({ owner, slug }: Article): string {
  return `/${owner}/${encodeURIComponent(slug)}`;
}

function linkTo(article: Article): string {
  return `<a href="${escapeUrl(addressOf(article))}">${escapeHtml(article.title)}</a>`;
}

function tagLine(tags: readonly string[]): string {
  return `<span class="quiet">${tags.map((tag) => `#${escapeHtml(tag)}`).join(' ')}</span>`;
}
