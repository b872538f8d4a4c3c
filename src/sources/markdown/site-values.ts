import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SiteValues } from '../../reading/dialects/value-expressions.ts';
import { readBlock } from '../../reading/front-matter/block.ts';
import { splitFrontMatter } from '../../reading/front-matter/split.ts';
import { openSiteFiles } from '../../reading/site-files/find-values.ts';
import { listAssigned } from '../../reading/site-files/list-assigned.ts';
import type { SourceSite } from '../define.ts';
import { isFileInside } from './follow-link.ts';

/** The most bytes of a file that has a site's values. */
const fileLimit = 1024 * 1024;

/** The values that the files of a site give its posts. */
export interface SiteFiles {
  /** Whether the site shows expressions as they are written, also those of what a post itself has. */
  readonly isOff: boolean;
  /** What the site's files say of expressions, and which files were asked, relative to the blog's folder. */
  ofSite(expressions: ReadonlySet<string>): {
    readonly values: SiteValues;
    readonly files: readonly string[];
  };
  /** The same, with what the post's own front matter says before it. */
  ofPost(expressions: ReadonlySet<string>, text: string): Promise<SiteValues>;
}

/** Opens the files of the site whose posts lie in a folder, relative to the blog's; each is read once. */
export function openFiles(folder: string, site: SourceSite): SiteFiles {
  const texts = new Map<string, string | undefined>();
  const asked = new Set<string>();
  const read = (path: string): string | undefined => {
    asked.add(path);
    if (!texts.has(path)) texts.set(path, readInside(resolve(site.root, path), site.root));
    return texts.get(path);
  };
  const finder = openSiteFiles({ read }, folder);
  const always = [...asked];
  const look = (
    expressions: ReadonlySet<string>,
    find: (expression: string) => string | undefined,
  ): SiteValues =>
    Object.fromEntries(
      [...expressions].toSorted().flatMap((expression) => {
        const value = find(expression);
        return value === undefined ? [] : [[expression, value]];
      }),
    );
  const ofSite: SiteFiles['ofSite'] = (expressions) => {
    asked.clear();
    const values = look(expressions, (expression) => finder.ofSite(expression));
    return { values, files: [...new Set([...always, ...asked])] };
  };
  return {
    isOff: finder.isOff,
    ofSite,
    async ofPost(expressions, text) {
      const block = await readBlock(splitFrontMatter(text));
      const own = 'message' in block ? {} : block.values;
      const values = {
        ...ofSite(expressions).values,
        ...look(expressions, (one) => finder.ofPost(one, own)),
      };
      const { assigns } = finder;
      return assigns === undefined ? values : { ...values, ...listAssigned(text, assigns, values) };
    },
  };
}

function readInside(path: string, root: string): string | undefined {
  if (!isFileInside(path, root, root)) return undefined;
  try {
    return statSync(path).size > fileLimit ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
