import { isUtf8 } from 'node:buffer';
import { BroadsideError } from '../../base/errors.ts';
import type { FeedFlaw } from './feed-item.ts';
import { readWindowsRange } from './windows-range.ts';

/** A feed's text, and what of its encoding is not as declared. */
export interface DecodedFeed {
  readonly text: string;
  readonly flaws: readonly FeedFlaw[];
}

/** Encodings of one byte a character that many declare and few mean: what is UTF-8 beside them is so on purpose. */
const western =
  /^(?:us-ascii|ascii|ansi_x3\.4-1968|iso-?8859-?1|latin-?1|windows-1252|cp1252|iso-?8859-?15)$/i;

/**
 * A feed's text by its byte order mark, else its XML declaration, else the `charset` it was served with, else UTF-8. Where its bytes
 * say otherwise, they are believed. Throws `FEED_INVALID` for an encoding nobody knows.
 */
export function decodeFeed(bytes: Uint8Array, contentType?: string): DecodedFeed {
  const { encoding, declared } = findEncoding(bytes, contentType);
  const decoder = openDecoder(encoding);
  if (decoder.encoding === 'utf-8' && !isUtf8(bytes)) {
    return { text: decodeMixed(bytes), flaws: [tellMixed(declared ?? 'utf-8')] };
  }
  const isOtherwise =
    declared !== undefined && (!isKnown(declared) || openDecoder(declared).encoding !== decoder.encoding);
  return {
    text: readWindowsRange(decoder.decode(bytes)),
    flaws: isOtherwise ? [tellOtherwise(declared)] : [],
  };
}

function openDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    throw describeUnreadable(`The feed says it is encoded as "${encoding}", which is unknown.`, cause);
  }
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

function describeUnreadable(message: string, cause?: unknown): BroadsideError {
  return new BroadsideError('FEED_INVALID', message, {
    remedy: 'Convert the feed to UTF-8 and import the file.',
    cause,
  });
}

/** Whether each character has four bytes, as the `<` has that a feed begins with. */
function isWide([first, second, third, fourth]: Uint8Array): boolean {
  const bytes = [first, second, third, fourth].join(' ');
  return ['60 0 0 0', '0 0 0 60', '255 254 0 0', '0 0 254 255'].includes(bytes);
}

/** The encoding that a feed is read by, and the one that is declared where its bytes can tell. */
function findEncoding(
  bytes: Uint8Array,
  contentType: string | undefined,
): { readonly encoding: string; readonly declared?: string } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8' };
  if (isWide(bytes)) throw describeUnreadable('The feed is in UTF-32, which is not read.');
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0))
    return { encoding: 'utf-16le' };
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c))
    return { encoding: 'utf-16be' };
  const opening = String.fromCharCode(...bytes.subarray(0, 1024));
  const written = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(opening)?.[1];
  const served = /\bcharset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  const declared = written ?? served ?? 'utf-8';
  const isUnicode =
    /^utf-?16/i.test(declared) ||
    (isUtf8(bytes) && !isKnown(declared)) ||
    (isUtf8(bytes) &&
      bytes.some((byte) => byte > 0x7f) &&
      (western.test(declared) || !fits(bytes, declared)));
  return { encoding: isUnicode ? 'utf-8' : declared, declared };
}

/** Whether every byte has a meaning in an encoding. */
function fits(bytes: Uint8Array, encoding: string): boolean {
  const { encoding: known } = openDecoder(encoding);
  try {
    new TextDecoder(known, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes that are meant to be UTF-8, each that is not read as windows-1252. */
function decodeMixed(bytes: Uint8Array): string {
  const single = new TextDecoder('windows-1252');
  const whole = new TextDecoder();
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const length = measureCharacter(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += whole.decode(bytes.subarray(from, at)) + single.decode(bytes.subarray(at, at + 1));
    at += 1;
    from = at;
  }
  return readWindowsRange(text + whole.decode(bytes.subarray(from)));
}

/** How many bytes make the character of UTF-8 that begins at a place; none where it is not UTF-8. */
function measureCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  return length > 0 && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function tellMixed(declared: string): FeedFlaw {
  return tell(
    `The feed should be in ${declared.toUpperCase()}, and not all of it is. The rest was read as windows-1252.`,
  );
}

function tellOtherwise(declared: string): FeedFlaw {
  return tell(`The feed is said to be in ${declared}, but it is in UTF-8, and was read as that.`);
}

function tell(message: string): FeedFlaw {
  return {
    rule: 'feed-encoding',
    severity: 'warning',
    message,
    remedy: 'Let the feed, and its server, declare the encoding that it is in.',
    line: 1,
    column: 1,
  };
}
