import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { startLocalServer } from '../local-server.ts';
import { openFolder, program, type Run, startProgram, root } from '../workspace.ts';

/** Whether the sizes are those of the promise; else they are as small as shows how time and memory grow. */
const isWhole = process.env['BROADSIDE_MATRIX'] === 'whole';
const [items, depth, megabytes] = isWhole ? [100_000, 100_000, 50] : [500, 20_000, 12];

/** How many seconds of CPU a feed may take. */
const longest = isWhole ? 400 : 50;

const rss = (inner: string) =>
  `<rss version="2.0"><channel><title>T</title><link>https://example.com/</link>${inner}</channel></rss>`;
const item = (path: string, html: string, title = 'A title') =>
  `<item><title>${title}</title><link>https://example.com/${path}</link><pubDate>1 Mar 2026 10:00 GMT</pubDate>` +
  `<description><![CDATA[${html}]]></description></item>`;
const fine = item('fine', '<p>Fine.</p>');

interface Result extends Run {
  /** Every file there is, by path from the folder. */
  readonly files: readonly string[];
  read(path: string): string;
}

/** Imports a feed in a process of its own that may take 512 MB, and is killed when it takes too much CPU. */
async function importFeed(feed: string | Uint8Array, words: readonly string[] = []): Promise<Result> {
  const folder = openFolder();
  const isUrl = typeof feed === 'string' && feed.startsWith('http://');
  if (!isUrl) writeFileSync(join(folder, 'in.xml'), feed);
  const call = [process.execPath, program, 'import', isUrl ? feed : 'in.xml', '--out', 'a/out', ...words];
  const run = await startProgram(folder, ['sh', '-c', 'ulimit -t "$0"; exec "$@"', `${longest}`, ...call], {
    NODE_OPTIONS: '--max-old-space-size=512',
  }).ended;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return { ...run, files, read: (path) => readFileSync(join(folder, path), 'utf8') };
}

const posts = ({ files }: Result) => files.filter((path) => path.endsWith('.md')).toSorted();

