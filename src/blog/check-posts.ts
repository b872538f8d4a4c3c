import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostField } from '../model/post.ts';
import type { Loaded } from '../model/source.ts';
import { checkSeries } from './check-series.ts';

/**
 * Compares the posts of all sources: no two may have the same id or canonical URL, and a series has one order. Posts that break
 * this are left out. If a draft shares an id or address with one published post, only the draft is left out.
 */
export function checkPosts(posts: readonly Post[]): Loaded {
  const diagnostics = [
    ...findShared(posts, ({ id }) => id).flatMap((shared) =>
      chooseRefused(shared).map((post) => describeSharedId(post, shared)),
    ),
    ...findShared(posts, ({ canonicalUrl }) => plainUrl(canonicalUrl)).flatMap((shared) =>
      chooseRefused(shared).map((post) => describeSharedUrl(post, shared)),
    ),
    ...checkSeries(posts),
  ];
  const refused = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  return { posts: posts.filter(({ origin }) => !refused.has(origin.path)), diagnostics };
}

function findShared(posts: readonly Post[], keyOf: (post: Post) => string): readonly (readonly Post[])[] {
  if (new Set(posts.map(keyOf)).size === posts.length) return [];
  return [...Map.groupBy(posts, keyOf).values()].filter((group) => group.length > 1);
}

function chooseRefused(group: readonly Post[]): readonly Post[] {
  const drafts = group.filter(({ draft }) => draft);
  return drafts.length === group.length - 1 ? drafts : group;
}

function nameRefused(group: readonly Post[]): string {
  return chooseRefused(group).length === group.length
    ? 'none of them is published'
    : 'this draft is left out';
}

function plainUrl(url: string): string {
  return url.replace(/#.*$/, '').replace(/\/$/, '');
}

function describe(
  post: Post,
  field: PostField,
  fault: Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>,
): Diagnostic {
  const { line, column } = post.places[field] ?? { line: 1, column: 1 };
  return { ...fault, file: post.origin.path, line, column, postId: post.id };
}

function nameOthers(post: Post, group: readonly Post[]): string {
  return group
    .filter((other) => other !== post)
    .map(({ origin }) => origin.path)
    .join(', ');
}

function describeSharedId(post: Post, group: readonly Post[]): Diagnostic {
  return describe(post, post.places.id ? 'id' : 'slug', {
    rule: 'post-id-duplicate',
    severity: 'error',
    message: `The id "${post.id}" is also that of ${nameOthers(post, group)}; ${nameRefused(group)}.`,
    remedy: 'Give the newer post an `id` of its own.',
  });
}

function describeSharedUrl(post: Post, group: readonly Post[]): Diagnostic {
  return describe(post, 'canonical_url', {
    rule: 'post-canonical-duplicate',
    severity: 'error',
    message: `The canonical URL ${post.canonicalUrl} is also that of ${nameOthers(post, group)}; ${nameRefused(group)}.`,
    remedy: 'Give each post its own address, by `slug` or `canonical_url`.',
  });
}
