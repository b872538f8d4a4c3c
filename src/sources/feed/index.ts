import { isAbsolute, relative, resolve } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Diagnostic, RuleId } from '../../model/diagnostic.ts';
import type { Post, PostId } from '../../model/post.ts';
import type { Content } from '../../model/source.ts';
import { parsePost } from '../../reading/parse.ts';
import { walk } from '../../reading/walk.ts';
import { defineSource, type SourceSite } from '../define.ts';
import { interpretFeed, packTree, unpackTree } from './interpret-feed.ts';
import type { FeedPost, Flaw } from './interpret-feed.ts';
import { loadFeed } from './load-feed.ts';
import { printBody } from './print-markdown.ts';
import { feedSourceRules } from './rules.ts';

/** Originals that a site serves as an RSS, Atom or JSON feed. */
export const feed = defineSource({
  kind: 'feed',
  summary: 'The posts of a site, from its RSS, Atom or JSON feed.',
  rules: feedSourceRules,
  options: async () => (await import('./options.ts')).feedSourceOptions,
  create(name, { url, path, allow_private: allowPrivate }, site) {
    const place = url ?? resolve(site.root, path ?? '');
    const file =
      url ?? (isAbsolute(path ?? '') ? relative(site.root, place) : (path ?? '')).replaceAll('\\', '/');
    let contents: ReadonlyMap<string, Item> | undefined;

    const load = async (signal: AbortSignal) => {
      const feed = await loadFeed(place, { signal, allowPrivate, root: site.root });
      const { posts, diagnostics, bodies } = selectPosts(
        interpretFeed(feed, site.timezone, ({ post, tree }) => ({ post, packed: packTree(tree) })),
        name,
        file,
        site,
      );
      contents = bodies;
      const flaws = (feed.flaws ?? []).map((flaw) => ({ ...flaw, file }));
      return { posts, diagnostics: [...flaws, ...diagnostics] };
    };
    const find = (id: PostId): Item => {
      const item = contents?.get(id);
      if (item) return item;
      throw new BroadsideError('POST_UNREADABLE', `${id} is no longer in the feed ${file}.`, {
        remedy: 'Its copies stay up; "broadside retract" takes them down.',
        file,
      });
    };
    return {
      name,
      load,
      digest: ({ id }) => ({ digest: find(id).post.digest }),
      async read(post, signal) {
        if (!contents) await load(signal);
        return readContent(find(post.id));
      },
    };
  },
});

/** An item as a post, and its tree, packed. */
interface Item {
  readonly post: FeedPost;
  readonly packed: string;
}

/** The tree that the item's file would have, if it were imported. */
function readContent({ post: { digest }, packed }: Item): Content {
  const tree = parsePost(printBody(unpackTree(packed)));
  delete tree.position;
  walk(tree, (node) => {
    delete node.position;
  });
  return { tree, digest };
}

function selectPosts(items: readonly Item[], source: string, file: string, site: SourceSite) {
  const posts: Post[] = [];
  const diagnostics: Diagnostic[] = [];
  const bodies = new Map<string, Item>();

  const oldestFirst = items
    .map(({ post }) => post)
    .toSorted((a, b) => compareText(a.publishAt ?? '', b.publishAt ?? ''));
  const firstBySlug = new Map(oldestFirst.toReversed().map((post) => [post.slug, post]));
  for (const item of items) {
    const { post } = item;
    const { slug, title, publishAt } = post;
    const canonicalUrl = post.original ?? post.link;
    const fatal = findFatal(post, firstBySlug.get(slug));
    const flaws = post.original === undefined ? [unnamedOriginal, ...post.flaws] : post.flaws;
    for (const flaw of fatal ? [fatal] : flaws) {
      const subject = title === '' ? slug : `“${title}”`;
      const told = post.link === undefined ? { ...flaw, message: `${subject}: ${flaw.message}` } : flaw;
      diagnostics.push({ ...told, file: post.link ?? file, line: 1, column: 1, postId: slug });
    }
    if (fatal || canonicalUrl === undefined || publishAt === undefined) continue;
    bodies.set(slug, item);
    posts.push({
      id: slug,
      origin: { source, path: post.link ?? canonicalUrl },
      canonicalUrl,
      title,
      publishAt,
      draft: false,
      tags: post.tags,
      authors: post.authors.length > 0 ? post.authors : [ownAuthor(site)],
      lang: post.lang ?? site.language,
      syndicate: {},
      places: {},
      ...(post.summary !== undefined && { summary: post.summary }),
      ...(post.updatedAt !== undefined && { updatedAt: post.updatedAt }),
      ...(post.cover && { cover: post.cover }),
    });
  }
  return { posts, diagnostics, bodies };
}

function ownAuthor({ author }: SourceSite): Post['authors'][number] {
  return { name: author.name, ...(author.url !== undefined && { url: author.url }) };
}

const unnamedOriginal: Flaw = {
  rule: 'feed-original',
  severity: 'warning',
  message:
    'The item is a copy that does not name its original, so its own address counts as that of the original.',
  remedy: 'Let its text end with "Originally published at" and a link to the original, if there is one.',
};

/** What keeps an item from being a post at all. */
function findFatal(post: FeedPost, first: FeedPost | undefined): Flaw | undefined {
  const fault = (rule: RuleId, message: string, remedy: string): Flaw => ({
    rule,
    severity: 'error',
    message,
    remedy,
  });
  if (post.title === '') return fault('feed-title', 'The item has no title.', 'Give it one in the feed.');
  if (post.publishAt === undefined) {
    const flaw = post.flaws.find(({ rule }) => rule === 'feed-date');
    return fault('feed-date', flaw?.message ?? 'The item has no date.', 'Correct the date in the feed.');
  }
  if (post.original === undefined && post.link === undefined) {
    return fault('feed-link', 'The item has no address.', 'Give it a link in the feed.');
  }
  if (first !== post) {
    return fault(
      'feed-duplicate',
      `An older item has the same id, ${post.slug}.`,
      'Give the two different addresses in the feed.',
    );
  }
  return undefined;
}
