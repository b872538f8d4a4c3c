import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import { BroadsideError, SendError } from '../../../base/errors.ts';
import { judgeStatus, openHttp, readRetryAfter, userAgent } from '../../../base/http/client.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type {
  Connection,
  CopySought,
  Observation,
  RemoteState,
  Secrets,
  Taken,
} from '../../../model/target.ts';
import { identifyArticle } from '../identify.ts';

/**
 * How many articles one listing is asked for. Forem gives up to 1000, each with its whole text
 * (forem/forem app/controllers/concerns/api/articles_controller.rb, checked November 2026).
 */
const pageSize = 250;

/** How often the own articles are read: under 3 a second and 30 a minute (forem/forem config/initializers/rack_attack.rb). */
const readPace = { intervalCap: 5, interval: 10_000 };

/** Between two writes of one account, in milliseconds (forem/forem config/initializers/rack_attack.rb allows one a second). */
const repairPause = 1200;

/** A listing that never ends is cut off here. */
const mostPages = 50;

/** How long to wait before a copy that was not found is looked for once more, in milliseconds. */
const lookAgainAfter = 2000;

/** How long Forem takes no second article of a title, in seconds (forem/forem app/models/article.rb, checked November 2026). */
const sameTitlePause = 300;

/** How far this machine's clock and the target's may differ, in milliseconds. */
const clockTolerance = 5 * 60_000;

