import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPlanFile } from '../../src/plan/plan-file.ts';
import { fingerprintRendition } from '../../src/base/digest.ts';
import { catchError } from '../local-server.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openFolder, root } from '../workspace.ts';

const now = '2026-11-25T00:00:00.000Z';

/** A plan as the first version wrote it, with every field it could have. */
const earlier = readFileSync(new URL('tests/fixtures/plans/first-version.json', root), 'utf8');

interface PlainPlan extends Record<string, unknown> {
  readonly actions: Record<string, unknown>[];
}

function read(text: string): unknown {
  const path = join(openFolder(), 'plan.json');
  writeFileSync(path, text);
  return readPlanFile(path, 'plan.json', now);
}

/** The earlier plan with something of it changed. */
function change(edit: (plan: PlainPlan) => void): string {
  const plan = JSON.parse(earlier) as PlainPlan;
  edit(plan);
  return JSON.stringify(plan);
}

const edit = (index: number, fields: Record<string, unknown>): string =>
  change(({ actions }) => void Object.assign(actions[index] ?? {}, fields));

async function refuse(text: string): Promise<string> {
  const error = await catchError(Promise.resolve().then(() => read(text)));
  expect(error).toMatchObject({
    code: 'PLAN_INVALID',
    remedy: 'Write it anew with "broadside plan --out plan.json".',
  });
  return (error as Error).message;
}

