import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import { BroadsideError, SendError } from '../../../base/errors.ts';
import {
  fetchDocument,
  judgeStatus,
  openHttp,
  readRetryAfter,
  userAgent,
} from '../../../base/http/client.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { isLoopback } from '../../../base/http/loopback.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { Connection, Secrets, Taken } from '../../../model/target.ts';

/** The whole time a cover may take to be read and handed over, in milliseconds; the post then goes out without it. */
const coverTimeoutMs = 20_000;

/**
 * How long LinkedIn is left to process a cover, in milliseconds. A member's token may not ask whether it is done, and a
 * post that names a picture which fails is shown to nobody (LinkedIn Images API documentation, checked November 2026).
 */
const coverGraceMs = 5000;

/** The most pixels an image may have (LinkedIn Images API documentation, checked November 2026). */
const mostPixels = 36_152_319;

/** The most bytes of a cover that are handed over; LinkedIn publishes no limit, tools report 5 MB (checked November 2026). */
const mostCoverBytes = 5 * 1024 * 1024;

const publicSite = 'https://www.linkedin.com';

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
  const token = secrets['accessToken']?.trim() ?? '';
  if (token === '') {
    throw new BroadsideError('CREDENTIAL_MISSING', 'there is no LinkedIn access token', {
      remedy: 'Run `broadside auth linkedin` and put the token into the environment.',
    });
  }
  const open = (origin: string, bearer: boolean): Http =>
    openLinkedin(origin, bearer ? token : '', { secrets: [token], timeoutMs: options.timeoutMs });
  const http = open(options.url, true);
  const versioned = { 'linkedin-version': options.version, 'x-restli-protocol-version': '2.0.0' };
  let author = options.author;

  async function send(call: HttpCall, signal: AbortSignal): Promise<HttpResponse> {
    return http.request({ ...call, headers: { ...versioned, ...call.headers } }, signal);
  }

  /** A stand-in on this machine is a rehearsal, in which nothing leaves the machine. */
  const rehearses = isLoopback(new URL(options.url).hostname);
  const isOutOfReach = (cover: string): boolean => rehearses && !isLoopback(new URL(cover).hostname);

  /** Who posts, asked once: this one call is not versioned and is answered 426 if it says a version. */
  async function findAuthor(signal: AbortSignal): Promise<string> {
    if (author !== undefined) return author;
    const call: HttpCall = { method: 'GET', path: '/v2/userinfo' };
    const response = await http.request(call, signal);
    if (response.status !== 200) throw explainRefusal(response, call, options, http);
    const member = z.object({ sub: z.string().min(1) }).safeParse(response.json());
    if (!member.success) {
      throw new SendError('RESPONSE_UNUSABLE', 'LinkedIn does not say whose token it is', {
        remedy: 'Set `author` of the target, or make a token with the scopes openid and profile.',
        sent: 'no',
        status: response.status,
      });
    }
    author = `urn:li:person:${member.data.sub}`;
    return author;
  }

  /** The URN of the uploaded cover, or nothing: a post never fails for want of its picture. */
  async function uploadCover(
    rendition: Rendition,
    owner: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const cover = rendition.assets.find((asset) => asset.role === 'cover');
    if (cover === undefined || isOutOfReach(cover.url)) return undefined;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(coverTimeoutMs)]);
    try {
      const { status, bytes } = await fetchDocument(cover.url, { signal: limited, maxBytes: mostCoverBytes });
      if (status !== 200) return skipCover(`it is answered with ${status}`);
      const fault = findImageFault(bytes);
      if (fault !== undefined) return skipCover(fault);
      const response = await send(
        {
          method: 'POST',
          path: '/rest/images?action=initializeUpload',
          json: { initializeUploadRequest: { owner } },
        },
        limited,
      );
      const slot = uploadShape.safeParse(response.status === 200 ? response.json() : undefined);
      if (!slot.success) return skipCover(`LinkedIn answered ${response.status}`);
      const { uploadUrl, image } = slot.data.value;
      if (!mayHoldToken(uploadUrl, options.url))
        return skipCover('LinkedIn named a place that is not its own');
      const uploaded = await putImage(uploadUrl, bytes, limited);
      if (uploaded >= 300) return skipCover(`the upload was answered with ${uploaded}`);
      await sleep(options.coverGraceMs ?? (rehearses ? 0 : coverGraceMs), undefined, { signal });
      return image;
    } catch (error) {
      return skipCover(error instanceof BroadsideError ? error.message : 'it could not be uploaded');
    }

    function skipCover(why: string): undefined {
      options.warn?.(`${rendition.postId} goes out without its cover: ${why}`);
    }
  }

  async function putImage(uploadUrl: string, bytes: Uint8Array, signal: AbortSignal): Promise<number> {
    const { origin, pathname, search } = new URL(uploadUrl);
    const call: HttpCall = {
      method: 'PUT',
      path: pathname + search,
      bytes,
      headers: { 'content-type': 'application/octet-stream' },
    };
    const first = await open(origin, true).request(call, signal);
    if (first.status !== 400 || (first.headers['content-type'] ?? '').includes('json')) return first.status;
    return (await open(origin, false).request(call, signal)).status;
  }

  function describeTaken(urn: string, state: Taken['state'], rendition?: Rendition): Taken {
    const site = isPlainHttp(options.url) ? options.url : publicSite;
    return {
      remoteId: urn,
      url: `${site}/feed/update/${urn}/`,
      state,
      echo: rendition === undefined ? '' : digestSent(rendition),
    };
  }

  async function create(rendition: Rendition, signal: AbortSignal): Promise<Taken> {
    const owner = await findAuthor(signal);
    const article = readArticle(rendition);
    const thumbnail = article && (await uploadCover(rendition, owner, signal));
    const call: HttpCall = {
      method: 'POST',
      path: '/rest/posts',
      json: {
        author: owner,
        commentary: rendition.body,
        visibility: options.visibility,
        distribution: {
          feedDistribution: 'MAIN_FEED',
          targetEntities: [],
          thirdPartyDistributionChannels: [],
        },
        lifecycleState: 'PUBLISHED',
        isReshareDisabledByAuthor: false,
        ...(article && {
          content: { article: { ...article, ...(thumbnail !== undefined && { thumbnail }) } },
        }),
      },
    };
    const response = await send(call, signal);
    const duplicate = readDuplicate(response);
    if (duplicate !== undefined) return describeTaken(duplicate, 'unverified', rendition);
    if (response.status < 200 || response.status > 299) throw explainRefusal(response, call, options, http);
    const urn = response.headers['x-restli-id']?.trim() ?? '';
    if (/^urn:li:\w+:[\w-]+$/.test(urn)) return describeTaken(urn, 'live', rendition);
    throw new SendError(
      'RESPONSE_UNUSABLE',
      `LinkedIn answered ${response.status} but did not name the post`,
      {
        remedy: 'Look at your LinkedIn activity, then run `broadside resolve` with the post’s address.',
        sent: 'unknown',
        status: response.status,
      },
    );
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
      if (response.status < 200 || response.status > 299) throw explainRefusal(response, call, options, http);
      return describeTaken(remoteId, 'live', rendition);
    },

    async retract(remoteId, signal) {
      const call: HttpCall = { method: 'DELETE', path: pathOf(remoteId) };
      const response = await send(call, signal);
      const gone = response.status === 404 || (response.status >= 200 && response.status <= 299);
      if (!gone) throw explainRefusal(response, call, options, http);
      return describeTaken(remoteId, 'gone');
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

/** Opens one of LinkedIn's servers, with the token to be shown there or none. */
export function openLinkedin(
  origin: string,
  token: string,
  given: { readonly secrets: readonly string[]; readonly timeoutMs?: number | undefined },
): Http {
  const headers = { 'user-agent': userAgent, ...(token !== '' && { authorization: `Bearer ${token}` }) };
  return openHttp({ origin, headers, ...given });
}

/**
 * Where tokens are made and looked up, for the API at an address; a stand-in does both itself. Source:
 * learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow, checked November 2026.
 */
export function findTokenSite(url: string): string {
  return isLoopback(new URL(url).hostname) ? url : publicSite;
}

const uploadShape = z.object({
  value: z.object({ uploadUrl: z.url(), image: z.string().startsWith('urn:li:image:') }),
});

/** A refusal in any of the forms LinkedIn has for one: no field is in all of them. */
const refusalShape = z.object({
  message: z.string().catch(''),
  code: z.string().catch(''),
  serviceErrorCode: z.number().catch(0),
  errorDetails: z
    .object({
      inputErrors: z.array(z.object({ code: z.string().catch(''), description: z.string().catch('') })),
    })
    .catch({ inputErrors: [] }),
});

type Refusal = z.output<typeof refusalShape>;

function readRefusal(response: HttpResponse): Refusal {
  try {
    return refusalShape.parse(JSON.parse(response.text));
  } catch {
    return { message: '', code: '', serviceErrorCode: 0, errorDetails: { inputErrors: [] } };
  }
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

/** The post that the one sent is a duplicate of, if that is why it was refused. */
function readDuplicate(response: HttpResponse): string | undefined {
  if (response.status !== 422 && response.status !== 409) return undefined;
  const { message, errorDetails } = readRefusal(response);
  const duplicate = errorDetails.inputErrors.some((error) => error.code === 'DUPLICATE_POST');
  if (!duplicate && !message.includes('Content is a duplicate of')) return undefined;
  return /urn:li:(?:share|ugcPost|activity):[\w-]+/.exec(message)?.[0];
}

/** Whether the token may be shown to the place an upload is to go to. */
function mayHoldToken(uploadUrl: string, apiUrl: string): boolean {
  const { protocol, hostname, host } = new URL(uploadUrl);
  if (isPlainHttp(apiUrl)) return protocol === 'http:' && host === new URL(apiUrl).host;
  return protocol === 'https:' && /(^|\.)linkedin\.com$/.test(hostname);
}

/** Plain http is opened on loopback only, so such an API is a stand-in. */
function isPlainHttp(url: string): boolean {
  return new URL(url).protocol === 'http:';
}

/** Why LinkedIn would not take an image, judged by its bytes. */
function findImageFault(bytes: Uint8Array): string | undefined {
  const size = measureImage(bytes);
  if (size === undefined) return 'it is neither JPEG, PNG nor GIF';
  return size.width * size.height > mostPixels ? 'it has too many pixels' : undefined;
}

function measureImage(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length >= 10 && view.getUint32(0) === 0x47494638) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}

/** What a refusal means and what to do about it. */
export function explainRefusal(
  response: HttpResponse,
  call: HttpCall,
  options: Pick<LinkedinOptions, 'version'>,
  http: Http,
): SendError {
  const { status } = response;
  const refusal = readRefusal(response);
  const words = refusal.message || refusal.errorDetails.inputErrors[0]?.description || refusal.code;
  const said = http.quote(words === '' ? 'no reason given' : words);
  if (status === 401) {
    return new SendError(
      'CREDENTIAL_REFUSED',
      `LinkedIn does not accept the token: ${nameTokenFault(refusal)}`,
      {
        remedy: 'Run `broadside auth linkedin` and store the new token; each lasts 60 days.',
        sent: 'no',
        status,
      },
    );
  }
  if (status === 403) {
    return new SendError('CREDENTIAL_REFUSED', `LinkedIn does not permit this to the token: ${said}`, {
      remedy:
        'Make a token with the scopes openid, profile and w_member_social, for the author of the target.',
      sent: 'no',
      status,
    });
  }
  if (status === 426 || refusal.code === 'VERSION_MISSING') {
    return new SendError(
      'REQUEST_REFUSED',
      `LinkedIn no longer answers API version ${options.version}: ${said}`,
      {
        remedy:
          'Raise `version` of the LinkedIn target in the config to a month of the last ten, written YYYYMM.',
        sent: 'no',
        status,
      },
    );
  }
  if (status === 429) {
    const retryAfter = readRetryAfter(response.headers) ?? readDayLimit(words);
    return new SendError('RATE_LIMITED', `LinkedIn asks to wait: ${said}`, {
      remedy: 'Run the same again after midnight UTC, when LinkedIn’s daily counters begin anew.',
      sent: 'no',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  const sent = judgeStatus(call.method, status);
  if (status < 400 || status > 499 || sent === 'unknown') {
    return new SendError('REQUEST_FAILED', `LinkedIn failed with ${status}: ${said}`, {
      remedy: 'Look at your LinkedIn activity, then run `broadside resolve`.',
      sent,
      status,
    });
  }
  return new SendError('REQUEST_REFUSED', `LinkedIn refused with ${status}: ${said}`, {
    remedy:
      status === 404 ? 'Check that the post still exists.' : 'Change what it names, then run the same again.',
    sent,
    status,
  });
}

/** Seconds until the daily counters begin anew, at midnight UTC, where one of them is used up (LinkedIn rate limit documentation, checked November 2026). */
function readDayLimit(said: string): number | undefined {
  if (!/\bDAY limit\b/.test(said)) return undefined;
  const day = 86_400_000;
  return Math.ceil((day - (Date.now() % day)) / 1000);
}

/** LinkedIn's three ways of refusing a token, by its service error codes (seen live, checked November 2026). */
function nameTokenFault({ serviceErrorCode, code }: Refusal): string {
  if (serviceErrorCode === 65601 || code === 'REVOKED_ACCESS_TOKEN') return 'it was revoked';
  if (serviceErrorCode === 65602 || code === 'EXPIRED_ACCESS_TOKEN') return 'it has expired';
  if (serviceErrorCode === 65600 || code === 'INVALID_ACCESS_TOKEN') return 'it is not valid';
  return 'it gives no reason';
}
