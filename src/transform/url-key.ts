/** The form under which addresses of posts are compared: without fragment, query and final slash. */
export function urlKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, host, protocol, pathname } = new URL(url);
  const place = origin === 'null' ? `${protocol}//${host}` : origin;
  return `${place}${pathname}`.replace(/\/+$/, '');
}
