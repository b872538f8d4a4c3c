import { readFile, stat } from 'node:fs/promises';
import { BroadsideError } from '../../base/errors.ts';
import type { HttpHeaders } from '../../base/http/exchange.ts';
import { fetchDocument } from '../../base/http/fetch-document.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import type { Feed } from './feed-item.ts';
import { describeTooLarge, feedByteLimit, parseFeed } from './parse-feed.ts';
import { recallFeed, rememberFeed, type RememberedFeed } from './remember-feed.ts';

/** How a feed is read. */
export interface FeedReading {
  readonly signal: AbortSignal;
  /** Whether addresses of this machine and of private networks may be contacted. */
  readonly allowPrivate?: boolean | undefined;
  /** The blog's folder, in which feeds of the web are remembered, so that one that has not changed is not sent again. */
  readonly root?: string | undefined;
  /** How its bytes are read, where they need not be a feed. */
  readonly parse?: ParseFeed | undefined;
}

/** Reads bytes that came from somewhere as a feed. */
export type ParseFeed = typeof parseFeed;

/** Reads a feed from an absolute path or an http(s) URL. Throws `SOURCE_UNREADABLE`, `FEED_INVALID` or the network's errors. */
export async function loadFeed(place: string, reading: FeedReading): Promise<Feed> {
  return /^https?:\/\//i.test(place) ? loadUrl(place, reading) : loadFile(place, reading);
}

/** Reads a feed that comes in pieces, such as from standard input. Throws `FEED_INVALID` or `RESPONSE_TOO_LARGE`. */
export async function loadPieces(
  pieces: AsyncIterable<Uint8Array>,
  parse: ParseFeed = parseFeed,
): Promise<Feed> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > feedByteLimit) throw describeTooLarge();
    read.push(piece);
  }
  return parse(Buffer.concat(read));
}

/** What is asked for: any feed, else what may name one; some servers answer nothing to who does not say. */
const feedTypes =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/json;q=0.8, ' +
  'application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.3';

/** What Cloudflare, AWS, Vercel and SiteGround say of an answer that is not the site's. Checked December 2026. */
const challengeHeaders = ['cf-mitigated', 'x-amzn-waf-action', 'x-vercel-mitigated', 'sg-captcha'];

/** Words of the pages that these, DataDome, Sucuri, Imperva, HUMAN, Bunny and the like put before a site. Checked December 2026. */
const challengeWords = new RegExp(
  [
    String.raw`<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|DDoS-Guard|One moment, please\.\.\.)`,
    String.raw`<title>\s*(?:Vercel Security Checkpoint|Establishing a secure connection)`,
    String.raw`Making sure you(?:'|&#39;|&#x27;|’)re not a bot`,
    '/cdn-cgi/challenge-platform/|captcha-delivery\\.com|sucuri_cloudproxy|_Incapsula_Resource|px-captcha|awswaf\\.com|sgcaptcha',
  ].join('|'),
  'i',
);

/** What asks for a proof of a person in a page; on an ordinary page, it is only in a form. */
const captchas = /(?:hcaptcha\.com|recaptcha|challenges\.cloudflare\.com)\/[\w/]*api\.js/i;

/** Whether an answer is no feed, but a page that asks who is there to prove that they are a person. */
function isChallenge(status: number, headers: HttpHeaders, bytes: Uint8Array): boolean {
  if (challengeHeaders.some((name) => /challenge|captcha/.test(headers[name] ?? ''))) return true;
  const isPage = /html/i.test(headers['content-type'] ?? '');
  if (!isPage || status === 304) return false;
  const page = new TextDecoder().decode(bytes.subarray(0, 20_000));
  // Some servers call a feed a page, and a post may be about such pages.
  return (
    !/^\s*(?:<\?xml|<rss|<feed|\{)/i.test(page) &&
    (challengeWords.test(page) || (status !== 200 && captchas.test(page)))
  );
}

/** What to do where a server answers with something else than the feed. */
function adviseOn(status: number): string {
  if (status === 429 || status === 503) return 'Try again later.';
  return status === 401
    ? 'It is behind a password, so save the feed in a browser and give the file.'
    : 'Look at the address in a browser.';
}

function describeChallenge(host: string): BroadsideError {
  return new BroadsideError(
    'SOURCE_UNREADABLE',
    `${host} answered with a page that asks for proof of a person, instead of the feed.`,
    { remedy: 'Let the site’s protection pass its feed, or save the feed in a browser and give the file.' },
  );
}

async function loadUrl(address: string, reading: FeedReading): Promise<Feed> {
  const { root, parse = parseFeed } = reading;
  const known = root === undefined ? undefined : await recallFeed(root, address);
  const { status, headers, bytes, url } = await fetchDocument(address, {
    signal: reading.signal,
    maxBytes: feedByteLimit,
    privateAddresses: reading.allowPrivate === true ? 'allowed' : 'refused',
    headers: {
      accept: feedTypes,
      ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
      ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
    },
  });
  if (status === 304 && known !== undefined) return parse(known.bytes, known);
  if (isChallenge(status, headers, bytes)) throw describeChallenge(new URL(url).host);
  if (status !== 200) {
    throw new BroadsideError('SOURCE_UNREADABLE', `${new URL(url).host} answered ${status} for the feed.`, {
      remedy: adviseOn(status),
    });
  }
  const found: RememberedFeed = {
    url,
    contentType: headers['content-type'],
    etag: headers['etag'],
    lastModified: headers['last-modified'],
    bytes,
  };
  const feed = await parse(bytes, found);
  if (root !== undefined) await rememberFeed(root, address, found);
  return feed;
}

function describeUnreadable(path: string, fault: string, cause?: unknown): BroadsideError {
  return new BroadsideError('SOURCE_UNREADABLE', `${path} ${fault}.`, {
    remedy: 'Give the path of a feed, or its http(s) address.',
    file: path,
    cause,
  });
}

async function loadFile(path: string, { signal, parse = parseFeed }: FeedReading): Promise<Feed> {
  let bytes: Uint8Array;
  try {
    const about = await stat(path);
    if (!about.isFile()) throw describeUnreadable(path, 'is not a regular file');
    if (about.size > feedByteLimit) throw describeTooLarge();
    bytes = await readFile(path, { signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof BroadsideError) throw cause;
    throw describeUnreadable(path, describeFileError(cause), cause);
  }
  try {
    return await parse(bytes);
  } catch (fault) {
    if (!(fault instanceof BroadsideError)) throw fault;
    throw new BroadsideError(fault.code, fault.message, {
      remedy: fault.remedy,
      file: path,
      cause: fault.cause,
      ...(fault.line !== undefined && { line: fault.line }),
      ...(fault.column !== undefined && { column: fault.column }),
    });
  }
}
