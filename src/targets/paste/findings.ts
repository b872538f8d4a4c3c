import type { Root } from 'mdast';
import type { Place } from '../../model/diagnostic.ts';
import { listElements } from '../../reading/html/parse-html.ts';
import { walk } from '../../reading/walk.ts';
import { listDataImages } from '../../transform/data-images.ts';
import type { Fault } from '../faults.ts';

const top: Place = { line: 1, column: 1 };

/** Elements that show nothing once they are pasted. */
const lostElements: ReadonlySet<string> = new Set([
  'script',
  'svg',
  'object',
  'embed',
  'canvas',
  'form',
  'iframe',
]);

/** What of a post is lost when it is pasted, whatever the place. */
export function findPasteFaults(tree: Root): readonly Fault[] {
  const faults: Fault[] = listDataImages(tree).map(({ position }) => ({
    rule: 'paste-image-data',
    severity: 'warning',
    at: position?.start ?? top,
    message: 'This picture is a data: address, which editors drop when it is pasted.',
    remedy: 'Put the picture on the site and give its address.',
  }));
  walk(tree, (node) => {
    if (node.type !== 'html') return;
    for (const { tagName } of listElements(node.value)) {
      if (!lostElements.has(tagName)) continue;
      faults.push({
        rule: 'paste-html-lost',
        severity: 'warning',
        at: node.position?.start ?? top,
        message: `What <${tagName}> shows on your page is missing from what is pasted.`,
        remedy: 'Add a picture of it, or a sentence that links to it.',
      });
    }
  });
  return faults;
}
