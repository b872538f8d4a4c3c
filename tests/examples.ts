import type { Intent, LedgerEntry, Receipt } from '../src/model/ledger.ts';
import type { PostAction, PostActionOf } from '../src/model/plan.ts';
import type { Post } from '../src/model/post.ts';
import type { Rendition } from '../src/model/rendition.ts';
import type { ConnectedTarget, LetterTarget, Renderer } from '../src/model/target.ts';
import type { Site } from '../src/model/site.ts';
import type { Occasion, PlanRequest } from '../src/plan/request.ts';
import { urlKey } from '../src/reading/url-key.ts';

/** A post with nothing special about it. */
export function examplePost(id: string, given: Partial<Post> = {}): Post {
  return {
    id,
    origin: { source: 'markdown-1', path: `posts/${id}.md` },
    canonicalUrl: `https://example.com/blog/${id}`,
    title: `About ${id}`,
    publishAt: '2026-11-02T08:00:00Z',
    draft: false,
    tags: [],
    authors: [],
    lang: 'en',
    syndicate: {},
    places: {},
    ...given,
  };
}

/** A site with some posts, of which only those that are no drafts have an address. */
export function exampleSite(posts: readonly Post[] = [], given: Partial<Site> = {}): Site {
  const out = posts.filter(({ draft }) => !draft);
  return {
    url: 'https://example.com',
    title: 'Example Blog',
    description: 'A blog of examples.',
    author: { name: 'Example Author' },
    language: 'en',
    timezone: 'UTC',
    navigation: 'bottom',
    postsByUrl: new Map(out.map((post) => [urlKey(post.canonicalUrl), post])),
    postsById: new Map(posts.map((post) => [post.id, post])),
    postsByPath: new Map(posts.map((post) => [post.origin.path, post])),
    copies: new Map(),
    seriesByPost: new Map(),
    ...given,
  };
}

/** A target that takes everything and can be asked. */
export function exampleTarget(given: Partial<ConnectedTarget> = {}): ConnectedTarget {
  return {
    name: 'devto',
    kind: 'devto',
    granularity: 'copy',
    by: 'program',
    fixed: [],
    url: 'https://dev.to',
    policy: { optIn: false, schedule: { slots: [], quiet: [] } },
    digestOptions: () => 'options',
    showsBody: true,
    extension: 'md',
    secrets: [],
    capabilities: { observe: true, update: 'freely', pace: { writes: { count: 100, ms: 1 } } },
    render: (post) => Promise.resolve({ rendition: exampleRendition(post.id), diagnostics: [] }),
    connect: () => Promise.reject(new Error('not in this test')),
    ...given,
  };
}

/** A target of letters that takes everything and can be asked. */
export function exampleLetterTarget(given: Partial<LetterTarget> = {}): LetterTarget {
  const { capabilities, policy, secrets, url } = exampleTarget();
  return {
    name: 'welcome',
    kind: 'mailbox',
    by: 'program',
    fixed: [],
    extension: 'html',
    digestOptions: () => 'options',
    connect: () => Promise.reject(new Error('not in this test')),
    capabilities,
    policy,
    secrets,
    url,
    granularity: 'letter',
    sequence: 'welcome',
    render: ({ id }) => Promise.resolve({ rendition: exampleRendition(id), diagnostics: [] }),
    ...given,
  };
}

/** A target that is asked for a post's rendition and for its faults one at a time. */
export function splitRenderer<Kind extends Renderer>(target: Kind) {
  type Given = Parameters<Renderer['render']>;
  const others: Omit<Kind, 'render'> = target;
  return {
    ...others,
    render: async (...given: Given) => (await target.render(...given)).rendition,
    audit: async (...given: Given) => (await target.render(...given)).diagnostics,
  };
}

export function exampleRendition(postId: string, given: Partial<Rendition> = {}): Rendition {
  return {
    postId,
    target: 'devto',
    canonicalUrl: `https://example.com/blog/${postId}`,
    body: `Body of ${postId}`,
    fields: { title: postId },
    assets: [],
    references: [],
    inputs: { source: 'source-1', options: 'options' },
    fingerprint: 'fingerprint-1',
    ...given,
  };
}

export const exampleAttempt = { id: 'attempt-1', machine: 'machine-1', process: 1 };

export function exampleIntent(given: Partial<Intent> = {}): Intent {
  return {
    v: 1,
    kind: 'intent',
    at: '2026-11-20T12:00:00Z',
    attempt: exampleAttempt,
    verb: 'create',
    inputs: { source: 'source-1', options: 'options' },
    fingerprint: 'fingerprint-1',
    ...given,
  };
}

export function exampleReceipt(given: Partial<Receipt> = {}): Receipt {
  return {
    v: 1,
    kind: 'receipt',
    at: '2026-11-20T12:00:01Z',
    attempt: exampleAttempt,
    verb: 'create',
    state: 'live',
    remoteId: '7',
    url: 'https://dev.to/author/a',
    canonicalUrl: 'https://example.com/blog/a',
    inputs: { source: 'source-1', options: 'options' },
    fingerprint: 'fingerprint-1',
    references: [],
    echo: 'echo-1',
    ...given,
  };
}

export function exampleFailure(sent: 'no' | 'refused' | 'unknown'): LedgerEntry {
  return {
    v: 1,
    kind: 'failure',
    at: '2026-11-20T12:00:02Z',
    attempt: exampleAttempt,
    sent,
    code: 'REQUEST_FAILED',
    message: 'It went wrong.',
  };
}

export function exampleRequest(given: Partial<PlanRequest> = {}): PlanRequest {
  return {
    now: '2026-11-21T09:00:00Z',
    named: new Set(),
    targetNamed: false,
    take: undefined,
    refresh: false,
    again: false,
    suspended: false,
    backfill: true,
    maxUpdates: 10,
    timezone: 'UTC',
    isSenderGone: () => false,
    ...given,
  };
}

/** An empty ledger, and nothing asked. */
export function exampleOccasion(given: Partial<Occasion> = {}): Occasion {
  return { states: new Map(), opened: {}, request: exampleRequest(), ...given };
}

type Verb = PostAction['verb'];

/** An action on a post's copy, with all that its verb needs. */
export function exampleAction<Kind extends Verb>(
  verb: Kind,
  post: string,
  given: Partial<PostActionOf<Kind>> = {},
): PostActionOf<Kind> {
  const rendition = exampleRendition(post);
  const place = { remoteId: '7', url: 'https://dev.to/author/a' };
  const found = { state: 'live', echo: 'echo-1' } as const;
  const fields: { readonly [Each in Verb]: Partial<PostActionOf<Each>> } = {
    create: { reason: 'new', rendition },
    update: { reason: 'changed', note: 'post', rendition, ...place },
    adopt: { reason: 'found', origin: 'elsewhere', found, rendition, ...place },
    wait: { reason: 'scheduled' },
    hold: { reason: 'unsupported' },
    keep: { reason: 'unchanged' },
  };
  return { verb, target: 'devto', post, ledgerLength: 0, ...fields[verb], ...given } as PostActionOf<Kind>;
}
