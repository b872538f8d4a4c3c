import { digestText } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { Post } from '../../model/post.ts';
import type { FeedTarget } from '../../model/target.ts';
import { defineTarget } from '../define.ts';
import type { FeedAssembly } from './assemble.ts';
import { resolvePath, type FeedEntry } from './describe-feed.ts';
import { chooseStylesheet, listFiles, placeBeside } from './files.ts';
import type { FeedOptions } from './options.ts';
import type { FeedRendering } from './render.ts';
import { feedRules } from './rules.ts';

const loadRender = once(() => import('./render.ts'));

/** The site's feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the newest posts. */
export const feed = defineTarget({
  kind: 'feed',
  summary: 'The site’s feeds: RSS, Atom and JSON Feed with the newest posts in full.',
  rules: feedRules,
  secrets: [],
  options: async () => (await import('./options.ts')).feedOptions,
  starter: async () => (await import('./starter.ts')).feedStarter,
  create(name, given, around = { siblings: { [name]: given }, ids: {} }): FeedTarget {
    const { limit, content, hub } = given;
    const identity = { authority: given.id.authority, since: given.id.since, taken: around.ids };
    const entry = describeEntry(given);
    const page = choosePage(name, given, around.siblings);
    const styled = chooseStylesheet(given);
    const feeds = Object.values(around.siblings).map(describeEntry);
    const optionsDigest = digestText(
      JSON.stringify({ ...given, page, feeds: page === undefined ? [] : feeds, ids: around.ids }),
    );
    const rendering: FeedRendering = { name, content, identity, optionsDigest };
    const assembly: FeedAssembly = {
      ...entry,
      name,
      limit,
      content,
      hub,
      identity,
      stylesheet: styled,
      page: page === undefined ? undefined : { path: page, feeds },
    };
    return {
      name,
      kind: 'feed',
      granularity: 'feed',
      policy: { optIn: false, schedule: { slots: [], quiet: [] } },
      digestOptions: ({ url, title, description, author, language, navigation, timezone }) =>
        digestText(
          JSON.stringify([optionsDigest, url, title, description, author, language, navigation, timezone]),
        ),
      showsBody: content === 'full',
      limit,
      extension: 'html',
      files: Object.fromEntries(listFiles(given, page)),
      locate: resolvePath,
      takes: (post) => isTaken(post, given),
      async auditFiles(documents, file) {
        const { auditFiles } = await import('./faults.ts');
        return auditFiles(documents, file, name);
      },
      async render(post, source, site) {
        const { renderForFeed } = await loadRender();
        return renderForFeed(post, source, site, rendering);
      },
      async preview(made, post, site) {
        const { previewInFeed } = await import('./preview.ts');
        return previewInFeed(made, post, site);
      },
      async assemble(items, site) {
        const { assembleFeed } = await import('./assemble.ts');
        return assembleFeed(items, site, assembly);
      },
    };
  },
});

function describeEntry({ path, atom, json, title, tags, series }: FeedOptions): FeedEntry {
  return {
    title,
    narrowedTo: series ?? tags?.join(', '),
    paths: { rss: path, ...(atom !== false && { atom }), ...(json !== false && { json }) },
  };
}

function isTaken(post: Post, { tags, series }: Pick<FeedOptions, 'tags' | 'series'>): boolean {
  if (series !== undefined && post.series?.name !== series) return false;
  const own = tags === undefined ? [] : post.tags.map((tag) => tag.toLowerCase());
  return tags === undefined || tags.some((tag) => own.includes(tag.toLowerCase()));
}

/** Where a target writes the page: at the path in the config, or beside its feed for the first target without one. */
function choosePage(
  name: string,
  { path, page }: FeedOptions,
  siblings: Readonly<Record<string, FeedOptions>>,
): string | undefined {
  if (page !== undefined) return page === false ? undefined : page;
  const told = Object.values(siblings).some((one) => typeof one.page === 'string');
  const [first] = Object.entries(siblings).find(([, one]) => one.page === undefined) ?? [];
  return !told && first === name ? placeBeside(path, 'subscribe.html') : undefined;
}
