import type { Html } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Diagnostic, Place } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { listElements } from '../../transform/parse-html.ts';
import { chooseCover, isWebAddress, renderForFeed, type FeedRendering } from './render.ts';

/** How large an item may grow before it is worth a warning, in bytes: readers give up on feeds of a few megabytes. */
export const itemSizeLimit = 500_000;

/** A post shorter than this, in UTF-16 units, is not rendered only to learn its size. */
const measuredLength = 50_000;

const lostElements: ReadonlySet<string> = new Set(['script', 'svg', 'object', 'embed', 'canvas', 'form']);

/** Holds a post against what feed readers take and show. */
export function auditForFeed(
  post: Post,
  content: Content,
  site: Site,
  rendering: FeedRendering,
): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  const report = (place: Place | undefined, fault: Pick<Diagnostic, 'rule' | 'message' | 'remedy'>): void => {
    const { line, column } = place ?? { line: 1, column: 1 };
    const about = { file: post.origin.path, line, column, postId: post.id, target: rendering.name };
    faults.push({ ...fault, severity: 'warning', ...about });
  };
  const cover = chooseCover(post, rendering.name);
  if (cover !== undefined && !isWebAddress(cover.url)) {
    report(post.places.cover, {
      rule: 'feed-cover-address',
      message: 'The cover has no web address, so the feed leaves it out.',
      remedy: 'Give the cover as a path on the site or an address that starts with https.',
    });
  }
  if (rendering.content === 'summary') return faults;
  visit(content.tree, 'html', (node) => {
    for (const { tagName, position } of listElements(node.value)) {
      if (!lostElements.has(tagName)) continue;
      report(placeInFile(node, position?.start), {
        rule: 'feed-html-lost',
        message: `Feed readers show no <${tagName}>, so what it shows on the page is missing from the feed.`,
        remedy: 'Add a picture of it, or a sentence that links to it.',
      });
    }
  });
  if ((content.tree.position?.end.offset ?? 0) > measuredLength) {
    const { body } = renderForFeed(post, content, site, rendering);
    const size = new TextEncoder().encode(body).length;
    if (size > itemSizeLimit) {
      report(post.places.title, {
        rule: 'feed-item-size',
        message: `The post takes ${Math.round(size / 1000)} KB of the feed; readers give up on feeds of a few megabytes.`,
        remedy: 'Split the post, move large data out of it, or set content to summary for this feed.',
      });
    }
  }
  return faults;
}

function placeInFile(node: Html, start: Place | undefined): Place | undefined {
  const outer = node.position?.start;
  if (outer === undefined || start === undefined) return outer;
  return {
    line: outer.line + start.line - 1,
    column: start.line === 1 ? outer.column + start.column - 1 : start.column,
  };
}
