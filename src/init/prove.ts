import { unescapeHtml } from '../base/escape-html.ts';
import { fillPath } from '../reading/front-matter/address-template.ts';
import { matchPages, tidyPath, type OwnPages } from '../reading/match-pages.ts';
import type { Inspection, PostHead } from './define.ts';
import type { TemplateSite } from './templates.ts';

/** What is known of where a folder's posts are, beside what its template makes. */
export interface Evidence {
  /** The addresses that the site itself has, by the posts' files. */
  readonly real: ReadonlyMap<string, string>;
  /** Where a post is: as the site has it, else as its generator makes it where that is borne out. */
  readonly addressOf: (post: PostHead) => string | undefined;
}

/** Puts what the site itself says of its posts before what its generator would make of them. */
export function weighEvidence(
  posts: readonly PostHead[],
  { canonical, addressOf }: Pick<Inspection, 'canonical' | 'addressOf'>,
  own: OwnPages | undefined,
  site: TemplateSite,
): Evidence {
  const expected = (post: PostHead): string | undefined =>
    canonical === undefined ? undefined : fillPath(canonical, post, site);
  const real =
    own === undefined
      ? new Map<string, string>()
      : matchPages(posts, [(post) => addressOf?.(post), expected], own.pages);
  const borneOut = posts.filter((post) => {
    const made = addressOf?.(post);
    return made !== undefined && tidyPath(made) === real.get(post.path);
  });
  const isBorneOut = borneOut.length >= real.size * 0.8;
  return { real, addressOf: (post) => real.get(post.path) ?? (isBorneOut ? addressOf?.(post) : undefined) };
}

/** The addresses that a sitemap has, and the further sitemaps that it names. */
export function readSitemap(text: string): {
  readonly pages: readonly string[];
  readonly maps: readonly string[];
} {
  const locations = [...text.matchAll(/<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*(https?:[^<\]\s]+)/g)].map(
    ([, url = '']) => unescapeHtml(url),
  );
  return /<(?:\w+:)?sitemapindex[\s>]/.test(text)
    ? { pages: [], maps: locations }
    : { pages: locations, maps: [] };
}
