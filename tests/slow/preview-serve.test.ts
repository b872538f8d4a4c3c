import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findApp } from '../../src/preview/app-files.ts';
import type { RemoteView } from '../../src/preview/define.ts';
import { openPreview } from '../../src/preview/open-preview.ts';
import { servePreview } from '../../src/preview/serve.ts';
import { findWrites, makeSmallBlog, openDevto, readEntries, secrets, writePost } from '../small-blog.ts';
import { noApp, openShell, startPreview } from '../preview/start-preview.ts';
import { runCommand } from '../run-command.ts';

const targets = [
  'devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }',
  'feed: { kind: feed, path: feed.xml }',
];

describe('a preview on this machine', () => {
  test('tells where each copy stands and shows it as it is sent', async () => {
    const blog = makeSmallBlog(targets, {
      trees: writePost('Trees\n\nThey are tall.'),
      moss: writePost('Moss', 'draft: true\n'),
      later: writePost('Later', 'date: 2999-01-01\n'),
    });
    const { overview, post } = await startPreview(blog.folder);
    const { posts, banner } = await overview();
    const states = Object.fromEntries(
      posts.map(({ id, states: own }) => [id, Object.values(own).map(({ state }) => state)]),
    );
    expect(states).toEqual({
      trees: ['new', 'new'],
      moss: ['off', 'off'],
      later: ['waiting', 'waiting'],
    });
    expect(banner[0]).toContain('nothing is sent');
    const view = await post('trees');
    expect(view.copies.map(({ target }) => target)).toEqual(['devto', 'feed']);
    const { stdout } = await blog.run('render', 'trees', '--target', 'devto');
    expect(view.copies[0]?.raw?.text.trim()).toBe(stdout.trim());
    expect(view.original.html).toContain('They are tall.');
    expect(view.original.source).toEqual({
      path: 'posts/trees.md',
      text: writePost('Trees\n\nThey are tall.'),
    });
  });

  test('moves the clock where it is asked to', async () => {
    const blog = makeSmallBlog(targets, { later: writePost('Later', 'date: 2030-06-01T08:00:00Z\n') });
    const { overview } = await startPreview(blog.folder, { at: '2030-05-01T00:00:00.000Z' });
    const before = await overview();
    expect(before.posts[0]?.states['devto']).toMatchObject({ state: 'waiting', at: '2030-06-01T08:00:00Z' });
    expect(before.at).toBe('2030-05-01T00:00:00.000Z');
    const after = await overview('?at=2030-06-02');
    expect(after.posts[0]?.states['devto']?.state).toBe('new');
    expect(after.local).toBe('2030-06-02T00:00');
  });

  test('answers to no name but that of this machine, and only to what reads', async () => {
    const { ask, url } = await startPreview(makeSmallBlog(targets, { trees: writePost('Trees') }).folder);
    const { host, port } = new URL(url);
    expect((await ask('/', { headers: { host: `elsewhere.example:${port}` } })).status).toBe(421);
    expect((await ask('/', { headers: { host: `localhost:${port}` } })).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])
      for (const path of ['/', '/data/overview.json', '/events', '/site/x.png'])
        expect((await ask(path, { method, headers: { host } })).status).toBe(405);
  });

  test('gives data to no page of another site', async () => {
    const { ask } = await startPreview(makeSmallBlog(targets, { trees: writePost('Trees') }).folder);
    const from = (site: string) => ({ headers: { 'sec-fetch-site': site } });
    expect((await ask('/data/overview.json', from('cross-site'))).status).toBe(403);
    expect((await ask('/events', from('same-site'))).status).toBe(403);
    expect((await ask('/data/overview.json', from('same-origin'))).status).toBe(200);
    expect((await ask('/', from('cross-site'))).status).toBe(200);
  });

  test('gives no file but the pictures that a post names', async () => {
    const blog = makeSmallBlog(targets, { trees: writePost('Trees\n\n![A tree](tree.png)') });
    writeFileSync(join(blog.folder, 'posts', 'tree.png'), 'a picture');
    writeFileSync(join(blog.folder, 'posts', 'secret.txt'), 'a secret');
    const { ask, post } = await startPreview(blog.folder);
    const { original } = await post('trees');
    const [picture = ''] = /site\/[\da-f]+\.png/.exec(original.html) ?? [];
    const shown = await ask(`/${picture}`);
    expect([shown.status, shown.headers['content-type'], shown.text]).toEqual([
      200,
      'image/png',
      'a picture',
    ]);
    for (const path of [
      '/../config/broadside.yaml',
      '/%2e%2e/config/broadside.yaml',
      '/site/../../config/broadside.yaml',
      '/site/..%2f..%2fposts%2fsecret.txt',
      '/site/secret.txt',
      '/data/posts/../overview.json',
      '/data/posts/..%2foverview.json',
      '/app.js/../../package.json',
      '//etc/passwd',
      '/posts/trees.md',
      '/data/posts/nobody.json',
    ])
      expect([path, (await ask(path)).status]).toEqual([path, path.includes('posts/../') ? 200 : 404]);
  });

  test('runs nothing that a post holds', async () => {
    const title = '"<img src=x onerror=alert(1)>"';
    const blog = makeSmallBlog(targets, {
      trees: `---\ntitle: ${title}\ndate: 2024-03-04\n---\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))\n\n<p onclick="alert(1)" style="position:fixed">b</p>\n`,
    });
    const { ask, post, overview } = await startPreview(blog.folder);
    const view = await post('trees');
    const documents = [
      view.original.html,
      ...view.copies.flatMap((copy) => copy.view?.frames.map(({ html }) => html) ?? []),
    ];
    for (const html of documents) {
      expect(html).not.toMatch(/<script|<[^>]*\son\w+=|href="javascript:|<img src=x/i);
      expect(html).toContain("default-src 'none'");
    }
    expect((await overview()).posts[0]?.title).toBe('<img src=x onerror=alert(1)>');
    const { headers } = await ask('/');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
  });

  test('gives the files of the app, and nothing beside them', async () => {
    const app = {
      names: ['app.js'],
      read: (name: string) =>
        name === 'app.js' ? { type: 'text/javascript', bytes: Buffer.from('1') } : undefined,
    };
    const { ask } = await startPreview(makeSmallBlog(targets, { trees: writePost('Trees') }).folder, { app });
    expect((await ask('/')).text).toContain('<script defer src="app.js"></script>');
    expect((await ask('/app.js')).text).toBe('1');
    expect((await ask('/cli.js')).status).toBe(404);
    expect(findApp().read('app.js')?.type).toContain('text/javascript');
    expect(findApp().read('../app-files.ts')).toBeUndefined();
  });
});

