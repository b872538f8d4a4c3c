import type { Cover, Overrides, Post } from '../../model/post.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { absolutiseUrls } from '../../transform/absolutise-urls.ts';
import { addSeriesNavigation } from '../../transform/add-series-navigation.ts';
import { collectReferences } from '../../transform/collect-references.ts';
import { dropFrontMatter } from '../../transform/drop-front-matter.ts';
import { dropTitleHeading } from '../../transform/drop-title-heading.ts';
import { findOpening } from '../../transform/to-commentary.ts';
import { printHtml } from '../../transform/to-html.ts';
import { sealRendition } from '../define.ts';
import { formatRfc3339 } from './dates.ts';
import { nameItem, type FeedIdentity } from './identity.ts';
import { cleanLine, type ItemFields } from './item.ts';

/** What shapes the items of a feed. */
export interface FeedRendering {
  /** The target's name in the config. */
  readonly name: string;
  readonly content: 'full' | 'summary';
  readonly identity: FeedIdentity;
  readonly optionsDigest: string;
}

/** Renders a post as an item of a feed: the body is HTML that stands on its own, every address in it absolute. */
export function renderForFeed(post: Post, content: Content, site: Site, rendering: FeedRendering): Rendition {
  const { name, identity, optionsDigest } = rendering;
  const own = readOverrides(post, name);
  const description = own.description ?? post.summary;
  const cover = chooseCover(post, name);
  const authors = post.authors.length > 0 ? post.authors : [site.author];
  const published = formatRfc3339(post.publishAt);
  const edited = post.updatedAt === undefined ? published : formatRfc3339(post.updatedAt);
  const fields: ItemFields = {
    title: cleanLine(own.title ?? post.title),
    url: post.canonicalUrl,
    id: nameItem(identity, site.url, post.id),
    published,
    updated: edited > published ? edited : published,
    summary:
      cleanLine(description ?? (rendering.content === 'summary' ? findOpening(content.tree) : '')) || null,
    tags: [...new Set((own.tags ?? post.tags).map(cleanLine))].filter((tag) => tag !== ''),
    authors: authors.map((author) => ({ name: cleanLine(author.name), url: author.url ?? null })),
    language: post.lang,
    image:
      cover === undefined || !isWebAddress(cover.url)
        ? null
        : { url: cover.url, alt: cleanLine(cover.alt ?? '') || null },
  };
  const shared = { target: name, post, content, site, optionsDigest, assets: [] };
  if (rendering.content === 'summary') {
    return sealRendition({ ...shared, body: fields.summary ?? '', fields, links: {}, showsSeries: false });
  }
  const tree = structuredClone(content.tree);
  dropFrontMatter(tree);
  dropTitleHeading(tree, post.title);
  absolutiseUrls(tree, post.canonicalUrl);
  const links = collectReferences(tree, post, site);
  const series = site.seriesByPost.get(post.id);
  if (series !== undefined) addSeriesNavigation(tree, series, post.id, site.navigation);
  return sealRendition({
    ...shared,
    body: printHtml(tree, post),
    fields,
    links,
    showsSeries: site.navigation !== 'none',
  });
}

/** The cover a feed shows of a post. */
export function chooseCover(post: Post, target: string): Cover | undefined {
  return readOverrides(post, target).cover ?? post.cover;
}

/** Whether an address is one that a reader's program can fetch. */
export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

function readOverrides(post: Post, target: string): Overrides {
  const asked = post.syndicate === false ? undefined : post.syndicate[target];
  return typeof asked === 'object' ? asked : {};
}
