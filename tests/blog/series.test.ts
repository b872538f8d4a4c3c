import { describe, expect, it, test } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import { mapSeries } from '../../src/blog/map-series.ts';
import { stateKey, type CopyState, type LedgerEntry } from '../../src/model/ledger.ts';
import { idOf, type CopyAction } from '../../src/model/plan.ts';
import type { Post, SeriesPlace } from '../../src/model/post.ts';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Site } from '../../src/model/site.ts';
import type { CopyTarget } from '../../src/model/target.ts';
import { findNewPages } from '../../src/plan/await-page.ts';
import { decideCandidate } from '../../src/plan/decide.ts';
import { guardActions } from '../../src/plan/guard.ts';
import { awaitEarlier, keepOrder } from '../../src/plan/keep-order.ts';
import type { PlanRequest } from '../../src/plan/request.ts';
import { selectCopies } from '../../src/plan/select.ts';
import { isOutAt } from '../../src/blog/eligibility.ts';
import { orderPosts } from '../../src/blog/order.ts';
import { checkSeries } from '../../src/blog/check-series.ts';
import { devto } from '../../src/targets/devto/index.ts';
import { devtoOptions } from '../../src/targets/devto/options.ts';
import { linkedin } from '../../src/targets/linkedin/index.ts';
import { linkedinOptions } from '../../src/targets/linkedin/options.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { mdx } from '../../src/reading/dialects/translate-mdx.ts';
import { urlKey } from '../../src/reading/url-key.ts';
import {
  exampleIntent,
  exampleOccasion,
  exampleAction,
  examplePost,
  exampleReceipt,
  exampleRendition,
  exampleRequest,
  exampleTarget,
} from '../examples.ts';

const day = (number: number, time = '08:00:00'): string =>
  `2026-11-${String(number).padStart(2, '0')}T${time}Z`;

/** A part whose number is also the day of November it comes out on. */
function part(number: number, given: Partial<Post> = {}, place: Partial<SeriesPlace> = {}): Post {
  return examplePost(`part-${number}`, {
    publishAt: day(number),
    series: { name: 'S', part: number, ...place },
    ...given,
  });
}

function hub(given: Partial<Post> = {}): Post {
  return examplePost('hub', { publishAt: day(1), series: { name: 'S', hub: true }, ...given });
}

/** Takes the numbers off, which leaves the dates to order the parts. */
function unnumbered(post: Post): Post {
  return { ...post, series: { name: 'S' } };
}

