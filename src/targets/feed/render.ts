import { once } from '../../base/once.ts';
import type { Cover, Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { addCover } from '../../transform/add-cover.ts';
import { boundSize } from '../../transform/bound-size.ts';
import { findOpening } from '../../transform/find-opening.ts';
import { cleanLine } from '../../reading/plain-text.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printHtml } from '../../transform/to-html.ts';
import { sealRendition } from '../define.ts';
import { reportFaults } from '../../transform/report-faults.ts';
import { chooseShown, type Shown } from '../shown.ts';
import { findCoverFaults, findTextFaults, isFetchable, itemSizeLimit } from './faults.ts';
import { formatRfc3339 } from './printer/dates.ts';
import { nameItem, type FeedIdentity } from './identity.ts';
import type { ItemFields } from './item.ts';
import { printAddress } from './printer/legal-text.ts';

/** What shapes the items of a feed. */
export interface FeedRendering {
  /** The target's name in the config. */
  readonly name: string;
  readonly content: 'full' | 'summary';
  readonly identity: FeedIdentity;
  readonly optionsDigest: string;
}

/**
 * Renders a post as an item of a feed: the body is HTML that stands on its own, every address in it absolute. It is printed when it is
 * first looked at.
 */
export function renderForFeed(post: Post, content: Content, site: Site, rendering: FeedRendering): Rendered {
  const { name, optionsDigest } = rendering;
  const shown = chooseShown(post, name);
  const isSummary = rendering.content === 'summary';
  const print = once(() => {
    const fields = composeFields(post, content, site, rendering, shown);
    const shared = { target: name, post, content, site, options: optionsDigest, fields, assets: [] };
    if (isSummary)
      return sealRendition({ ...shared, body: fields.summary ?? '', links: {}, showsBody: false });
    const { tree, links } = prepareTree(post, content, site, shown.title, name);
    const cover = chooseCover(shown);
    if (cover !== undefined) addCover(tree, { url: cover.url, alt: fields.image?.alt ?? '' });
    return sealRendition({ ...shared, body: printHtml(tree, post), links, showsBody: true });
  });
  const isSurelyShort = isSummary || boundSize(content.tree, post, site) <= itemSizeLimit;
  const faults = [
    ...findCoverFaults(shown.cover),
    ...(isSummary ? [] : findTextFaults(content.tree, isSurelyShort ? undefined : print().body)),
  ];
  return {
    get rendition() {
      return print();
    },
    diagnostics: reportFaults(post, content, name, faults),
  };
}

/** A cover that has no web address is left out. */
function chooseCover({ cover }: Shown): Cover | undefined {
  return cover !== undefined && isFetchable(cover.url) ? cover : undefined;
}

function composeFields(
  post: Post,
  content: Content,
  site: Site,
  { identity }: FeedRendering,
  shown: Shown,
): ItemFields {
  const cover = chooseCover(shown);
  const authors = post.authors.length > 0 ? post.authors : [site.author];
  const published = formatRfc3339(post.publishAt);
  const edited = post.updatedAt === undefined ? published : formatRfc3339(post.updatedAt);
  return {
    title: cleanLine(shown.title),
    url: printAddress(post.canonicalUrl),
    ...nameItem(identity, site.url, post.id),
    published,
    updated: edited > published ? edited : published,
    summary: cleanLine(shown.description ?? findOpening(content.tree)) || null,
    tags: [...new Set(shown.tags.map(cleanLine))].filter((tag) => tag !== ''),
    authors: authors.map((author) => ({
      name: cleanLine(author.name),
      url: author.url === undefined ? null : printAddress(author.url),
    })),
    language: post.lang,
    image:
      cover === undefined ? null : { url: printAddress(cover.url), alt: cleanLine(cover.alt ?? '') || null },
  };
}