describe('a hostile feed, in a process of 512 MB', { timeout: 3_600_000 }, () => {
  test.each([
    [
      'an entity bomb',
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]>${rss(item('a', '').replace('A title', '&a8;'))}`,
    ],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rss(item('a', '').replace('A title', '&a;'))}`,
    ],
  ])('%s is refused and never expanded', async (_name, feed) => {
    const run = await importFeed(feed);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('FEED_INVALID') });
    expect(run.stdout + run.stderr).not.toMatch(/root:|aaaa/);
    expect(posts(run)).toEqual([]);
  });

  test.each([
    ['one element of text', 'word '.repeat((megabytes * 1024 * 1024 - 2000) / 5)],
    ['one element of tags', '<p><b>x'.repeat((megabytes * 1024 * 1024 - 2000) / 7)],
  ])('%s that is as large as may be costs one item', async (_name, html) => {
    const run = await importFeed(rss(item('large', html) + fine));
    expect(run.code).toBe(1);
    expect(posts(run)).toEqual(['a/out/fine.md', 'a/out/large.md']);
    expect(run.stderr).toContain('longer than the 2 MB');
    expect(run.read('a/out/fine.md')).toContain('Fine.');
  });

  test('more than 50 MB is refused before it is read', async () => {
    const run = await importFeed(Buffer.alloc(50 * 1024 * 1024 + 1, 'a'));
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('RESPONSE_TOO_LARGE') });
  });

  test('many items are as many files', async () => {
    const run = await importFeed(
      rss(Array.from({ length: items }, (_, index) => item(`post-${index}`, '<p>x</p>')).join('')),
    );
    expect(run.code).toBe(0);
    expect(posts(run)).toHaveLength(items);
  });

  test.each([
    ['XML', rss(`<item><title>Deep</title>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</item>${fine}`)],
    ['blocks', rss(item('deep', '<div>'.repeat(depth)) + fine)],
    ['words', rss(item('deep', '<b>'.repeat(depth)) + fine)],
    ['lists', rss(item('deep', '<ul><li>'.repeat(depth)) + fine)],
    [
      'XHTML',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>Deep</title><link href="https://example.com/deep"/><updated>2026-01-01T00:00:00Z</updated><content type="xhtml">${'<div>'.repeat(depth)}x${'</div>'.repeat(depth)}</content></entry><entry><title>Fine</title><link href="https://example.com/fine"/><updated>2026-01-01T00:00:00Z</updated><content>Fine.</content></entry></feed>`,
    ],
  ])('%s nested without end cost one item', async (_name, feed) => {
    const run = await importFeed(feed);
    expect([0, 1]).toContain(run.code);
    expect(run.read('a/out/fine.md')).toContain('Fine.');
    expect(run.stderr).not.toContain('INTERNAL');
  });

  test.each([
    ['tags that never end', 'x<p'.repeat(80_000)],
    ['marks without words', '<b></b>'.repeat(40_000)],
    ['marks of spaces', '<i> </i><code> </code>'.repeat(15_000)],
    ['cells that span', '<table><tr><td colspan="99999999" rowspan="99999999">x'],
    ['cells that span often', `<table>${'<tr><td colspan="50" rowspan="50">x'.repeat(3000)}`],
    ['a wide and long table', `<table><tr>${'<td>a'.repeat(20_000)}${'<tr><td>b'.repeat(2000)}`],
    ['blocks of code', `<div>${'<pre>x</pre>'.repeat(4000)}`],
    [
      'footnotes',
      `${'<a href="#fn1">1</a>'.repeat(4000)}<div class="footnotes"><ol><li id="fn1">x</ol></div>`,
    ],
    ['escapes', `<p>${'word '.repeat(100_000)}*a* _b_ [c]`],
    ['more elements than a person writes', '<p><b>x</b></p>'.repeat(60_000)],
  ])('%s are read in time', async (_name, html) => {
    const run = await importFeed(rss(item('slow', html) + fine));
    expect([0, 1]).toContain(run.code);
    expect(posts(run)).toEqual(['a/out/fine.md', 'a/out/slow.md']);
  });

  test('a response that never ends is cut off', async () => {
    const server = await startLocalServer((_incoming, outgoing) => {
      const piece = Buffer.alloc(1024 * 1024, 'a');
      const send = (): void => {
        while (outgoing.write(piece));
      };
      outgoing.on('drain', send);
      send();
    });
    const run = await importFeed(`${server.url}/feed.xml`, ['--allow-private']);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('RESPONSE_TOO_LARGE') });
    expect(run.files).toEqual([]);
  });

  test('nothing executable is carried over, and nothing speaks to the terminal', async () => {
    const html =
      '<script>alert(1)</script><p onclick="alert(2)">Text <a href="javascript:alert(3)">a</a> <a href="java&#9;script:alert(4)">b</a> <a href="data:text/html,x">c</a> <a href="vbscript:x">d</a> <img src="javascript:alert(5)" alt="e"> <img src="x.png" onerror="alert(6)"> \u001B[31mred\u0007 &#27;]0;x&#7;</p><svg onload="alert(7)"><script>alert(8)</script></svg><iframe src="javascript:alert(9)"></iframe><iframe srcdoc="<script>x</script>"></iframe><object data="javascript:x"></object><embed src="data:text/html,x"><details open ontoggle="alert(10)"><summary><img src=x onerror=y>Sum</summary>In</details><form action="javascript:x"><button formaction="javascript:x">B</button></form><math href="javascript:x"><mi>x</mi></math><div class="ltag__link"><h2><a href="javascript:alert(11)">Card</a></h2></div><div class="tweet" data-attrs=\'{"url":"javascript:alert(12)"}\'>T</div>';
    const run = await importFeed(
      rss(item('p', html, '&lt;script&gt;alert(0)&lt;/script&gt; \u001B]0;owned\u0007\u009B31m title')),
    );
    const text = run.read('a/out/p.md');
    const [, title = '', body = ''] = text.split(/^---$/m);
    expect(title).toContain('title: <script>alert(0)</script>');
    expect(body).not.toMatch(
      /javascript:|vbscript:|data:|<script|<iframe|<svg|<object|on(?:click|error|load|toggle)=/i,
    );
    expect(text + run.stdout + run.stderr).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
    expect(text).toContain('Text a b c d');
  });

  test('names cannot leave the folder, whatever they are made of', async () => {
    const paths = [
      '..%2F..%2Fup',
      '%2e%2e%5c%2e%2e%5cwin',
      '.bashrc',
      '%00nul',
      'con',
      '..',
      '~root',
      '-rf',
      'a%0Ab',
      'C%3A%5Cx',
      'index.html',
      'long'.repeat(200),
      '%FF%FE',
      '__proto__',
      'constructor',
    ];
    const run = await importFeed(
      rss(
        paths.map((path) => item(path, '<p>x</p>', '../../../title')).join('') +
          '<item><guid isPermaLink="false">../../../../etc/cron.d/x</guid><title>/etc/passwd</title><description>x</description></item>',
      ),
    );
    expect(run.code).toBe(0);
    expect(posts(run)).toHaveLength(paths.length + 1);
    for (const path of run.files)
      expect(path === 'in.xml' || path === 'a' || path.startsWith('a/out')).toBe(true);
    expect(readdirSync('/tmp').filter((name) => /^(?:up|win|title)\.md$/.test(name))).toEqual([]);
    expect(existsSync('/etc/cron.d/x')).toBe(false);
  });
});

const encodings: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['utf-8', (text) => Buffer.from(text)],
  ['windows-1252', (text) => Buffer.from(text.replace('“é”', '\x93\xe9\x94'), 'latin1')],
  ['iso-8859-1', (text) => Buffer.from(text.replace('“é”', '\x93\xe9\x94'), 'latin1')],
  ['utf-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
];

test.each(encodings)('%s is read as it is declared', async (name, encode) => {
  const feed = `<?xml version="1.0" encoding="${name}"?>${rss(item('a', 'x', '“é”'))}`;
  expect((await parseFeed(encode(feed))).items[0]?.title).toBe('“é”');
});

test.each([
  ['Shift_JIS', [0x93, 0xfa, 0x96, 0x7b], '日本'],
  ['EUC-JP', [0xc6, 0xfc, 0xcb, 0xdc], '日本'],
  ['GB18030', [0xc8, 0xd5, 0xb1, 0xbe], '日本'],
  ['KOI8-R', [0xc4, 0xc1], 'да'],
  ['iso-8859-2', [0xbe, 0xe8], 'žč'],
] as const)('%s is read as it is declared', async (name, bytes, title) => {
  const [before = '', after = ''] =
    `<?xml version="1.0" encoding="${name}"?>${rss(item('a', 'x', '@'))}`.split('@');
  const feed = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
  expect((await parseFeed(feed)).items[0]?.title).toBe(title);
});

test.each(['atom.xml', 'blog.xml', 'feed.json', 'forem.xml'])(
  '%s cut off anywhere is refused, never half read',
  async (name) => {
    const bytes = readFileSync(new URL(`tests/fixtures/feeds/${name}`, root));
    const whole = bytes.toString().trimEnd().length;
    for (let length = 0; length < whole; length += 7) {
      await expect(parseFeed(bytes.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({
        code: 'FEED_INVALID',
      });
    }
  },
);
