import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openGitLedger } from '../../src/ledger/git.ts';
import type { LedgerLook } from '../../src/preview/define.ts';
import { author, branch, copyClone, makeBlog } from '../git-blog.ts';
import { followChanges } from '../../src/preview/follow-changes.ts';
import { openPreview, type Preview } from '../../src/preview/open-preview.ts';
import { openShell, startPreview, type Previewed } from '../preview/start-preview.ts';
import { makeSmallBlog, openDevto, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

/** Waits for the events of a page until something holds. */
async function waitFor({ listen }: Previewed, holds: () => Promise<boolean>): Promise<void> {
  const { next } = await listen();
  while (!(await holds())) await next();
}

describe('a preview that is open', () => {
  test('shows what another process on this machine has published, also as the first of all', async () => {
    const devto = await openDevto();
    const blog = makeSmallBlog(
      [`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`],
      { trees: writePost('Trees\n\nThey are tall.') },
    );
    const previewed = await startPreview(blog.folder);
    const stateOf = async () => (await previewed.overview()).posts[0]?.states['devto']?.state;
    expect(await stateOf()).toBe('new');
    const isLive = waitFor(previewed, async () => (await stateOf()) === 'live');
    await blog.run('publish');
    await isLive;
  });

  test('shows what another machine has published once it is asked to read the ledger', async () => {
    const blog = makeBlog();
    const config = [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author } }',
      'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]',
      'targets: { devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 } }',
    ];
    writeFiles(blog.folder, {
      'config/broadside.yaml': `${config.join('\n')}\n`,
      'posts/trees.md': writePost('Trees\n\nThey are tall.'),
    });
    const elsewhere = openGitLedger({
      repository: copyClone(blog, 'elsewhere'),
      branch,
      environment: author,
      secrets: [],
    });
    await elsewhere.open('devto', '2020-01-01T00:00:00Z');
    const previewed = await startPreview(blog.folder);
    const { overview, ask } = previewed;
    const { token, isLedgerElsewhere, banner } = await overview();
    expect(isLedgerElsewhere).toBe(true);
    expect(banner.join(' ')).toContain('does not know the ledger yet');
    const look = async (given: string | undefined) =>
      ask('/ledger', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: given }),
      });
    expect((await look('0'.repeat(32))).status).toBe(405);
    const url = 'https://dev.to/example/trees';
    const urlOf = async () => (await overview()).posts[0]?.states['devto']?.url;
    const isShown = waitFor(previewed, async () => (await urlOf()) === url);
    await elsewhere.append({ target: 'devto', postId: 'trees' }, 0, {
      v: 1,
      at: '2026-03-04T08:00:00Z',
      attempt: { id: 'a', machine: 'other', process: 1 },
      kind: 'receipt',
      verb: 'create',
      state: 'live',
      remoteId: '1',
      url,
      canonicalUrl: 'https://example.com/blog/trees',
      inputs: {},
      fingerprint: 'f',
      references: [],
      echo: 'e',
    });
    expect(await urlOf()).toBeUndefined();
    expect(JSON.parse((await look(token)).text) as LedgerLook).toEqual({
      isRead: true,
      message: 'The ledger was read.',
    });
    await isShown;
    expect((await overview()).banner.join(' ')).not.toContain('does not know the ledger');
  });

  test('shows a value of the site that was changed, and one that was missing', async () => {
    const blog = makeSmallBlog(['feed: { kind: feed, path: feed.xml }'], {
      trees: writePost('Trees\n\nBy {{ site.data.shop.name }} in {{ site.town }}.'),
    });
    writeFiles(blog.folder, { '_config.yml': 'town: Here\n', '_data/none.yml': 'a: b\n' });
    const previewed = await startPreview(blog.folder);
    const shows = async (words: string) => (await previewed.post('trees')).original.html.includes(words);
    expect(await shows('in Here.')).toBe(true);
    const isMoved = waitFor(previewed, () => shows('in There.'));
    writeFiles(blog.folder, { '_config.yml': 'town: There\n' });
    await isMoved;
    const isNamed = waitFor(previewed, () => shows('By A shop in There.'));
    writeFiles(blog.folder, { '_data/shop.yml': 'name: A shop\n' });
    await isNamed;
  });

  test('shows a picture of the site that was drawn anew, and one that was missing', async () => {
    const blog = makeSmallBlog(['feed: { kind: feed, path: feed.xml }'], {
      trees: writePost('Trees\n\n![A tree](/img/tree.png)\n\n![A leaf](/img/leaf.png)'),
      moss: writePost('Moss'),
    });
    mkdirSync(join(blog.folder, 'static', 'img'), { recursive: true });
    writeFileSync(join(blog.folder, 'static', 'img', 'tree.png'), 'a tree');
    const { listen, post, ask } = await startPreview(blog.folder);
    const listPictures = async () => {
      const { html } = (await post('trees')).original;
      const paths = [...html.matchAll(/"(site\/[\da-f]+\.png)"/g)].map(([, path = '']) => path);
      return Promise.all(paths.map(async (path) => (await ask(`/${path}`)).text));
    };
    expect(await listPictures()).toEqual(['a tree']);
    const { next } = await listen();
    const waitForTrees = async (): Promise<void> => {
      while (!((await next()).changed ?? []).includes('trees'));
    };
    writeFileSync(join(blog.folder, 'static', 'img', 'tree.png'), 'a taller tree');
    await waitForTrees();
    expect(await listPictures()).toEqual(['a taller tree']);
    cpSync(join(blog.folder, 'static', 'img', 'tree.png'), join(blog.folder, 'static', 'img', 'leaf.png'));
    await waitForTrees();
    expect(await listPictures()).toEqual(['a taller tree', 'a taller tree']);
  });

  test('reads the blog once at a time, and looks for faults again, whoever has it read', async () => {
    const { folder } = makeSmallBlog(['feed: { kind: feed }'], { trees: writePost('Trees') });
    const shell = openShell(folder);
    const steps: string[] = [];
    const now = () => {
      steps.push('read');
      return shell.now();
    };
    const preview = await openPreview({ config: 'config/broadside.yaml' }, { ...shell, now });
    const audits: string[] = [];
    const audit: Preview['audit'] = (tell) => {
      audits.push('audit');
      return preview.audit(tell);
    };
    const stop = followChanges(
      { ...preview, audit },
      () => undefined,
      (error) => {
        throw error;
      },
    );
    onTestFinished(stop);
    await vi.waitFor(() => expect(audits).toHaveLength(1), { timeout: 60_000 });
    steps.length = 0;
    await Promise.all([1, 2].map((turn) => preview.refresh().then(() => steps.push(`turn ${turn}`))));
    const [first, , ...others] = steps.join(' ').split(/(turn \d)/);
    expect([first, others.join('')]).toEqual([
      expect.stringContaining('read'),
      expect.stringContaining('read'),
    ]);
    await vi.waitFor(() => expect(audits).toHaveLength(2), { timeout: 60_000 });
  });

  test('shows that a post has come out while nothing was changed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { folder } = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }'], {
      trees: writePost('Trees', 'date: 2030-06-01T08:00:00Z\n'),
    });
    let now = '2030-06-01T07:59:00.000Z';
    const shell = { ...openShell(folder), now: () => now };
    const preview = await openPreview({ config: 'config/broadside.yaml' }, shell);
    const stateOf = async () => (await preview.overview()).posts[0]?.states['devto']?.state;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const refresh = async () => {
      const event = await preview.refresh();
      resolve(event);
      return event;
    };
    const stop = followChanges(
      { ...preview, refresh },
      () => undefined,
      (error) => {
        throw error;
      },
    );
    onTestFinished(stop);
    expect([await stateOf(), preview.dueIn()]).toEqual(['waiting', 60_000]);
    now = '2030-06-01T08:00:00.000Z';
    vi.advanceTimersByTime(60_000);
    expect(await promise).toMatchObject({ changed: ['trees'] });
    expect([await stateOf(), preview.dueIn()]).toEqual(['new', undefined]);
  });
});