describe('a copy that a person has made', () => {
  test('is recorded with what was shown of it, and is live from then on', async () => {
    const blog = makeSmallBlog(['medium: { kind: paste, since: 2020-01-01 }'], {
      trees: writePost('Trees\n\nThey are tall.'),
    });
    const { ask, listen, overview, post, preview } = await startPreview(blog.folder);
    const { token } = await overview();
    const { hand } = (await post('trees')).copies[0] ?? {};
    const { next } = await listen();
    writeFileSync(join(blog.folder, 'posts', 'trees.md'), writePost('Trees\n\nThey are taller by now.'));
    while (((await next()).changed ?? []).length === 0);
    const url = 'https://medium.com/p/trees-0123456789ab';
    const say = async (made: object) => {
      const { text } = await ask('/record', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ post: 'trees', target: 'medium', url, token, ...made }),
      });
      return JSON.parse(text) as unknown;
    };
    expect(await say({ target: 'nowhere' })).toMatchObject({ isRecorded: false });
    expect(await say({ fingerprint: hand?.fingerprint })).toEqual({
      isRecorded: true,
      message: 'The copy of trees on medium is recorded.',
    });
    const [entry] = await readEntries(blog.ledger, 'medium', 'trees');
    expect(entry).toMatchObject({ kind: 'receipt', url, fingerprint: hand?.fingerprint });
    await preview.refresh();
    const state = (await overview()).posts[0]?.states['medium'];
    expect(state).toMatchObject({ state: 'by-hand', url });
    expect(state?.reason).toContain('changed since it was made');
    expect(await say({ fingerprint: hand?.fingerprint })).toMatchObject({ isRecorded: true });
    expect(await readEntries(blog.ledger, 'medium', 'trees')).toHaveLength(1);
  });
});

describe('what a copy would get', () => {
  test('is shown against what it last took, and against what is there now', async () => {
    const devto = await openDevto();
    const target = `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`;
    const blog = makeSmallBlog([target], { trees: writePost('Trees\n\nThey are tall.') });
    await blog.run('publish');
    writeFileSync(join(blog.folder, 'posts', 'trees.md'), writePost('Trees\n\nThey are old.'));
    const { post, ask } = await startPreview(blog.folder, { environment: secrets });
    const requests = devto.requests.length;
    const { copies } = await post('trees');
    expect(copies[0]?.state).toMatchObject({ state: 'changed', reason: 'changed: post' });
    const { change } = copies[0] ?? {};
    expect(change?.what).toBe('post');
    const words = change?.hunks?.flatMap(({ lines }) => lines.flatMap((line) => line.words)) ?? [];
    expect(words.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['tall', 'old']);
    expect(devto.requests).toHaveLength(requests);
    const seen = JSON.parse((await ask('/data/remote.json?post=trees&target=devto')).text) as RemoteView;
    expect(seen).toMatchObject({ seen: 'same', message: 'devto holds the copy as it was last taken.' });
    expect(JSON.stringify(seen.change)).toContain('"old"');
    expect(findWrites(devto)).toHaveLength(1);
    const { ask: askWithout } = await startPreview(blog.folder);
    const unasked = await askWithout('/data/remote.json?post=trees&target=devto');
    expect(JSON.parse(unasked.text)).toMatchObject({
      seen: 'unasked',
      message: expect.stringContaining('DEVTO_API_KEY is not set.') as string,
    });
  });
});

