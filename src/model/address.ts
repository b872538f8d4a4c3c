/** The longest address that is shown, in characters. */
const longest = 2000;

/** An address without characters that are invisible, change the direction of a text, or end a line, a quotation or a tag. */
const plainAddress = /^https?:\/\/[^\s\p{C}\p{Z}\\"'<>`]+$/u;

/**
 * Whether an address that came from outside may be shown and linked: http or https, and no user name or password before its host,
 * which could pass for the host.
 */
export function isWebAddress(text: string): boolean {
  if (text.length > longest || !plainAddress.test(text)) return false;
  if (!text.includes('@')) return URL.canParse(text);
  const url = URL.parse(text);
  return url !== null && url.username + url.password === '';
}

/** An address that came from outside, or nothing where it may not be shown and linked. */
export function readAddress(text: string): string {
  return isWebAddress(text) ? text : '';
}

/** Whether a path is that of a file in a site, relative to the site's root. */
export function isSitePath(path: string): boolean {
  return (
    !/[\\:?#%\p{Cc}]/u.test(path) &&
    path.split('/').every((segment) => segment.trim() !== '' && segment !== '.' && segment !== '..')
  );
}
