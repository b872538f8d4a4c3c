import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { addCover } from '../../transform/add-cover.ts';
import { findOpening } from '../../transform/find-opening.ts';
import { cleanLine } from '../../reading/plain-text.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printHtml } from '../../transform/to-html.ts';
import { sealRendition } from '../define.ts';
import { reportFaults, type Fault } from '../faults.ts';
import { chooseShown } from '../shown.ts';
import { findCoverFaults, findTextFaults, isWebAddress } from './findings.ts';
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

/** Renders a post as an item of a feed: the body is HTML that stands on its own, every address in it absolute. */
export function renderForFeed(post: Post, content: Content, site: Site, rendering: FeedRendering): Rendered {
  const { name, identity, optionsDigest } = rendering;
  const shown = chooseShown(post, name);
  const isSummary = rendering.content === 'summary';
  const cover = shown.cover !== undefined && isWebAddress(shown.cover.url) ? shown.cover : undefined;
  const authors = post.authors.length > 0 ? post.authors : [site.author];
  const published = formatRfc3339(post.publishAt);
  const edited = post.updatedAt === undefined ? published : formatRfc3339(post.updatedAt);
  const fields: ItemFields = {
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
  const report = (faults: readonly Fault[]) => reportFaults(post, content, name, faults);
  const shared = { target: name, post, content, site, options: optionsDigest, assets: [] };
  if (isSummary) {
    const rendition = sealRendition({
      ...shared,
      body: fields.summary ?? '',
      fields,
      links: {},
      showsBody: false,
    });
    return { rendition, diagnostics: report(findCoverFaults(shown.cover)) };
  }
  const { tree, links } = prepareTree(post, content, site, shown.title, name);
  if (cover !== undefined) addCover(tree, { url: cover.url, alt: fields.image?.alt ?? '' });
  const body = printHtml(tree, post);
  return {
    rendition: sealRendition({ ...shared, body, fields, links, showsBody: true }),
    diagnostics: report([...findCoverFaults(shown.cover), ...findTextFaults(content.tree, body)]),
  };
}
