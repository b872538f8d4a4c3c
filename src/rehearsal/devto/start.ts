import { findFrontMatter, readText, renderForemBody } from './render-body.ts';
import type { ForemBody } from './render-body.ts';
import { escapeHtml, escapeUrl, replyPage } from '../page.ts';
import { isRecord, openStore, readJsonBody, replyJson, startStandIn } from '../stand-in.ts';
import type { Behaviour, Judgement, Reply, StandIn, StandInRequest, Store, Troubles } from '../stand-in.ts';

/** What Forem allows (forem/forem app/models/article.rb, tag.rb and concerns/taggable.rb, checked November 2026). */
const limits = {
  titleCharacters: 128,
  bodyBytes: 800 * 1024,
  tags: 4,
  tagCharacters: 30,
  tagListCharacters: 126,
  sameTitleMs: 5 * 60_000,
  backdatingMs: 15 * 60_000,
  pageSize: 30,
  largestPage: 1000,
};

/** How often it may be asked (forem/forem config/initializers/rack_attack.rb and rate_limit_checker.rb, checked November 2026). */
export const rates = {
  read: { count: 3, ms: 1000 },
  readLong: { count: 30, ms: 60_000 },
  write: { count: 1, ms: 1000 },
  publish: { count: 9, ms: 30_000 },
  update: { count: 30, ms: 30_000 },
};

const disclosureLevels = ['not_disclosed', 'no_ai', 'some_ai', 'fully_autonomous'];

const version1 = 'application/vnd.forem.api-v1+json';

export interface DevtoOptions extends Troubles {
  /** Where its articles are kept between starts. */
  readonly folder: string;
  readonly apiKey: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The account the key belongs to. */
  readonly username?: string;
  /** The organizations the account is a member of; any other id is dropped without a word. */
  readonly organizationIds?: readonly number[];
  /** Milliseconds since 1970, instead of the real clock. */
  readonly now?: () => number;
}

