/** An article's name in its address, such as `author/slug`, when the address is one of the community at `site`. */
export function identifyArticle(url: string, site: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const name = /^\/([^/]+\/[^/]+)\/?$/.exec(pathname)?.[1];
  return origin === new URL(site).origin && !name?.startsWith('api/') ? name : undefined;
}
