import type { Post } from '../model/post.ts';
import type { Series, Site } from '../model/site.ts';

/** Whether a series, as a post has it, is shown as its whole map. */
export function isHub({ hub }: Series, { id }: Pick<Post, 'id'>): boolean {
  return hub?.postId === id;
}

/** The series as a rendition of one of its posts shows it; nothing where it shows none. A hub always shows its map. */
export function chooseSeries(post: Post, site: Site): Series | undefined {
  const series = site.seriesByPost.get(post.id);
  if (series === undefined || (site.navigation === 'none' && !isHub(series, post))) return undefined;
  return series;
}
