import type { Root } from 'mdast';
import type { Diagnostic, Place } from '../../model/diagnostic.ts';
import type { Cover } from '../../model/post.ts';
import type { FeedDocument } from '../../model/target.ts';
import { listDataImages } from '../../transform/data-images.ts';
import { listLostElements } from '../../transform/list-lost-elements.ts';
import { linkSchemes } from '../../transform/to-html.ts';
import { listOtherSchemes } from '../../transform/list-schemes.ts';
import type { Fault } from '../../transform/report-faults.ts';

/** How large an item may grow before it is worth a warning, in bytes: readers give up on feeds of a few megabytes. */
export const itemSizeLimit = 500_000;

/**
 * How large a feed may grow before it is worth a warning, in bytes: the W3C's validator reads 5 MB and no more, and readers stop
 * before (its source, and rachelbythebay.com/fs/help.html, checked November 2026).
 */
const feedSizeLimit = 1_000_000;

const top: Place = { line: 1, column: 1 };

/** What feed readers would not show of a post's cover. */
export function findCoverFaults(cover: Cover | undefined): readonly Fault[] {
  if (cover === undefined || isFetchable(cover.url)) return [];
  return [
    {
      rule: 'feed-cover-address',
      severity: 'warning',
      at: 'cover',
      message: 'The cover has no web address, so the feed leaves it out.',
      remedy: 'Give the cover as a path on the site or an address that starts with https.',
    },
  ];
}

/** Whether an address is one that a reader's program can fetch. */
export function isFetchable(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

/** What feed readers would not show of a post's text, or not take. `body` is the item's HTML, unless that is short for sure. */
export function findTextFaults(tree: Root, body: string | undefined): readonly Fault[] {
  return [
    ...findBodyFaults(tree),
    ...findSchemeFaults(tree),
    ...(body === undefined ? [] : findSizeFaults(body)),
  ];
}

/** Compares the files of a feed with the size that readers take. `file` is where the feed is described. */
export function auditFiles(
  documents: readonly FeedDocument[],
  file: string,
  target: string,
): readonly Diagnostic[] {
  return documents.flatMap(({ path, text }) => {
    if (text.length * 3 <= feedSizeLimit) return [];
    const size = new TextEncoder().encode(text).length;
    if (size <= feedSizeLimit) return [];
    return [
      {
        rule: 'feed-size',
        severity: 'warning',
        message: `${path} is ${Math.round(size / 10_000) / 100} MB large; readers give up on feeds of a few megabytes, or cut them.`,
        remedy: `Lower targets.${target}.limit, or set content to summary for it.`,
        file,
        line: 1,
        column: 1,
        target,
      },
    ];
  });
}

function findBodyFaults(tree: Root): readonly Fault[] {
  const images = listDataImages(tree).map(({ position }): Fault => ({
    rule: 'feed-image-data',
    severity: 'warning',
    at: position?.start ?? top,
    message: 'This image is a data: address, which many feed readers do not show; they get its description.',
    remedy: 'Put the picture on the site and give its address.',
  }));
  const lost = listLostElements(tree).map(({ tagName, place }): Fault => ({
    rule: 'feed-html-lost',
    severity: 'warning',
    at: place,
    message: `Feed readers show no <${tagName}>, so what it shows on the page is missing from the feed.`,
    remedy: 'Add a picture of it, or a sentence that links to it.',
  }));
  return [...images, ...lost];
}

function findSchemeFaults(tree: Root): readonly Fault[] {
  return listOtherSchemes(tree, linkSchemes).map(({ scheme, place }) => ({
    rule: 'feed-link-scheme',
    severity: 'warning',
    at: place,
    message: `Feed readers follow no link of "${scheme}:", so the feed has its words alone.`,
    remedy: 'Leave it if that will do; else show the address in a code span beside it.',
  }));
}

function findSizeFaults(body: string): readonly Fault[] {
  const size = new TextEncoder().encode(body).length;
  if (size <= itemSizeLimit) return [];
  return [
    {
      rule: 'feed-item-size',
      severity: 'warning',
      at: 'title',
      message: `The post takes ${Math.round(size / 1000)} KB of the feed; readers give up on feeds of a few megabytes.`,
      remedy: 'Split the post, move large data out of it, or set content to summary for this feed.',
    },
  ];
}
