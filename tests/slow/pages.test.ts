import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import { bodyWith, devtoAlone, openPagedBlog, pageWith } from '../paged-blog.ts';
import { openLiveBlog, writePost } from '../live-blog.ts';
import { startLocalServer } from '../local-server.ts';

const chart = '{{< x-chart "light" >}}';
const shownChart = '<table><tr><th>Month</th><th>Hours</th></tr><tr><td>May</td><td>417</td></tr></table>';
const page = '_site/blog/corner/index.html';
const nothing = 'Nothing to do: 1 copy is as it should be.';
const kept = '.broadside/ledger/pages/corner.jsonl';

async function openBlog(context: TestContext, more: Readonly<Record<string, string>> = {}) {
  const posts = { corner: bodyWith(chart), ...more };
  const blog = await openPagedBlog(context, { posts, targets: devtoAlone });
  const remove = (path: string): void => rmSync(join(blog.folder, path), { recursive: true, force: true });
  const bodies = (): readonly string[] => blog.articles().map(({ body }) => body);
  return { ...blog, remove, bodies };
}

it('sends what the page shows, keeps it, and goes on with what it has kept', async (context) => {
  const blog = await openBlog(context);
  blog.write({ [page]: pageWith(shownChart) });
  const planned = await blog.run(['plan']);
  expect(planned.stdout).toContain('corner shows x-chart as its page does: https://example.com/blog/corner/');
  expect(planned.code).toBe(0);
  expect(existsSync(join(blog.folder, '.broadside/ledger'))).toBe(false);

  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('417');
  expect(blog.read(kept)).toContain('"name":"x-chart"');

  blog.write({ [page]: pageWith(shownChart.replace('417', '999')) });
  expect((await blog.run(['plan'])).stdout).toContain(nothing);
  blog.remove('_site');
  blog.remove('.broadside/cache');
  expect((await blog.run(['plan'])).stdout).toContain(nothing);
  expect((await blog.run(['render', 'corner', '--target', 'devto'])).stdout).toContain('417');
  for (const _again of [1, 2]) expect((await blog.run(['check'])).stderr).not.toContain('post-page');

  blog.write({
    'posts/corner.md': writePost('About corner', bodyWith(chart).replace('The lesson', 'Our lesson')),
  });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('Our lesson');
  expect(blog.bodies()[0]).toContain('417');
});

