import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { Connection, Secrets, Taken } from '../../../model/target.ts';
import { demandSecret } from '../../demand-secret.ts';
import { explainLinkedinRefusal, readDuplicate } from './explain-refusal.ts';
import { isPlainHttp, openLinkedin, publicSite } from './open-linkedin.ts';
import { uploadCover } from './upload-cover.ts';

export interface LinkedinOptions {
  /** The API's address, such as `https://api.linkedin.com`. */
  readonly url: string;
  /** `YYYYMM`. */
  readonly version: string;
  /** `urn:li:person:…` or `urn:li:organization:…`; by default the member whose token it is. */
  readonly author?: string | undefined;
  readonly visibility: string;
  /** The whole time one request may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** How long to wait between a cover and its post, in milliseconds; 5 s by default, nothing for a stand-in. */
  readonly coverGraceMs?: number | undefined;
  /** Told, in one sentence, what a post that was sent had to do without. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** Opens a LinkedIn account. Throws `CREDENTIAL_MISSING` without a token; sends nothing yet. */
export async function connectLinkedin(options: LinkedinOptions, secrets: Secrets): Promise<Connection> {
  const token = demandSecret(secrets, 'accessToken', {
    what: 'LinkedIn access token',
    remedy: 'Run `broadside auth linkedin` and put the token into the environment.',
  });
  const { url, timeoutMs, coverGraceMs, warn } = options;
  const openWith = (shown: string) => (origin: string) =>
    openLinkedin(origin, shown, { secrets: [token], timeoutMs });
  const [open, openBare] = [openWith(token), openWith('')];
  const http = open(url);
  const versioned = { 'linkedin-version': options.version, 'x-restli-protocol-version': '2.0.0' };
  let { author } = options;

  async function send(call: HttpCall, signal: AbortSignal): Promise<HttpResponse> {
    return http.request({ ...call, headers: { ...versioned, ...call.headers } }, signal);
  }

  const account = { url, send, open, openBare, graceMs: coverGraceMs, warn };

  async function create(rendition: Rendition, signal: AbortSignal): Promise<Taken> {
    author ??= await askAuthor(http, options, signal);
    const article = readArticle(rendition);
    const thumbnail = article && (await uploadCover(rendition, author, account, signal));
    const content = article && { article: { ...article, ...(thumbnail !== undefined && { thumbnail }) } };
    const json = { author, ...describePost(rendition, options), ...(content && { content }) };
    const call: HttpCall = { method: 'POST', path: '/rest/posts', json };
    const response = await send(call, signal);
    const duplicate = readDuplicate(response);
    if (duplicate !== undefined) return describeTaken(duplicate, 'unverified', url, rendition);
    if (!isTaken(response)) throw explainLinkedinRefusal(response, call, options, http);
    return describeTaken(readUrn(response), 'live', url, rendition);
  }

  return {
    async observe(copies) {
      return copies.map(() => ({
        seen: 'unknown',
        why: 'LinkedIn does not let a member’s token read posts',
      }));
    },

    create,

    async update(remoteId, rendition, signal) {
      const call: HttpCall = {
        method: 'POST',
        path: pathOf(remoteId),
        headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
        json: { patch: { $set: { commentary: rendition.body } } },
      };
      const response = await send(call, signal);
      if (!isTaken(response)) throw explainLinkedinRefusal(response, call, options, http);
      return describeTaken(remoteId, 'live', url, rendition);
    },

    async retract(remoteId, signal) {
      const call: HttpCall = { method: 'DELETE', path: pathOf(remoteId) };
      const response = await send(call, signal);
      if (response.status !== 404 && !isTaken(response))
        throw explainLinkedinRefusal(response, call, options, http);
      return describeTaken(remoteId, 'gone', url);
    },

    async restore(_deleted, rendition, signal) {
      const taken = await create(rendition, signal);
      if (taken.state !== 'unverified') return taken;
      throw new SendError(
        'REQUEST_REFUSED',
        `LinkedIn takes it for a second copy of ${taken.remoteId}, and remembers posts for a while after they are deleted`,
        {
          remedy: 'Change the text, or try again in two days.',
          sent: 'refused',
          status: 422,
        },
      );
    },
  };
}

/** Who posts: this one call is not versioned and is answered 426 if it says a version. */
async function askAuthor(http: Http, options: LinkedinOptions, signal: AbortSignal): Promise<string> {
  const call: HttpCall = { method: 'GET', path: '/v2/userinfo' };
  const response = await http.request(call, signal);
  if (response.status !== 200) throw explainLinkedinRefusal(response, call, options, http);
  const member = z.object({ sub: z.string().min(1) }).safeParse(response.json());
  if (member.success) return `urn:li:person:${member.data.sub}`;
  throw new SendError('RESPONSE_UNUSABLE', 'LinkedIn does not say whose token it is', {
    remedy: 'Set `author` of the target, or make a token with the scopes openid and profile.',
    sent: 'no',
    status: response.status,
  });
}

/** Everything a post says beside its author and its card. */
function describePost({ body }: Rendition, { visibility }: LinkedinOptions): Readonly<Record<string, Json>> {
  return {
    commentary: body,
    visibility,
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
  };
}

/** The name of a post that was taken; it is only in a header. */
function readUrn({ status, headers }: HttpResponse): string {
  const urn = headers['x-restli-id']?.trim() ?? '';
  if (/^urn:li:\w+:[\w-]+$/.test(urn)) return urn;
  throw new SendError('RESPONSE_UNUSABLE', `LinkedIn answered ${status} but did not name the post`, {
    remedy: 'Look at your LinkedIn activity, then run `broadside resolve` with the post’s address.',
    sent: 'unknown',
    status,
  });
}

function isTaken({ status }: HttpResponse): boolean {
  return status >= 200 && status <= 299;
}

function describeTaken(urn: string, state: Taken['state'], url: string, rendition?: Rendition): Taken {
  const site = isPlainHttp(url) ? url : publicSite;
  return {
    remoteId: urn,
    url: `${site}/feed/update/${urn}/`,
    state,
    echo: rendition === undefined ? '' : digestSent(rendition),
  };
}

/** A colon in a path must be encoded. */
function pathOf(urn: string): string {
  return `/rest/posts/${encodeURIComponent(urn)}`;
}

function readArticle(rendition: Rendition): Readonly<Record<string, Json>> | undefined {
  const article = rendition.fields['article'];
  if (article === undefined || article === null || typeof article !== 'object' || Array.isArray(article)) {
    return undefined;
  }
  return article as Readonly<Record<string, Json>>;
}

/** LinkedIn gives nothing back: the echo is of what was sent, without the picture, whose name is new each time. */
function digestSent(rendition: Rendition): string {
  return digestJson({ commentary: rendition.body, article: readArticle(rendition) ?? null });
}
