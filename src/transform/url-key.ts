/** The form under which addresses of pages are compared: without fragment and final slash. */
export function urlKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, host, protocol, pathname, search } = new URL(url);
  const place = origin === 'null' ? `${protocol}//${host}` : origin;
  return `${place}${pathname}`.replace(/\/+$/, '') + search;
}

/** The keys of the page a link may lead to, likeliest first: a query can be part of the page's address or of no account. */
export function linkKeys(url: string): readonly string[] {
  const key = urlKey(url);
  const place = key.replace(/\?.*$/, '').replace(/\/+$/, '');
  return place === key ? [key] : [key, place];
}
