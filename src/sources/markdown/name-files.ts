import type { Post } from '../../model/post.ts';
import type { Content } from '../../model/source.ts';
import { pageReference } from '../../transform/find-linked-post.ts';
import { listAddresses } from '../../transform/list-addresses.ts';
import type { SourceSite } from '../define.ts';
import { type FileOptions, findFile, type NamingFile, splitAddress } from './find-files.ts';

/** Content with what the files that its bodies name are on the site. Looks only for what they name, inside the blog's folder. */
export function nameFiles(
  content: Content,
  { canonicalUrl, origin, resources }: Pick<Post, 'canonicalUrl' | 'origin' | 'resources'>,
  options: FileOptions,
  site: SourceSite,
): Content {
  const named = (tree: Content['tree'], path: string) =>
    listFiles(tree, { canonicalUrl, path, resources }, options, site);
  const variants = Object.entries(content.variants ?? {}).map(([target, variant]) => {
    return [target, { ...variant, ...named(variant.tree, variant.path) }] as const;
  });
  return {
    ...content,
    ...named(content.tree, content.path ?? origin.path),
    ...(content.variants && { variants: Object.fromEntries(variants) }),
  };
}

function listFiles(
  tree: Content['tree'],
  from: NamingFile,
  options: FileOptions,
  site: SourceSite,
): Pick<Content, 'files'> {
  const files = new Map<string, string | false | null | undefined>();
  for (const { url, role } of listAddresses(tree)) {
    const mayBeFile = role !== 'link' || url.startsWith(pageReference) || namesFile(url, from);
    if (files.has(url) || !mayBeFile) continue;
    files.set(url, findFile(url, from, options, site));
  }
  return files.size === 0 ? {} : { files: Object.fromEntries(files) };
}

/** Whether a link leads to a file rather than a page: the post has that name for one, or it has an ending that is not that of a page or a post. */
function namesFile(url: string, { resources = [] }: NamingFile): boolean {
  if (resources.some(({ name }) => name === url)) return true;
  const ending = /\.([a-z\d]{1,8})$/i.exec(splitAddress(url).path)?.[1]?.toLowerCase();
  return ending !== undefined && !/^(?:mdx?|qmd|svx|markdown|x?html?|php\d?|aspx?|jsp|cgi|\d+)$/.test(ending);
}
