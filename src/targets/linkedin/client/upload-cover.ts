import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { BroadsideError } from '../../../base/errors.ts';
import { fetchDocument } from '../../../base/http/fetch-document.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { isLoopback } from '../../../base/http/loopback.ts';
import type { Asset, Rendition } from '../../../model/rendition.ts';
import { isPlainHttp } from './open-linkedin.ts';

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

const uploadShape = z.object({
  value: z.object({ uploadUrl: z.url(), image: z.string().startsWith('urn:li:image:') }),
});

/** A member's account, as far as a cover needs it. */
export interface CoverAccount {
  /** The API's address. */
  readonly url: string;
  /** Sends a request of the API's version. */
  readonly send: (call: HttpCall, signal: AbortSignal) => Promise<HttpResponse>;
  /** Opens another of LinkedIn's servers, with the token to be shown there. */
  readonly open: (origin: string) => Http;
  /** Opens one that is shown no token. */
  readonly openBare: (origin: string) => Http;
  /** How long to wait between a cover and its post, in milliseconds; 5 s by default, nothing for a stand-in. */
  readonly graceMs?: number | undefined;
  /** Told, in one sentence, why a post goes out without its cover. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** The URN of the uploaded cover, or nothing: a post never fails for want of its picture. */
export async function uploadCover(
  { postId, assets }: Rendition,
  owner: string,
  account: CoverAccount,
  signal: AbortSignal,
): Promise<string | undefined> {
  const cover = assets.find((asset) => asset.role === 'cover');
  if (cover === undefined || isOutOfReach(cover, account.url)) return undefined;
  const uploaded = await tryUpload(cover, owner, account, signal);
  if ('image' in uploaded) return uploaded.image;
  account.warn?.(`${postId} goes out without its cover: ${uploaded.without}`);
  return undefined;
}

/** The URN of a picture that LinkedIn took, or why it did not. */
async function tryUpload(
  cover: Asset,
  owner: string,
  account: CoverAccount,
  signal: AbortSignal,
): Promise<{ readonly image: string } | { readonly without: string }> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(coverTimeoutMs)]);
  try {
    const { status, bytes } = await fetchDocument(cover.url, { signal: limited, maxBytes: mostCoverBytes });
    if (status !== 200) return { without: `its server answers with ${status}` };
    const fault = findImageFault(bytes);
    if (fault !== undefined) return { without: fault };
    const response = await account.send(
      {
        method: 'POST',
        path: '/rest/images?action=initializeUpload',
        json: { initializeUploadRequest: { owner } },
      },
      limited,
    );
    const slot = uploadShape.safeParse(response.status === 200 ? response.json() : undefined);
    if (!slot.success) return { without: `LinkedIn answered ${response.status}` };
    const { uploadUrl, image } = slot.data.value;
    if (!mayHoldToken(uploadUrl, account.url))
      return { without: 'LinkedIn named a place that is not its own' };
    const uploaded = await putImage(uploadUrl, bytes, account, limited);
    if (uploaded >= 300) return { without: `the upload was answered with ${uploaded}` };
    await sleep(account.graceMs ?? (isRehearsal(account.url) ? 0 : coverGraceMs), undefined, { signal });
    return { image };
  } catch (error) {
    return { without: error instanceof BroadsideError ? error.message : 'it could not be uploaded' };
  }
}

/** Whether a cover is to be left alone: a stand-in on this machine is a rehearsal, in which nothing leaves the machine. */
function isOutOfReach(cover: Asset, url: string): boolean {
  return isRehearsal(url) && !isRehearsal(cover.url);
}

function isRehearsal(url: string): boolean {
  return isLoopback(new URL(url).hostname);
}

async function putImage(
  uploadUrl: string,
  bytes: Uint8Array,
  { open, openBare }: CoverAccount,
  signal: AbortSignal,
): Promise<number> {
  const { origin, pathname, search } = new URL(uploadUrl);
  const call: HttpCall = {
    method: 'PUT',
    path: pathname + search,
    bytes,
    headers: { 'content-type': 'application/octet-stream' },
  };
  const first = await open(origin).request(call, signal);
  if (first.status !== 400 || (first.headers['content-type'] ?? '').includes('json')) return first.status;
  return (await openBare(origin).request(call, signal)).status;
}

/** Whether the token may be shown to the place an upload is to go to. */
function mayHoldToken(uploadUrl: string, apiUrl: string): boolean {
  const { protocol, hostname, host } = new URL(uploadUrl);
  if (isPlainHttp(apiUrl)) return protocol === 'http:' && host === new URL(apiUrl).host;
  return protocol === 'https:' && /(^|\.)linkedin\.com$/.test(hostname);
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