export interface DevtoOptions {
  /** The community's address, such as `https://dev.to`. */
  readonly url: string;
  /** Whether a new article is published at once or left as a draft. */
  readonly published: boolean;
  /** `not_disclosed`, `no_ai`, `some_ai` or `fully_autonomous`. */
  readonly aiDisclosure: string;
  readonly organizationId?: number | undefined;
  /** The whole time one request may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly lookAgainMs?: number | undefined;
  /** Told, in one sentence, what an article that was taken suffers from. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** An article in the shape of a listing or of a single answer: they differ in the form of `tag_list` and in what is missing. */
const articleShape = z.object({
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

type Article = z.output<typeof articleShape>;

/** Opens a dev.to account. Throws `CREDENTIAL_MISSING` without a key; sends nothing yet. */
export async function connectDevto(options: DevtoOptions, secrets: Secrets): Promise<Connection> {
  const apiKey = secrets['apiKey']?.trim() ?? '';
  const { host } = new URL(options.url);
  if (apiKey === '') {
    throw new BroadsideError('CREDENTIAL_MISSING', `there is no API key for ${host}`, {
      remedy: `Make a key at ${options.url}/settings/extensions and put it into the environment.`,
    });
  }
  const http = openForem(options.url, apiKey, options.timeoutMs);
  const reads = new PQueue({ concurrency: 1, ...readPace, strict: true });

  /** The path of an article; where only its address is known, such as `author/slug`, its number is asked for. */
  async function findPath(remoteId: string, signal: AbortSignal): Promise<string> {
    if (!remoteId.includes('/')) return pathOf(remoteId);
    const call: HttpCall = { method: 'GET', path: `/api/articles/${remoteId}` };
    const response = await http.request(call, signal);
    if (response.status !== 200) throw explainRefusal(response, call, options.url, http);
    const article = articleShape.pick({ id: true }).safeParse(response.json());
    if (article.success) return pathOf(String(article.data.id));
    throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without an article`, {
      remedy: 'Check the url of the target.',
      sent: 'no',
      status: response.status,
    });
  }

  async function send(call: HttpCall, signal: AbortSignal): Promise<Article> {
    const response = await http.request(call, signal);
    if (response.status < 200 || response.status > 299)
      throw explainRefusal(response, call, options.url, http);
    const article = articleShape.safeParse(response.json());
    if (article.success) return article.data;
    throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without an article`, {
      remedy: 'Run the same again: the copy is looked for before anything is sent.',
      sent: 'unknown',
      status: response.status,
    });
  }

  function take(article: Article): Taken {
    const faults = findFaults(article, options.organizationId !== undefined);
    for (const fault of faults) options.warn?.(`${article.url}: ${fault}`);
    return {
      remoteId: String(article.id),
      url: article.url,
      state: readState(article),
      echo: digestArticle(article),
    };
  }

  /** Forem can refuse an article that it has made all the same, and refuses one that is there already (forem/forem#16664). */
  async function lookAfterRefusal(
    rendition: Rendition,
    refusal: SendError,
    signal: AbortSignal,
  ): Promise<Taken> {
    const { postId, canonicalUrl } = rendition;
    const articles = await listArticles(http, options.url, reads, signal).catch(() => undefined);
    if (articles === undefined) {
      const remedy = 'Run the same again: the copy is looked for before anything is sent.';
      throw new SendError(refusal.code, `${refusal.message}; it could not be looked up`, {
        remedy,
        sent: 'unknown',
        status: 422,
      });
    }
    const [found] = matchCopies([{ postId, canonicalUrl }], articles);
    if (found?.seen === 'present') {
      const { remoteId, url, state, echo } = found;
      return { remoteId, url, state, echo };
    }
    if (!/canonical url has already been taken/i.test(refusal.message)) throw refusal;
    throw new SendError(
      'REQUEST_REFUSED',
      `an article of another account on ${host} has the canonical URL ${canonicalUrl}`,
      {
        remedy:
          'Find out whose it is, and have its canonical URL removed; or leave the post off this target.',
        sent: 'refused',
        status: 422,
      },
    );
  }

  /** An article that shows a Liquid error is sent once more with its Liquid disarmed: better odd code than no article. */
  async function repair(article: Article, body: string, signal: AbortSignal): Promise<Article> {
    if (!showsLiquidError(article)) return article;
    options.warn?.(
      `${article.url}: dev.to took something in it for Liquid; it is sent again with that disarmed`,
    );
    try {
      await sleep(repairPause, undefined, { signal });
      const json = { article: { body_markdown: disarmLiquid(body) } };
      return await send({ method: 'PUT', path: pathOf(String(article.id)), json }, signal);
    } catch {
      return article;
    }
  }

  async function change(
    remoteId: string,
    rendition: Rendition,
    more: { readonly published?: boolean },
    signal: AbortSignal,
  ): Promise<Taken> {
    const article = { ...describeArticle(rendition, options), ...more };
    const path = await findPath(remoteId, signal);
    const changed = await send({ method: 'PUT', path, json: { article } }, signal);
    return take(await repair(changed, rendition.body, signal));
  }

  /** Whether anyone can read the article, whoever wrote it: a key that is not its author's is answered 404 as well. */
  async function isShown(path: string, signal: AbortSignal): Promise<boolean> {
    const response = await http.request({ method: 'GET', path }, signal);
    return response.status !== 404;
  }

  return {
    async observe(copies, signal) {
      const found = matchCopies(copies, await listArticles(http, options.url, reads, signal));
      if (!found.some((observation) => observation.seen === 'absent')) return found;
      try {
        await sleep(options.lookAgainMs ?? lookAgainAfter, undefined, { signal });
        const again = matchCopies(copies, await listArticles(http, options.url, reads, signal));
        return found.map((first, index) => (first.seen === 'absent' ? (again[index] ?? first) : first));
      } catch (error) {
        const why = error instanceof SendError ? error.message : 'it was not looked for a second time';
        return found.map((first) => (first.seen === 'absent' ? { seen: 'unknown', why } : first));
      }
    },

    tellTime: () => http.tellTime(),

    async create(rendition, signal) {
      const article = { ...describeArticle(rendition, options), published: options.published };
      try {
        const made = await send({ method: 'POST', path: '/api/articles', json: { article } }, signal);
        return take(await repair(made, rendition.body, signal));
      } catch (error) {
        if (!(error instanceof SendError) || error.status !== 422) throw error;
        return await lookAfterRefusal(rendition, error, signal);
      }
    },

    update: (remoteId, rendition, signal) => change(remoteId, rendition, {}, signal),

    restore: (remoteId, rendition, signal) =>
      change(remoteId, rendition, { published: options.published }, signal),

    async retract(remoteId, signal) {
      const path = await findPath(remoteId, signal);
      const call: HttpCall = { method: 'PUT', path, json: { article: { published: false } } };
      try {
        return { ...take(await send(call, signal)), state: 'gone' };
      } catch (error) {
        if (!(error instanceof SendError) || error.status !== 404 || (await isShown(path, signal)))
          throw error;
        return { remoteId, url: options.url + path, state: 'gone', echo: '' };
      }
    },
  };
}

/** Opens a Forem community's API; without a key it answers what anyone may read. */
export function openForem(url: string, apiKey: string, timeoutMs?: number): Http {
  return openHttp({
    origin: url,
    headers: {
      ...(apiKey !== '' && { 'api-key': apiKey }),
      accept: 'application/vnd.forem.api-v1+json',
      'content-type': 'application/json',
      'user-agent': userAgent,
    },
    secrets: [apiKey],
    timeoutMs,
  });
}

function pathOf(remoteId: string): string {
  return `/api/articles/${encodeURIComponent(remoteId)}`;
}

/** Everything an article says; what the rendition leaves out is sent empty, which clears it. */
function describeArticle(rendition: Rendition, options: DevtoOptions): Readonly<Record<string, Json>> {
  const cover = rendition.assets.find((asset) => asset.role === 'cover');
  return {
    series: null,
    description: null,
    tags: [],
    main_image: cover?.url ?? null,
    canonical_url: rendition.canonicalUrl,
    ...rendition.fields,
    body_markdown: rendition.body,
    ai_disclosure_level: options.aiDisclosure,
    ...(options.organizationId !== undefined && { organization_id: options.organizationId }),
  };
}

async function listArticles(
  http: Http,
  url: string,
  reads: PQueue,
  signal: AbortSignal,
): Promise<readonly Article[]> {
  const { host } = new URL(url);
  const articles: Article[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const path = `/api/articles/me/all?page=${page}&per_page=${pageSize}`;
    const call: HttpCall = { method: 'GET', path };
    const response = await reads.add(() => http.request(call, signal), { signal });
    if (response.status !== 200) throw explainRefusal(response, call, url, http);
    const listed = z.array(articleShape).safeParse(response.json());
    if (!listed.success) {
      throw new SendError(
        'RESPONSE_UNUSABLE',
        `${host} answered with something that is no list of articles`,
        {
          remedy: 'Check the url of the target.',
          sent: 'no',
          status: response.status,
        },
      );
    }
    articles.push(...listed.data);
    if (listed.data.length < pageSize) return articles;
  }
  throw new SendError('RESPONSE_UNUSABLE', `${host} lists articles without end`, {
    remedy: 'Check the url of the target.',
    sent: 'no',
  });
}

/** One observation per copy: by id, else by canonical URL, a published article before a draft, the oldest first. */
function matchCopies(copies: readonly CopySought[], articles: readonly Article[]): readonly Observation[] {
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
    remoteId: String(article.id),
    url: article.url,
    state: readState(article),
    canonicalUrl: article.canonical_url ?? article.url,
    echo: digestArticle(article),
    body: article.body_markdown ?? '',
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
function showsLiquidError(article: Article): boolean {
  return /^\s*(?:<p>\s*)?Liquid syntax error/.test(article.body_html ?? '');
}

/** Parts every Liquid delimiter by a zero-width space, and drops the raw tags that would now be shown. */
function disarmLiquid(markdown: string): string {
  return markdown.replaceAll(/\{% *(?:end)?raw *%\}/g, '').replaceAll(/\{(?=[{%])/g, '{\u200B');
}

/** What is wrong with an article that was taken all the same. */
function findFaults(article: Article, wantsOrganization: boolean): readonly string[] {
  return [
    ...(showsLiquidError(article) ? ['readers see a Liquid syntax error instead of the article'] : []),
    ...(wantsOrganization && (article.organization ?? undefined) === undefined
      ? ['it went to the personal account, because the key is not of a member of the organization']
      : []),
  ];
}

/** What a refusal means and what to do about it. */
export function explainRefusal(response: HttpResponse, call: HttpCall, url: string, http: Http): SendError {
  const { status } = response;
  const { host } = new URL(url);
  const said = http.quote(readSentence(response));
  const retryAfter = readRetryAfter(response.headers);
  if (status === 401) {
    return new SendError('CREDENTIAL_REFUSED', `${host} does not accept the API key: ${said}`, {
      remedy: `Make a new key at ${url}/settings/extensions, and check that the account is not suspended.`,
      sent: 'no',
      status,
    });
  }
  if (status === 429) {
    return new SendError('RATE_LIMITED', `${host} asks to wait: ${said}`, {
      remedy: 'Run the same again later.',
      sent: 'no',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  const sent = judgeStatus(call.method, status);
  if (status < 400 || status > 499 || sent === 'unknown') {
    return new SendError('REQUEST_FAILED', `${host} failed with ${status}: ${said}`, {
      remedy: 'Run the same again: the copy is looked for before anything is sent.',
      sent,
      status,
    });
  }
  if (/used in the last five minutes/i.test(said)) {
    return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
      remedy: 'A run after that time sends it.',
      sent: 'no',
      retryAfter: sameTitlePause,
      status,
    });
  }
  return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
    remedy: adviseOn(status, said),
    sent,
    status,
  });
}

function adviseOn(status: number, said: string): string {
  if (/already been (taken|used)/i.test(said)) {
    return 'Look at the dashboard: such an article is there already, and is adopted if it is of this account.';
  }
  if (status === 404) return 'Check that the article still exists and is of the account the key is of.';
  if (status === 403) return 'Check that the url of the target is that of a Forem community.';
  return 'Change what it names in the post, then run the same again.';
}

/** The server's sentence in the JSON it answers refusals with, else its text. */
function readSentence(response: HttpResponse): string {
  try {
    const told = z.object({ error: z.string() }).safeParse(JSON.parse(response.text));
    if (told.success) return told.data.error;
  } catch {
    return response.text.includes('<') ? 'an HTML page' : response.text || 'nothing more';
  }
  return response.text;
}
