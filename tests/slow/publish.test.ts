import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeTargets, devtoKey, linkedinToken, openLiveBlog, writePost } from '../live-blog.ts';
import { findDeadUrl } from '../local-server.ts';

const onLinkedin = 'syndicate: { linkedin: true }\n';

const devtoAlone = (urls: { readonly devto: string }): string =>
  `  devto: { kind: devto, url: "${urls.devto}", ai_disclosure: no_ai, since: 2020-01-01 }`;

const linkedinAlone = (urls: { readonly linkedin: string }): string =>
  `  linkedin: { kind: linkedin, url: "${urls.linkedin}", since: 2020-01-01 }`;

/** The lines of a copy's file in the ledger, without its head. */
function readEntries(text: string): readonly { readonly kind: string }[] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as { readonly kind: string });
}

function withoutStack(text: string): boolean {
  return !/^\s+at .+:\d+/m.test(text);
}

describe.concurrent('publish', () => {
  it('sends each copy once, and an edit as one update', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: {
        one: 'Hello.',
        two: writePost('Two', 'See [one](/blog/one).', onLinkedin),
        draft: writePost('Draft', 'Not yet.', `draft: true\n${onLinkedin}`),
        later: `---\ntitle: Later\ndate: 2999-01-01\ntags: [testing]\ndescription: Later.\n---\n\nLater.\n`,
        own: writePost('Own', 'For the site alone.', 'syndicate: false\n'),
      },
    });
    const first = await blog.run(['publish']);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(
      /^\+ devto {2}one {2}published {2}http:\/\/127\.0\.0\.1:\d+\/rehearsal\/about-one-/m,
    );
    expect(first.stdout).toMatch(/^\+ linkedin {2}two {2}published {2}http/m);
    expect(first.stdout).toMatch(/\n4 done\.\n$/);
    expect(first.stderr).toContain('. devto     later     scheduled 2999-01-01 00:00 UTC');
    expect(blog.articles().map(({ canonicalUrl }) => canonicalUrl)).toEqual([
      'https://example.com/blog/one',
      'https://example.com/blog/two',
    ]);
    expect(blog.posts().map(({ card }) => card?.source)).toEqual(['https://example.com/blog/two']);
    expect(blog.read('out/site/feed.xml')).toContain('https://example.com/blog/two');
    expect(blog.read('out/site/feed.xml')).not.toContain('blog/draft');
    expect(readEntries(blog.read('.broadside/ledger/devto/one.jsonl')).map(({ kind }) => kind)).toEqual([
      'intent',
      'receipt',
    ]);

    const asked = [blog.devto.requests.length, blog.linkedin.requests.length];
    const second = await blog.run(['publish']);
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('1 waiting.');
    expect([blog.devto.requests.length, blog.linkedin.requests.length]).toEqual(asked);

    blog.write({ 'posts/one.md': writePost('About one', 'Hello again.') });
    const third = await blog.run(['publish']);
    expect(third.code).toBe(0);
    expect(third.stdout).toMatch(/^~ devto {2}one {2}updated/m);
    const writes = blog.devto.requests.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/articles',
      'POST /api/articles',
      'PUT /api/articles/1',
    ]);
    expect(blog.articles()[0]?.body).toContain('Hello again.');
    expect(blog.writes(blog.linkedin)).toBe(1);

    const status = await blog.run(['status']);
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/^devto {5}one {4}live {7}http/m);
    expect(status.stdout).toMatch(/^devto {5}later {2}scheduled {2}2999-01-01 00:00 UTC$/m);
  });

  it('holds what was edited by hand until a side is taken', async (context) => {
    const blog = await openLiveBlog(context, { posts: { one: 'Hello.' }, targets: devtoAlone });
    await blog.run(['publish']);
    await blog.editArticle(1, { body_markdown: 'By hand.' });
    blog.write({ 'posts/one.md': writePost('About one', 'By the author.') });

    const held = await blog.run(['publish']);
    expect(held.code).toBe(1);
    expect(held.stderr).toMatch(/^! devto {2}one {2}held: drifted, edited by hand/m);
    expect(held.stderr).toContain('+By hand.');
    expect(blog.articles()[0]?.body).toBe('By hand.');

    const annotated = await blog.run(['plan', '--format', 'github']);
    expect(annotated.stderr).toMatch(/^::warning title=held::.*\bdevto\b.*\bone\b.*held: drifted, /m);

    const taken = await blog.run(['publish', 'one', '--take', 'source']);
    expect(taken).toMatchObject({ code: 0 });
    expect(blog.articles()[0]?.body).toContain('By the author.');

    await blog.editArticle(1, { title: 'By hand once more' });
    const writes = blog.writes(blog.devto);
    const accepted = await blog.run(['publish', 'one', '--take', 'remote']);
    expect(accepted).toMatchObject({ code: 0 });
    expect(accepted.stdout).toMatch(/^= devto {2}one {2}adopted/m);
    expect(blog.writes(blog.devto)).toBe(writes);
    expect(await blog.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(blog.articles()[0]?.title).toBe('By hand once more');
  });

  it('sends no part of a series by a plan file whose earlier part has changed, and knows variants', async (context) => {
    const part = (number: number) => `series: { name: Parts, part: ${number} }\n`;
    const blog = await openLiveBlog(context, { posts: {}, targets: devtoAlone });
    blog.write({
      'posts/one.md': writePost('About one', 'Hello.', part(1)),
      'posts/two.md': writePost('About two', 'Hello too.', part(2)),
      'posts/own.md': writePost('With a body of its own', 'For all.'),
      'posts/own.devto.md': 'For dev.to.\n',
    });
    await blog.run(['plan', '--out', 'plan.json']);
    blog.write({ 'posts/one.md': writePost('About one', 'Hello again.', part(1)) });
    const { stdout } = await blog.run(['publish', '--plan', 'plan.json']);
    expect(stdout).toContain('! devto  one  skipped: the post has changed since the plan was made');
    expect(stdout).toContain('! devto  two  skipped: one, an earlier part of its series, is left out');
    expect(blog.articles().map(({ body }) => body.split('\n')[0])).toEqual(['For dev.to.']);
  });

  it('records by a plan file what a target took before its post was edited', async (context) => {
    const blog = await openLiveBlog(context, { posts: { one: 'Hello.' }, targets: devtoAlone });
    await blog.run(['publish', 'one']);
    const file = '.broadside/ledger/devto/one.jsonl';
    const lines = blog.read(file).split('\n');
    const sent = lines.findIndex((line) => line.includes('"intent"'));
    const at = new Date(Date.now() - 60 * 60 * 1000).toISOString();
    const intent = { ...(JSON.parse(lines[sent] ?? '') as { readonly attempt: object }), at };
    const { attempt } = intent;
    const lost = {
      v: 1,
      at,
      attempt,
      kind: 'failure',
      sent: 'unknown',
      code: 'REQUEST_FAILED',
      message: 'lost',
    };
    blog.write({
      [file]: [...lines.slice(0, sent), JSON.stringify(intent), JSON.stringify(lost), ''].join('\n'),
      'posts/one.md': writePost('About one', 'Hello again.'),
    });
    await blog.run(['plan', '--out', 'plan.json']);
    const applied = await blog.run(['publish', '--plan', 'plan.json']);
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.stdout).toMatch(/^= devto {2}one {2}adopted/m);
    expect(await blog.run(['plan'])).toMatchObject({
      stdout: expect.stringMatching(/^~ devto {2}one {2}changed/m),
    });
  });

  it('does what a plan file holds, and names what has changed since', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: 'Hello.', two: 'Hello too.' },
      targets: devtoAlone,
    });
    expect(await blog.run(['plan', '--out', 'plan.json', '--detailed-exitcode'])).toMatchObject({ code: 2 });
    expect(blog.writes(blog.devto)).toBe(0);
    const plan = blog.read('plan.json');
    blog.write({ 'posts/two.md': writePost('About two', 'Hello to all.') });

    const applied = await blog.run(['publish', '--plan', 'plan.json']);
    expect(applied.code).toBe(1);
    expect(applied.stdout).toContain('! devto  two  skipped: the post has changed since the plan was made');
    expect(applied.stdout).toMatch(/^\+ devto {2}one {2}published/m);
    expect(applied.stdout).toMatch(/1 done, 1 skipped\.\n$/);
    expect(blog.articles().map(({ title }) => title)).toEqual(['About one']);

    const again = await blog.run(['publish', '--plan', 'plan.json']);
    expect(again.code).toBe(1);
    expect(again.stdout).toContain(
      '! devto  one  skipped: the copy has changed in the ledger since the plan was made',
    );
    expect(blog.writes(blog.devto)).toBe(1);

    const config = blog.read('config/broadside.yaml');
    blog.write({ 'config/broadside.yaml': `${config}max_updates: 3\n` });
    const moved = await blog.run(['publish', '--plan', 'plan.json']);
    expect(moved.stdout).toContain('! devto  two  skipped: the config has changed since the plan was made');

    const expired = { ...(JSON.parse(plan) as object), expiresAt: '2026-11-01T00:00:00Z' };
    blog.write({
      'config/broadside.yaml': config,
      'expired.json': JSON.stringify(expired),
      'other.json': '{"version": 1}',
      'text.json': 'no JSON',
    });
    const refused = await Promise.all(
      ['expired.json', 'other.json', 'text.json', 'none.json'].map((file) =>
        blog.run(['publish', '--plan', file]),
      ),
    );
    expect(refused.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      'PLAN_INVALID: The plan in expired.json expired at 2026-11-01T00:00:00Z.',
      expect.stringMatching(
        /^PLAN_INVALID: other.json is not a plan of this version: createdAt is missing; expiresAt is/,
      ),
      'PLAN_INVALID: text.json is not a plan file that can be read.',
      'PLAN_INVALID: none.json is not a plan file that can be read.',
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(blog.writes(blog.devto)).toBe(1);
  });

  it('sends nothing while it is paused, and says so', async (context) => {
    const blog = await openLiveBlog(context, { posts: { one: 'Hello.' }, config: 'paused: true' });
    const run = await blog.run(['publish']);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('Publishing is paused by the config (paused: true): nothing was sent.');
    expect(run.stderr).toContain('+ devto  one       new');
    expect(blog.writes(blog.devto)).toBe(0);
    expect(existsSync(join(blog.folder, '.broadside/ledger'))).toBe(false);
    expect(readdirSync(blog.folder)).not.toContain('out');
  });

  it('does the others when one target is down, and says what was not sent', async (context) => {
    const dead = await findDeadUrl();
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('One', 'Hello.', onLinkedin), two: 'Hello too.' },
      targets: ({ devto }) => describeTargets({ devto, linkedin: dead }),
    });
    const run = await blog.run(['publish']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^! linkedin {2}one {2}not sent: .* refuses connections\. /m);
    expect(run.stdout).toMatch(/\n3 done, 1 not sent\.\n$/);
    expect(blog.articles()).toHaveLength(2);
    expect(withoutStack(run.stderr)).toBe(true);
  });

  it('sends nothing with a key that is refused, and all of it with the right one', async (context) => {
    const blog = await openLiveBlog(context, { posts: { one: writePost('One', 'Hello.', onLinkedin) } });
    const wrong = { DEVTO_API_KEY: 'wrong-devto-key', LINKEDIN_ACCESS_TOKEN: 'wrong-linkedin-token' };
    for (const format of ['human', 'json']) {
      const run = await blog.run(['publish', '--format', format], wrong);
      expect(run.code).toBe(1);
      expect(run.stdout + run.stderr).not.toContain('wrong-');
      expect(withoutStack(run.stderr)).toBe(true);
    }
    const annotated = await blog.run(['publish', '--format', 'github'], wrong);
    expect(annotated.stderr).toMatch(/^::error title=[^:\n]+::.*\bdevto\b.*\bone\b.* API key/m);
    expect(blog.articles()).toEqual([]);
    expect(blog.posts()).toEqual([]);

    const none = await blog.run(['publish'], {});
    expect(none.code).toBe(1);
    expect(none.stdout).toContain(
      '! devto  one  not sent: DEVTO_API_KEY is not set. Set it in the environment; devto needs it.',
    );

    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect(blog.articles()).toHaveLength(1);
    expect(blog.posts()).toHaveLength(1);
  });

  it('ends on Ctrl-C with what was sent recorded, and the next run does the rest', async (context) => {
    let interrupt = (): void => undefined;
    const blog = await openLiveBlog(context, {
      posts: { one: 'First.', two: 'Second.', three: 'Third.' },
      targets: devtoAlone,
      onDevtoRequest: ({ when, request }) => {
        if (when === 'after' && request.method === 'POST') interrupt();
      },
    });
    const { child, ended } = blog.start(['publish']);
    interrupt = () => {
      interrupt = () => undefined;
      child.kill('SIGINT');
    };
    const run = await ended;
    expect(run.code).toBe(130);
    const sent = blog.articles().length;
    expect(sent).toBeLessThan(3);
    expect(run.stdout).toContain(`${sent} done, ${3 - sent} skipped.\n`);
    expect(run.stderr).toContain(
      'Interrupted: ending what is under way. Press Ctrl-C again to stop at once.',
    );
    const ledger = join(blog.folder, '.broadside/ledger/devto');
    expect(readdirSync(ledger)).toHaveLength(sent);
    for (const file of readdirSync(ledger)) {
      expect(readEntries(readFileSync(join(ledger, file), 'utf8')).at(-1)).toMatchObject({ kind: 'receipt' });
    }

    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect(new Set(blog.articles().map(({ title }) => title)).size).toBe(3);
    expect(blog.articles()).toHaveLength(3);
  });

  it('goes on when nobody reads its output any more', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('One', 'First.', onLinkedin), two: writePost('Two', 'Second.', onLinkedin) },
      targets: linkedinAlone,
    });
    const { child, ended } = blog.start(['publish']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 0 });
    expect(blog.posts()).toHaveLength(2);
    for (const post of ['one', 'two']) {
      const entries = readEntries(blog.read(`.broadside/ledger/linkedin/${post}.jsonl`));
      expect(entries.at(-1)).toMatchObject({ kind: 'receipt' });
    }
  });

  it('makes no duplicate when it runs twice at once', async (context) => {
    const fields = onLinkedin;
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('One', 'First.', fields), two: writePost('Two', 'Second.', fields) },
    });
    const runs = await Promise.all([blog.start(['publish']).ended, blog.start(['publish']).ended]);
    expect(
      blog
        .articles()
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['One', 'Two']);
    expect(blog.posts()).toHaveLength(2);
    for (const { code, stderr } of runs)
      expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    const writes = [blog.writes(blog.devto), blog.writes(blog.linkedin)];
    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect([blog.writes(blog.devto), blog.writes(blog.linkedin)]).toEqual(writes);
  });

  it('takes a copy down only when asked to, and leaves it down', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('One', 'Hello.', onLinkedin), two: writePost('Two', 'Hello.', onLinkedin) },
      targets: linkedinAlone,
    });
    await blog.run(['publish']);
    expect(blog.posts()).toHaveLength(2);

    const retracted = await blog.run(['retract', 'one', '--target', 'linkedin']);
    expect(retracted).toMatchObject({ code: 0, stdout: '- linkedin  one  retracted\n' });
    expect(blog.posts().map(({ card }) => card?.source)).toEqual(['https://example.com/blog/two']);
    expect((await blog.run(['status', 'one'])).stdout).toMatch(/^linkedin {2}one {2}retracted\b/);
    expect((await blog.run(['retract', 'one', '--target', 'linkedin'])).stdout).toMatch(/was retracted on /);

    blog.write({ 'posts/one.md': writePost('One', 'Hello again.', onLinkedin) });
    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect(blog.posts()).toHaveLength(1);

    const unknown = await blog.run(['retract', 'three', '--target', 'linkedin']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toBe(
      'COPY_UNKNOWN: The ledger knows no copy of "three" on linkedin.\nSee "broadside status" for what there is.\n',
    );
  });

  it('publishes nothing old on a first run until it is named', async (context) => {
    const today = new Date().toISOString();
    const blog = await openLiveBlog(context, {
      posts: {
        old: writePost('Old', 'From long ago.'),
        older: writePost('Older', 'From longer ago.'),
        fresh: writePost('Fresh', 'From today.').replace('2026-11-02T08:00:00Z', today),
      },
      targets: ({ devto }) => `  devto: { kind: devto, url: "${devto}", ai_disclosure: no_ai }`,
    });
    const first = await blog.run(['publish']);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain(
      '1 to create. 2 old copies are left out until named: dated before their target was opened.',
    );
    expect(blog.articles().map(({ title }) => title)).toEqual(['Fresh']);
    expect((await blog.run(['status', 'old'])).stdout).toBe(
      'devto  old  old  dated before the target was opened; name the post to publish it\n',
    );

    expect(await blog.run(['publish', 'posts/old.md'])).toMatchObject({ code: 0 });
    expect(blog.articles().map(({ title }) => title)).toEqual(['Fresh', 'Old']);
  });

  it('sends to an opt-in target only what asks for it', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: 'Hello.', two: writePost('Two', 'Hello.', onLinkedin) },
      targets: linkedinAlone,
    });
    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect((await blog.run(['publish', 'one'])).stderr).toContain('Nothing to do.');
    expect(blog.posts().map(({ card }) => card?.source)).toEqual(['https://example.com/blog/two']);
    expect((await blog.run(['status', 'one'])).stdout).toBe(
      'linkedin  one  not asked for  no syndicate.linkedin in its front matter\n',
    );
  });

  it('shows its secrets nowhere', async (context) => {
    const blog = await openLiveBlog(context, { posts: { one: writePost('One', 'Hello.', onLinkedin) } });
    const commands = [
      ['check'],
      ['build'],
      ['plan', '--out', 'plan.json'],
      ['plan', '--format', 'json'],
      ['publish', '--format', 'json'],
      ['publish', '--plan', 'plan.json', '--format', 'github'],
      ['status', '--remote', '--format', 'json'],
      ['retract', 'one', '--target', 'devto', '--format', 'json'],
    ];
    let printed = '';
    for (const words of commands) {
      const run = await blog.run(words);
      printed += run.stdout + run.stderr;
    }
    expect(blog.articles()).toHaveLength(1);
    const files = readdirSync(blog.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((file) => file.slice(blog.folder.length + 1))).toEqual(
      expect.arrayContaining(['.broadside/ledger/devto/one.jsonl', 'out/site/feed.xml', 'plan.json']),
    );
    for (const secret of [devtoKey, linkedinToken]) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        expect(printed).not.toContain(form);
        expect(files.filter((file) => readFileSync(file, 'utf8').includes(form))).toEqual([]);
      }
    }
  });
});

