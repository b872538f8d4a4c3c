/** An article as it is kept. */
export interface Article {
  readonly id: number;
  readonly owner: string;
  readonly title: string;
  readonly body: string;
  readonly published: boolean;
  readonly publishedAt: string | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly canonicalUrl: string | null;
  readonly mainImage: string | null;
  readonly description: string;
  readonly series: string | null;
  readonly disclosure: string | null;
  readonly organizationId: number | null;
  readonly html: string;
}

/** What a dev.to holds. */
export interface State {
  nextId: number;
  /** Series by name. */
  readonly collections: Record<string, number>;
  readonly articles: Article[];
}

/** The picture of an account that has none of its own. */
const picture = 'https://example.com/profile.png';

/** An article that says nothing yet. */
export function beginArticle(id: number, owner: string, at: number): Article {
  return {
    id,
    owner,
    title: '',
    body: '',
    published: false,
    publishedAt: null,
    createdAt: new Date(at).toISOString(),
    editedAt: null,
    slug: '',
    tags: [],
    canonicalUrl: null,
    mainImage: null,
    description: '',
    series: null,
    disclosure: null,
    organizationId: null,
    html: '',
  };
}

function shareArticle(article: Article, url: string): Record<string, unknown> {
  const address = locateArticle(article, url);
  return {
    type_of: 'article',
    id: article.id,
    title: article.title,
    description: describe(article),
    slug: article.slug,
    path: `/${article.owner}/${article.slug}`,
    url: address,
    comments_count: 0,
    public_reactions_count: 0,
    published_timestamp: article.published ? article.publishedAt : '',
    published_at: article.publishedAt,
    positive_reactions_count: 0,
    cover_image:
      article.mainImage === null ? null : `${url}/cdn/width=1000/${encodeURIComponent(article.mainImage)}`,
    canonical_url: article.canonicalUrl ?? address,
    reading_time_minutes: Math.max(1, Math.round(readText(article.html).split(' ').length / 275)),
    body_markdown: article.body,
    user: {
      ...describeOwner(article.owner),
      user_id: 1,
      website_url: null,
      profile_image: picture,
      profile_image_90: picture,
    },
    ...(article.organizationId !== null && {
      organization: {
        name: `Organization ${article.organizationId}`,
        slug: `org-${article.organizationId}`,
      },
    }),
  };
}

/** An article as the API answers with it alone. */
export function showArticle(
  article: Article,
  url: string,
  { collections }: Pick<State, 'collections'>,
): Record<string, unknown> {
  return {
    ...shareArticle(article, url),
    collection_id: article.series === null ? null : collections[article.series],
    readable_publish_date: readableDate(article.publishedAt),
    language: 'en',
    subforem_id: 1,
    ai_disclosure_level: article.disclosure,
    ai_disclosure_label: null,
    social_image: article.mainImage ?? picture,
    last_comment_at: '2017-01-01T05:00:00Z',
    created_at: article.createdAt,
    edited_at: article.editedAt,
    crossposted_at: null,
    tag_list: article.tags.join(', '),
    tags: article.tags,
    body_html: article.html,
  };
}

/** An article as the API lists it among the account's own. */
export function listArticle(article: Article, url: string): Record<string, unknown> {
  return {
    ...shareArticle(article, url),
    published: article.published,
    page_views_count: 0,
    tag_list: article.tags,
  };
}

/** The account as the API answers with it. */
export function showUser(username: string): Record<string, unknown> {
  return {
    type_of: 'user',
    id: 1,
    ...describeOwner(username),
    email: null,
    summary: null,
    location: null,
    website_url: null,
    joined_at: 'Jan  1, 2026',
    profile_image: picture,
    badge_ids: [],
  };
}

function describeOwner(username: string): Record<string, unknown> {
  return { name: username, username, twitter_username: null, github_username: null };
}

/** A day as people read it, such as `Nov 21`; nothing for a draft. */
function readableDate(instant: string | null): string | null {
  if (instant === null) return null;
  return new Date(instant).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

/** The address of an article's page. */
export function locateArticle(article: Article, url: string): string {
  return `${url}/${article.owner}/${encodeURIComponent(article.slug)}`;
}

/** An article's description, its own or how it begins. */
export function describe(article: Article): string {
  if (article.description !== '') return article.description;
  const text = readText(article.html);
  return text.length > 104 ? `${text.slice(0, 101)}...` : text;
}

/** Whether readers can see it. */
export function isOut(article: Article, at: number): boolean {
  return article.published && Date.parse(article.publishedAt ?? '') <= at;
}

/** When it counts as published, for the order of a listing: drafts first. */
export function sortKey(article: Article): number {
  return article.publishedAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(article.publishedAt);
}

/** What a reader would see of some HTML, on one line. */
function readText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
