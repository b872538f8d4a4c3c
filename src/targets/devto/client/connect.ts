import { setTimeout as sleep } from 'node:timers/promises';
import { SendError } from '../../../base/errors.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { Connection, CopySought, Observation, Secrets, Taken } from '../../../model/target.ts';
import { demandSecret } from '../../demand-secret.ts';
import { openArticles, pathOf, type Articles } from './open-articles.ts';
import {
  describeTaken,
  disarmLiquid,
  findFaults,
  matchCopies,
  showsLiquidError,
  type Article,
} from './read-article.ts';

/** Between two writes of one account, in milliseconds (forem/forem config/initializers/rack_attack.rb allows one a second). */
const repairPause = 1200;

/** How long to wait before a copy that was not found is looked for once more, in milliseconds. */
const lookAgainAfter = 2000;

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

/** Opens a dev.to account. Throws `CREDENTIAL_MISSING` without a key; sends nothing yet. */
export async function connectDevto(options: DevtoOptions, secrets: Secrets): Promise<Connection> {
  const { host } = new URL(options.url);
  const apiKey = demandSecret(secrets, 'apiKey', {
    what: `API key for ${host}`,
    remedy: `Make a key at ${options.url}/settings/extensions and put it into the environment.`,
  });
  const articles = openArticles(options.url, apiKey, options.timeoutMs);

  function take(article: Article): Taken {
    const faults = findFaults(article, options.organizationId !== undefined);
    for (const fault of faults) options.warn?.(`${article.url}: ${fault}`);
    return describeTaken(article);
  }

  async function change(
    remoteId: string,
    rendition: Rendition,
    more: { readonly published?: boolean },
    signal: AbortSignal,
  ): Promise<Taken> {
    const article = { ...describeArticle(rendition, options), ...more };
    const path = await articles.findPath(remoteId, signal);
    const changed = await articles.change(path, article, signal);
    return take(await repair(changed, rendition.body, articles, options, signal));
  }

  return {
    observe: (copies, signal) => lookFor(copies, articles, options.lookAgainMs ?? lookAgainAfter, signal),

    tellTime: () => articles.tellTime(),

    async create(rendition, signal) {
      const article = { ...describeArticle(rendition, options), published: options.published };
      try {
        const made = await articles.create(article, signal);
        return take(await repair(made, rendition.body, articles, options, signal));
      } catch (error) {
        if (!(error instanceof SendError) || error.status !== 422) throw error;
        return await lookAfterRefusal(rendition, error, articles, host, signal);
      }
    },

    update: (remoteId, rendition, signal) => change(remoteId, rendition, {}, signal),

    restore: (remoteId, rendition, signal) =>
      change(remoteId, rendition, { published: options.published }, signal),

    async retract(remoteId, signal) {
      const path = await articles.findPath(remoteId, signal);
      try {
        return { ...take(await articles.change(path, { published: false }, signal)), state: 'gone' };
      } catch (error) {
        if (!(error instanceof SendError) || error.status !== 404 || (await articles.isShown(path, signal)))
          throw error;
        return { remoteId, url: options.url + path, state: 'gone', echo: '' };
      }
    },
  };
}

/**
 * What the account holds of copies. Copies that are not found are looked for once more, because a new article may be listed late.
 */
async function lookFor(
  copies: readonly CopySought[],
  articles: Articles,
  lookAgainMs: number,
  signal: AbortSignal,
): Promise<readonly Observation[]> {
  const found = matchCopies(copies, await articles.list(signal));
  if (!found.some((observation) => observation.seen === 'absent')) return found;
  try {
    await sleep(lookAgainMs, undefined, { signal });
    const again = matchCopies(copies, await articles.list(signal));
    return found.map((first, index) => (first.seen === 'absent' ? (again[index] ?? first) : first));
  } catch (error) {
    const why = error instanceof SendError ? error.message : 'it was not looked for a second time';
    return found.map((first) => (first.seen === 'absent' ? { seen: 'unknown', why } : first));
  }
}

/** Forem can refuse an article that it has made all the same, and refuses one that is there already (forem/forem#16664). */
async function lookAfterRefusal(
  { postId, canonicalUrl }: Rendition,
  refusal: SendError,
  articles: Articles,
  host: string,
  signal: AbortSignal,
): Promise<Taken> {
  const listed = await articles.list(signal).catch(() => undefined);
  if (listed === undefined) {
    const remedy = 'Run the command again: it looks for the copy before it sends anything.';
    throw new SendError(refusal.code, `${refusal.message}; it could not be looked up`, {
      remedy,
      sent: 'unknown',
      status: 422,
    });
  }
  const [found] = matchCopies([{ postId, canonicalUrl }], listed);
  if (found?.seen === 'present') {
    const { remoteId, url, state, echo } = found;
    return { remoteId, url, state, echo };
  }
  if (!/canonical url has already been taken/i.test(refusal.message)) throw refusal;
  throw new SendError(
    'REQUEST_REFUSED',
    `an article of another account on ${host} has the canonical URL ${canonicalUrl}`,
    {
      remedy: 'Find out whose it is, and have its canonical URL removed; or leave the post off this target.',
      sent: 'refused',
      status: 422,
    },
  );
}

/** An article that shows a Liquid error is sent once more with its Liquid disarmed: better odd code than no article. */
async function repair(
  article: Article,
  body: string,
  articles: Articles,
  { warn }: Pick<DevtoOptions, 'warn'>,
  signal: AbortSignal,
): Promise<Article> {
  if (!showsLiquidError(article)) return article;
  warn?.(`${article.url}: dev.to took something in it for Liquid; it is sent again with that disarmed`);
  try {
    await sleep(repairPause, undefined, { signal });
    return await articles.change(pathOf(String(article.id)), { body_markdown: disarmLiquid(body) }, signal);
  } catch {
    return article;
  }
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
