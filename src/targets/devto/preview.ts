import type { Post } from '../../model/post.ts';
import type { Json } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Made } from '../../model/target.ts';
import type { View } from '../../model/view.ts';
import { writeArticle, type ForemArticle } from '../../views/forem/article-page.ts';

/** An article as its readers on dev.to see it. `target` is the target's name. */
export async function previewOnDevto(
  { rendition }: Made,
  post: Post,
  site: Site,
  target: string,
): Promise<View> {
  const { title, tags, series, canonical_url, main_image } = rendition.fields;
  const cover = readText(main_image);
  const canonicalUrl = readText(canonical_url);
  const listed = listParts(readText(series), post, site, target);
  const { html, diagrams } = await writeArticle({
    title: readText(title) ?? '',
    body: rendition.body,
    tags: Array.isArray(tags) ? tags.map(String) : [],
    author: (post.authors[0] ?? site.author).name,
    lang: post.lang,
    ...(cover !== undefined && { cover }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
    ...(listed !== undefined && { series: listed }),
  });
  return { frames: [{ name: 'article', html, ...(diagrams.length > 0 && { diagrams }) }] };
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The articles of the series that dev.to will list: those of its parts that go there and are out, and this one. */
function listParts(name: string | undefined, post: Post, site: Site, target: string): ForemArticle['series'] {
  if (name === undefined) return undefined;
  const parts = (site.seriesByPost.get(post.id)?.parts ?? []).filter(
    ({ postId, url, targets }) =>
      postId === post.id || (url !== undefined && (targets === undefined || targets.includes(target))),
  );
  return {
    name,
    parts: parts.map(({ postId, title, url }) => ({
      title,
      isThis: postId === post.id,
      ...(url !== undefined && postId !== post.id && { url }),
    })),
  };
}
