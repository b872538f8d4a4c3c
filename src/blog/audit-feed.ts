import { countOf } from '../base/count-of.ts';
import type { Diagnostic, RuleId } from '../model/diagnostic.ts';
import type { Post, PostId } from '../model/post.ts';

/** A copy as a feed shows it. */
export interface PublishedCopy {
  /** Its address, else that of the feed. */
  readonly file: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** ISO 8601 in UTC. */
  readonly publishAt?: string;
  /** The original that it names. */
  readonly original?: string;
  /** The post it is a copy of: the one whose address it names, or else one with its name or title. */
  readonly post?: Post;
  /** Whether the original that it names is that post. */
  readonly isLinked: boolean;
  /** The posts its text links to. */
  readonly linked: ReadonlySet<PostId>;
  /** Whether it says what series it is part of, with a link. */
  readonly linksToSeries: boolean;
}

const day = 24 * 60 * 60 * 1000;

/** Compares the copies that a feed shows with the posts that are out: what is missing, and what is wrong with each. */
export function auditFeed(
  copies: readonly PublishedCopy[],
  posts: readonly Post[],
  feed: string,
): readonly Diagnostic[] {
  const firstOf = new Map<PostId, PublishedCopy>();
  for (const copy of copies) {
    if (copy.post !== undefined && !firstOf.has(copy.post.id)) firstOf.set(copy.post.id, copy);
  }
  const oldest = copies.flatMap(({ publishAt }) => publishAt ?? []).toSorted()[0] ?? '';
  return [
    ...copies.flatMap((copy) => [
      ...auditOriginal(copy),
      ...auditTags(copy),
      ...auditAgainstPost(copy, posts),
      ...auditTwins(copy, firstOf),
    ]),
    ...posts
      .filter((post) => post.syndicate !== false && !firstOf.has(post.id))
      .map((post) => tellMissing(post, oldest, feed)),
  ];
}

type Told = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>;

function place({ file, post }: PublishedCopy, told: Told): Diagnostic {
  return { ...told, file, line: 1, column: 1, ...(post && { postId: post.id }) };
}

function auditOriginal(copy: PublishedCopy): readonly Diagnostic[] {
  const { original, post, isLinked, linksToSeries } = copy;
  const remedy =
    post === undefined
      ? 'Set its canonical URL to the address of the original.'
      : `Set its canonical URL to ${post.canonicalUrl}.`;
  if (original === undefined) {
    return [
      linksToSeries
        ? place(copy, {
            rule: 'audit-series-only',
            severity: 'error',
            message:
              'The copy names its series but not its original, so search engines take it for the original.',
            remedy,
          })
        : place(copy, {
            rule: 'audit-no-original',
            severity: 'error',
            message: 'The copy does not name its original, so search engines take it for the original.',
            remedy,
          }),
    ];
  }
  if (post === undefined) {
    return [
      place(copy, {
        rule: 'audit-unknown',
        severity: 'warning',
        message: `The copy names ${original} as its original, which is the address of none of your posts.`,
        remedy: 'Correct its canonical URL, or give the post that `canonical_url`.',
      }),
    ];
  }
  if (isLinked) return [];
  return [
    place(copy, {
      rule: 'audit-wrong-original',
      severity: 'error',
      message: `The copy names ${original} as its original; the post is at ${post.canonicalUrl}.`,
      remedy,
    }),
  ];
}

function auditTags(copy: PublishedCopy): readonly Diagnostic[] {
  if (copy.tags.length > 0) return [];
  const message = 'The copy has no tags, so nobody who follows a tag will see it.';
  return [place(copy, { rule: 'audit-tags', severity: 'warning', message, remedy: 'Add tags to it.' })];
}

function auditAgainstPost(copy: PublishedCopy, posts: readonly Post[]): readonly Diagnostic[] {
  const { post } = copy;
  if (post === undefined) return [];
  const faults: Diagnostic[] = [];
  const warn = (rule: RuleId, message: string, remedy: string): void => {
    faults.push(place(copy, { rule, severity: 'warning', message, remedy }));
  };
  if (copy.title !== post.title) {
    warn(
      'audit-title',
      `The copy is called “${copy.title}”, the post “${post.title}”.`,
      'Give both the same title, or the copy its own under `syndicate` in the post.',
    );
  }
  const apart = copy.publishAt === undefined ? 0 : Date.parse(copy.publishAt) - Date.parse(post.publishAt);
  if (Math.abs(apart) >= day) {
    const days = Math.round(Math.abs(apart) / day);
    warn(
      'audit-date',
      `The copy is dated ${copy.publishAt?.slice(0, 10)}, ${countOf(days, 'day')} ${apart < 0 ? 'before' : 'after'} the post.`,
      apart < 0
        ? 'Correct the date of the post, if it is wrong.'
        : 'Leave it, if it was meant to go out later.',
    );
  }
  const { series } = post;
  const parts = posts.filter((one) => one.id !== post.id && one.series?.name === series?.name);
  const isNamed = copy.linksToSeries || parts.some(({ id }) => copy.linked.has(id));
  if (series !== undefined && parts.length > 0 && !isNamed) {
    warn(
      'audit-series',
      `The post is a part of “${series.name}”, and the copy links to no other part of it.`,
      'Add the series to it, or links to the other parts.',
    );
  }
  return faults;
}

function auditTwins(copy: PublishedCopy, firstOf: ReadonlyMap<PostId, PublishedCopy>): readonly Diagnostic[] {
  const first = copy.post && firstOf.get(copy.post.id);
  if (first === undefined || first === copy) return [];
  return [
    place(copy, {
      rule: 'audit-twice',
      severity: 'warning',
      message: `The feed has another copy of the same post, ${first.file}.`,
      remedy: 'Take one of the two down.',
    }),
  ];
}

function tellMissing(post: Post, oldest: string, feed: string): Diagnostic {
  const isOlder = post.publishAt < oldest;
  return {
    rule: 'audit-missing',
    severity: 'warning',
    message: isOlder
      ? `The post is not in ${feed}; it is older than anything there, so it may only have left the feed.`
      : `The post is not in ${feed}, though newer ones are.`,
    remedy: `Publish it by name, "broadside publish ${post.id}", or leave it with "syndicate: false".`,
    file: post.origin.path,
    line: 1,
    column: 1,
    postId: post.id,
  };
}
