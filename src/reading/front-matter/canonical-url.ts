/**
 * The absolute address of a page from its path on the site. Where the site lives below a folder, such as
 * `https://example.com/blog`, a path that does not start with that folder is taken from it.
 */
function resolvePath(path: string, siteUrl: string): string {
  const { origin, base } = readSite(siteUrl);
  const rooted = `/${path.replace(/^\/+/, '')}`;
  const below = rooted === base || rooted.startsWith(`${base}/`);
  return tidyUrl(new URL(below ? `${origin}${rooted}` : `${origin}${base}${rooted}`));
}

/**
 * An address that a page of the site names, as a browser has to be given it: where the site lives below a folder, generators take a
 * path from `/` from that folder. Any other address, and one on a page outside of the folder, stays as it is.
 */
export function placeBelowSite(address: string, page: string, siteUrl: string): string {
  if (!/^\/(?![/\\])/.test(address)) return address;
  const { origin, base } = readSite(siteUrl);
  if (base === '' || !`${page}/`.startsWith(`${origin}${base}/`)) return address;
  const [path = ''] = /^[^?#]*/.exec(address) ?? [];
  return path === base || path.startsWith(`${base}/`) ? address : `${base}${address}`;
}

const sites = new Map<string, { readonly origin: string; readonly base: string }>();

/** A site's origin and the folder it lives in, without a final slash; every post of a blog asks for the same. */
function readSite(siteUrl: string): { readonly origin: string; readonly base: string } {
  const known = sites.get(siteUrl);
  if (known !== undefined) return known;
  const { origin, pathname } = new URL(siteUrl);
  const site = { origin, base: pathname.replace(/\/+$/, '') };
  sites.set(siteUrl, site);
  return site;
}

/** An address as an author writes it, made absolute: http or https, or a path from `/`; otherwise nothing. */
export function resolveAddress(text: string, siteUrl: string): string | undefined {
  if (/^\/(?![/\\])/.test(text)) return resolvePath(text, siteUrl);
  if (!/^https?:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  return url && url.username === '' && url.password === '' ? tidyUrl(url) : undefined;
}

/**
 * The address that `permalink`, `path` or `url` gives a page: a path on this site, with or without its first
 * slash, or an absolute address on it; nothing for patterns, file names and other sites.
 */
export function readPagePath(text: string, siteUrl: string): string | undefined {
  const path = text.trim();
  const absolute = resolveAddress(path, siteUrl);
  if (absolute !== undefined && new URL(absolute).host !== new URL(siteUrl).host) return undefined;
  const isPattern = /[{}\s\\]|(^|\/):/.test(path);
  const isStyle = ['pretty', 'date', 'none', 'ordinal', 'weekdate'].includes(path);
  if (isPattern || isStyle || /\.(mdx?|markdown)$/i.test(path)) return undefined;
  return absolute ?? (/^[^/.:][^:]*$/.test(path) ? resolvePath(path, siteUrl) : undefined);
}

function tidyUrl(url: URL): string {
  if (url.hash !== '' || url.href.endsWith('#')) url.hash = '';
  return url.href;
}
