import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostField } from '../model/post.ts';
import type { Loaded } from '../model/source.ts';

/**
 * Holds the posts of all sources against each other: ids and canonical URLs are each one post's alone, and the
 * parts of a series are all numbered or all ordered by date. Posts that break this are left out; a draft that
 * shares what is one published post's is left out alone.
 */
export function checkPosts(posts: readonly Post[]): Loaded {
  const diagnostics = [
    ...findShared(posts, ({ id }) => id).flatMap((shared) =>
      chooseRefused(shared).map((post) => describeSharedId(post, shared)),
    ),
    ...findShared(posts, ({ canonicalUrl }) => plainUrl(canonicalUrl)).flatMap((shared) =>
      chooseRefused(shared).map((post) => describeSharedUrl(post, shared)),
    ),
    ...checkSeries(posts.filter(({ draft }) => !draft)),
  ];
  const refused = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  return { posts: posts.filter(({ origin }) => !refused.has(origin.path)), diagnostics };
}

function findShared(posts: readonly Post[], keyOf: (post: Post) => string): readonly (readonly Post[])[] {
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

function checkSeries(posts: readonly Post[]): readonly Diagnostic[] {
  const inSeries = posts.filter(({ series }) => series !== undefined);
  return [...Map.groupBy(inSeries, ({ series }) => series?.name ?? '').values()].flatMap((parts) => {
    const numbered = parts.filter(({ series }) => series?.part !== undefined);
    return numbered.length > 0 && numbered.length < parts.length
      ? parts.map((post) => describeMixed(post, parts.length - numbered.length, parts.length))
      : findShared(numbered, ({ series }) => `${series?.part} ${series?.group ?? ''}`).flatMap((group) =>
          group.map((post) => describeSamePart(post, group)),
        );
  });
}

function describeMixed(post: Post, without: number, all: number): Diagnostic {
  return describe(post, post.places.part ? 'part' : 'series', {
    rule: 'post-series-mixed',
    severity: 'error',
    message: `${without} of the ${all} posts of the series "${post.series?.name}" have no part number, so the parts have no order.`,
    remedy: 'Number every part with `part`, or none, to order them by date.',
  });
}

function describeSamePart(post: Post, group: readonly Post[]): Diagnostic {
  return describe(post, post.places.part ? 'part' : 'series', {
    rule: 'post-series-part-duplicate',
    severity: 'warning',
    message: `Part ${post.series?.part} of the series "${post.series?.name}" is also ${nameOthers(post, group)}; they are shown by date.`,
    remedy: 'Give each part its own number.',
  });
}
