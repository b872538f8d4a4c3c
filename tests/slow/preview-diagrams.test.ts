import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findApp } from '../../src/preview/app-files.ts';
import { openPreview } from '../../src/preview/open-preview.ts';
import { writePreview } from '../../src/preview/write-files.ts';
import { browserPath } from '../browser.ts';
import { desktop, launchBrowser, openPage } from '../preview/open-page.ts';
import { openShell, startPreview } from '../preview/start-preview.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openFolder } from '../workspace.ts';

const targets = ['devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }'];

const diagrams = [
  '```mermaid\ngraph LR\n  A[Post] --> B["<img src=x onerror=alert(1)>"]\n  click A "javascript:alert(1)"\n```',
  'Between them.',
  '```mermaid\nthis is none\n```',
].join('\n\n');

const posts = { drawn: writePost(`Drawn\n\n${diagrams}`), plain: writePost('Plain') };

let browser: Browser;

describe.runIf(browserPath !== undefined)('diagrams in the preview', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** What of the dev.to copy's diagrams is drawn, and what is shown as it was written. */
  async function lookAt(address: string) {
    const { page, complaints } = await openPage(browser, address, desktop);
    const frame = page.frameLocator('iframe[title*="on devto"]').first();
    const picture = frame.locator('.diagram img');
    await picture.waitFor({ timeout: 60_000 });
    const shown = {
      pictures: await picture.count(),
      width: await picture.evaluate((one) => ('naturalWidth' in one ? one.naturalWidth : 0)),
      sources: await frame.locator('.diagram pre').allTextContents(),
      complaints: complaints.filter((text) => !text.startsWith('Failed to load')),
    };
    await page.context().close();
    return shown;
  }

  test('are drawn where the post has them, and one that cannot be is shown as it was written', async () => {
    const app = findApp();
    const { url } = await startPreview(makeSmallBlog(targets, posts).folder, { ...(app && { app }) });
    const { width, ...shown } = await lookAt(new URL('#/posts/drawn', url).href);
    expect(shown).toEqual({ pictures: 1, sources: ['this is none'], complaints: [] });
    expect(width).toBeGreaterThan(50);
  });

  test('are drawn in files too, which hold what draws them only where it is needed', async () => {
    const shell = openShell(makeSmallBlog(targets, posts).folder);
    const preview = await openPreview({ config: 'config/broadside.yaml' }, shell, 'files');
    const folder = openFolder();
    await writePreview(preview, findApp(), { folder, posts: [], all: false });
    const { width, ...shown } = await lookAt(
      `${pathToFileURL(join(folder, 'index.html')).href}#/posts/drawn`,
    );
    expect(shown).toEqual({ pictures: 1, sources: ['this is none'], complaints: [] });
    expect(width).toBeGreaterThan(50);

    const other = openShell(makeSmallBlog(targets, { plain: posts.plain }).folder);
    const plain = openFolder();
    const withoutDiagrams = await openPreview({ config: 'config/broadside.yaml' }, other, 'files');
    await writePreview(withoutDiagrams, findApp(), { folder: plain, posts: [], all: false });
    expect(existsSync(join(plain, 'diagrams.js'))).toBe(false);
    expect(readFileSync(join(plain, 'app.js'), 'utf8')).not.toBe('');
  });
});
