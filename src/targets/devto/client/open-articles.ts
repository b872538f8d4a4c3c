import PQueue from 'p-queue';
import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import { openHttp } from '../../../base/http/client.ts';
import { userAgent } from '../../../base/http/exchange.ts';
import type { Http, HttpCall } from '../../../base/http/client.ts';
import type { Json } from '../../../model/rendition.ts';
import { explainForemRefusal } from './explain-refusal.ts';
import { articleShape, type Article } from './read-article.ts';

/**
 * How many articles one listing is asked for. Forem gives up to 1000, each with its whole text
 * (forem/forem app/controllers/concerns/api/articles_controller.rb, checked November 2026).
 */
const pageSize = 250;

/** How often the own articles are read: under 3 a second and 30 a minute (forem/forem config/initializers/rack_attack.rb). */
const readPace = { intervalCap: 5, interval: 10_000 };

/** A listing that never ends is cut off here. */
const mostPages = 50;

const checkUrl = 'Check the url of the target.';

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

/** The articles of one account, as Forem's API gives and takes them. Each call throws a `SendError` that says what is known. */
export interface Articles {
  /** All of them, drafts too. */
  list(signal: AbortSignal): Promise<readonly Article[]>;
  create(article: Readonly<Record<string, Json>>, signal: AbortSignal): Promise<Article>;
  change(path: string, article: Readonly<Record<string, Json>>, signal: AbortSignal): Promise<Article>;
  /** The path of an article; where only its address is known, such as `author/slug`, its number is asked for. */
  findPath(remoteId: string, signal: AbortSignal): Promise<string>;
  /** Whether anyone can read the article, whoever wrote it: a key that is not its author's is answered 404 as well. */
  isShown(path: string, signal: AbortSignal): Promise<boolean>;
  /** The community's own time, as its last answer told it. */
  tellTime(): string | undefined;
}

/** Opens the articles of the account whose key it is; sends nothing yet. */
export function openArticles(url: string, apiKey: string, timeoutMs?: number): Articles {
  const { host } = new URL(url);
  const http = openForem(url, apiKey, timeoutMs);
  const reads = new PQueue({ concurrency: 1, ...readPace, strict: true });

  async function send(call: HttpCall, signal: AbortSignal): Promise<Article> {
    const response = await http.request(call, signal);
    if (response.status < 200 || response.status > 299) throw explainForemRefusal(response, call, url, http);
    const article = articleShape.safeParse(response.json());
    if (article.success) return article.data;
    throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without an article`, {
      remedy: 'Run the command again: it looks for the copy before it sends anything.',
      sent: 'unknown',
      status: response.status,
    });
  }

  async function listPage(page: number, signal: AbortSignal): Promise<readonly Article[]> {
    const path = `/api/articles/me/all?page=${page}&per_page=${pageSize}`;
    const call: HttpCall = { method: 'GET', path };
    const response = await reads.add(() => http.request(call, signal), { signal });
    if (response.status !== 200) throw explainForemRefusal(response, call, url, http);
    const listed = z.array(articleShape).safeParse(response.json());
    if (listed.success) return listed.data;
    throw new SendError(
      'RESPONSE_UNUSABLE',
      `${host} answered with something that is not a list of articles`,
      {
        remedy: checkUrl,
        sent: 'no',
        status: response.status,
      },
    );
  }

  return {
    async list(signal) {
      const articles: Article[] = [];
      for (let page = 1; page <= mostPages; page += 1) {
        const listed = await listPage(page, signal);
        articles.push(...listed);
        if (listed.length < pageSize) return articles;
      }
      throw new SendError('RESPONSE_UNUSABLE', `${host} lists articles without end`, {
        remedy: checkUrl,
        sent: 'no',
      });
    },

    create: (article, signal) => send({ method: 'POST', path: '/api/articles', json: { article } }, signal),

    change: (path, article, signal) => send({ method: 'PUT', path, json: { article } }, signal),

    async findPath(remoteId, signal) {
      if (!remoteId.includes('/')) return pathOf(remoteId);
      const call: HttpCall = { method: 'GET', path: `/api/articles/${remoteId}` };
      const response = await http.request(call, signal);
      if (response.status !== 200) throw explainForemRefusal(response, call, url, http);
      const article = articleShape.pick({ id: true }).safeParse(response.json());
      if (article.success) return pathOf(String(article.data.id));
      throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without an article`, {
        remedy: checkUrl,
        sent: 'no',
        status: response.status,
      });
    },

    async isShown(path, signal) {
      const response = await http.request({ method: 'GET', path }, signal);
      return response.status !== 404;
    },

    tellTime: () => http.tellTime(),
  };
}

/** The path of an article in the API, by its number. */
export function pathOf(remoteId: string): string {
  return `/api/articles/${encodeURIComponent(remoteId)}`;
}