interface Article {
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

interface State {
  nextId: number;
  /** Series by name. */
  readonly collections: Record<string, number>;
  readonly articles: Article[];
}

/** Starts a dev.to that keeps Forem's documented rules and shows its articles as pages. */
export async function startDevto(options: DevtoOptions): Promise<StandIn> {
  const now = options.now ?? Date.now;
  const store = openStore<State>(options.folder, 'devto.json', { nextId: 1, collections: {}, articles: [] });
  return startStandIn({
    ...options,
    port: options.port,
    now,
    behave: (url) => behaveAsDevto(url, store, options),
  });
}

function behaveAsDevto(url: string, store: Store<State>, options: DevtoOptions): Behaviour {
  const { state } = store;
  const username = options.username ?? 'rehearsal';
  const allow = countRates();
  const isApi = (request: StandInRequest): boolean => request.path.startsWith('/api/');

  return {
    authenticate(request) {
      if (!isApi(request)) return undefined;
      if ((request.headers['user-agent'] ?? '') === '') return { status: 403 };
      const reading = request.method === 'GET';
      const slow = reading
        ? (allow('read', request.at) ?? allow('readLong', request.at))
        : allow('write', request.at);
      if (slow !== undefined) {
        return {
          status: 429,
          headers: { 'content-type': 'text/plain', 'retry-after': String(slow) },
          body: 'Retry later\n',
        };
      }
      const open = reading && /^\/api\/articles\/(?!me(\/|$))/.test(request.path);
      return open || request.headers['api-key'] === options.apiKey ? undefined : refuse(401, 'unauthorized');
    },
    decide(request) {
      if (!isApi(request)) return { take: () => showPage(request.path) };
      const decision = decideApi(request);
      return (request.headers['accept'] ?? '').includes(version1) ? decision : warnOfVersion(decision);
    },
  };

  function decideApi(request: StandInRequest): Judgement {
    const { method, path } = request;
    if (method === 'GET' && path === '/api/users/me') return { take: () => replyJson(200, showUser()) };
    const mine = /^\/api\/articles\/me(?:\/(published|unpublished|all))?$/.exec(path);
    if (method === 'GET' && mine) return { take: () => listMine(mine[1] ?? 'published', request) };
    if (method === 'POST' && path === '/api/articles') return decideCreate(request);
    const one = /^\/api\/articles\/(\d+)$/.exec(path);
    if (method === 'PUT' && one) return decideUpdate(Number(one[1]), request);
    if (method === 'PUT' && /^\/api\/articles\/\d+\/unpublish$/.test(path)) {
      return { refuse: refuse(401, 'unauthorized') };
    }
    if (method === 'GET' && path.startsWith('/api/articles/')) {
      const wanted = path.slice('/api/articles/'.length);
      const article = state.articles.find(
        (it) => String(it.id) === wanted || `${it.owner}/${it.slug}` === wanted,
      );
      if (article && isOut(article, request.at)) return { take: () => replyJson(200, showArticle(article)) };
    }
    return { refuse: refuse(404, 'not found') };
  }

  function decideCreate(request: StandInRequest): Judgement {
    const params = readParams(request);
    if ('refuse' in params) return params;
    const disclosure = params.given['ai_disclosure_level'];
    const matter = findFrontMatter(textOf(params.given['body_markdown']) ?? '');
    const told =
      matter.found === 'fields' &&
      ['ai_disclosure_level', 'ai_disclosure', 'ai_generated', 'ai_assisted'].some(
        (key) => key in matter.fields,
      );
    if (!told && !disclosureLevels.includes(String(disclosure))) {
      return { refuse: replyJson(422, disclosureRefusal(url)) };
    }
    const id = state.nextId;
    const decided = decideContent(
      {
        id,
        owner: username,
        title: '',
        body: '',
        published: false,
        publishedAt: null,
        createdAt: new Date(request.at).toISOString(),
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
      },
      params.given,
      request.at,
    );
    if ('refuse' in decided) return decided;
    const slow = decided.article.published ? allow('publish', request.at) : undefined;
    if (slow !== undefined) return { refuse: refuseRate(slow) };
    return {
      take() {
        const article = { ...decided.article, id: state.nextId };
        state.nextId += 1;
        state.articles.push(article);
        rememberSeries(article);
        store.save();
        return replyJson(201, showArticle(article), { location: addressOf(article) });
      },
    };
  }

  function decideUpdate(id: number, request: StandInRequest): Judgement {
    const params = readParams(request);
    if ('refuse' in params) return params;
    const before = state.articles.find((it) => it.id === id && it.owner === username);
    if (before === undefined) return { refuse: refuse(404, 'not found') };
    const slow = allow('update', request.at);
    if (slow !== undefined) return { refuse: refuseRate(slow) };
    const decided = decideContent(before, params.given, request.at);
    if ('refuse' in decided) return decided;
    return {
      take() {
        const article = { ...decided.article, editedAt: new Date(request.at).toISOString() };
        state.articles[state.articles.findIndex((it) => it.id === id)] = article;
        rememberSeries(article);
        store.save();
        return replyJson(200, showArticle(article));
      },
    };
  }

  /** The article as it would be with what is given, or the refusal. */
  function decideContent(
    before: Article,
    given: Readonly<Record<string, unknown>>,
    at: number,
  ): { readonly article: Article } | { readonly refuse: Reply } {
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
      organizationId: (options.organizationIds ?? []).includes(organizationId)
        ? organizationId
        : before.organizationId,
      html: rendered.outcome === 'refused' ? '' : rendered.html,
    };
    const faults = findFaults(article, before, rendered, at);
    return faults.length > 0 ? { refuse: refuse(422, joinSentence(faults)) } : { article };
  }

