import type { Root } from 'mdast';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { absolutiseUrls } from './absolutise-urls.ts';
import { addSeriesNavigation } from './add-series-navigation.ts';
import { collectReferences } from './collect-references.ts';
import { dropFrontMatter } from './drop-front-matter.ts';
import { dropTitleHeading } from './drop-title-heading.ts';
import { linkFrames } from './link-frames.ts';
import { nameAlerts } from './name-alerts.ts';
import { settleLanguages } from './settle-languages.ts';

/** A post's body as it is shown away from its site. */
export interface PreparedTree {
  readonly tree: Root;
  /** The other posts it links to, by id, each with the URL first shown; its series is not among them. */
  readonly links: Readonly<Record<PostId, string>>;
}

/** Makes of a post's content, which stays as it is, what every target shows that shows the whole of it. */
export function prepareTree(post: Post, content: Content, site: Site, title: string): PreparedTree {
  const tree = structuredClone(content.tree);
  dropFrontMatter(tree);
  dropTitleHeading(tree, [title, post.title]);
  absolutiseUrls(tree, post.canonicalUrl);
  linkFrames(tree);
  nameAlerts(tree);
  settleLanguages(tree);
  const links = collectReferences(tree, post, site);
  const series = site.seriesByPost.get(post.id);
  if (series !== undefined) addSeriesNavigation(tree, series, post.id, site.navigation);
  return { tree, links };
}
