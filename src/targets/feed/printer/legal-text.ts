import { stripIllegalCharacters } from '../../../reading/plain-text.ts';

/** What an address may be made of (RFC 3986), as the W3C's validator holds it against one. */
const addressCharacters = /[^\w;/?:@&=+$.\-!~*'()%,#]/gu;

/** An address in ASCII: what else is in it is percent-encoded, and a host name in Punycode. */
export function printAddress(url: string): string {
  const clean = url.toWellFormed();
  if (clean.search(addressCharacters) === -1 || !URL.canParse(clean)) return clean;
  return new URL(clean).href.replaceAll(addressCharacters, encodeURIComponent);
}

/**
 * Takes out what no XML document may hold, the control characters from U+0080 on, which are always a wrong decoding, and the
 * sign of one that was lost.
 */
export function cleanXml(text: string): string {
  return stripIllegalCharacters(text).replaceAll(/[\u0080-\u009F\uFFFD]/g, '');
}

/**
 * HTML as the W3C's validator takes it without a warning (its source, validators.py, checked November 2026): the sign of a lost
 * character is a reference, and text set in a direction is isolated instead, since it takes `bdo` for a risk.
 */
export function fitHtml(html: string): string {
  return html.replaceAll('\uFFFD', '&#xfffd;').replaceAll(/<(\/?)bdo\b/g, '<$1bdi');
}
