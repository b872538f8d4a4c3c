import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { newAttempt } from '../../src/ledger/attempt.ts';
import { startHub, type Hub, type HubOptions } from '../hub-stand-in.ts';
import { exampleIntent } from '../examples.ts';
import { startLocalServer } from '../local-server.ts';
import { makeSmallBlog, readEntries, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

interface Stage {
  readonly blog: SmallBlog;
  readonly hub: Hub;
  /** Where the site is served. */
  readonly url: string;
  /** Serves what was published, from the nth request on. */
  readonly deploy: (from?: number) => void;
}

/** A blog with a hub, on a site that serves what was deployed last. */
async function openStage(options: HubOptions = {}, feeds: readonly string[] = []): Promise<Stage> {
  const hub = await startHub(options);
  onTestFinished(() => hub.standIn.close());
  const served = new Map<string, string>();
  let [next, countdown] = [new Map<string, string>(), 0];
  const { url } = await startLocalServer((request, response) => {
    if (countdown > 0 && (countdown -= 1) === 0) for (const [path, text] of next) served.set(path, text);
    const text = served.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  const blog = makeSmallBlog(
    feeds.length > 0
      ? feeds.map((line) => line.replaceAll('HUB', `${hub.standIn.url}/publish?a=b`))
      : [`feed: { kind: feed, hub: "${hub.standIn.url}/publish?a=b" }`],
    { one: writePost('One.') },
  );
  const config = join(blog.folder, 'config', 'broadside.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll('https://example.com', url));
  return {
    blog,
    hub,
    url,
    deploy(from = 1) {
      const files = ['feed.xml', 'atom.xml', 'feed.json', 'two.xml'];
      next = new Map(
        files.flatMap((file): [string, string][] => {
          try {
            return [[`/${file}`, readFileSync(join(blog.folder, 'out', 'site', file), 'utf8')]];
          } catch {
            return [];
          }
        }),
      );
      countdown = from;
    },
  };
}

const topics = (url: string): readonly string[] => [`${url}/feed.xml`, `${url}/atom.xml`, `${url}/feed.json`];

test('the hub is told of each format once it is served, and not again until its bytes change', async () => {
  const { blog, hub, url, deploy } = await openStage();
  expect((await blog.run('publish')).code).toBe(0);
  deploy();
  const first = await blog.run('announce');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain(`+ feed  ${url}/feed.xml  told to 127.0.0.1:`);
  expect(first.stdout).toContain('3 announced.\n');
  expect(hub.topics).toEqual(topics(url));
  expect(hub.standIn.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
    topics(url).map(() => 'POST /publish?a=b'),
  );
  for (const _ of [1, 2]) {
    expect(await blog.run('announce')).toMatchObject({ code: 0, stdout: '3 unchanged since.\n' });
  }
  expect(hub.topics).toHaveLength(3);

  writeFiles(blog.folder, { 'posts/two.md': writePost('Two.') });
  await blog.run('publish');
  deploy();
  expect(await blog.run('announce')).toMatchObject({ code: 0 });
  expect(hub.topics).toEqual([...topics(url), ...topics(url)]);
});

test('nothing is told before the new bytes are served; then it is, within the time given', async () => {
  const { blog, hub, url, deploy } = await openStage();
  await blog.run('publish');
  const early = await blog.run('announce', '--max-wait', '0');
  expect(early.stdout).toContain(`! feed  ${url}/feed.xml  not served: it answers 404`);
  expect(early.code).toBe(1);
  expect(await readEntries(blog.ledger, 'feed', 'announce')).toEqual([]);
  deploy(2);
  expect(await blog.run('announce', '--max-wait', '30')).toMatchObject({ code: 0 });
  expect(hub.topics).toEqual(topics(url));

  writeFiles(blog.folder, { 'posts/one.md': writePost('One, mended.') });
  await blog.run('publish');
  const stale = await blog.run('announce', '--max-wait', '0');
  expect(stale.stdout).toContain('not served: it is served as it was before');
  expect(stale.code).toBe(1);
  expect(hub.topics).toHaveLength(3);
});

test('a post that became due since the feed was published is no reason to wait', async () => {
  const { blog, hub, url, deploy } = await openStage();
  const soon = new Date(Date.now() + 2500).toISOString();
  writeFiles(blog.folder, { 'posts/soon.md': writePost('Soon.', `date: ${soon}\n`) });
  await blog.run('publish');
  deploy();
  await new Promise((resolve) => {
    setTimeout(resolve, 2600);
  });
  expect(await blog.run('announce', '--max-wait', '0')).toMatchObject({ code: 0 });
  expect(hub.topics).toEqual(topics(url));
  expect(await blog.run('announce', '--max-wait', '0')).toMatchObject({
    code: 0,
    stdout: '3 unchanged since.\n',
  });
});

test('what the hub refuses is told the next time, and what it took is not', async () => {
  const { blog, hub, url, deploy } = await openStage({
    mishaps: [{ at: { nth: 2 }, does: { kind: 'error', when: 'before', status: 503 } }],
  });
  await blog.run('publish');
  deploy();
  const { stdout, stderr, code } = await blog.run('announce', '--format', 'github');
  expect(stdout).toContain(`! feed  ${url}/atom.xml  127.0.0.1:`);
  expect(stdout).toContain('answered 503');
  expect(stderr).toMatch(/^::error title=not announced::feed {2}http/m);
  expect(code).toBe(1);
  expect((await readEntries(blog.ledger, 'feed', 'announce')).map(({ kind }) => kind)).toEqual([
    'intent',
    'receipt',
    'intent',
    'failure',
    'intent',
    'receipt',
  ]);
  const again = await blog.run('announce', '--format', 'json');
  expect(again.code).toBe(0);
  const { announcements } = JSON.parse(again.stdout) as { announcements: readonly { result: string }[] };
  expect(announcements.map(({ result }) => result)).toEqual(['told before', 'told before', 'told']);
  expect(hub.topics).toEqual([`${url}/feed.xml`, `${url}/feed.json`, `${url}/atom.xml`]);
});

test('a hub that does not take the topic, and one feed with a fault, stop no other', async () => {
  const { blog, hub, url, deploy } = await openStage({}, [
    'feed: { kind: feed, atom: false, json: false, hub: "http://127.0.0.1:1/" }',
    'two: { kind: feed, path: two.xml, atom: false, json: false, hub: "HUB" }',
    'quiet: { kind: feed, path: quiet.xml, atom: false, json: false }',
  ]);
  await blog.run('publish');
  deploy();
  const { stdout, code } = await blog.run('announce', '--max-wait', '0');
  expect(stdout).toContain(`! feed  ${url}/feed.xml  127.0.0.1:1 was not told`);
  expect(stdout).toContain(`+ two  ${url}/two.xml  told to`);
  expect(code).toBe(1);
  expect(hub.topics).toEqual([`${url}/two.xml`]);
  expect(await blog.run('announce', '--target', 'quiet')).toMatchObject({
    code: 0,
    stdout: 'No hub to tell.\n',
  });
});

test('while another run is telling the hub, this one does not', async () => {
  const { blog, hub, deploy } = await openStage();
  await blog.run('publish');
  deploy();
  const elsewhere = { ...newAttempt(), machine: 'elsewhere' };
  await blog.record('feed', 'announce', [
    exampleIntent({ at: new Date().toISOString(), attempt: elsewhere }),
  ]);
  const { stdout, code } = await blog.run('announce');
  expect(stdout).toContain('in flight: another run has been telling it since');
  expect(code).toBe(0);
  expect(hub.topics).toEqual([]);
});

test('what the hub was told, or may have been, disturbs no other command', async () => {
  const { blog, deploy } = await openStage({
    mishaps: [{ at: { nth: 3 }, does: { kind: 'error', when: 'before', status: 503 } }],
  });
  await blog.run('publish');
  const look = async () => {
    const plan = await blog.run('plan', '--format', 'json');
    const { actions } = JSON.parse(plan.stdout) as { readonly actions: unknown };
    return {
      actions,
      codes: [plan.code, (await blog.run('status')).code, (await blog.run('dashboard')).code],
      status: (await blog.run('status', '--format', 'json')).stdout.replace(/"at": "[^"]*"/, ''),
      ledger: JSON.stringify(JSON.parse((await blog.run('doctor', '--format', 'json')).stdout)),
      publish: (await blog.run('publish')).stdout,
    };
  };
  const before = await look();
  expect(before.codes).toEqual([0, 0, 0]);
  deploy();
  expect((await blog.run('announce')).code).toBe(1);
  expect((await readEntries(blog.ledger, 'feed', 'announce')).at(-1)).toMatchObject({ sent: 'unknown' });
  expect(await look()).toEqual(before);
});

test('a run that ended while it told the hub disturbs nothing, and the next one tells it', async () => {
  const { blog, hub, url, deploy } = await openStage();
  await blog.run('publish');
  deploy();
  await blog.record('feed', 'announce', [exampleIntent({ at: '2026-01-01T00:00:00.000Z' })]);
  expect((await blog.run('doctor')).stdout).not.toContain('announce');
  expect((await blog.run('dashboard')).code).toBe(0);
  expect((await blog.run('announce')).code).toBe(0);
  expect(hub.topics).toEqual(topics(url));
});

test('a feed that a post keeps from being made is named, and not taken for one without a hub', async () => {
  const { blog, hub } = await openStage();
  await blog.run('publish');
  writeFiles(blog.folder, { 'posts/broken.mdx': writePost('Broken.\n\n<Aside') });
  const { stdout, stderr, code } = await blog.run('announce', '--max-wait', '0');
  expect(stderr).toContain('! feed was not announced: posts/broken.mdx:');
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  expect(hub.topics).toEqual([]);
});

test('a feed that is larger than any page is read whole', async () => {
  const { blog, hub, url, deploy } = await openStage({}, [
    'feed: { kind: feed, atom: false, json: false, hub: "HUB" }',
  ]);
  const code = `${'&'.repeat(1_200_000)}\n`;
  const names = Array.from({ length: 2 }, (_, index) => `posts/large-${index}.md`);
  const large = writePost(`One.\n\n\`\`\`\n${code}\`\`\``);
  writeFiles(blog.folder, Object.fromEntries(names.map((name) => [name, large])));
  await blog.run('publish');
  expect(statSync(join(blog.folder, 'out', 'site', 'feed.xml')).size).toBeGreaterThan(20 * 1024 * 1024);
  deploy();
  expect((await blog.run('announce', '--max-wait', '0')).code).toBe(0);
  expect(hub.topics).toEqual([`${url}/feed.xml`]);
});

test('who waits for a deployment is told so', async () => {
  const { blog, url, deploy } = await openStage();
  await blog.run('publish');
  deploy(2);
  const { stderr } = await blog.run('announce', '--max-wait', '30');
  expect(stderr).toBe(`. feed  ${url}/feed.xml  waiting until it is served as written, 30 s at most\n`);
});

test('nothing is told while publishing is paused, nor for a target that is no feed', async () => {
  const { blog, hub, deploy } = await openStage();
  await blog.run('publish');
  deploy();
  const config = join(blog.folder, 'config', 'broadside.yaml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}paused: true\n`);
  const paused = await blog.run('announce');
  expect(paused.stderr).toContain('Publishing is paused');
  expect(paused.code).toBe(0);
  expect(hub.topics).toEqual([]);
  expect((await blog.run('announce', '--target', 'feeds')).stderr).toContain('TARGET_UNKNOWN');
});

test('a stand-in for a hub takes what a hub takes', async () => {
  const { standIn, topics: told } = await startHub({ refused: ['https://example.com/other.xml'] });
  onTestFinished(() => standIn.close());
  const post = async (form: Readonly<Record<string, string>>): Promise<number> =>
    (await fetch(`${standIn.url}/`, { method: 'POST', body: new URLSearchParams(form) })).status;
  const topic = 'https://example.com/feed.xml';
  expect(await post({ 'hub.mode': 'publish', 'hub.url': topic })).toBe(204);
  expect(await post({ 'hub.mode': 'subscribe', 'hub.url': topic })).toBe(400);
  expect(await post({ 'hub.mode': 'publish' })).toBe(400);
  expect(await post({ 'hub.mode': 'publish', 'hub.url': 'https://example.com/other.xml' })).toBe(400);
  expect((await fetch(standIn.url)).status).toBe(405);
  expect((await fetch(standIn.url, { method: 'POST', body: '{}' })).status).toBe(415);
  expect(told).toEqual([topic]);
});
