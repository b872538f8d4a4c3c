import { astro } from './astro.ts';
import type { Facts, Inspection, Generator, SiteView, Wish } from './define.ts';
import { eleventy } from './eleventy.ts';
import { readCommonFacts } from './facts.ts';
import { hugo } from './hugo.ts';
import { jekyll } from './jekyll.ts';
import { next } from './next.ts';
import { plain } from './plain.ts';

/** Every generator whose sites are known, in the order they are tried; the last takes any folder. */
export const generators: readonly Generator[] = [astro, next, eleventy, hugo, jekyll, plain];

/** What can be found out about the site in a folder. */
export function inspectSite(view: SiteView, wish: Wish): Inspection {
  for (const generator of generators) {
    const inspection = generator.detect(view, wish);
    if (inspection !== undefined) {
      const facts: Facts = { ...readCommonFacts(view), ...inspection.facts };
      return { ...inspection, facts };
    }
  }
  throw new TypeError('a plain folder is always found');
}