  function findFaults(article: Article, before: Article, body: ForemBody, at: number): readonly string[] {
    const isNew = before.slug === '';
    const others = state.articles.filter((it) => it.id !== before.id);
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

  function listMine(which: string, request: StandInRequest): Reply {
    const size = Math.min(readCount(request.query.get('per_page')) ?? limits.pageSize, limits.largestPage);
    const page = readCount(request.query.get('page')) ?? 1;
    const wanted = state.articles
      .filter((it) => it.owner === username)
      .filter((it) => which === 'all' || (which === 'published' ? isOut(it, request.at) : !it.published))
      .toSorted((a, b) => sortKey(b) - sortKey(a) || b.id - a.id);
    return replyJson(200, wanted.slice((page - 1) * size, page * size).map(listArticle));
  }

  function shareArticle(article: Article): Record<string, unknown> {
    return {
      type_of: 'article',
      id: article.id,
      title: article.title,
      description: describe(article),
      slug: article.slug,
      path: `/${article.owner}/${article.slug}`,
      url: addressOf(article),
      comments_count: 0,
      public_reactions_count: 0,
      published_timestamp: article.published ? article.publishedAt : '',
      published_at: article.publishedAt,
      positive_reactions_count: 0,
      cover_image:
        article.mainImage === null ? null : `${url}/cdn/width=1000/${encodeURIComponent(article.mainImage)}`,
      canonical_url: article.canonicalUrl ?? addressOf(article),
      reading_time_minutes: Math.max(1, Math.round(readText(article.html).split(' ').length / 275)),
      body_markdown: article.body,
      user: { name: article.owner, username: article.owner, user_id: 1 },
      ...(article.organizationId !== null && {
        organization: {
          name: `Organization ${article.organizationId}`,
          slug: `org-${article.organizationId}`,
        },
      }),
    };
  }

  function showArticle(article: Article): Record<string, unknown> {
    return {
      ...shareArticle(article),
      collection_id: article.series === null ? null : state.collections[article.series],
      ai_disclosure_level: article.disclosure,
      created_at: article.createdAt,
      edited_at: article.editedAt,
      crossposted_at: null,
      tag_list: article.tags.join(', '),
      tags: article.tags,
      body_html: article.html,
    };
  }

  function listArticle(article: Article): Record<string, unknown> {
    return {
      ...shareArticle(article),
      published: article.published,
      page_views_count: 0,
      tag_list: article.tags,
    };
  }

  function showUser(): Record<string, unknown> {
    return {
      type_of: 'user',
      id: 1,
      username,
      name: username,
      email: null,
      summary: null,
      joined_at: 'Jan  1, 2026',
    };
  }

  function addressOf(article: Article): string {
    return `${url}/${article.owner}/${article.slug}`;
  }

  function rememberSeries(article: Article): void {
    if (article.series === null || article.series in state.collections) return;
    state.collections[article.series] = Object.keys(state.collections).length + 1;
  }

  function showPage(path: string): Reply {
    if (path === '/') return showIndex();
    const article = state.articles.find((it) => `/${it.owner}/${it.slug}` === decodePath(path));
    if (article === undefined) {
      return replyPage({
        title: 'Not found',
        body: '<h1>Not found</h1>\n<p><a href="/">All articles</a></p>',
        status: 404,
      });
    }
    return showArticlePage(article);
  }

  function showIndex(): Reply {
    const items = state.articles
      .toReversed()
      .map((it) => `<li>${linkTo(it)}${it.published ? '' : ' (draft)'}<br>${tagLine(it.tags)}</li>`);
    return replyPage({
      title: 'dev.to stand-in',
      body: `<h1>dev.to stand-in</h1>\n<ul>\n${items.join('\n') || '<li>No article yet.</li>'}\n</ul>`,
    });
  }

  function showArticlePage(article: Article): Reply {
    const canonical = article.canonicalUrl ?? addressOf(article);
    const parts = state.articles.filter((it) => article.series !== null && it.series === article.series);
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
}

type Rate = keyof typeof rates;

/** Counts what was allowed; answers the seconds to wait once there was too much of a kind. */
function countRates(): (rate: Rate, at: number) => number | undefined {
  const seen = new Map<Rate, readonly number[]>();
  return (rate, at) => {
    const { count, ms } = rates[rate];
    const recent = (seen.get(rate) ?? []).filter((time) => at - time < ms);
    if (recent.length < count) recent.push(at);
    else return Math.ceil(ms / 1000);
    seen.set(rate, recent);
    return undefined;
  };
}

function readParams(
  request: StandInRequest,
): { readonly given: Readonly<Record<string, unknown>> } | { readonly refuse: Reply } {
  const given = readJsonBody(request)?.['article'];
  if (given === undefined || given === null || given === '') {
    return { refuse: refuse(422, 'param is missing or the value is empty: article') };
  }
  if (isRecord(given)) return { given };
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
function textOf(value: unknown): string | null {
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

function describe(article: Article): string {
  if (article.description !== '') return article.description;
  const text = readText(article.html);
  return text.length > 104 ? `${text.slice(0, 101)}...` : text;
}

function isOut(article: Article, at: number): boolean {
  return article.published && Date.parse(article.publishedAt ?? '') <= at;
}

function sortKey(article: Article): number {
  return article.publishedAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(article.publishedAt);
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
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

function joinSentence(faults: readonly string[]): string {
  if (faults.length < 3) return faults.join(' and ');
  return `${faults.slice(0, -1).join(', ')}, and ${faults.at(-1)}`;
}

function refuse(status: number, error: string): Reply {
  return replyJson(status, { error, status });
}

function refuseRate(seconds: number): Reply {
  return replyJson(
    429,
    { error: `Rate limit reached, try again in ${seconds} seconds`, status: 429 },
    { 'retry-after': String(seconds) },
  );
}

function disclosureRefusal(url: string): Record<string, unknown> {
  return {
    error: `ai_disclosure_level is required when creating an article. Set it to one of: ${disclosureLevels.join(', ')}.`,
    status: 422,
    ai_disclosure_level: { required: true, allowed_values: disclosureLevels, policy_url: `${url}/llms.txt` },
  };
}

function warnOfVersion(decision: Judgement): Judgement {
  const warn = (reply: Reply): Reply => ({
    ...reply,
    headers: {
      ...reply.headers,
      warning: `299 - This endpoint is part of the V0 (beta) API. To start using the V1 endpoints add the Accept header: ${version1}`,
    },
  });
  return 'refuse' in decision ? { refuse: warn(decision.refuse) } : { take: () => warn(decision.take()) };
}
