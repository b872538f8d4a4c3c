import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, isBrowserRequired, startBrowser, type Browser, type View } from '../browser.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

/** A folder in which the pictures are kept, to be looked at. */
const pictures = process.env['BROADSIDE_PICTURES'];

const desktop = { width: 1200, height: 800 };
const phone = { width: 390, height: 780 };
const views: readonly View[] = [
  { ...desktop, scheme: 'light' },
  { ...desktop, scheme: 'dark' },
  { ...phone, scheme: 'light' },
  { ...phone, scheme: 'dark' },
];

/** What hosts serve files as by their names. */
const types: Readonly<Record<string, string>> = {
  '.xml': 'application/xml; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};

const longTitle = 'On <trees> & a title that is so long that it has to be broken on a phone';

const posts = {
  'on-trees': `---\ntitle: "${longTitle}"\ndate: 2026-05-15\ndescription: Trees are tall.\n---\n\nThe text.\n`,
  'on-moss': '---\ntitle: On moss\ndate: 2026-05-14\n---\n\nMoss is not tall.\n',
};

const cleanUps: (() => unknown)[] = [];
let browser: Browser;
let origin: string;

test('continuous integration has a browser', () => {
  expect(browserPath !== undefined || !isBrowserRequired).toBe(true);
});

describe.runIf(browserPath !== undefined)('a feed that a person opens in a browser without XSLT', () => {
  beforeAll(async () => {
    const folder = openFolder((work) => void cleanUps.push(work));
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (path.startsWith('/blog/')) {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><title>The post</title>');
        return;
      }
      response.setHeader('content-type', types[extname(path)] ?? 'text/plain');
      try {
        response.end(readFileSync(join(folder, 'out', 'site', path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    cleanUps.push(() => stop(server));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFiles(folder, {
      'config/broadside.yaml': [
        'version: 1',
        `site: { url: "${origin}", title: Example & sons, description: All of it., author: { name: Example Author }, timezone: Europe/London }`,
        'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}/" }]',
        'targets: { feed: { kind: feed }, short: { kind: feed, path: short/feed.xml, atom: false, json: false, content: summary } }',
        'ledger: { kind: file, path: ledger }',
        '',
      ].join('\n'),
      ...Object.fromEntries(Object.entries(posts).map(([slug, text]) => [`posts/${slug}.md`, text])),
    });
    const built = await runCommand(folder, {}, ['build']);
    if (built.code !== 0) throw new Error(built.stderr);
    browser = await startBrowser(
      browserPath ?? '',
      openFolder((work) => void cleanUps.push(work)),
    );
    cleanUps.push(() => browser.close());
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });

  const files = ['feed.xml', 'atom.xml', 'short/feed.xml', 'subscribe.html'];
  const links = `[...document.querySelectorAll('a[href*="/blog/"]')]`;

  test.each(files)('%s is readable on phone and desktop, light and dark', async (file) => {
    const { page } = browser;
    const papers = new Set<string>();
    for (const view of views) {
      await page.show(`${origin}/${file}`, view);
      papers.add(
        `${view.scheme} ${String(await page.read('getComputedStyle(document.body ?? document.documentElement).backgroundColor'))}`,
      );
      const seen = await page.read(`(() => {
        const root = document.documentElement;
        const zoom = screen.width / innerWidth;
        return {
          fits: root.scrollWidth <= root.clientWidth,
          titles: ${links}.map((link) => link.textContent),
          isLegible: ${links}.every((link) => parseFloat(getComputedStyle(link).fontSize) * zoom >= 15),
        };
      })()`);
      expect(seen).toEqual({ fits: true, titles: [longTitle, 'On moss'], isLegible: true });
      const picture = await page.picture();
      if (pictures !== undefined) {
        const name = `${file.replaceAll(/\W/g, '-')}-${view.width}-${view.scheme}.png`;
        writeFileSync(join(pictures, name), picture);
      }
      expect(picture.length).toBeGreaterThan(8000);
    }
    expect([...papers].toSorted()).toEqual(['dark rgb(22, 22, 24)', 'light rgb(251, 250, 247)']);
  });

  test.each(files)('a click on a title in %s leads to the post', async (file) => {
    const { page } = browser;
    await page.show(`${origin}/${file}`, { ...phone, scheme: 'light' });
    await page.click(`${links}[1]`);
    expect(await page.read('[location.pathname, document.title]')).toEqual(['/blog/on-moss/', 'The post']);
  });

  test.each(['feed.xml', 'atom.xml'])(
    '%s says what it is, and shows its posts with their days',
    async (file) => {
      const { page } = browser;
      await page.show(`${origin}/${file}`, { ...desktop, scheme: 'light' });
      const readBefore = (selector: string): Promise<unknown> =>
        page.read(`getComputedStyle(document.querySelector('${selector}'), '::before').content`);
      expect(await readBefore('channel, feed')).toContain('This is a feed');
      expect(await readBefore('div')).toBe('"2026-05-15"');
      const shown = await page.read(
        `[...document.querySelectorAll('*')].filter((one) => one.children.length === 0 && one.getClientRects().length > 0).map((one) => one.textContent.trim())`,
      );
      expect(shown).toEqual([
        'Example & sons',
        'All of it.',
        'Trees are tall.',
        longTitle,
        'Moss is not tall.',
        'On moss',
      ]);
    },
  );
});

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