describe.concurrent('rehearse', () => {
  it('publishes everything to stand-ins, without secrets, once', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: {
        one: writePost('One', 'Hello.', onLinkedin),
        later: writePost('Later', 'Hello.').replace('2026-11-02', '2999-11-02'),
      },
      targets: ({ devto, linkedin }) =>
        describeTargets({ devto, linkedin }).replaceAll(
          ', since: 2020-01-01',
          ', schedule: { after: 2 days }',
        ),
      config: 'paused: true',
    });
    const first = await blog.run(['rehearse'], {});
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/\n4 done\.\n$/);
    expect(first.stderr).toContain('Nothing has left this machine.');
    const second = await blog.run(['rehearse'], {});
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('Nothing to do: 4 copies are as they should be.');
    expect([...blog.devto.requests, ...blog.linkedin.requests]).toEqual([]);
    expect(readdirSync(blog.folder).toSorted()).toEqual(['.broadside', 'config', 'out', 'posts']);
  });

  it('keeps the stand-ins up to look at, and the site’s feed with its style, until Ctrl-C', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('One', 'Hello.', onLinkedin) },
      targets: (urls) => `${linkedinAlone(urls)}\n  feed: { kind: feed }`,
    });
    const { child, ended } = blog.start(['rehearse', '--serve']);
    let printed = '';
    child.stderr?.on('data', (text: string) => (printed += text));
    await vi.waitFor(() => expect(printed).toContain('Press Ctrl-C to stop.'), {
      timeout: 60_000,
      interval: 20,
    });
    const address = /^linkedin: (http:\S+)$/m.exec(printed)?.[1] ?? '';
    expect(await (await fetch(address)).text()).toContain('What One is about.');
    const feed = /^feed: (http:\S+feed\.xml)$/m.exec(printed)?.[1] ?? '';
    const served = await fetch(feed);
    expect(served.headers.get('content-type')).toContain('xml');
    const [, style = ''] = /<\?xml-stylesheet[^>]*\shref="([^"]+)"/.exec(await served.text()) ?? [];
    const dressed = await fetch(new URL(style, feed));
    expect([dressed.status, dressed.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    await expect(fetch(feed)).rejects.toThrow('fetch failed');
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });
});
