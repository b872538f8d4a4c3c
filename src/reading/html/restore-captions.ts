import type { Root } from 'hast';
import { isHeading } from './handlers.ts';
import { outermost, rewriteElements } from './hast.ts';

/** Makes lines of the headings in captions, which are no parts of the text. Changes the tree in place. */
export function restoreCaptions(root: Root): void {
  for (const caption of [...outermost(root, 'figcaption'), ...outermost(root, 'caption')])
    rewriteElements(caption, (element) => [
      isHeading(element.tagName) ? { ...element, tagName: 'p' } : element,
    ]);
}
