import type { Post, PostId } from '../model/post.ts';
import type { Series, SeriesPart, Site } from '../model/site.ts';

/**
 * Where one target's links to a post lead: to its live copy there, if the target's links lead to copies, or else to the original.
 */
export function chooseAddress(
  post: { readonly id: PostId; readonly canonicalUrl: string },
  site: Site,
  target: string,
): string {
  return site.copies.get(target)?.get(post.id) ?? post.canonicalUrl;
}

/** The site as a rendition of one post on one target shows it: the series' links lead where the target's links lead. */
export function chooseSite(site: Site, post: Pick<Post, 'id'>, target: string): Site {
  const series = site.seriesByPost.get(post.id);
  if (series === undefined || !site.copies.has(target)) return site;
  const address = (part: SeriesPart): SeriesPart =>
    part.url === undefined || part.postId === post.id
      ? part
      : { ...part, url: chooseAddress({ id: part.postId, canonicalUrl: part.url }, site, target) };
  const shown: Series = {
    ...series,
    parts: series.parts.map(address),
    ...(series.hub && { hub: address(series.hub) }),
  };
  return { ...site, seriesByPost: new Map([[post.id, shown]]) };
}
