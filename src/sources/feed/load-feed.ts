import { readFile, stat } from 'node:fs/promises';
import { BroadsideError } from '../../errors.ts';
import { fetchDocument } from '../../http.ts';
import type { Feed } from './feed-item.ts';
import { feedByteLimit, parseFeed } from './parse-feed.ts';

/** Reads a feed from an absolute path or an http(s) URL. Throws `SOURCE_UNREADABLE`, `FEED_INVALID` or the network's errors. */
export async function loadFeed(place: string, signal: AbortSignal): Promise<Feed> {
  return /^https?:\/\//i.test(place) ? loadUrl(place, signal) : loadFile(place, signal);
}

async function loadUrl(address: string, signal: AbortSignal): Promise<Feed> {
  const { status, headers, bytes, url } = await fetchDocument(address, { signal, maxBytes: feedByteLimit });
  if (status !== 200) {
    throw new BroadsideError(
      'SOURCE_UNREADABLE',
      `${new URL(address).host} answered ${status} for the feed.`,
      {
        remedy: 'Look at the address in a browser.',
      },
    );
  }
  return parseFeed(bytes, { url, contentType: headers['content-type'] });
}

async function loadFile(path: string, signal: AbortSignal): Promise<Feed> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    bytes = size > feedByteLimit ? new Uint8Array(size) : await readFile(path, { signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new BroadsideError('SOURCE_UNREADABLE', `${path} cannot be read.`, {
      remedy: 'Give the path of a feed, or its http(s) address.',
      file: path,
      cause,
    });
  }
  try {
    return await parseFeed(bytes);
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
