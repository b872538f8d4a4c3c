import { isFields } from '../../base/is-fields.ts';
import { findFrontMatter } from './front-matter.ts';
import { renderForemBody, type ForemBody } from '../../views/forem/render-body.ts';
import type { Reply } from '../exchange.ts';
import { readJsonBody } from '../stand-in.ts';
import type { StandInRequest } from '../exchange.ts';
import type { Article } from './article.ts';
import { refuse } from './refusals.ts';

/** What Forem allows (forem/forem app/models/article.rb, tag.rb and concerns/taggable.rb, checked November 2026). */
const limits = {
  titleCharacters: 128,
  bodyBytes: 800 * 1024,
  tags: 4,
  tagCharacters: 30,
  tagListCharacters: 126,
  sameTitleMs: 5 * 60_000,
  backdatingMs: 15 * 60_000,
};

/** What an article is judged beside: the others, whose account it is, and the time. */
interface Around {
  readonly at: number;
  readonly articles: readonly Article[];
  readonly organizationIds: readonly number[];
}

/** The article as it would be with what is given, or the refusal. */
export function judgeArticle(
  before: Article,
  given: Readonly<Record<string, unknown>>,
  around: Around,
): { readonly article: Article } | { readonly refuse: Reply } {
  const { at, organizationIds } = around;
  const body = 'body_markdown' in given ? (textOf(given['body_markdown']) ?? '') : before.body;
  const matter = findFrontMatter(body);
  if (matter.found === 'crash') {
    return { refuse: { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>500</h1>' } };
  }
  if (matter.found === 'invalid') return { refuse: refuse(422, matter.message) };
  const fields = matter.found === 'fields' ? readMatter(matter.fields) : {};
  const params = { ...given, ...fields };
  const choose = (key: string, kept: string | null): string | null =>
    key in params ? textOf(params[key]) : kept;

  const published = typeof params['published'] === 'boolean' ? params['published'] : before.published;
  const firstOut = published && before.publishedAt === null;
  const publishedAt =
    textOf(given['published_at']) ?? (firstOut ? new Date(at).toISOString() : before.publishedAt);
  const title = (choose('title', before.title) ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const organizationId = Number(given['organization_id']);
  const rendered = renderForemBody(matter.found === 'fields' ? matter.content : body);
  const article: Article = {
    ...before,
    title,
    body,
    published,
    publishedAt,
    slug: nameSlug(before, title, published),
    tags: Array.isArray(params['tags']) ? readTags(params['tags']) : before.tags,
    canonicalUrl: choose('canonical_url', before.canonicalUrl),
    mainImage: choose('main_image', before.mainImage),
    description: choose('description', before.description) ?? '',
    series: choose('series', before.series),
    disclosure: textOf(given['ai_disclosure_level']) ?? before.disclosure,
    organizationId: organizationIds.includes(organizationId) ? organizationId : before.organizationId,
    html: rendered.outcome === 'refused' ? '' : rendered.html,
  };
  const faults = findFaults(article, before, rendered, around);
  return faults.length > 0 ? { refuse: refuse(422, joinSentence(faults)) } : { article };
}

function findFaults(
  article: Article,
  before: Article,
  body: ForemBody,
  { at, articles }: Around,
): readonly string[] {
  const isNew = before.slug === '';
  const others = articles.filter((it) => it.id !== before.id);
  const faults: string[] = [];
  if (article.title === '') faults.push("Title can't be blank");
  if (Array.from(article.title).length > limits.titleCharacters) {
    faults.push(`Title is too long (maximum is ${limits.titleCharacters} characters)`);
  }
  const sameTitle = others.some(
    (it) =>
      it.owner === article.owner &&
      it.title === article.title &&
      at - Date.parse(it.createdAt) < limits.sameTitleMs,
  );
  if (isNew && sameTitle) faults.push('Title has already been used in the last five minutes');
  if (Buffer.byteLength(article.body) > limits.bodyBytes) faults.push('Body markdown is too long.');
  if (body.outcome === 'refused') faults.push(body.message);
  faults.push(...findTagFaults(article.tags));
  faults.push(...findUrlFaults(article));
  const clash = others.some((it) => it.published && it.canonicalUrl === article.canonicalUrl);
  if (article.published && article.canonicalUrl !== null && clash) {
    faults.push('Canonical url has already been taken. Email support@example.com for further details.');
  }
  const earliest = at - limits.backdatingMs;
  const moved = article.publishedAt !== before.publishedAt;
  if (moved && article.published && Date.parse(article.publishedAt ?? '') < earliest) {
    faults.push('Published at only future or current published_at allowed');
  }
  return faults;
}

/** What a request says of an article, or the refusal. */
export function readParams(
  request: StandInRequest,
): { readonly given: Readonly<Record<string, unknown>> } | { readonly refuse: Reply } {
  const given = readJsonBody(request)?.['article'];
  if (given === undefined || given === null || given === '') {
    return { refuse: refuse(422, 'param is missing or the value is empty: article') };
  }
  if (isFields(given)) return { given };
  const type = Array.isArray(given) ? 'Array' : typeof given === 'string' ? 'String' : 'Integer';
  return { refuse: refuse(422, `article param must be a JSON object. You provided article as a ${type}`) };
}

/** Front matter's keys under the names the API has for them. */
function readMatter(matter: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { title, tags, published, canonical_url, description, series, cover_image } = matter;
  return {
    ...(title !== undefined && { title, description: description ?? null, series: series ?? null }),
    ...(tags !== undefined && { tags: Array.isArray(tags) ? tags : (textOf(tags) ?? '').split(',') }),
    ...(typeof published === 'boolean' && { published }),
    ...(canonical_url !== undefined && { canonical_url }),
    ...(description !== undefined && { description }),
    ...(series !== undefined && { series }),
    ...(cover_image !== undefined && { main_image: cover_image }),
  };
}

function readTags(given: readonly unknown[]): readonly string[] {
  const tags = given
    .flatMap((tag) => String(tag).split(','))
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== '');
  return [...new Set(tags)];
}

function findTagFaults(tags: readonly string[]): readonly string[] {
  const odd = tags.filter((tag) => !/^[\p{L}\p{N}]+$/u.test(tag));
  const long = tags.filter((tag) => Array.from(tag).length > limits.tagCharacters);
  return [
    ...(tags.length > limits.tags ? [`Tag list exceed the maximum of ${limits.tags} tags`] : []),
    ...odd.map((tag) => `Tag "${tag}" contains non-alphanumeric or prohibited unicode characters`),
    ...long.map((tag) => `Tag "${tag}" is too long (maximum is ${limits.tagCharacters} characters)`),
    ...(tags.join(', ').length > limits.tagListCharacters
      ? [`Cached tag list is too long (maximum is ${limits.tagListCharacters} characters)`]
      : []),
  ];
}

function findUrlFaults(article: Article): readonly string[] {
  const { canonicalUrl, mainImage } = article;
  return [
    ...(canonicalUrl !== null && !isPublicUrl(canonicalUrl) ? ['Canonical url is not a valid URL'] : []),
    ...(mainImage !== null && !isWebUrl(mainImage) ? ['Main image is not a valid URL'] : []),
  ];
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

function isPublicUrl(text: string): boolean {
  return isWebUrl(text) && /\.[a-z]/i.test(new URL(text).hostname);
}

/** A text, or null for what Rails calls blank. */
export function textOf(value: unknown): string | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.trim() === '' ? null : text;
}

function nameSlug(before: Article, title: string, published: boolean): string {
  const final = before.slug !== '' && !before.slug.includes('-temp-slug-');
  if (final) return before.slug;
  const words = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const number = (before.id + 46_655).toString(36);
  return published ? `${words}-${number}` : `${words}-temp-slug-${before.id}`;
}

function joinSentence(faults: readonly string[]): string {
  if (faults.length < 3) return faults.join(' and ');
  return `${faults.slice(0, -1).join(', ')}, and ${faults.at(-1)}`;
}
