import { astro } from './astro.ts';
import type { Facts, Generator, Inspection, SiteView, Wish } from './define.ts';
import { mergeFacts, nameAddressFile, readCommonFacts } from './deployment.ts';
import { docusaurus } from './docusaurus.ts';
import { eleventy } from './eleventy.ts';

import { gatsby } from './gatsby.ts';
import { hexo } from './hexo.ts';
import { hugo } from './hugo.ts';
import { jekyll } from './jekyll.ts';
import { mkdocs } from './mkdocs.ts';
import { next } from './next.ts';
import { nuxt } from './nuxt.ts';
import { joinPath } from './paths.ts';
import { pelican } from './pelican.ts';
import { plain } from './plain.ts';
import { quarto } from './quarto.ts';
import { sveltekit } from './sveltekit.ts';
import { vitepress } from './vitepress.ts';
import { zola } from './zola.ts';

/** Every generator whose sites are known, in the order they are tried. */
const generators: readonly Generator[] = [
  astro,
  docusaurus,
  gatsby,
  next,
  nuxt,
  sveltekit,
  eleventy,
  vitepress,
  hugo,
  zola,
  hexo,
  jekyll,
  mkdocs,
  pelican,
  quarto,
];

/** What can be found out about the site in a folder; one that lies in a folder below is found there. */
export function inspectSite(view: SiteView, wish: Wish): Inspection {
  const found = detect(view, wish) ?? detectBelow(view, wish) ?? plain.detect(view, wish);
  if (found === undefined) throw new TypeError('a plain folder is always found');
  const facts: Facts = mergeFacts(found.facts, readCommonFacts(view));
  const { url } = facts;
  const addressFile = url === undefined || url === found.facts.url ? undefined : nameAddressFile(view, url);
  return { ...found, facts, ...(addressFile !== undefined && { addressFile }) };
}

function detect(view: SiteView, wish: Wish): Inspection | undefined {
  for (const generator of generators) {
    const found = generator.detect(view, wish);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Folders that hold no site of their own. */
const passedOver = /^([._].*|node_modules|vendor|themes?|tests?|examples?|fixtures|packages|public|static)$/i;

/** The site in a folder of the repository, such as website/ or docs/, as the repository sees it. */
function detectBelow(view: SiteView, wish: Wish): Inspection | undefined {
  const folders = view.list('').filter(({ name, kind }) => kind === 'folder' && !passedOver.test(name));
  for (const { name } of folders) {
    const below: SiteView = {
      list: (path) => view.list(joinPath(name, path)),
      read: (path) => view.read(joinPath(name, path)),
      start: (path) => view.start(joinPath(name, path)),
    };
    const inside =
      wish.posts?.startsWith(`${name}/`) === true ? wish.posts.slice(name.length + 1) : undefined;
    const { posts: _, ...others } = wish;
    const found = detect(below, inside === undefined ? others : { ...others, posts: inside });
    if (found === undefined) continue;
    const outer = (path: string): string => joinPath(name, path);
    const { addressOf } = found;
    return {
      ...found,
      ...(found.evidence !== undefined && { evidence: outer(found.evidence) }),
      facts: mergeFacts(found.facts, readCommonFacts(below)),
      posts: outer(found.posts),
      alsoPosts: found.alsoPosts?.map(outer) ?? [],
      otherPosts: found.otherPosts?.map(outer) ?? [],
      feedFolder: outer(found.feedFolder),
      ...(found.output !== undefined && { output: outer(found.output) }),
      folder: name,
      ...(addressOf && {
        addressOf: (post) => addressOf({ ...post, path: post.path.replace(`${name}/`, '') }),
      }),
    };
  }
  return undefined;
}
