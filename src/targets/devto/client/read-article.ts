import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import type { CopySought, Observation, RemoteState, Taken } from '../../../model/target.ts';
import { identifyArticle } from '../identify.ts';

/** How far this machine's clock and the target's may differ, in milliseconds. */
const clockTolerance = 5 * 60_000;

/** An article in the shape of a listing or of a single answer: they differ in the form of `tag_list` and in what is missing. */
export const articleShape = z.object({
  id: z.int(),
  url: z.string(),
  title: z.string(),
  body_markdown: z.string().nullish(),
  description: z.string().nullish(),
  canonical_url: z.string().nullish(),
  cover_image: z.string().nullish(),
  tag_list: z.union([z.string(), z.array(z.string())]),
  published: z.boolean().optional(),
  published_timestamp: z.string().nullish(),
  body_html: z.string().nullish(),
  organization: z.unknown().optional(),
});

export type Article = z.output<typeof articleShape>;

/** One observation per copy: by id, else by canonical URL, a published article before a draft, the oldest first. */
export function matchCopies(
  copies: readonly CopySought[],
  articles: readonly Article[],
): readonly Observation[] {
  const byId = new Map<string, Article>();
  for (const article of articles) {
    byId.set(String(article.id), article);
    const name = identifyArticle(article.url, article.url);
    if (name !== undefined) byId.set(name, article);
  }
  const byUrl = new Map<string, Article>();
  const inOrder = articles.toSorted((a, b) => Number(isPublished(b)) - Number(isPublished(a)) || a.id - b.id);
  for (const article of inOrder) {
    const key = canonicalKey(article.canonical_url ?? '');
    if (!byUrl.has(key)) byUrl.set(key, article);
  }
  return copies.map((copy) => {
    const byRemoteId = copy.remoteId === undefined ? undefined : byId.get(copy.remoteId);
    const article = byRemoteId ?? byUrl.get(canonicalKey(copy.canonicalUrl));
    return article === undefined ? { seen: 'absent' } : describeFound(article);
  });
}

function describeFound(article: Article): Observation {
  return {
    seen: 'present',
    ...describeTaken(article),
    canonicalUrl: article.canonical_url ?? article.url,
    body: article.body_markdown ?? '',
  };
}

/** An article as proof that it was taken. */
export function describeTaken(article: Article): Taken {
  return {
    remoteId: String(article.id),
    url: article.url,
    state: readState(article),
    echo: digestArticle(article),
  };
}

/** Compares addresses without their fragment and their last slash; a query may tell posts apart. */
function canonicalKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}${search}`;
}

function isPublished(article: Article): boolean {
  return article.published ?? (article.published_timestamp ?? '') !== '';
}

function readState(article: Article): RemoteState {
  const at = Date.parse(article.published_timestamp ?? '');
  const scheduled = !Number.isNaN(at) && at > Date.now() + clockTolerance;
  return isPublished(article) && !scheduled ? 'live' : 'draft';
}

/** Digests what every shape of an article gives: of the cover only that there is one, of the series nothing. */
function digestArticle(article: Article): string {
  const { tag_list } = article;
  const tags = typeof tag_list === 'string' ? tag_list.split(',').map((tag) => tag.trim()) : tag_list;
  return digestJson({
    title: article.title,
    body: article.body_markdown ?? '',
    canonicalUrl: canonicalKey(article.canonical_url ?? ''),
    description: article.description ?? '',
    tags: tags.filter((tag) => tag !== '').toSorted(),
    cover: (article.cover_image ?? '') !== '',
  });
}

/** Forem answers 2xx and shows the error in place of the whole body (forem/forem app/services/markdown_processor). */
export function showsLiquidError(article: Article): boolean {
  return /^\s*(?:<p>\s*)?Liquid syntax error/.test(article.body_html ?? '');
}

/** Parts every Liquid delimiter by a zero-width space, and drops the raw tags that would now be shown. */
export function disarmLiquid(markdown: string): string {
  return markdown.replaceAll(/\{% *(?:end)?raw *%\}/g, '').replaceAll(/\{(?=[{%])/g, '{\u200B');
}

/** What is wrong with an article that was taken all the same. */
export function findFaults(article: Article, wantsOrganization: boolean): readonly string[] {
  return [
    ...(showsLiquidError(article) ? ['readers see a Liquid syntax error instead of the article'] : []),
    ...(wantsOrganization && (article.organization ?? undefined) === undefined
      ? ['it went to the personal account, because the key is not of a member of the organization']
      : []),
  ];
}
