import type { Root } from 'mdast';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { addSeriesNavigation } from './add-series-navigation.ts';
import { chooseSeries } from './choose-series.ts';
import { copyTree } from './copy-tree.ts';
import { dropFrontMatter } from './drop-front-matter.ts';
import { dropTitleHeading } from './drop-title-heading.ts';
import { linkEmbeds } from './link-embeds.ts';
import { resolveLinks } from './resolve-links.ts';
import { fitLanguages } from './fit-languages.ts';

/** A post's body as it is shown away from its site; its nodes have no place in a file. */
export interface PreparedTree {
  readonly tree: Root;
  /** The other posts it links to, by id, each with the URL first shown; its series is not among them. */
  readonly links: Readonly<Record<PostId, string>>;
}

/**
 * Turns a post's content into what targets show that show the whole of it. The content itself stays as it is. `target` is the name
 * of the target.
 */
export function prepareTree(
  post: Post,
  content: Content,
  site: Site,
  title: string,
  target: string,
): PreparedTree {
  const tree = copyTree(content.tree);
  dropFrontMatter(tree);
  dropTitleHeading(tree, [title, post.title]);
  const links = resolveLinks(tree, post, content, site, target);
  linkEmbeds(tree);
  fitLanguages(tree);
  addSeriesNavigation(tree, chooseSeries(post, site), post, site.navigation);
  return { tree, links };
}