describe('a preview of a blog that is written at', () => {
  test('tells which post was edited, and shows it as it is now', async () => {
    const blog = makeSmallBlog(targets, {
      trees: writePost('Trees\n\nThey are tall.'),
      moss: writePost('Moss\n\nIt is not.'),
    });
    const { listen, post } = await startPreview(blog.folder);
    const { next } = await listen();
    writeFileSync(join(blog.folder, 'posts', 'trees.md'), writePost('Trees\n\nThey are very tall.'));
    for (;;) {
      const { changed } = await next();
      if (changed?.length === 0) continue;
      expect(changed).toEqual(['trees']);
      break;
    }
    expect((await post('trees')).original.html).toContain('They are very tall.');
  });

  test('does not take what it had read for what a file says by now', async () => {
    const blog = makeSmallBlog(targets, { trees: writePost('Trees\n\nThey are tall.') });
    const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(blog.folder));
    await preview.post('posts/trees');
    writeFileSync(join(blog.folder, 'posts', 'trees.md'), writePost('Trees\n\nThey are very tall.'));
    await preview.post('posts/trees');
    await preview.refresh();
    expect((await preview.post('posts/trees'))?.original.html).toContain('They are very tall.');
  });

  test('shows a picture that was put beside a post, whose text is as it was', async () => {
    const blog = makeSmallBlog(targets, { trees: writePost('Trees\n\n![A tree](tree.png)') });
    const { preview, post } = await startPreview(blog.folder);
    const rules = async () => (await post('trees')).diagnostics.map(({ rule }) => rule);
    expect(await rules()).toContain('post-file-missing');
    writeFileSync(join(blog.folder, 'posts', 'tree.png'), 'a picture');
    await preview.refresh();
    expect(await rules()).not.toContain('post-file-missing');
    expect((await post('trees')).original.html).toMatch(/site\/[\da-f]+\.png/);
  });

  test('keeps what it showed while the config is broken, says so, and goes on once it is mended', async () => {
    const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
    const config = join(blog.folder, 'config', 'broadside.yaml');
    const { listen, overview } = await startPreview(blog.folder);
    const { next } = await listen();
    writeFileSync(config, 'version: 1\nsite: [\n');
    let broken = await overview();
    while (broken.problem === undefined) {
      await next();
      broken = await overview();
    }
    expect(broken.problem).toMatchObject({ code: 'CONFIG_INVALID', file: 'config/broadside.yaml' });
    expect(broken.problem.editorUrl).toMatch(/^vscode:\/\/file\/.*config\/broadside\.yaml:\d+:\d+$/);
    expect(broken.posts).toHaveLength(1);
    writeFileSync(
      config,
      [
        'version: 1',
        'site: { url: "https://example.com", title: Mended, author: { name: Example Author } }',
        'sources: [{ kind: markdown, path: posts }]',
        'editor: none',
        '',
      ].join('\n'),
    );
    let mended = await overview();
    while (mended.problem !== undefined) {
      await next();
      mended = await overview();
    }
    expect(mended.site.title).toBe('Mended');
  });

  test('counts how often each rule is broken, the most frequent first', async () => {
    const blog = makeSmallBlog(targets, {
      trees: writePost('Trees\n\n[a](nowhere.md)\n\n[b](nowhere-too.md)'),
      moss: writePost('Moss\n\n[c](nowhere.md)', 'syndicate: { nobody: true }\n'),
    });
    const { listen, overview } = await startPreview(blog.folder);
    const { next } = await listen();
    let { rules } = await overview();
    while (!rules.some(({ rule }) => rule === 'post-link-missing')) {
      await next();
      ({ rules } = await overview());
    }
    expect(rules[0]).toMatchObject({ rule: 'post-link-missing', count: 3, posts: ['moss', 'trees'] });
    expect(rules.map(({ rule }) => rule)).toContain('post-syndicate-unknown');
  });

  test('does not mind a browser that has gone, or a folder', async () => {
    const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
    const { listen, overview } = await startPreview(blog.folder);
    const [gone, there] = [await listen(), await listen()];
    gone.close();
    rmSync(join(blog.folder, 'posts', 'trees.md'));
    await there.next();
    mkdirSync(join(blog.folder, 'posts', 'new'));
    expect((await overview()).posts).toEqual([]);
  });
});

test('a second preview on the same port says what to do', async () => {
  const { folder } = makeSmallBlog(targets, { trees: writePost('Trees') });
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(folder));
  const first = await servePreview(preview, noApp, 0);
  onTestFinished(() => first.close());
  const { port } = new URL(first.url);
  const { code, stderr } = await runCommand(folder, {}, ['preview', '--no-open', '--port', port]);
  expect(code).toBe(1);
  expect(stderr).toContain('PORT_UNAVAILABLE');
  expect(stderr).toContain('another program listens on it');
});
