import { BroadsideError } from '../../base/errors.ts';
import { exportKinds } from './exports/index.ts';
import { decodeFeed } from './decode-feed.ts';
import type { Feed } from './feed-item.ts';
import { parseJsonFeed } from './parse-json-feed.ts';
import { parseXmlFeed } from './parse-xml-feed.ts';

/** The most bytes of a feed that are read: 50 MB, far beyond any real feed. */
export const feedByteLimit = 50 * 1024 * 1024;

/** Reads the bytes of an RSS, Atom or JSON feed. Throws `FEED_INVALID`, or `RESPONSE_TOO_LARGE` above `feedByteLimit`. */
export async function parseFeed(
  bytes: Uint8Array,
  origin: { readonly url?: string; readonly contentType?: string | undefined } = {},
): Promise<Feed> {
  if (bytes.length > feedByteLimit) throw describeTooLarge();
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new BroadsideError('FEED_INVALID', 'The feed is compressed (gzip).', {
      remedy: 'Uncompress it first: gunzip.',
    });
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03) {
    throw new BroadsideError('FEED_INVALID', 'This is a zip archive.', {
      remedy: 'Unpack it, and give broadside import the folder.',
    });
  }
  const decoded = decodeFeed(bytes, origin.contentType);
  const text = decoded.text.replace(/^\uFEFF/, '').trimStart();
  if (text === '') {
    throw new BroadsideError('FEED_INVALID', 'The feed is empty.', {
      remedy: 'Give an RSS, Atom or JSON feed.',
    });
  }
  if (!/^[<{]/.test(text)) {
    throw new BroadsideError('FEED_INVALID', 'This is not a feed: it is neither XML nor JSON Feed.', {
      remedy: 'Give an RSS, Atom or JSON feed.',
    });
  }
  const exported = exportKinds.find(({ claims }) => claims({ path: '', head: text.slice(0, headLength) }));
  if (exported !== undefined) throw describeExport(exported.platform);
  const feed = text.startsWith('{') ? parseJsonFeed(text, origin.url) : await parseXmlFeed(text, origin.url);
  const flaws = [...decoded.flaws, ...(feed.flaws ?? [])];
  return flaws.length === 0 ? feed : { ...feed, flaws };
}

/** How much of a feed tells whether it is an export, in characters. */
const headLength = 65_536;

/** An export is no feed: what is in it is not all out. */
function describeExport(platform: string): BroadsideError {
  return new BroadsideError(
    'FEED_INVALID',
    `This is an export of ${platform}, not a feed: it also holds posts that are not out.`,
    { remedy: 'Bring its posts into files with broadside import, and use their folder as the source.' },
  );
}

/** The fault of a feed above `feedByteLimit`. */
export function describeTooLarge(): BroadsideError {
  return new BroadsideError(
    'RESPONSE_TOO_LARGE',
    `The feed is larger than ${feedByteLimit / 1024 / 1024} MB.`,
    { remedy: 'Import it in parts.' },
  );
}
