import type { Element } from 'hast';
import { propertyOf } from '../reading/html/hast.ts';
import { listSources } from '../reading/html/read-picture.ts';
import { walk } from '../reading/walk.ts';
import { stemOf } from './likeness.ts';
import { openPage } from './open-page.ts';

/**
 * Where a page shows the pictures whose files its post names, by those names. A generator may give a picture a new name that
 * contains the author's. A picture that is missing or there more than once is left out.
 */
export function findPictures(
  named: readonly string[],
  { html, url }: { readonly html: string; readonly url: string },
): ReadonlyMap<string, string> {
  const page = openPage(html);
  if (page === undefined) return new Map();
  const [shown, shared] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  walk(page.root, (node) => {
    if (node.type !== 'element') return;
    const address = listAddresses(node).find((one) => !one.startsWith('data:') && URL.canParse(one, url));
    if (address === undefined) return;
    const absolute = new URL(address, url).href;
    const into = node.tagName === 'img' ? shown : shared;
    into.set(stemOf(absolute), (into.get(stemOf(absolute)) ?? new Set()).add(absolute));
  });
  return new Map(
    named.flatMap((file): readonly [string, string][] => {
      const [only, ...others] = shown.get(stemOf(file)) ?? shared.get(stemOf(file)) ?? [];
      return only === undefined || others.length > 0 ? [] : [[file, only]];
    }),
  );
}

/** The addresses of a picture, or of the one by which a page is known where it is shared. */
function listAddresses(element: Element): readonly string[] {
  if (element.tagName === 'img') return listSources(element);
  const isShared = element.tagName === 'meta' && propertyOf(element, 'property') === 'og:image';
  return isShared ? [propertyOf(element, 'content') ?? ''].filter((text) => text !== '') : [];
}