describe('what is wrong in a series', () => {
  const faultsOf = (posts: readonly Post[]): readonly string[] =>
    checkSeries(posts).map(({ rule, file }) => `${rule} ${file}`);
  const said = (posts: readonly Post[]): string | undefined => checkSeries(posts)[0]?.message;

  test.each<[string, readonly Post[]]>([
    ['numbers from 1 on', [part(1), part(2), part(3)]],
    ['numbers from 0 on', [part(0, { publishAt: day(1) }), part(1), part(2)]],
    ['a number that a draft has', [part(1), part(2, { draft: true }), part(3)]],
    ['dates alone', [unnumbered(part(1)), unnumbered(part(2))]],
    ['a hub beside numbered parts', [hub(), part(1), part(2)]],
    [
      'a hub beside parts in order of date, and a draft of another',
      [hub(), hub({ draft: true }), unnumbered(part(1))],
    ],
    ['a hub of drafts', [hub(), part(1, { draft: true })]],
    ['a late part that goes nowhere', [part(1, { publishAt: day(9), syndicate: false }), part(2)]],
    ['parts of one minute', [part(1, { publishAt: day(2) }), part(2)]],
    [
      'a late part kept from the one target that has dates of its own',
      [
        part(1, { syndicate: { devto: false } }),
        part(2, { publishAt: day(1), syndicate: { devto: { at: day(1) } } }),
      ],
    ],
  ])('is nothing with %s', (_, posts) => {
    expect(faultsOf(posts)).toEqual([]);
  });

  it('is a number that stands twice, in whatever groups', () => {
    expect(
      faultsOf([
        part(1, {}, { group: 'A' }),
        examplePost('other', { publishAt: day(1), series: { name: 'S', part: 1, group: 'B' } }),
      ]),
    ).toEqual(['post-series-part-duplicate posts/part-1.md', 'post-series-part-duplicate posts/other.md']);
  });

  it('is a gap, told at the part after it', () => {
    expect(faultsOf([part(1), part(2), part(4), part(7)])).toEqual([
      'post-series-gap posts/part-4.md',
      'post-series-gap posts/part-7.md',
    ]);
    expect(said([part(1), part(2), part(4)])).toContain('has no part 3 before part 4');
    expect(said([part(1), part(4)])).toContain('has no parts 2 to 3 before part 4');
    expect(said([part(2), part(3)])).toContain('has no part 1 before part 2');
  });

  it('is a part due before an earlier one, told at the later', () => {
    const posts = [part(1, { publishAt: day(5) }), part(2), part(3, { publishAt: day(9) })];
    expect(faultsOf(posts)).toEqual(['post-series-order posts/part-2.md']);
    expect(said(posts)).toBe(
      'Part 2 of the series "S" is due on 2026-11-02, before part 1, due on 2026-11-05; its copies wait until those of part 1 are out.',
    );
    expect(said([part(1, { publishAt: day(2, '09:00:00') }), part(2)])).toContain(
      'due on 2026-11-02T08:00:00Z, before part 1, due on 2026-11-02T09:00:00Z',
    );
  });

  it('is a part that a target shall have before an earlier one', () => {
    const late = part(1, { syndicate: { linkedin: { at: day(8) } } });
    expect(faultsOf([late, part(2)])).toEqual(['post-series-order posts/part-2.md']);
    expect(said([late, part(2)])).toContain('is due on linkedin on 2026-11-02');
    const [first, second] = [unnumbered(late), unnumbered(part(2))];
    expect(said([first, second])).toMatch(/^posts\/part-2\.md of the series "S" is due on linkedin/);
  });

  it('is a hub without parts, and a second hub', () => {
    expect(faultsOf([hub()])).toEqual(['post-series-hub-empty posts/hub.md']);
    const second = examplePost('second', { publishAt: day(2), series: { name: 'S', hub: true } });
    expect(faultsOf([second, hub(), part(1)])).toEqual(['post-series-hub-duplicate posts/second.md']);
  });

  it('is parts of which only some are numbered; a hub is none of them', () => {
    expect(faultsOf([hub(), part(1), unnumbered(part(2))])).toEqual([
      'post-series-mixed posts/part-1.md',
      'post-series-mixed posts/part-2.md',
    ]);
  });
});

describe('what a post knows of its series', () => {
  const posts = [
    part(3, { summary: 'The third.' }, { group: 'B' }),
    hub(),
    part(1, {}, { group: 'A' }),
    part(2, { draft: true }),
    part(4),
  ];
  const series = mapSeries(posts, (post) => isOutAt(post, day(3)), []);
  const titles = (id: string): readonly string[] | undefined =>
    series.get(id)?.parts.map(({ postId, url }) => `${postId}${url === undefined ? ' to come' : ''}`);

  it('is the parts that are out, itself, and the hub', () => {
    expect(titles('part-1')).toEqual(['part-1', 'part-3']);
    expect(titles('part-4')).toEqual(['part-1', 'part-3', 'part-4']);
    expect(series.get('part-1')?.hub).toMatchObject({ postId: 'hub', url: 'https://example.com/blog/hub' });
  });

  it('is, for a hub, all but drafts, with what is to come', () => {
    expect(titles('hub')).toEqual(['part-1', 'part-3', 'part-4 to come']);
    expect(series.get('hub')?.parts[1]).toEqual({
      postId: 'part-3',
      title: 'About part-3',
      part: 3,
      group: 'B',
      url: 'https://example.com/blog/part-3',
      summary: 'The third.',
      targets: [],
    });
  });

  it('is no hub that is not out, and of two the first', () => {
    const early = mapSeries([hub({ publishAt: day(9) }), part(1)], (post) => isOutAt(post, day(3)), []);
    expect(early.get('part-1')).not.toHaveProperty('hub');
    const second = examplePost('second', { publishAt: day(2), series: { name: 'S', hub: true } });
    const two = mapSeries([second, hub(), part(1)], (post) => isOutAt(post, day(3)), []);
    expect(two.get('part-1')?.hub?.postId).toBe('hub');
    expect(two.get('second')?.hub?.postId).toBe('second');
  });
});

