import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderMail } from '../../src/mailing/render-mail.ts';
import { browserPath, startBrowser, type Browser, type View } from '../browser.ts';
import { letterSite, readLetter, writeInvented } from '../mailing/read-letter.ts';
import { openFolder, root } from '../workspace.ts';

/** A folder in which the pictures are kept, to be looked at. */
const pictures = process.env['BROADSIDE_PICTURES'];

const views: readonly View[] = [600, 375].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, height: 800, scheme })),
);

const letters = fileURLToPath(new URL('tests/letters', root));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe says of a page in which nothing may load: what a picture shows is not seen, and mail has no landmarks. */
const findBarriers = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`;

const cleanUps: (() => unknown)[] = [];
let browser: Browser;
let folder: string;

describe.runIf(browserPath !== undefined)('a letter in a browser, as mail programs show it', () => {
  beforeAll(async () => {
    folder = openFolder((work) => void cleanUps.push(work));
    browser = await startBrowser(
      browserPath ?? '',
      openFolder((work) => void cleanUps.push(work)),
    );
    cleanUps.push(() => browser.close());
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });

  test.each(readdirSync(letters))(
    '%s fits and can be read, wide and narrow, light and dark',
    async (name) => {
      const { letter, content } = readLetter(join(letters, name, 'letter.md'));
      const { html } = renderMail(content, letter, letterSite, { target: 'mail', mergeTags: writeInvented });
      const file = join(folder, `${name}.html`);
      writeFileSync(file, html);
      const { page } = browser;
      const papers = new Set<string>();
      for (const view of views) {
        await page.show(`file://${file}`, view);
        const colour = await page.read(`getComputedStyle(document.querySelector('.letter')).backgroundColor`);
        papers.add(`${view.scheme} ${String(colour)}`);
        expect(await page.read('document.documentElement.scrollWidth')).toBeLessThanOrEqual(view.width);
        await page.read(`${axe}; ${findBarriers}.then((found) => { window.barriers = found; }); 0`);
        await expect.poll(() => page.read('window.barriers'), { timeout: 60_000 }).toEqual([]);
        if (pictures !== undefined)
          writeFileSync(
            join(pictures, `letter-${name}-${view.width}-${view.scheme}.png`),
            await page.picture(),
          );
      }
      expect([...papers].toSorted()).toEqual(['dark rgb(28, 31, 36)', 'light rgb(255, 255, 255)']);
    },
  );
});
