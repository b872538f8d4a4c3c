import { shorten } from '../shorten.ts';
import { BroadsideError } from '../errors.ts';

/** An absolute address. Throws `URL_REFUSED` for anything else. */
export function readAddress(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new BroadsideError('URL_REFUSED', `“${shortenLine(text)}” is not an address`, {
    remedy: 'Give an absolute address such as https://example.com/.',
  });
}

/** Text on one line of at most 300 characters. */
export function shortenLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return shorten(line, 300);
}
