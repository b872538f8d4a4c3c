import { expect, test } from 'vitest';
import { plainMarkdown } from '../../src/sources/feed/exports/hashnode/plain-markdown.ts';
import { readTable } from '../../src/sources/feed/exports/substack/read-table.ts';
import { readContent } from '../../src/sources/feed/exports/wordpress/read-content.ts';
import { measureCpu } from '../measure-cpu.ts';

const post = { id: '1', footnotes: undefined, library: { attachments: new Map(), shared: new Map() } };

/** A text of nothing but a part: as long as the longest that is read, or half of that. */
const fill = (part: string): string => part.repeat(Math.floor(1_000_000 / part.length));

/** Far more than what takes time in proportion to its length, and far less than what takes the square of it: milliseconds. */
const most = 20_000;

test.each([
  '[foo a="1"]',
  '[code]',
  '[code]<pre>',
  '[gallery ',
  '[a x="',
  '[[gallery]]',
  '[footnote]',
  '<!-- wp:a -->',
  '<!-- wp:a {"a":',
  '<!--',
  '<pre>',
  '$latex a',
])('a text of WordPress with nothing but %s is read in little time', async (part) => {
  expect(await measureCpu(() => readContent(fill(part), post))).toBeLessThan(most);
});

test.each(['%[https://a.example]', '![a](b align="', '%[', '`'])(
  'and one of Hashnode with nothing but %s',
  async (part) => {
    expect(await measureCpu(() => plainMarkdown(fill(part)))).toBeLessThan(most);
  },
);

test.each(['"', '"a,', ',', '""', '"a\n'])('and a table of Substack with nothing but %j', async (part) => {
  expect(await measureCpu(() => readTable(fill(part)))).toBeLessThan(most);
});
