import type { Root } from 'mdast';
import { listDataImages } from '../../transform/data-images.ts';
import { listLostElements } from '../../transform/list-lost-elements.ts';
import type { Fault } from '../../transform/report-faults.ts';

/** What of a post is lost when it is pasted, whatever the place. */
export function findPasteFaults(tree: Root): readonly Fault[] {
  const images = listDataImages(tree).map(({ position }): Fault => ({
    rule: 'paste-image-data',
    severity: 'warning',
    at: position?.start ?? { line: 1, column: 1 },
    message: 'This picture is a data: address, which editors drop when it is pasted.',
    remedy: 'Put the picture on the site and give its address.',
  }));
  const lost = listLostElements(tree).map(({ tagName, place }): Fault => ({
    rule: 'paste-html-lost',
    severity: 'warning',
    at: place,
    message: `What <${tagName}> shows on your page is missing from what is pasted.`,
    remedy: 'Add a picture of it, or a sentence that links to it.',
  }));
  return [...images, ...lost];
}