const forDevto = devto.create('devto', devtoOptions.parse({ kind: 'devto', ai_disclosure: 'no_ai' }));
const forLinkedin = linkedin.create('linkedin', linkedinOptions.parse({ kind: 'linkedin', opt_in: false }));

function asCopyTarget(target: ReturnType<typeof devto.create>): CopyTarget {
  if (target.granularity !== 'copy') throw new TypeError('not a target of copies');
  return target;
}

/** A blog whose copies are published again and again, with a ledger and no network. */
function openBlog(
  first: readonly Post[],
  targets: readonly CopyTarget[] = [asCopyTarget(forDevto)],
  { toCopies = false } = {},
) {
  let posts = first;
  const entries = new Map<string, LedgerEntry[]>();
  const states = new Map<string, CopyState>();
  const append = (target: string, postId: string, ...added: readonly LedgerEntry[]): void => {
    const copy = { target, postId };
    const list = [...(entries.get(stateKey(copy)) ?? []), ...added];
    entries.set(stateKey(copy), list);
    states.set(stateKey(copy), foldCopy({ copy, entries: list }));
  };
  const addresses = (target: string): ReadonlyMap<string, string> =>
    new Map(
      [...states.values()].flatMap(({ copy, receipt }): [string, string][] =>
        copy.target === target && receipt !== undefined
          ? [[copy.postId, `https://dev.to/author/${copy.postId}`]]
          : [],
      ),
    );
  const siteAt = (now: string, navigation: Site['navigation']): Site => ({
    url: 'https://example.com',
    title: 'Example Blog',
    description: '',
    author: { name: 'Example Author' },
    language: 'en',
    timezone: 'UTC',
    navigation,
    postsByUrl: new Map(posts.map((post) => [urlKey(post.canonicalUrl), post])),
    postsById: new Map(),
    postsByPath: new Map(),
    copies: new Map(toCopies ? targets.map(({ name }) => [name, addresses(name)]) : []),
    seriesByPost: mapSeries(posts, (post) => isOutAt(post, now), targets),
  });
  return {
    edit(id: string, given: Partial<Post>): void {
      posts = posts.map((post) => (post.id === id ? { ...post, ...given } : post));
    },
    posts: () => posts,
    add(post: Post): void {
      posts = [...posts, post];
    },
    remove(id: string): void {
      posts = posts.filter((post) => post.id !== id);
    },
    adopt(target: string, postId: string, rendition: Partial<Rendition> = {}): void {
      append(target, postId, exampleReceipt({ verb: 'adopt', ...exampleRendition(postId, rendition) }));
    },
    async renderAt(postId: string, now: string): Promise<Rendition> {
      const post = posts.find(({ id }) => id === postId);
      if (post === undefined) throw new Error('no such post');
      const content = { tree: parsePost('Text.\n'), digest: post.title };
      return (await asCopyTarget(forDevto).render(post, content, siteAt(now, 'bottom'))).rendition;
    },
    /** What a run sends: `+` creates, `~` updates with the reason, `!` holds, `.` waits other than for their time. */
    async publish(now: string, given: Partial<PlanRequest> = {}, navigation: Site['navigation'] = 'bottom') {
      const request = exampleRequest({ now, ...given });
      const site = siteAt(now, navigation);
      const opened = Object.fromEntries(targets.map(({ name }) => [name, day(1, '00:00:00')]));
      const actions: CopyAction[] = [];
      for (const target of targets) {
        const selection = selectCopies(target, posts, { states, opened, request });
        actions.push(...selection.actions);
        for (const candidate of selection.candidates) {
          const post = posts.find(({ id }) => id === candidate.writing.id);
          if (post === undefined) throw new Error('no such post');
          const content = { tree: parsePost('Text.\n'), digest: post.title };
          const { rendition } = await target.render(post, content, site);
          actions.push(decideCandidate(candidate, rendition, [], request));
        }
      }
      const guarded = guardActions(
        keepOrder(actions, posts, targets, { states, opened, request }),
        states,
        targets,
        request,
      );
      for (const action of guarded) {
        const { verb, target } = action;
        if (verb !== 'create' && verb !== 'update') continue;
        const { inputs, fingerprint, references, canonicalUrl } = action.rendition;
        const common = { at: now, verb, inputs, fingerprint };
        append(
          target,
          idOf(action),
          exampleIntent(common),
          exampleReceipt({ ...common, references, canonicalUrl }),
        );
      }
      return guarded.flatMap((action) => {
        const { verb, reason, target, note } = action;
        const where = target === 'devto' ? idOf(action) : `${target} ${idOf(action)}`;
        if (verb === 'create') return [`+ ${where}`];
        if (verb === 'update') return [`~ ${where}: ${note}`];
        if (verb === 'hold') return [`! ${where}: ${reason}`];
        return verb === 'wait' && reason !== 'scheduled' ? [`. ${where}: ${reason}`] : [];
      });
    },
  };
}

