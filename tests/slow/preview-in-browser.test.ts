import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findApp } from '../../src/preview/app-files.ts';
import { browserPath, isBrowserRequired } from '../browser.ts';
import { desktop, findBarriers, launchBrowser, openPage, phone, type Look } from '../preview/open-page.ts';
import { startLocalServer } from '../local-server.ts';
import { startPreview } from '../preview/start-preview.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { openFolder } from '../workspace.ts';

const targets = [
  'devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01, schedule: { after: 2 days } }',
  'linkedin: { kind: linkedin, opt_in: false, since: 2020-01-01 }',
  'feed: { kind: feed, path: feed.xml }',
];

const hostile = [
  '---',
  `title: "<img src=x onerror=alert('title')>"`,
  'date: 2026-03-04',
  `description: "<script>alert('description')</script>"`,
  '---',
  '',
  `<script>alert('script')</script>`,
  '',
  `<p onclick="alert('click')" onmouseover="alert('over')" style="position:fixed;inset:0;z-index:9999">A handler</p>`,
  '',
  `<style>body { display: none }</style>`,
  '',
  `<iframe srcdoc="<script>alert('frame')</script>"></iframe>`,
  '',
  `[A link](javascript:alert('link')) and <svg onload="alert('svg')"><script>alert('svg script')</script></svg>`,
  '',
].join('\n');

let browser: Browser;

async function open(url: string, look: Look = desktop): Promise<Page> {
  const { page } = await openPage(browser, url, look);
  onTestFinished(() => page.context().close());
  return page;
}

/** Serves a blog, or writes it to files, and gives the address of its page. */
const places = {
  'from a server': async (blog: SmallBlog): Promise<string> => {
    const app = findApp();
    if (app === undefined) throw new Error('there is no app');
    return (await startPreview(blog.folder, { app })).url;
  },
  'from a folder': async (blog: SmallBlog): Promise<string> => {
    const folder = join(openFolder(), 'preview');
    await blog.run('preview', '--out', folder);
    return pathToFileURL(join(folder, 'index.html')).href;
  },
};

test('continuous integration has a browser', () => {
  expect(browserPath !== undefined || !isBrowserRequired).toBe(true);
});

describe.runIf(browserPath !== undefined)('a preview in a browser', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  describe.each(Object.entries(places))('%s', (_name, place) => {
    test('is clicked through: list, copies, tabs, calendar and what is wrong', async () => {
      const blog = makeSmallBlog(targets, {
        trees: writePost('Trees\n\nThey are tall.', 'tags: [a, b, c, d, e]\n'),
        moss: writePost('Moss\n\nIt is not.'),
      });
      const url = await place(blog);
      const page = await open(url);
      await page.getByRole('link', { name: 'Trees' }).click();
      await page.frameLocator('[data-copy=""] iframe').getByText('They are tall.').waitFor();
      await page.frameLocator('[data-copy=devto] iframe').getByText('They are tall.').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await page.locator('[data-copy=devto]').getByRole('button', { name: 'sent' }).click();
      expect(await page.getByRole('region', { name: 'What devto is sent' }).textContent()).toContain(
        'They are tall.',
      );
      await page.getByRole('link', { name: 'Calendar' }).click();
      await page.waitForSelector('.month');
      await page.getByRole('link', { name: /What is wrong/ }).click();
      await page.waitForSelector('main h1');
      const small = await open(`${url}#/posts/trees/linkedin`, phone);
      await small.getByRole('tab', { name: /^linkedin/, selected: true }).waitFor();
      await small.frameLocator('iframe').locator('body').waitFor();
    });

    test('runs nothing that a post holds, and shows no more of it than its frame', async () => {
      const page = await open(await place(makeSmallBlog(targets, { hostile })));
      const said: string[] = [];
      page.on('dialog', (dialog) => {
        said.push(dialog.message());
        void dialog.dismiss();
      });
      await page.locator('.posts a').click();
      await page.frameLocator('[data-copy=devto] iframe').locator('body').waitFor();
      for (const frame of await page.locator('iframe').all()) {
        await frame.click({ force: true });
        expect((await frame.getAttribute('sandbox')) ?? 'allow-scripts').not.toContain('allow-scripts');
      }
      expect(await page.locator('h1').textContent()).toBe("<img src=x onerror=alert('title')>");
      expect(
        await page.evaluate('document.querySelectorAll("#app img, #app script, #app style").length'),
      ).toBe(0);
      expect(said).toEqual([]);
    });
  });

  test('asks for nothing but its own files, from a folder and below a path of any host', async () => {
    const blog = makeSmallBlog(targets, {
      trees: writePost(
        'Trees\n\n![A tree](https://pictures.example/tree.png)\n\n![A leaf](leaf.png)\n\n$x^2$',
        'cover: https://pictures.example/cover.png\nmath: true\n',
      ),
    });
    writeFileSync(join(blog.folder, 'posts', 'leaf.png'), 'a picture');
    const folder = join(openFolder(), 'preview');
    await blog.run('preview', '--out', folder);
    const { url } = await startLocalServer(({ url: path = '' }, outgoing) => {
      const file = join(folder, path.replace(/^\/a\/b\//, '').replace(/\?.*/, '') || 'index.html');
      if (!path.startsWith('/a/b/') || !existsSync(file)) outgoing.writeHead(404).end();
      else {
        const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }[extname(file)];
        outgoing.writeHead(200, { 'content-type': type ?? 'image/png' }).end(readFileSync(file));
      }
    });
    for (const place of [pathToFileURL(join(folder, '/')).href, `${url}/a/b/`]) {
      const { page, complaints } = await openPage(browser, 'about:blank');
      onTestFinished(() => page.context().close());
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      await page.goto(`${place}index.html#/posts/trees`);
      for (const copy of ['', 'devto', 'linkedin'])
        await page.frameLocator(`[data-copy="${copy}"] iframe`).locator('body').waitFor();
      await page.frameLocator('[data-copy=""] iframe').getByAltText('A tree').waitFor();
      const foreign = asked.filter((one) => !one.startsWith(place) && !/^(?:data|about):/.test(one));
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  test('shows what is written while it is open, in the tab that was chosen', async () => {
    const blog = makeSmallBlog(targets, {
      trees: writePost('Trees\n\nThey are tall.'),
      moss: writePost('Moss'),
    });
    const page = await open(`${await places['from a server'](blog)}#/posts/trees`);
    await page.locator('[data-copy=devto]').getByRole('button', { name: 'sent' }).click();
    const sent = page.getByRole('region', { name: 'What devto is sent' });
    await sent.getByText('They are tall.').waitFor();
    await page.getByText('follows your files').waitFor();
    writeFileSync(join(blog.folder, 'posts', 'trees.md'), writePost('Trees\n\nThey are very tall.'));
    await sent.getByText('They are very tall.').waitFor();
    expect(await page.getByRole('button', { name: 'sent', pressed: true }).count()).toBe(1);
    await page.frameLocator('[data-copy=""] iframe').getByText('They are very tall.').waitFor();
  });
});
