import { readFile, stat } from 'node:fs/promises';
import { BroadsideError } from '../../errors.ts';
import { fetchDocument } from '../../http.ts';
import { describeFileError } from '../describe-file-error.ts';
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

function describeUnreadable(path: string, fault: string, cause?: unknown): BroadsideError {
  return new BroadsideError('SOURCE_UNREADABLE', `${path} ${fault}.`, {
    remedy: 'Give the path of a feed, or its http(s) address.',
    file: path,
    cause,
  });
}

async function loadFile(path: string, signal: AbortSignal): Promise<Feed> {
  let bytes: Uint8Array;
  try {
    const about = await stat(path);
    if (!about.isFile()) throw describeUnreadable(path, 'is not a regular file');
    bytes = about.size > feedByteLimit ? new Uint8Array(about.size) : await readFile(path, { signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof BroadsideError) throw cause;
    throw describeUnreadable(path, describeFileError(cause), cause);
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