const navigated = (...ids: readonly string[]): readonly string[] =>
  ids.map((id) => `~ ${id}: series navigation`);

describe('bringing earlier copies up to date', () => {
  it('updates each earlier copy once for each part that comes out, and nothing between', async () => {
    const blog = openBlog([part(1), part(2), part(3), part(4)]);
    expect(await blog.publish(day(1, '09:00:00'))).toEqual(['+ part-1']);
    expect(await blog.publish(day(1, '10:00:00'))).toEqual([]);
    expect(await blog.publish(day(2, '09:00:00'))).toEqual([...navigated('part-1'), '+ part-2']);
    expect(await blog.publish(day(2, '10:00:00'))).toEqual([]);
    expect(await blog.publish(day(3, '09:00:00'))).toEqual([...navigated('part-1', 'part-2'), '+ part-3']);
    expect(await blog.publish(day(4, '09:00:00'))).toEqual([
      ...navigated('part-1', 'part-2', 'part-3'),
      '+ part-4',
    ]);
    expect(await blog.publish(day(20))).toEqual([]);
  });

  it('makes one update of several parts that came out since the last run', async () => {
    const blog = openBlog([part(1), part(2), part(3), part(4)]);
    await blog.publish(day(1, '09:00:00'));
    expect(await blog.publish(day(9))).toEqual([...navigated('part-1'), '+ part-2', '+ part-3', '+ part-4']);
    expect(await blog.publish(day(10))).toEqual([]);
  });

  it('updates a hub as parts come out, and the parts once as the hub does', async () => {
    const blog = openBlog([part(1), part(2), hub({ publishAt: day(3) }), part(4)]);
    await blog.publish(day(2, '09:00:00'));
    expect(await blog.publish(day(3, '09:00:00'))).toEqual([...navigated('part-1', 'part-2'), '+ hub']);
    expect(await blog.publish(day(4, '09:00:00'))).toEqual([
      ...navigated('part-1', 'part-2', 'hub'),
      '+ part-4',
    ]);
    expect((await blog.renderAt('hub', day(4, '09:00:00'))).body).toContain('[About part-4]');
  });

  it('does not touch a hub for a part that is only announced', async () => {
    const blog = openBlog([hub(), part(1)]);
    await blog.publish(day(1, '09:00:00'));
    blog.add(part(5));
    expect((await blog.renderAt('hub', day(2))).body).toContain('- About part-5 (to come)');
    expect(await blog.publish(day(2))).toEqual([]);
    expect(await blog.publish(day(5, '09:00:00'))).toEqual([...navigated('hub', 'part-1'), '+ part-5']);
  });

  it('follows a new title and a new address of a part, and for a hub its description', async () => {
    const blog = openBlog([hub(), part(1), part(2)]);
    await blog.publish(day(2, '09:00:00'));
    blog.edit('part-2', { title: 'Another title' });
    expect(await blog.publish(day(3))).toEqual([
      ...navigated('hub', 'part-1'),
      '~ part-2: series navigation, post',
    ]);
    blog.edit('part-2', { canonicalUrl: 'https://example.com/moved' });
    expect(await blog.publish(day(4))).toEqual([...navigated('hub', 'part-1', 'part-2')]);
    blog.edit('part-1', { summary: 'In one line.' });
    expect(await blog.publish(day(5))).toEqual(navigated('hub'));
  });

  it('is not moved by a part that is missing, and goes on when another comes out', async () => {
    const blog = openBlog([part(1), part(2), part(3)]);
    await blog.publish(day(2, '09:00:00'));
    blog.remove('part-2');
    expect(await blog.publish(day(2, '10:00:00'))).toEqual(['! part-2: removed']);
    expect(await blog.publish(day(3, '09:00:00'))).toEqual([
      '! part-2: removed',
      ...navigated('part-1'),
      '+ part-3',
    ]);
    expect(await blog.publish(day(4))).toEqual(['! part-2: removed']);
  });

  it('does nothing without backfill, or where no navigation is shown; a hub has its map all the same', async () => {
    const blog = openBlog([hub(), part(1), part(2), part(3)]);
    await blog.publish(day(1, '09:00:00'), { backfill: false });
    expect(await blog.publish(day(2, '09:00:00'), { backfill: false })).toEqual(['+ part-2']);
    expect(await blog.publish(day(3, '09:00:00'))).toEqual([
      ...navigated('hub', 'part-1', 'part-2'),
      '+ part-3',
    ]);
    const bare = openBlog([hub(), part(1), part(2)]);
    await bare.publish(day(1, '09:00:00'), {}, 'none');
    expect(await bare.publish(day(2, '09:00:00'), {}, 'none')).toEqual([...navigated('hub'), '+ part-2']);
  });

  it('never touches an adopted copy whose post is unedited', async () => {
    const blog = openBlog([part(1), part(2)]);
    blog.adopt('devto', 'part-1', await blog.renderAt('part-1', day(1, '09:00:00')));
    expect(await blog.publish(day(2, '09:00:00'))).toEqual(['+ part-2']);
    blog.edit('part-1', { title: 'Edited' });
    expect(await blog.publish(day(3))).toEqual(['~ part-1: series navigation, post', ...navigated('part-2')]);
  });

  it('never touches LinkedIn', async () => {
    const blog = openBlog([hub(), part(1), part(2)], [asCopyTarget(forLinkedin)]);
    expect(await blog.publish(day(1, '09:00:00'))).toEqual(['+ linkedin hub', '+ linkedin part-1']);
    expect(await blog.publish(day(2, '09:00:00'))).toEqual(['+ linkedin part-2']);
  });

  it('updates each copy once for each part where links lead to copies: when that copy is there', async () => {
    const later = asCopyTarget(
      devto.create(
        'devto',
        devtoOptions.parse({ kind: 'devto', ai_disclosure: 'no_ai', schedule: { after: '2 days' } }),
      ),
    );
    const posts = [part(1), part(2), part(5, { syndicate: { devto: false } }), hub({ publishAt: day(8) })];
    const blog = openBlog(posts, [later], { toCopies: true });
    expect(await blog.publish(day(3, '09:00:00'))).toEqual(['+ part-1']);
    expect(await blog.publish(day(3, '10:00:00'))).toEqual([]);
    expect(await blog.publish(day(4, '09:00:00'))).toEqual(['+ part-2']);
    expect(await blog.publish(day(4, '10:00:00'))).toEqual(navigated('part-1'));
    expect(await blog.publish(day(4, '11:00:00'))).toEqual([]);
    expect(await blog.publish(day(5, '09:00:00'))).toEqual(navigated('part-1', 'part-2'));
    expect((await blog.renderAt('part-1', day(5, '09:00:00'))).body).toContain(
      '- [About part-2](https://dev.to/author/part-2)',
    );
    expect(await blog.publish(day(9))).toEqual([]);
    expect(await blog.publish(day(10, '09:00:00'))).toEqual(['+ hub']);
    expect(await blog.publish(day(10, '10:00:00'))).toEqual(navigated('part-1', 'part-2'));
    expect(await blog.publish(day(20))).toEqual([]);
  });

  it('shares more updates than max_updates out among runs, and lets other updates go before them', async () => {
    const blog = openBlog([part(1), part(2), part(3), part(4)]);
    await blog.publish(day(3, '09:00:00'));
    blog.edit('part-3', { summary: 'Said otherwise.' });
    const runs: (readonly string[])[] = [];
    for (const run of [1, 2, 3]) {
      runs.push(await blog.publish(day(4, `1${run}:00:00`), { maxUpdates: 2 }));
    }
    expect(runs).toEqual([
      [...navigated('part-1', 'part-2'), '. part-3: rate-limited', '+ part-4'],
      navigated('part-3'),
      [],
    ]);
  });

  it('counts what is not just growth first, and holds all of it when it is too much', async () => {
    const blog = openBlog([part(1), part(2), part(3), part(4)]);
    await blog.publish(day(3, '09:00:00'));
    blog.edit('part-3', { title: 'Edited' });
    expect(await blog.publish(day(3, '10:00:00'), { maxUpdates: 2 })).toEqual([
      '! part-1: too-many',
      '! part-2: too-many',
      '! part-3: too-many',
    ]);
  });
});

