import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Inspection } from '../../init/define.ts';
import type { SourceAnswer } from '../../init/write-config.ts';
import type { Post } from '../../model/post.ts';
import type { Source } from '../../model/source.ts';
import type { Unknown } from '../../reading/nodes.ts';
import { walk } from '../../reading/walk.ts';
import type { SourceSite } from '../../sources/define.ts';
import { markdown } from '../../sources/markdown/index.ts';
import { markdownOptions } from '../../sources/markdown/options.ts';

/** What in a folder's posts only the site can show. */
export interface SiteOnly {
  /** How many of the newest posts have any. */
  readonly posts: number;
  /** How the author calls them, the most frequent first. */
  readonly names: readonly string[];
  /** How many have pictures that are served under other names than their files'. */
  readonly pictured: number;
}

/** How many posts are read at most: the newest that may have any. */
const postLimit = 50;

/** What a text has that may be a shortcode, a component, a directive or a templated value. */
const suspicious =
  /\{\{|\{%|\{[a-z@]|\[\[|^ {0,3}:::|^ {0,3}(?:\?\?\?|!!!|;*-+8<-|<<<)|<!--\s*@?include|<[A-Z]|<[a-z]+-[a-z]|^[ \t]*::[a-z]|^[ \t]*[`~]{3,}[ \t]*\{[a-z]|@(?:eq|fig|lst|sec|tbl)-/m;

/** What a text has that names a picture by its file. */
const namesPicture = /!\[[^\]]*\]\((?!\/|https?:)|^\s*\w*(?:image|cover|banner|thumbnail)\w*:.*\.\.?\//im;

/** Reads the newest posts of a folder for what only the site can show. */
export async function findSiteOnly(
  { posts: path, syntax }: Pick<SourceAnswer, 'posts' | 'syntax'>,
  { renamesPictures }: Pick<Inspection, 'renamesPictures'>,
  site: SourceSite,
  signal: AbortSignal,
): Promise<SiteOnly> {
  const options = markdownOptions.parse({
    kind: 'markdown',
    path,
    pages: 'live',
    ...(syntax && { syntax }),
  });
  const source = markdown.create('init', options, site);
  const { posts } = await source.load(signal);
  const newest = posts
    .filter(({ draft }) => !draft)
    .toSorted((a, b) => compareText(b.publishAt, a.publishAt))
    .map((post) => ({ post, text: readText(join(site.root, post.origin.path)) }));
  const suspects = newest.filter(({ text }) => suspicious.test(text)).slice(0, postLimit);
  const counts = new Map<string, number>();
  let count = 0;
  for (const { post } of suspects) {
    const names = await listNames(post, source, signal);
    if (names.size > 0) count += 1;
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].toSorted(([, one], [, other]) => other - one);
  const pictured = renamesPictures === true ? newest.filter(({ text }) => namesPicture.test(text)).length : 0;
  return { posts: count, names: ranked.map(([name]) => name), pictured };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function listNames(post: Post, source: Source, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    const { tree, files = {} } = await source.read(post, signal);
    for (const [named, address] of Object.entries(files)) if (address === false) names.add(named);
    walk(tree, (node) => {
      if (node.type === 'unknown' && isShownBySite(node))
        names.add(node.syntax === 'expression' ? `{${node.name}}` : node.name);
    });
  } catch (error) {
    if (!(error instanceof BroadsideError || error instanceof RangeError)) throw error;
  }
  return names;
}

/**
 * Whether readers of the site see something more there. What only wraps text is shown anyway, and what is broken is for the author
 * to mend.
 */
function isShownBySite({ wrapped, fault }: Unknown): boolean {
  const isRun = wrapped?.[0]?.type === 'code';
  return (wrapped === undefined || isRun) && (fault === undefined || fault === 'incomplete');
}