it('takes it anew where the author changed it, where a file has gone, and where it is asked to', async (context) => {
  const blog = await openBlog(context);
  const picture = (name: string): string => `<figure><img src="/img/${name}.png" alt="Light"></figure>`;
  blog.write({ [page]: pageWith(picture('a1')), '_site/img/a1.png': '' });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('https://example.com/img/a1.png');

  blog.write({ [page]: pageWith(picture('b2')), '_site/img/b2.png': '' });
  expect((await blog.run(['plan'])).stdout).toContain(nothing);
  blog.remove('_site/img/a1.png');
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('https://example.com/img/b2.png');
  expect((await blog.run(['plan'])).stdout).toContain(nothing);

  blog.write({ [page]: pageWith('<p>In May, 417 hours.</p>') });
  expect((await blog.run(['plan'])).stdout).toContain(nothing);
  expect((await blog.run(['publish', 'corner', '--recapture'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('417 hours');
  expect((await blog.run(['plan'])).stdout).toContain(nothing);

  const other = bodyWith(chart.replace('light', 'shade'));
  blog.write({
    [page]: pageWith('<p>In May, 12 hours.</p>'),
    'posts/corner.md': writePost('About corner', other),
  });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('12 hours');
});

it('waits for the page of one post, and publishes the others', async (context) => {
  const blog = await openBlog(context, { other: 'Nothing special.' });
  const checked = await blog.run(['check']);
  expect(checked.code).toBe(0);
  expect(checked.stderr).toMatch(
    /corner\.md:\d+:1 warning post-page-awaited .*x-chart.* will be taken from the page/,
  );
  const now = new Date().toISOString();
  blog.write({
    'posts/corner.md': writePost('About corner', bodyWith(chart)).replace('2026-11-02T08:00:00Z', now),
  });
  const published = await blog.run(['publish']);
  expect(published.stderr + published.stdout).toMatch(
    /corner +no-page: _site has no page for https:\/\/example\.com\/blog\/corner\//,
  );
  expect(published.code).toBe(0);
  expect(blog.bodies()).toEqual([expect.stringContaining('Nothing special.')]);

  blog.write({
    'posts/corner.md': writePost('About corner', bodyWith(chart)).replace('2026-11-02', '2025-11-02'),
  });
  const late = await blog.run(['plan']);
  expect(late.stdout).toMatch(/! devto +corner +held: no-page, .* has been due since .*; put the page up/);
  expect(late.code).toBe(1);

  blog.write({ [page]: pageWith(shownChart) });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies().join()).toContain('417');
});

it('holds a post of whose page nothing certain can be told', async (context) => {
  const blog = await openBlog(context);
  blog.write({ [page]: pageWith('') });
  const checked = await blog.run(['check']);
  expect(checked.code).toBe(1);
  expect(checked.stderr).toMatch(/corner\.md:\d+:1 error post-page-unclear /);
  const planned = await blog.run(['plan']);
  expect(planned.stdout).toMatch(
    /! devto +corner +held: unsupported, post-page-unclear at posts\/corner\.md:/,
  );
});

it('publishes what a plan file holds, whatever the page has become', async (context) => {
  const blog = await openBlog(context);
  blog.write({ [page]: pageWith(shownChart) });
  expect((await blog.run(['plan', '--out', 'plan.json'])).code).toBe(0);
  blog.write({ [page]: pageWith(shownChart.replace('417', '999')) });
  const published = await blog.run(['publish', '--plan', 'plan.json']);
  expect(published.code).toBe(0);
  expect(blog.bodies()[0]).toContain('417');
  expect(blog.read(kept)).toContain('417');
  expect((await blog.run(['plan'])).stdout).toContain(nothing);
});

it('plans the same without the memo', async (context) => {
  const blog = await openBlog(context);
  blog.write({ [page]: pageWith(shownChart) });
  const plan = async () => {
    const { createdAt, expiresAt, ...rest } = JSON.parse(
      (await blog.run(['plan', '--format', 'json'])).stdout,
    );
    const text = JSON.stringify(rest).replaceAll(createdAt, '');
    return [text, typeof expiresAt];
  };
  const first = await plan();
  expect(await plan()).toEqual(first);
  blog.remove('.broadside/cache');
  expect(await plan()).toEqual(first);
});

it('lets nothing of a page that runs into a copy', async (context) => {
  const blog = await openBlog(context);
  const hostile = `<div onclick="steal()"><script>alert('x1')</script><p onmouseover="x2()">Read <a href="javascript:x3()">this</a> <img src="x.png" onerror="x4()" alt="A"></p><iframe srcdoc="<script>x5()</script>"></iframe><style>p{x6:1}</style><svg onload="x7()"><script>x8()</script></svg><object data="data:text/html,x9"></object></div>`;
  blog.write({ [page]: pageWith(hostile), '_site/blog/corner/x.png': '' });
  await blog.run(['publish']);
  const written = blog.bodies().join();
  expect(written).toContain('Read ');
  expect(written).not.toMatch(/x[1-9]|onclick|onerror|onload|script:|srcdoc/);
  const checked = await blog.run(['check', '--all']);
  expect(checked.stderr).toMatch(
    /warning post-page-loss `x-chart` is taken from https:.*: an embedded frame was left out/,
  );
});

const feedAlone = (): string => '  feed: { kind: feed }';

it('has an item that cannot be whole show its description and a link, and shows it whole once it can', async (context) => {
  const posts = { corner: bodyWith(chart), other: 'Nothing special.' };
  const blog = await openPagedBlog(context, { posts, targets: feedAlone });
  const feed = (): string => blog.read('out/site/feed.xml');
  const first = await blog.run(['publish']);
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(
    /corner\.md:\d+:1 warning post-item-short The item in "feed" shows the description/,
  );
  expect(feed()).toContain('What About corner is about.');
  expect(feed()).toContain('Read the whole post on');
  expect(feed()).toContain('Nothing special.');
  const ids = (): readonly string[] => feed().match(/<guid.*?<\/guid>/g) ?? [];
  const before = ids();
  expect((await blog.run(['publish'])).stdout).not.toContain('feed.xml');

  blog.write({ [page]: pageWith(shownChart) });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(feed()).toContain('417');
  expect(ids()).toEqual(before);

  const again = await blog.run(['plan']);
  expect(again.stdout).toContain(nothing);
  blog.write({ [page]: pageWith(shownChart.replace('417', '999')) });
  rmSync(join(blog.folder, '.broadside/cache'), { recursive: true });
  rmSync(join(blog.folder, 'out'), { recursive: true });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(feed()).toContain('417');
});

it('writes the feeds into the site that was just built', async (context) => {
  const targets = (urls: { readonly devto: string }): string => `${devtoAlone(urls)}\n${feedAlone()}`;
  const blog = await openPagedBlog(context, { posts: { corner: bodyWith(chart) }, targets });
  blog.write({ [page]: pageWith(shownChart), '_site/index.html': 'Home' });
  const built = await blog.run(['build', '--into', '_site']);
  expect(built.code).toBe(0);
  expect(built.stdout).toMatch(/^_site: feed\.xml, .*\n$/);
  expect(blog.read('_site/feed.xml')).toContain('417');
  expect(blog.read('_site/index.html')).toBe('Home');
  expect(existsSync(join(blog.folder, 'out'))).toBe(false);
});

it('has an item show the page that was built with it, where else the live site is looked at', async (context) => {
  const targets = (urls: { readonly devto: string }): string => `${devtoAlone(urls)}\n${feedAlone()}`;
  const blog = await openPagedBlog(context, { posts: { corner: bodyWith(chart) }, targets }, 'live');
  blog.write({ [page]: pageWith(shownChart), '_site/index.html': 'Home' });
  expect((await blog.run(['build', '--into', '_site'])).code).toBe(0);
  expect(blog.read('_site/feed.xml')).toContain('417');
});

it('holds no feed for what no page is asked for', async (context) => {
  const blog = await openLiveBlog(context, {
    posts: { corner: bodyWith(chart), other: 'More.' },
    targets: feedAlone,
  });
  const published = await blog.run(['publish']);
  expect(published.code).toBe(0);
  expect(blog.read('out/site/feed.xml')).toContain('Read the whole post on');
});

it('looks at a page on the site once a run, and not again', async (context) => {
  const { url, received } = await startLocalServer((incoming, outgoing) => {
    outgoing.writeHead(incoming.url === '/blog/corner/' ? 200 : 404, { 'content-type': 'text/html' });
    outgoing.end(pageWith(shownChart));
  });
  const asked = (): readonly string[] => received.map(({ path }) => path).toSorted();
  const posts = { corner: bodyWith(chart), other: 'Nothing special.' };
  const targets = (urls: { readonly linkedin: string }): string =>
    `  linkedin: { kind: linkedin, url: "${urls.linkedin}", since: 2020-01-01, opt_in: false }`;
  const blog = await openPagedBlog(context, { posts, targets }, 'live');
  const config = blog.read('config/broadside.yaml').replace('https://example.com', url);
  blog.write({ 'config/broadside.yaml': config.replace('require_live: false', '') });

  const checked = await blog.run(['check']);
  expect(checked.code).toBe(0);
  expect(checked.stderr).toMatch(/warning post-page-awaited .* is looked at when a copy goes out/);
  expect(asked()).toEqual([]);

  const planned = await blog.run(['plan']);
  expect(planned.stdout).toContain('corner shows x-chart as its page does');
  expect(asked()).toEqual(['/blog/corner/', '/blog/other/']);
  expect((await blog.run(['check'])).stderr).not.toContain('post-page-awaited');

  expect((await blog.run(['publish', 'corner'])).code).toBe(0);
  expect(blog.read(kept)).toContain('417');
  const before = received.length;
  expect((await blog.run(['plan', 'corner'])).stdout).toContain(nothing);
  expect(received.length).toBe(before);
});

it('checks a post anew where its page is another one', async (context) => {
  const blog = await openBlog(context);
  const past = new Date(Date.now() - 60_000);
  const show = (shown: string, seconds: number): void => {
    blog.write({ [page]: pageWith(shown) });
    utimesSync(join(blog.folder, page), past, new Date(past.getTime() + seconds * 1000));
  };
  show(shownChart, 0);
  const check = async () => (await blog.run(['check'])).code;
  expect([await check(), await check()]).toEqual([0, 0]);
  show('', 1);
  expect([await check(), await check()]).toEqual([1, 1]);
  show(shownChart, 2);
  expect([await check(), await check()]).toEqual([0, 0]);
  blog.remove('_site');
  expect((await blog.run(['check'])).stderr).toContain('post-page-awaited');
});

it('leaves an adopted copy alone, whatever is taken from the page later', async (context) => {
  const blog = await openBlog(context);
  blog.write({ [page]: pageWith(shownChart) });
  expect((await blog.run(['publish'])).code).toBe(0);
  const pieces = blog.read(kept);
  blog.remove('_site');
  blog.remove('.broadside');
  expect((await blog.run(['adopt'])).stdout).toMatch(/= +devto +corner/);
  blog.write({ [kept]: pieces.replace('417', '999') });
  const before = blog.writes(blog.devto);
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.writes(blog.devto)).toBe(before);
  blog.write({ 'posts/corner.md': writePost('About corner', `${bodyWith(chart)}\n\nAnd more.`) });
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.bodies()[0]).toContain('999');
});

it('waits where the page is not as the post is now', async (context) => {
  const blog = await openBlog(context);
  const date = new Date().toISOString();
  blog.write({
    [page]:
      '<html><body><main><h1>Before you go on</h1><p>We use biscuits here. Do you agree?</p></main></body></html>',
    'posts/corner.md': writePost('About corner', bodyWith(chart)).replace('2026-11-02T08:00:00Z', date),
  });
  const planned = await blog.run(['plan']);
  expect(planned.stdout).toMatch(/\. devto +corner +no-page: /);
  expect(planned.code).toBe(0);
});

it('shows a picture where the live site has it under the name that its build gave it, and keeps that', async (context) => {
  const picture = '![Light](./light.png) and ![a plan](./plan.png)';
  const names = ['light.Ab12Cd34', 'light.Zz98Yy76'];
  const { url, received } = await startLocalServer((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/html' });
    const shown = `<p><img src="/_astro/${names[0]}.webp" alt="Light"> and <img src="/blog/corner/plan.png" alt="a plan"></p>`;
    outgoing.end(pageWith(shown));
  });
  const posts = { corner: bodyWith(picture) };
  const blog = await openPagedBlog(context, { posts, targets: feedAlone }, 'live');
  const feed = (): string => blog.read('out/site/feed.xml');
  const config = blog.read('config/broadside.yaml').replace('https://example.com', url);
  blog.write({
    'config/broadside.yaml': config,
    'posts/light.png': '',
    'posts/plan.png': '',
    'astro.config.mjs': '',
  });
  const planned = await blog.run(['plan']);
  expect(planned.stdout).toContain('corner shows ./light.png as its page does');
  expect(planned.stdout).not.toContain('plan.png');
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(feed()).toContain(`${url}/_astro/light.Ab12Cd34.webp`);
  names.shift();
  rmSync(join(blog.folder, '.broadside/cache'), { recursive: true, force: true });
  expect((await blog.run(['plan'])).stdout).toContain('Nothing to do');
  const before = received.length;
  expect((await blog.run(['publish', '--recapture'])).code).toBe(0);
  expect(received.length).toBeGreaterThan(before);
  expect(feed()).toContain('light.Zz98Yy76.webp');
});
