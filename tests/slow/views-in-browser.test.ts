import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from '../../src/model/view.ts';
import { loadFile } from '../../src/sources/markdown/index.ts';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { showWrapped } from '../../src/transform/show-wrapped.ts';
import { postStyle } from '../../src/views/linkedin/post-style.ts';
import { showPost } from '../../src/views/linkedin/show-post.ts';
import { writeDocument } from '../../src/views/document.ts';
import { viewCopy } from '../../src/views/view-copy.ts';
import { browserPath, startBrowser, type Browser } from '../browser.ts';
import { fixtureTargets, siteAround } from '../rendition-fixtures.ts';
import { findActive } from '../views/find-active.ts';
import { hostilePost } from '../views/hostile-post.ts';
import { openFolder } from '../workspace.ts';

/** A folder in which the pictures are kept, to be looked at. */
const pictures = process.env['BROADSIDE_PICTURES'];

const cleanUps: (() => unknown)[] = [];
const pages = new Map<string, string>();
let browser: Browser;
let origin: string;

describe.runIf(browserPath !== undefined)('views in a browser', () => {
  beforeAll(async () => {
    const server = createServer((request, response) => {
      const page = pages.get(request.url ?? '');
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    cleanUps.push(() => void server.close());
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = openFolder((work) => void cleanUps.push(work));
    browser = await startBrowser(browserPath ?? '', folder);
  });

  afterAll(async () => {
    await browser.close();
    for (const cleanUp of cleanUps) await cleanUp();
  });

  /** Shows a document as a page of its own, so that nothing but what it says itself keeps it from running anything. */
  async function show(name: string, html: string, width: number): Promise<void> {
    pages.set(`/${name}`, html);
    await browser.page.show(`${origin}/${name}`, { width, height: 900, scheme: 'light' });
    if (pictures !== undefined)
      writeFileSync(join(pictures, `${name}-${width}.png`), await browser.page.picture());
  }

  async function viewHostile(): Promise<readonly (readonly [name: string, frame: Frame])[]> {
    const root = openFolder((work) => void cleanUps.push(work));
    writeFileSync(join(root, 'post.md'), hostilePost);
    const loaded = await loadFile(
      'post.md',
      { canonical: '/blog/{slug}', fields: {}, syntax: { math: true } },
      {
        root,
        url: 'https://example.com',
        timezone: 'UTC',
        language: 'en',
        author: { name: '<script>hit("author")</script>' },
        targets: fixtureTargets.map(({ name }) => name),
      },
    );
    const [post] = loaded.posts;
    if (post === undefined) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
    const content = showWrapped(await loaded.read(new AbortController().signal));
    const site = siteAround(post);
    const views = await Promise.all(
      fixtureTargets.map(async (target) => {
        const made = await target.render(post, chooseContent(content, target), site);
        const { frames } = await viewCopy(target, made, post, site);
        return frames.map((frame) => [`${target.kind}-${frame.name}`.replaceAll(' ', '-'), frame] as const);
      }),
    );
    return views.flat();
  }

  test('a post that means harm runs nothing, and covers nothing', async () => {
    const shown = await viewHostile();
    expect(shown.length).toBeGreaterThan(3);
    const safe = { active: [], hits: [], isLedAway: false, keepsTitle: true, covering: 0, isWide: false };
    const listens = '<script>window.hits = []; window.hit = (what) => hits.push(what)</script>';
    const covering = `[...document.querySelectorAll('body *')].filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position)).length`;
    for (const [name, { html }] of shown) {
      await show(name, html.replace('<!doctype html>', `<!doctype html>${listens}`), 1280);
      const found = {
        active: findActive(html),
        hits: await browser.page.read('hits'),
        isLedAway: await browser.page.read(`location.pathname !== '/${name}'`),
        keepsTitle: await browser.page.read(`document.title.includes('<script>')`),
        covering: await browser.page.read(covering),
        isWide: await browser.page.read('document.documentElement.scrollWidth > 1280'),
      };
      expect({ name, ...found }).toEqual({ name, ...safe });
    }
  });

  test.each([
    ['three lines', 'One.\nTwo.\nThree.', 0],
    ['four lines', 'One.\nTwo.\nThree.\nFour.', 20],
    ['a long line', 'word '.repeat(80), 20],
    ['a short line', 'word', 0],
  ])('a text of %s is folded where there is more to see', async (name, commentary, height) => {
    const body = showPost({
      id: 'a',
      author: 'An author',
      below: 'Now',
      commentary,
      text: 'folded',
    });
    const html = writeDocument({ title: name, lang: 'en', style: postStyle, body });
    for (const width of [552, 375]) {
      await show(`fold-${name.replaceAll(' ', '-')}`, html, width);
      expect(await browser.page.read(`document.querySelector('.more').offsetHeight`)).toBe(height);
      await browser.page.read(`document.querySelector('.toggle').checked = true`);
      const whole = `document.querySelector('.box').clientHeight >= document.querySelector('.measure').scrollHeight`;
      expect(await browser.page.read(whole)).toBe(true);
    }
  });
});
