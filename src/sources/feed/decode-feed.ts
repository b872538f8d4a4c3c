import { BroadsideError } from '../../base/errors.ts';

/** What bytes 0x80 to 0x9F mean in windows-1252; some Node releases decode them as control characters. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/**
 * A feed's text by its byte order mark, else its XML declaration, else the `charset` it was served with, else UTF-8.
 * Throws `FEED_INVALID` for an encoding nobody knows.
 */
export function decodeFeed(bytes: Uint8Array, contentType?: string): string {
  const encoding = findEncoding(bytes, contentType);
  const decoder = openDecoder(encoding);
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252'
    ? text.replace(/[\u0080-\u009F]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80))
    : text;
}

function openDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    throw new BroadsideError(
      'FEED_INVALID',
      `The feed says it is encoded as "${encoding}", which is unknown.`,
      {
        remedy: 'Convert the feed to UTF-8 and import the file.',
        cause,
      },
    );
  }
}

function findEncoding(bytes: Uint8Array, contentType: string | undefined): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const opening = String.fromCharCode(...bytes.subarray(0, 1024));
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(opening)?.[1];
  const served = /\bcharset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  const encoding = declared ?? served ?? 'utf-8';
  return /^utf-?16/i.test(encoding) ? 'utf-8' : encoding;
}