describe('a plan file', () => {
  test('of an earlier version is read as one of this', () => {
    const { actions, ...plan } = JSON.parse(earlier) as PlainPlan;
    const upgraded = actions.map((given) => {
      const { postId, inputs, fingerprint, references, requires: _, ...action } = given;
      return action['documents'] === undefined
        ? { ...action, post: postId }
        : { ...action, feed: 'feed', inputs, fingerprint, references };
    });
    expect(read(earlier)).toEqual({ ...plan, version: 2, actions: upgraded });
  });

  test('of an earlier version tells a feed from a post of that name', () => {
    const feed = { target: 'feed', postId: 'feed', ledgerLength: 0 };
    const post = { ...feed, target: 'devto' };
    const [create] = (JSON.parse(earlier) as PlainPlan).actions;
    const rendition = { ...(create?.['rendition'] as object), postId: 'feed' };
    const actions = [
      { ...create, ...post, rendition },
      { ...post, target: 'linkedin', verb: 'wait', reason: 'scheduled', at: '2026-12-01T08:30:00Z' },
      { ...feed, verb: 'keep', reason: 'unchanged', inputs: {}, fingerprint: 'whole', references: ['a'] },
      { ...feed, target: 'news', verb: 'hold', reason: 'unsupported', note: 'post-no-title at posts/a.md:1' },
    ];
    expect(read(change((plan) => void Object.assign(plan, { actions })))).toMatchObject({
      actions: [{ post: 'feed', rendition }, { post: 'feed' }, { feed: 'feed' }, { feed: 'news' }],
    });
  });

  const plain = (JSON.parse(earlier) as PlainPlan).actions;
  const made = plain[0]?.['rendition'] as object;
  const [document] = (plain.find((one) => one['documents'])?.['documents'] ?? []) as readonly object[];

  test.each([
    ['no version', change((plan) => void delete plan['version']), 'version is missing'],
    [
      'a later version',
      change((plan) => void (plan['version'] = 3)),
      'version is the number 3; it has to be the number 2',
    ],
    ['a field more', change((plan) => void (plan['hooks'] = [])), 'it has "hooks", which it cannot have'],
    ['a field more in an action', edit(1, { shell: 'rm' }), 'actions[1] has "shell", which it cannot have'],
    [
      'no actions',
      change((plan) => void Object.assign(plan, { actions: 'all' })),
      'actions is text; it has to be a list',
    ],
    [
      'an unknown verb',
      edit(0, { verb: 'delete' }),
      'actions[0].verb has to be create, update, adopt, wait, hold or keep',
    ],
    [
      'an unknown reason',
      edit(0, { reason: 'because' }),
      'actions[0].reason is "because"; it has to be new or again',
    ],
    [
      'an unknown reason to wait',
      edit(4, { reason: 'because' }),
      'actions[4].reason is "because"; it has to be scheduled, not-live, no-page, out-of-order, rate-limited, in-flight or by-hand',
    ],
    [
      'a new copy that is somewhere',
      edit(0, { remoteId: '7' }),
      'actions[0] has "remoteId", which it cannot have',
    ],
    ['a length that is none', edit(0, { ledgerLength: -1 }), 'actions[0].ledgerLength has to be at least 0'],
    ['an instant that is none', edit(4, { at: 'soon' }), 'actions[4].at is not an instant such as'],
    [
      'another post’s rendition',
      edit(0, { postId: 'other' }),
      'actions[0].rendition is that of another copy',
    ],
    [
      'a text that was changed since',
      edit(0, { rendition: { ...made, body: 'Buy this.' } }),
      'actions[0].rendition.fingerprint is not that of the rendition, which was changed after it was planned',
    ],
    [
      'a rendition with more',
      edit(0, { rendition: { ...made, run: 'x' } }),
      'actions[0].rendition has "run"',
    ],
    [
      'an update of nobody knows what',
      edit(0, { verb: 'update', reason: 'changed' }),
      'actions[0].remoteId is missing',
    ],
    [
      'files of a copy',
      edit(0, { documents: [document] }),
      'actions[0] has "documents", which it cannot have',
    ],
    [
      'an address that runs',
      edit(2, { url: 'javascript:alert(1)' }),
      'actions[2].url is not an address that may be shown',
    ],
    [
      'a copy twice',
      change(({ actions }) => void actions.push({ ...actions[0] })),
      `is a second one for the same copy`,
    ],
    [
      'a longer life',
      change((plan) => void (plan['expiresAt'] = '2036-01-01T00:00:00Z')),
      'expiresAt is later than 7 days after the plan was made',
    ],
    ['a prototype', earlier.replace('"note"', '"__proto__"'), 'or has a "__proto__"'],
    [
      'depth',
      earlier.replace('"files in .broadside/ledger"', '['.repeat(100_000) + ']'.repeat(100_000)),
      'nested too deeply',
    ],
  ])('with %s is refused', async (_what, text, message) => {
    expect(await refuse(text)).toContain(message);
  });

  test.each(['../x', '/etc/x', 'a/../../x', 'a\\x', '', '.', 'C:x', 'a\u0000b', 'a//b', 'feed.xml?x'])(
    'with a file at %j is refused',
    async (path) => {
      const at = (JSON.parse(earlier) as PlainPlan).actions.findIndex(
        ({ documents }) => documents !== undefined,
      );
      expect(await refuse(edit(at, { documents: [{ ...document, path }] }))).toContain(
        `actions[${at}].documents[0].path is not a path inside the site`,
      );
    },
  );

  test('that has expired, is a folder, no text, too large or not there is refused', async () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'plan.json'));
    expect(() => readPlanFile(join(folder, 'plan.json'), 'plan.json', now)).toThrow(
      'cannot be read'.slice(7),
    );
    expect(() => readPlanFile(join(folder, 'none.json'), 'none.json', now)).toThrow(
      'none.json is not a plan file',
    );
    writeFileSync(join(folder, 'bytes.json'), Buffer.from([0x22, 0xff, 0x22]));
    expect(() => readPlanFile(join(folder, 'bytes.json'), 'bytes.json', now)).toThrow('can be read');
    writeFileSync(join(folder, 'large.json'), '{');
    truncateSync(join(folder, 'large.json'), 300 * 1024 * 1024);
    expect(() => readPlanFile(join(folder, 'large.json'), 'large.json', now)).toThrow('can be read');
    writeFileSync(join(folder, 'old.json'), earlier);
    expect(() => readPlanFile(join(folder, 'old.json'), 'old.json', '2027-01-01T00:00:00Z')).toThrow(
      'expired at',
    );
  });

  const letter = (fields: Record<string, unknown>): string =>
    change((plan) => {
      const {
        postId: _,
        inputs: _inputs,
        fingerprint: _digest,
        references: _links,
        ...action
      } = plain[0] ?? {};
      const rendition = { ...made, postId: 'hello', target: 'welcome' };
      const about = { letter: 'hello', day: 2, target: 'welcome', rendition };
      Object.assign(plan, { version: 2, actions: [{ ...action, ...about, ...fields }] });
    });

  test('tells a letter, and the day on which it arrives', () => {
    expect(read(letter({}))).toMatchObject({ actions: [{ letter: 'hello', day: 2, verb: 'create' }] });
  });

  test.each([
    ['another letter’s rendition', { letter: 'bye' }, 'actions[0].rendition is that of another copy'],
    ['a letter that is a post too', { post: 'hello' }, 'actions[0] has "post", which it cannot have'],
    ['a letter that arrives too soon', { day: -1 }, 'actions[0].day has to be at least 0'],
    ['a letter without a name', { letter: 7 }, 'actions[0].letter is the number 7; it has to be text'],
    [
      'a letter that waits for a person',
      { verb: 'wait', reason: 'by-hand', work: 'create' },
      'actions[0].reason is "by-hand"; it has to be scheduled, not-live,',
    ],
  ])('with %s is refused', async (_what, fields, message) => {
    expect(await refuse(letter(fields))).toContain(message);
  });

  test('writes only what its feed writes', async () => {
    const blog = makeSmallBlog(['feed: { kind: feed }'], { one: writePost('One') });
    await blog.run('plan', '--out', 'plan.json');
    const plan = JSON.parse(readFileSync(join(blog.folder, 'plan.json'), 'utf8')) as PlainPlan;
    const [feed] = plan.actions;
    for (const [target, path] of [
      ['feed', 'index.html'],
      ['gone', 'index.html'],
    ]) {
      const actions = [
        { ...feed, target, feed: target, documents: [{ path, type: 'text/html', text: 'Mine.' }] },
      ];
      writeFileSync(join(blog.folder, 'other.json'), JSON.stringify({ ...plan, actions }));
      const run = await blog.run('publish', '--plan', 'other.json');
      expect(run).toMatchObject({ code: 1 });
      expect(run.stdout).toContain('skipped: the plan holds files that the feed does not write');
    }
    expect(readdirSync(blog.folder)).not.toContain('out');
    expect(await blog.run('publish', '--plan', 'plan.json')).toMatchObject({ code: 0 });
    expect(readdirSync(join(blog.folder, 'out/site'))).toContain('feed.xml');
  });
});

test('a fingerprint is of what is shown alone', () => {
  const shown = { body: 'a', fields: { b: 1, a: { d: 1, c: 2 } }, assets: [] };
  const other = { body: 'a', fields: { a: { c: 2, d: 1 }, b: 1 }, assets: [] };
  expect(fingerprintRendition(shown)).toBe(fingerprintRendition(other));
});