describe('the pages that have to be there first', () => {
  const blog = openBlog([part(1), part(2), hub({ publishAt: day(3) })]);
  const shown = exampleReceipt({ references: ['part-2'] });
  const copy = { target: 'devto', postId: 'part-1' };
  const states = new Map([[stateKey(copy), foldCopy({ copy, entries: [exampleIntent(), shown] })]]);
  const seriesByPost = mapSeries(blog.posts(), () => true, []);
  const find = (verb: 'create' | 'update', references: readonly string[], postId = 'part-1') => {
    const rendition = exampleRendition(postId, { references });
    return findNewPages(exampleAction(verb, postId, { rendition }), states, { seriesByPost });
  };

  it('are its own for a new copy, and for another those of what joined its series', () => {
    expect(find('create', ['part-2'], 'part-1')).toEqual(['part-1']);
    expect(find('update', ['part-2'])).toEqual([]);
    expect(find('update', ['hub', 'part-2', 'linked-in-the-text'])).toEqual(['hub']);
    expect(find('update', ['part-1'], 'part-2')).toEqual([]);
    expect(findNewPages(exampleAction('keep', 'part-1'), states, { seriesByPost })).toEqual([]);
  });
});

describe('a mark for the navigation', () => {
  const kinds = (text: string, dialect: Parameters<typeof parsePost>[1] = {}) =>
    parsePost(text, dialect).children.map(({ type }) => type);

  it('is a comment on a line of its own', () => {
    expect(kinds('A\n\n<!-- series -->\n\nB')).toEqual(['paragraph', 'seriesMark', 'paragraph']);
    expect(kinds('A\n<!--Series-->\nB')).toEqual(['paragraph', 'seriesMark', 'paragraph']);
    expect(kinds('A <!-- series --> B')).toEqual(['paragraph']);
    expect(kinds('<!-- a series -->')).toEqual([]);
  });

  it('is an expression in MDX', () => {
    expect(kinds('A\n\n{/* series */}\n\nB', { mdx })).toEqual(['paragraph', 'seriesMark', 'paragraph']);
    expect(kinds('A\n\n{/* other */}', { mdx })).toEqual(['paragraph']);
  });
});

