import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserPath, isBrowserRequired } from '../browser.ts';
import {
  desktop,
  findBarriers,
  launchBrowser,
  openPage,
  phone,
  type Look,
  type OpenedPage,
} from '../preview/open-page.ts';
import { makeDocument, makeView, sampleOverview } from '../preview/sample-data.ts';
import { serveSample, type SampleServer } from '../preview/serve-sample.ts';

/** A folder in which the pictures are kept, to be looked at. */
const pictures = process.env['BROADSIDE_PICTURES'];

/** Waits as long as a busy machine may take. */
const patiently = { timeout: 60_000 };

let browser: Browser;
let server: SampleServer;
const opened: OpenedPage[] = [];

async function open(hash: string, look: Look = desktop): Promise<Page> {
  const one = await openPage(browser, `${server.origin}/${hash}`, look);
  opened.push(one);
  return one.page;
}

/** Presses keys faster than the screen shows anything, and tells what has the focus then: by its text, or else by its id. */
function pressFast(page: Page, ...keys: readonly string[]): Promise<string> {
  return page.evaluate(`(async () => {
    for (const key of ${JSON.stringify(keys)}) {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve));
    }
    const { textContent, id } = document.activeElement;
    return textContent === '' ? id : textContent;
  })()`);
}

/** Presses a button that says `copied` for two seconds, which is looked for before they begin. */
async function clickToCopy(place: Page | Locator, name: string): Promise<void> {
  const said = place.getByRole('button', { name: 'copied' }).waitFor();
  await Promise.all([said, place.getByRole('button', { name }).click()]);
}

test('continuous integration has a browser', () => {
  expect(browserPath !== undefined || !isBrowserRequired).toBe(true);
});

