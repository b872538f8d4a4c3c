import type { Meaning, ShortcodeMeaning } from '../meanings.ts';
import { astro } from './astro.ts';
import { common } from './common.ts';
import { docusaurus } from './docusaurus.ts';
import type { Family } from './family.ts';
import { forem } from './forem.ts';
import { hexo } from './hexo.ts';
import { hugo, hugoThemes } from './hugo.ts';
import { mkdocs } from './mkdocs.ts';
import { nuxt } from './nuxt.ts';
import { vitepress } from './vitepress.ts';

/** Every family of names, by what has them. */
export const families: Readonly<Record<string, Family>> = {
  'Many sites': common,
  Astro: astro,
  'dev.to and other Forems': forem,
  Docusaurus: docusaurus,
  'Hexo and NexT': hexo,
  Hugo: hugo,
  'Hugo’s themes': hugoThemes,
  'MkDocs with Material': mkdocs,
  'Nuxt Content': nuxt,
  VitePress: vitepress,
};

const components: ReadonlyMap<string, Meaning> = new Map(
  [common, vitepress, docusaurus, astro].flatMap((family) => Object.entries(family.components)),
);

const shortcodes: ReadonlyMap<string, ShortcodeMeaning> = new Map(
  [common, forem, hexo, hugoThemes, hugo].flatMap((family) => Object.entries(family.shortcodes)),
);

const directives: ReadonlyMap<string, Meaning> = new Map(
  [common, mkdocs, nuxt, vitepress].flatMap((family) => Object.entries(family.directives)),
);

/** What a component of a generator or a library that many use stands for. */
export function knowComponent(name: string): Meaning | undefined {
  return components.get(name);
}

/** What a shortcode, tag or included file that many use stands for, by its name in lower case. */
export function knowShortcode(name: string): ShortcodeMeaning | undefined {
  return shortcodes.get(name);
}

/** What a directive that many use stands for, by its name in lower case. */
export function knowDirective(name: string): Meaning | undefined {
  return directives.get(name);
}