describe('the order in which a series goes out', () => {
  it('makes a part wait for an earlier one that is due later', async () => {
    const blog = openBlog([part(1, { publishAt: day(5) }), part(2)]);
    expect(await blog.publish(day(3))).toEqual(['. part-2: out-of-order']);
    expect(await blog.publish(day(5, '09:00:00'))).toEqual(['+ part-1', '+ part-2']);
  });

  it('lets a hub go at any time', async () => {
    const blog = openBlog([part(1, { publishAt: day(5) }), part(2), hub()]);
    expect(await blog.publish(day(3))).toEqual(['+ hub', '. part-2: out-of-order']);
    expect(orderPosts([part(1), hub({ publishAt: day(9) }), part(2)]).map(({ id }) => id)).toEqual([
      'part-1',
      'part-2',
      'hub',
    ]);
  });

  it('does not wait on one target for a part that is kept from it', async () => {
    const late = { publishAt: day(5), syndicate: { devto: false } };
    const blog = openBlog([part(1, late), part(2)], [asCopyTarget(forDevto), asCopyTarget(forLinkedin)]);
    expect(await blog.publish(day(3))).toEqual(['+ part-2', '. linkedin part-2: out-of-order']);
  });

  it('does not wait for an old part, whether or not the post is named', async () => {
    const old = part(1, { publishAt: '2026-10-01T08:00:00Z' });
    expect(await openBlog([old, part(2), part(3)]).publish(day(2, '09:00:00'))).toEqual([
      '! part-1: old',
      '+ part-2',
    ]);
    const named = openBlog([old, part(2), part(3)]);
    expect(await named.publish(day(2, '09:00:00'), { named: new Set(['part-3']) })).toEqual([
      '. part-3: out-of-order',
    ]);
    expect(await named.publish(day(2, '09:00:00'), { named: new Set(['part-2']) })).toEqual(['+ part-2']);
  });

  it('waits for a held part, however it is held', () => {
    const posts = [part(1), part(2)];
    const target = exampleTarget();
    const create = exampleAction('create', 'part-2');
    for (const reason of ['unsupported', 'refused', 'not-live', 'interrupted'] as const) {
      const held = exampleAction('hold', 'part-1', { reason });
      const [, second] = keepOrder([held, create], posts, [target], exampleOccasion());
      expect(second).toMatchObject({ verb: 'wait', reason: 'out-of-order' });
    }
  });

  it('waits for a part that turns out to be held, or to wait, once the target was asked', () => {
    const requires = ['part-1', 'part-2'];
    const third = exampleAction('create', 'part-3', { requires });
    for (const earlier of [
      exampleAction('hold', 'part-1', { reason: 'drifted' }),
      exampleAction('wait', 'part-2', { reason: 'in-flight' }),
    ]) {
      const [, waiting] = awaitEarlier([earlier, third], new Map());
      expect(waiting).toMatchObject({ verb: 'wait', reason: 'out-of-order', post: 'part-3' });
      const elsewhere = { ...earlier, target: 'other' };
      expect(awaitEarlier([elsewhere, third], new Map())).toEqual([elsewhere, third]);
    }
    const going = [exampleAction('create', 'part-1'), third];
    expect(awaitEarlier(going, new Map())).toEqual(going);
  });
});