describe.runIf(browserPath !== undefined)('the page of the preview', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await serveSample();
  });
  afterEach(async () => {
    const complaints = opened.flatMap((one) => one.complaints);
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
    await server.close();
    const complaint = complaints.find((text) => !text.includes('ERR_'));
    if (complaint !== undefined) throw new Error(complaint);
  });

  describe('the posts', () => {
    const titles = (page: Page): Promise<readonly string[]> => page.locator('.posts h2').allTextContents();

    test('stand with the state of each copy, and a title with signs in it is a title', async () => {
      const page = await open('');
      await page.waitForSelector('.posts');
      await expect
        .poll(() => titles(page), patiently)
        .toEqual(sampleOverview.posts.map(({ title }) => title));
      const cells = page.locator('[data-post="on-trees"] .cell');
      expect(await cells.allInnerTexts()).toEqual([
        expect.stringMatching(/devto\s+drifted\s+edited on dev\.to/),
        expect.stringMatching(/linkedin\s+held\s+interrupted/),
        expect.stringMatching(/feed\s+live\s+24 Nov, 09:00/),
      ]);
    });

    test('are searched, and filtered by state, target and rule', async () => {
      const page = await open('');
      await page.getByRole('searchbox').fill('small PLANTS');
      await expect
        .poll(() => titles(page), patiently)
        .toEqual(['On moss, and why it is never in a hurry', 'Ferns before there were flowers']);
      await page.getByRole('searchbox').fill('');
      await page.getByRole('button', { name: /^waiting/ }).click();
      await expect
        .poll(() => titles(page), patiently)
        .toEqual(['What lichen tells of the air', 'On moss, and why it is never in a hurry']);
      await page.getByLabel('Target').selectOption('feed');
      await expect.poll(() => titles(page), patiently).toEqual(['What lichen tells of the air']);
      await page.getByRole('link', { name: /What is wrong/ }).click();
      await page.getByRole('link', { name: 'image-without-alt' }).click();
      await expect
        .poll(() => titles(page), patiently)
        .toEqual(['On moss, and why it is never in a hurry', 'Roots & <what> they hold']);
      await page.getByRole('button', { name: /image-without-alt/ }).click();
      await expect.poll(() => titles(page), patiently).toHaveLength(sampleOverview.posts.length);
    });

    test('are gone through and opened by keys alone', async () => {
      const page = await open('');
      await page.waitForSelector('.posts');
      await page.keyboard.press('/');
      await page.keyboard.type('on ');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('k');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.board');
      expect(await page.locator('h1').textContent()).toBe('On moss, and why it is never in a hurry');
      await page.keyboard.press('j');
      await page.getByRole('heading', { level: 1, name: 'Ferns before there were flowers' }).waitFor();
      await page.keyboard.press('Escape');
      await expect
        .poll(() => page.evaluate('document.activeElement?.textContent'), patiently)
        .toBe('Ferns before there were flowers');
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.waitForSelector('.month');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    });

    test('lose no key that is pressed before the page has shown what the last one did', async () => {
      const page = await open('#/calendar');
      await page.waitForSelector('.month');
      expect(await pressFast(page, 'g', 'p', 'j', 'j', 'k', 'j')).toBe(
        'On moss, and why it is never in a hurry',
      );
      expect(await pressFast(page, 'g', 'f', '/')).toBe('search');
      await page.goto(`${server.origin}/#/posts/on-moss`);
      await page.waitForSelector('.board');
      expect(await pressFast(page, 'j', 'Escape', 'j')).toBe('On trees');
      await pressFast(page, 'g', 'c', '?');
      expect(await page.locator('dialog').getAttribute('open')).toBe('');
    });

    test('are gone through after the letters, too', async () => {
      const [moss] = sampleOverview.posts;
      if (moss === undefined) throw new Error('the sample has no posts');
      const letters = ['welcome', 'second'].map((id) => ({ ...moss, id, data: `posts/${id}`, subject: id }));
      server.overview = { ...sampleOverview, letters };
      for (const line of letters) server.views.set(line.id, makeView(line));
      const page = await open('#/letters');
      await page.getByRole('link', { name: 'welcome' }).waitFor();
      await page.goto(`${server.origin}/#/posts/welcome`);
      await page.locator('.way').getByRole('link', { name: 'Letters' }).waitFor();
      await page.keyboard.press('j');
      await expect.poll(() => page.evaluate('location.hash'), patiently).toBe('#/posts/second');
      expect(await pressFast(page, 'g', 'p', 'j')).toBe('What lichen tells of the air');
    });
  });

  describe('the copies of a post', () => {
    test('stand side by side, each frame as high as what is in it, and no script runs in one', async () => {
      const page = await open('#/posts/on-moss');
      await page.waitForSelector('.column iframe');
      expect(await page.locator('.column h2').allTextContents()).toEqual(['Original', 'devto', 'linkedin']);
      const readFrame = (expression: string): Promise<unknown> =>
        page.evaluate(
          `(({ contentDocument, clientHeight, sandbox }) => ${expression})(document.querySelector('[data-copy=devto] iframe'))`,
        );
      await expect
        .poll(() => readFrame('contentDocument.documentElement.scrollHeight - clientHeight'), patiently)
        .toBe(0);
      expect(await readFrame('[...sandbox]')).not.toContain('allow-scripts');
      await page.getByRole('button', { name: /^feed/ }).click();
      await expect
        .poll(() => page.locator('.column h2').allTextContents(), patiently)
        .toEqual(['Original', 'devto', 'feed']);
      await page.getByRole('button', { name: /^devto/ }).click();
      await expect
        .poll(() => page.locator('.column h2').allTextContents(), patiently)
        .toEqual(['Original', 'linkedin', 'feed']);
    });

    test('fold as wide as they are seen', async () => {
      const page = await open('#/posts/on-moss');
      const caption = page.locator('[data-copy=linkedin] figcaption');
      const readFold = async (): Promise<number> =>
        Number(/folded after (\d+) of \d+ characters/.exec(await caption.innerText())?.[1]);
      await caption.filter({ hasText: /552 px.*folded/ }).waitFor();
      const wide = await readFold();
      await page.getByRole('button', { name: 'phone' }).click();
      await caption.filter({ hasText: /375 px.*folded/ }).waitFor();
      await expect.poll(readFold, patiently).toBeLessThan(wide);
      await page.getByRole('button', { name: 'unfolded' }).click();
      await caption.filter({ hasText: /^375 px, \d+ characters/ }).waitFor();
      expect(await caption.innerText()).toContain('140: Phones show about 140 characters');
    });

    test('give the text that a person pastes, and the body that is sent', async () => {
      const page = await open('#/posts/on-moss');
      await clickToCopy(page, 'copy text');
      const readClipboard = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');
      expect(await readClipboard()).toContain('Moss takes its time.');
      await page.locator('[data-copy=devto]').getByRole('button', { name: 'sent' }).click();
      const raw = page.getByRole('region', { name: 'What devto is sent' });
      expect(await raw.textContent()).toContain('<script>alert(1)</script>');
      await clickToCopy(page.locator('[data-copy=devto]'), 'copy');
      expect(await readClipboard()).toBe(await raw.textContent());
    });

    test('show their words that would change, and ask the target when told to', async () => {
      const page = await open('#/posts/on-moss');
      await page
        .locator('[data-copy=devto]')
        .getByRole('button', { name: /^changes/ })
        .click();
      await expect.poll(() => page.locator('.hunk del').allTextContents(), patiently).toEqual(['no']);
      expect(await page.locator('.hunk ins').allTextContents()).toEqual(['its']);
      expect(server.asked.filter((path) => path.includes('remote'))).toEqual([]);
      await page.getByRole('button', { name: 'Against what devto holds now' }).click();
      await page.getByText('Somebody edited it on dev.to.').waitFor();
      expect(await page.locator('.remote ins').allTextContents()).toEqual(['slowly']);
    });

    test('that a person makes are copied as formatted text, and their address is recorded', async () => {
      const page = await open('#/posts/on-moss');
      await page.getByRole('button', { name: /^medium/ }).click();
      const medium = page.locator('[data-copy=medium]');
      await medium.getByText('broadside resolve on-moss medium --url URL').waitFor();
      server.overview = { ...sampleOverview, token: 'a word' };
      server.tell({ overview: true, changed: [] });
      await clickToCopy(medium, 'copy formatted');
      const kinds = 'navigator.clipboard.read().then(([item]) => [...item.types].sort())';
      expect(await page.evaluate(kinds)).toEqual(['text/html', 'text/plain']);
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^[^<]+$/);
      await medium.getByRole('textbox').fill('https://medium.example/p/1');
      await page.keyboard.press('Enter');
      await medium.getByText('Recorded.').waitFor();
      expect(server.recorded).toEqual([
        {
          post: 'on-moss',
          target: 'medium',
          url: 'https://medium.example/p/1',
          token: 'a word',
          fingerprint: 'f1',
        },
      ]);
      expect(await findBarriers(page)).toEqual([]);
      const view = server.views.get('on-moss');
      if (view === undefined) throw new Error('there is no moss');
      const url = 'https://medium.example/p/2';
      const copies = view.copies.map((copy) =>
        copy.target === 'medium' ? { ...copy, state: { ...copy.state, url } } : copy,
      );
      server.views.set('on-moss', { ...view, copies });
      server.tell({ overview: true, changed: ['on-moss'] });
      await medium.getByText('even if you leave the copy as it is').waitFor();
      await expect.poll(() => medium.getByRole('textbox').inputValue(), patiently).toBe(url);
    });

    test('are tabs where the window is narrow', async () => {
      const page = await open('#/posts/on-moss', phone);
      const chosen = page.getByRole('tab', { selected: true });
      await chosen.click();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => chosen.innerText(), patiently).toMatch(/^linkedin/);
      expect(await pressFast(page, 'ArrowRight', 'ArrowLeft', 'ArrowLeft')).toMatch(/^devto/);
      expect(await pressFast(page, 'ArrowRight')).toMatch(/^linkedin/);
      await page.getByText('375 px').waitFor();
      await page.reload();
      await expect.poll(() => chosen.innerText(), patiently).toMatch(/^linkedin/);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    });

    test('have what is wrong beside its place, from which the editor opens', async () => {
      const page = await open('#/posts/on-moss');
      const own = page.locator('[data-copy=devto] .diagnostic');
      expect(await own.getByRole('link').getAttribute('href')).toBe(
        'vscode://file/blog/posts/on-moss.md:3:7',
      );
      await page.getByRole('button', { name: /^file/ }).click();
      const marked = page.locator('.source .is-marked').first();
      expect(await marked.innerText()).toContain('tags: [a, b, c, d, e]');
      expect(await marked.innerText()).toContain('dev.to takes four tags');
    });
  });

  describe('the calendar', () => {
    test('has the month and the week, with the reasons and a colour for each series', async () => {
      const page = await open('#/calendar');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('December 2026');
      expect(await page.locator('.day').innerText()).toContain('is held: interrupted: LinkedIn cannot say');
      await page.locator('[data-day="2026-12-01"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect
        .poll(() => page.locator('.day h2').textContent(), patiently)
        .toBe('Thursday, 3 December 2026');
      await expect.poll(() => page.evaluate('document.activeElement?.textContent'), patiently).toBe('3');
      expect(await pressFast(page, 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowUp')).toBe('26');
      expect(await page.locator('.day h2').textContent()).toBe('Thursday, 26 November 2026');
      expect(await pressFast(page, 'ArrowDown')).toBe('3');
      expect(await page.locator('.series-key').innerText()).toBe('Small plants');
      expect(await page.locator('.month .entry.has-hue').count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'week' }).click();
      await expect.poll(() => page.locator('.week .day').count(), patiently).toBe(7);
      await page.getByRole('link', { name: 'Previous week' }).click();
      await expect
        .poll(() => page.locator('.week').innerText(), patiently)
        .toContain('On moss, and why it is never in a hurry');
    });

    test('moves its clock, and back', async () => {
      const page = await open('#/calendar');
      await page.locator('.clock summary').click();
      await page.getByLabel(/As if it were/).fill('2027-01-05T10:00');
      await page.getByRole('button', { name: 'Move the clock' }).click();
      await page.getByText(/as if 5 Jan(?: 2027)?, 10:00/).waitFor();
      expect(server.asked).toContain('/data/overview.json?at=2027-01-05T10%3A00%3A00.000Z');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('January 2027');
      await page.locator('.clock summary').click();
      await page.getByRole('button', { name: 'Back to now' }).click();
      await page.getByText(/1 Dec(?: 2026)?, 08:12/).waitFor();
    });
  });

  describe('what changes while it is open', () => {
    test('is shown in its place: nothing else moves, and no other post is read', async () => {
      const page = await open('#/posts/on-moss');
      const devto = page.locator('[data-copy=devto]');
      await devto.locator('iframe').waitFor();
      await page.locator('[data-copy=linkedin]').getByRole('button', { name: 'unfolded' }).click();
      await expect
        .poll(() => page.evaluate('document.documentElement.scrollHeight'), patiently)
        .toBeGreaterThan(2000);
      await page.evaluate('window.scrollTo(0, 1000)');
      const old = server.views.get('on-moss');
      if (old === undefined) throw new Error('the sample has no such post');
      server.views.set('on-moss', {
        ...old,
        copies: old.copies.map((copy) =>
          copy.target === 'devto'
            ? {
                ...copy,
                view: {
                  frames: [
                    {
                      name: 'article',
                      html: makeDocument(`<p id="new">Written anew.</p>${'<p>Moss.</p>'.repeat(300)}`),
                    },
                  ],
                },
              }
            : copy,
        ),
      });
      server.asked.length = 0;
      server.tell({ overview: true, changed: ['on-moss', 'on-trees'] });
      await devto.frameLocator('iframe:not(.is-behind)').locator('#new').waitFor();
      expect(await page.evaluate('window.scrollY')).toBe(1000);
      expect(await page.locator('[data-copy=linkedin] [aria-pressed=true]').innerText()).toBe('unfolded');
      expect(server.asked.toSorted()).toEqual(['/data/overview.json', '/data/posts/on-moss.json']);
    });

    test('may be the config: what is wrong with it is said, and goes when it is mended', async () => {
      const page = await open('');
      await page.waitForSelector('.posts');
      server.overview = {
        ...sampleOverview,
        problem: {
          code: 'CONFIG_INVALID',
          message: 'There is no kind devot.',
          remedy: 'Write devto.',
          file: 'config/broadside.yaml',
          line: 4,
        },
      };
      server.tell({ overview: true });
      await page.getByRole('alert').filter({ hasText: 'There is no kind devot.' }).waitFor();
      expect(await page.locator('.posts h2').count()).toBe(sampleOverview.posts.length);
      server.overview = sampleOverview;
      server.tell({ overview: true });
      await page.getByRole('alert').waitFor({ state: 'detached' });
    });

    test('may be that the server ends, which is said', async () => {
      const page = await open('');
      await page.getByText('follows your files').waitFor();
      await server.close();
      await page.getByText('the server has stopped').waitFor();
      expect(await page.locator('.posts h2').count()).toBe(sampleOverview.posts.length);
    });
  });

  const places = [
    '#/',
    '#/posts/on-moss',
    '#/posts/on-moss/linkedin',
    '#/calendar',
    '#/calendar/week',
    '#/rules',
  ];
  const looks = [desktop, phone].flatMap((look) =>
    (['light', 'dark'] as const).map((scheme) => ({ ...look, scheme })),
  );

  test.each(looks)('has no barrier that axe finds, and fits: $width px, $scheme', async (look) => {
    const page = await open('', look);
    for (const place of places) {
      await page.goto(`${server.origin}/${place}`);
      await page.waitForSelector('main h1, main h2');
      if (place.includes('posts/')) await page.waitForSelector('iframe');
      expect([place, await findBarriers(page)]).toEqual([place, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      if (pictures !== undefined) {
        mkdirSync(pictures, { recursive: true });
        const picture = await page.screenshot();
        writeFileSync(
          join(pictures, `preview-${place.replaceAll(/\W+/g, '-')}-${look.width}-${look.scheme}.png`),
          picture,
        );
      }
    }
  });
});
