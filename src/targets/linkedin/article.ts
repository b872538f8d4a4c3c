import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { addCanonicalNotice } from '../../transform/add-canonical-notice.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printArticle } from './printer/article.ts';
import { chooseForLinkedin } from './compose.ts';

/** Writes a post as a page to paste into LinkedIn's article editor; `target` is the target's name. */
export function writeArticle(post: Post, content: Content, site: Site, target: string): string {
  const { title, cover } = chooseForLinkedin(post, content, target);
  const { tree } = prepareTree(post, content, site, title, target);
  addCanonicalNotice(tree, { url: post.canonicalUrl, siteTitle: site.title });
  return printArticle(tree, {
    title,
    post,
    language: post.lang,
    ...(cover !== undefined && { cover: cover.url }),
  });
}
