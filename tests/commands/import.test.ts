import { fileURLToPath } from 'node:url';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runImport } from '../../src/commands/import/import.ts';
import type { Shell } from '../../src/base/shell.ts';
import { startLocalServer } from '../local-server.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../../src/base/terminal.ts';
import { root } from '../workspace.ts';

const fixtures = fileURLToPath(new URL('tests/fixtures/feeds', root));
let folder = '';
let out = '';
let reported = '';

function makeShell(given: Partial<Shell> = {}): Shell {
  return {
    cwd: folder,
    environment: {},
    signal: new AbortController().signal,
    now: () => '2026-11-21T08:30:00.000Z',
    format: 'human',
    print: (text) => {
      out += text;
    },
    report: (text) => {
      reported += text;
    },
    interactive: false,
    color: false,
    ...given,
  };
}

interface Wish {
  readonly force?: boolean;
  readonly images?: boolean;
  readonly allowPrivate?: boolean;
  readonly shell?: Partial<Shell>;
}

const run = (feed: string, { shell, ...wish }: Wish = {}) =>
  runImport(
    { feed, config: 'config/broadside.yaml', out: 'posts', force: false, allowPrivate: true, ...wish },
    makeShell(shell),
  );
const read = (name: string) => readFileSync(join(folder, 'posts', name), 'utf8');
const forem = join(fixtures, 'forem.xml');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-import-'));
  out = '';
  reported = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('import', () => {
  test('writes one file per item, with what the item says and nothing else', async () => {
    expect(await run(forem)).toBe(0);
    expect(readdirSync(join(folder, 'posts')).toSorted()).toEqual([
      'ledgers.md',
      'no-tags-here.md',
      'part-of-something.md',
    ]);
    expect(read('ledgers.md')).toBe(`---
title: 'Ledgers & Intents: What "Sent" Means'
date: 2026-03-05T09:30:00Z
author: Example Author
tags:
  - ledger
  - webdev
canonical_url: https://blog.example.com/notes/ledgers
---

A line ends with two spaces and goes on — “quoted”, 5 < 6 && it's fine.

## Code

Like this:

\`\`\`python
def send():
    return "a < b"

# ...
\`\`\`

\`\`\`
# owners
*.ts  @example-team
\`\`\`

| Step       | Cost           |
| ---------- | -------------- |
| one \`a\\|b\` | \\~$10<br>\\~$20 |
`);
  });

  test('names the posts without an original or tags, and what to do next', async () => {
    await run(forem);
    const lines = reported.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('feed-original')).map((line) => line.split(':')[0])).toEqual([
      'posts/no-tags-here.md',
      'posts/part-of-something.md',
    ]);
    expect(lines.filter((line) => line.includes('import-tags')).map((line) => line.split(':')[0])).toEqual([
      'posts/no-tags-here.md',
    ]);
    expect(read('part-of-something.md')).not.toContain('canonical_url');
    expect(out).toMatch(/^\+ ledgers {2}Ledgers & Intents/);
    expect(out).toContain('3 written in posts.');
    expect(out).toContain('broadside check');
  });

  test('keeps who wrote a post and when it was changed', async () => {
    const entry = (id: string, more: string): string =>
      `<entry><title>${id}</title><id>${id}</id><link href="https://blog.example/${id}/"/><published>2026-06-01T10:00:00Z</published><content type="html">x</content>${more}</entry>`;
    writeFileSync(
      join(folder, 'feed.xml'),
      `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Fern Example</name></author>${entry('one', '<updated>2026-06-03T10:00:00Z</updated>')}${entry('two', '<author><name>Moss Example</name><uri>https://moss.example/</uri></author><updated>2026-06-01T10:00:00Z</updated>')}</feed>`,
    );
    await run(join(folder, 'feed.xml'));
    expect(read('one.md')).toContain('updated: 2026-06-03T10:00:00Z\nauthor: Fern Example\n');
    expect(read('two.md')).toContain('authors:\n  - name: Moss Example\n    url: https://moss.example/\n');
    expect(read('two.md')).not.toContain('updated');
  });

  test('a picture that Media RSS gives is the cover though nothing but its name says that it is one', async () => {
    const media = (url: string): string => `<media:content url="https://blog.example/${url}" width="5"/>`;
    writeFileSync(
      join(folder, 'feed.xml'),
      `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<item><title>Quay</title><link>https://blog.example/quay/</link><description>x</description>${media('quay.max-600.PNG?v=2')}</item>
<item><title>Film</title><link>https://blog.example/film/</link><media:group>${media('film.mp4')}<media:thumbnail url="https://blog.example/still.jpg"/><media:description>First line
second &lt;b&gt;

Next</media:description></media:group></item>
<item><title>Talk</title><link>https://blog.example/talk/</link><itunes:summary>Said in short.</itunes:summary></item>
</channel></rss>`,
    );
    await run(join(folder, 'feed.xml'));
    expect(read('quay.md')).toContain('cover_image: https://blog.example/quay.max-600.PNG?v=2\n');
    expect(read('quay.md')).not.toContain('[quay');
    expect(read('film.md')).toContain('cover_image: https://blog.example/still.jpg\n');
    expect(read('film.md')).toMatch(/First line\\\nsecond \\?<b>\n\nNext\n/);
    expect(read('film.md')).toContain('(https://blog.example/film.mp4)');
    expect(read('talk.md')).toContain('\nSaid in short.\n');
  });

  test('an empty text of a JSON Feed is none where another one says something', async () => {
    const written = { version: 'https://jsonfeed.org/version/1.1', title: 'T' };
    const at = (id: string) => ({ id, url: `https://blog.example/${id}/`, title: id });
    const items = [
      { ...at('plain'), content_html: '', content_text: 'Plain words.', summary: 'Short.' },
      { ...at('short'), content_html: ' ', summary: 'Short alone.' },
    ];
    writeFileSync(join(folder, 'feed.json'), JSON.stringify({ ...written, items }));
    await run(join(folder, 'feed.json'));
    expect(read('plain.md')).toContain('description: Short.\n');
    expect(read('plain.md')).toContain('\nPlain words.\n');
    expect(read('short.md')).toContain('\nShort alone.\n');
  });

  test('a zero for a date is none, and the reason is told', async () => {
    writeFileSync(
      join(folder, 'feed.xml'),
      rss(
        '<item><title>Z</title><link>https://blog.example/z/</link><pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate><description>x</description></item>',
      ),
    );
    await run(join(folder, 'feed.xml'));
    expect(read('z.md')).not.toContain('date:');
    expect(reported).toContain(
      'feed-date The item has no date: "Mon, 01 Jan 0001 00:00:00 +0000" is what programs',
    );
  });

  test('again changes nothing; an edited file is named and kept, with --force replaced', async () => {
    await run(forem);
    out = '';
    expect(await run(forem)).toBe(0);
    expect(out).toContain('0 written, 3 unchanged');
    writeFileSync(join(folder, 'posts/ledgers.md'), 'mine');
    out = '';
    expect(await run(forem)).toBe(0);
    expect(read('ledgers.md')).toBe('mine');
    expect(reported).toContain('posts/ledgers.md:1:1 warning import-exists');
    expect(await run(forem, { force: true })).toBe(0);
    expect(read('ledgers.md')).toContain('canonical_url');
  });

  test('two items of one name get a number, the older one without', async () => {
    const item = (day: number, path: string) =>
      `<item><title>${path}</title><link>https://example.com/${path}/same</link><pubDate>${day} Mar 2026 10:00 GMT</pubDate><description>x</description></item>`;
    writeFileSync(
      join(folder, 'feed.xml'),
      `<rss version="2.0"><channel><link>https://example.com/</link>${item(3, 'c')}${item(1, 'a')}${item(2, 'b')}</channel></rss>`,
    );
    expect(await run('feed.xml')).toBe(0);
    expect(read('same.md')).toContain('title: a');
    expect(read('same-2.md')).toContain('title: b');
    expect(read('same-3.md')).toContain('title: c');
    expect(reported.match(/import-name/g)).toHaveLength(2);
  });

  test('nothing is written outside the folder, whatever an item calls itself', async () => {
    const item = (path: string, title: string) =>
      `<item><title>${title}</title><link>https://example.com/${path}</link><pubDate>1 Mar 2026 10:00 GMT</pubDate><description>x</description></item>`;
    writeFileSync(
      join(folder, 'feed.xml'),
      `<rss version="2.0"><channel>${item('..%2F..%2Fescape', 'a')}${item('%2e%2e%5c%2e%2e%5cwin', 'b')}${item('?p=1', '../../../title')}${item('.bashrc', 'c')}</channel></rss>`,
    );
    expect(await run('feed.xml')).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual(['feed.xml', 'posts']);
    expect(readdirSync(join(folder, 'posts')).toSorted()).toEqual([
      'bashrc.md',
      'escape.md',
      'title.md',
      'win.md',
    ]);
  });

  test('titles cannot speak to the terminal or to a workflow', async () => {
    const title = 'a&#x9b;31m \u202Eevil\n::error::x';
    writeFileSync(
      join(folder, 'feed.xml'),
      `<rss version="2.0"><channel><item><title>${title}</title><link>https://example.com/p/one</link><pubDate>::error::\u202Ebad</pubDate><description>x</description></item></channel></rss>`,
    );
    await run('feed.xml', { shell: { format: 'github' } });
    const printed = out + reported;
    expect(printed).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    for (const line of printed.split('\n')) {
      expect(line).not.toMatch(/^::error/);
    }
    expect(printed).toContain('::warning file=posts/one.md,line=1,col=1,title=feed-date::');
  });

  test('--format json is one object with posts, totals and diagnostics', async () => {
    expect(await run(forem, { shell: { format: 'json' } })).toBe(0);
    expect(reported).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      posts: [
        {
          file: 'posts/ledgers.md',
          slug: 'ledgers',
          canonicalUrl: 'https://blog.example.com/notes/ledgers',
          outcome: 'written',
        },
        { slug: 'part-of-something', canonicalUrl: null },
        { slug: 'no-tags-here' },
      ],
      totals: { written: 3, failed: 0 },
      interrupted: false,
      diagnostics: [{ rule: 'feed-original' }, { rule: 'feed-original' }, { rule: 'import-tags' }],
    });
  });

  test('a file that cannot be written is an error and stops no other', async () => {
    await run(forem);
    rmSync(join(folder, 'posts/ledgers.md'));
    rmSync(join(folder, 'posts/no-tags-here.md'));
    mkdirSync(join(folder, 'posts/ledgers.md'));
    expect(await run(forem)).toBe(1);
    expect(existsSync(join(folder, 'posts/no-tags-here.md'))).toBe(true);
    expect(reported).toContain('posts/ledgers.md:1:1 error import-file The file cannot be written: a folder');
    expect(out).toContain('1 written, 1 unchanged, 1 failed in posts. Mend');
    expect(readdirSync(join(folder, 'posts')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('writes nothing through a link, be it the folder, a post’s folder or the post', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(join(elsewhere, 'precious'), { recursive: true });
    writeFileSync(join(elsewhere, 'precious.md'), 'kept');
    const shell = { cwd: join(folder, 'blog') };
    mkdirSync(join(folder, 'blog/posts'), { recursive: true });
    symlinkSync(join(elsewhere, 'precious'), join(folder, 'blog/posts/one'));
    symlinkSync(join(elsewhere, 'precious.md'), join(folder, 'blog/posts/two.md'));
    writeFileSync(join(folder, 'feed.xml'), rss(item('one', 'x'), item('two', 'x')));
    expect(await run('../feed.xml', { images: true, shell })).toBe(1);
    expect(reported).toContain(
      'one/index.md:1:1 error import-file The file cannot be written: its folder is a link',
    );
    await run('../feed.xml', { force: true, shell });
    rmSync(join(folder, 'blog/posts'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'blog/posts'));
    await expect(run('../feed.xml', { shell })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(readdirSync(elsewhere)).toEqual(['precious', 'precious.md']);
    expect(readdirSync(join(elsewhere, 'precious'))).toEqual([]);
    expect(readFileSync(join(elsewhere, 'precious.md'), 'utf8')).toBe('kept');
  });

  test('interrupted, it leaves whole files and says so', async () => {
    const controller = new AbortController();
    const print = (text: string) => {
      out += text;
      controller.abort();
    };
    expect(await run(forem, { shell: { signal: controller.signal, print } })).toBe(130);
    expect(readdirSync(join(folder, 'posts'))).toEqual(['ledgers.md']);
    expect(out).toContain('Interrupted: 2 not written');
  });

  test('reads from an address, by the encoding it declares', async () => {
    const text =
      '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><item><title>\x93Caf\xe9\x94</title><link>https://example.com/p/cafe</link><pubDate>1 Mar 2026 10:00 GMT</pubDate><description>&lt;p&gt;\x80 5&lt;/p&gt;</description></item></channel></rss>';
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/feed.xml' ? 200 : 404;
      response.end(Buffer.from(text, 'latin1'));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      expect(await run(`${origin}/feed.xml`)).toBe(0);
      expect(read('cafe.md')).toContain('title: “Café”');
      expect(read('cafe.md')).toContain('€ 5');
      await expect(run(`${origin}/none.xml`)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    } finally {
      server.close();
    }
  });

  test('a feed that is not there or no feed is refused with its name', async () => {
    await expect(run('missing.xml')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    writeFileSync(join(folder, 'page.html'), '<!doctype html><title>x</title>');
    await expect(run('page.html')).rejects.toMatchObject({
      code: 'FEED_INVALID',
      file: join(folder, 'page.html'),
    });
    writeFileSync(join(folder, 'words.txt'), 'Only words.');
    await expect(run('words.txt')).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: 'This is not a feed: it is neither XML nor JSON Feed.',
    });
    writeFileSync(join(folder, 'feed.xml.gz'), gzipSync(rss(item('one', '<p>One.</p>'))));
    await expect(run('feed.xml.gz')).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: 'The feed is compressed (gzip).',
    });
    expect(existsSync(join(folder, 'posts'))).toBe(false);
  });
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const item = (path: string, html: string, title = path) =>
  `<item><title>${title}</title><link>https://example.com/p/${path}</link><category>a</category><pubDate>1 Mar 2026 10:00 GMT</pubDate><description><![CDATA[${html}]]></description></item>`;
const rss = (...items: readonly string[]) =>
  `<rss version="2.0"><channel><link>https://example.com/</link>${items.join('')}</channel></rss>`;

describe('import again', () => {
  test('adds what is new, tells what changed, and leaves what the author added', async () => {
    writeFileSync(join(folder, 'feed.xml'), rss(item('one', '<p>One.</p>'), item('two', '<p>Two.</p>')));
    await run('feed.xml');
    const added = read('one.md').replace('tags:', 'series: Walks\ntags:');
    writeFileSync(join(folder, 'posts/one.md'), added);
    writeFileSync(
      join(folder, 'feed.xml'),
      rss(item('three', '<p>Three.</p>'), item('one', '<p>One.</p>'), item('two', '<p>Two!</p>', 'Second')),
    );
    out = '';
    expect(await run('feed.xml')).toBe(0);
    expect(out.split('\n').slice(0, 4)).toEqual([
      '+ three  three',
      '= one  one',
      '. two  Second  kept, changed in the feed: title, text',
      '1 written, 1 unchanged, 1 kept in posts. Next: point a source at that folder and run broadside check.',
    ]);
    expect(read('one.md')).toBe(added);
    expect(read('two.md')).toContain('Two.');
  });

  test('knows a post by its canonical URL, whatever its file is called now', async () => {
    const feed = rss(item('a/same', '<p>A.</p>', 'A'), item('b/same', '<p>B.</p>', 'B'));
    writeFileSync(join(folder, 'feed.xml'), feed);
    await run('feed.xml');
    renameSync(join(folder, 'posts/same.md'), join(folder, 'posts/mine.md'));
    out = '';
    await run('feed.xml');
    expect(out).toContain('0 written, 2 unchanged');
    writeFileSync(join(folder, 'feed.xml'), rss(item('b/same', '<p>B.</p>', 'B')));
    out = '';
    await run('feed.xml');
    expect(out).toContain('0 written, 1 unchanged');
  });

  test('shows a bar on a terminal, and takes it away', async () => {
    await run(forem, { shell: { interactive: true } });
    expect(reported).toContain('[########----------------] 33%');
    expect(reported).toMatch(/100%\r\u001B\[K/);
  });
});

describe('import from elsewhere', () => {
  test('standard input is a feed too', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    void writer.write(Buffer.from(rss(item('one', '<p>One.</p>')))).then(() => writer.close());
    expect(await run('-', { shell: { input: () => readable } })).toBe(0);
    expect(read('one.md')).toContain('One.');
    await expect(run('-')).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('no address inside is asked unless it is allowed, whatever it is called', async () => {
    const server = await startLocalServer((_incoming, outgoing) => outgoing.end(rss()));
    const { port } = new URL(server.url);
    for (const host of [
      '127.0.0.1',
      'localhost',
      'localhost.',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '10.0.0.1',
    ]) {
      await expect(run(`http://${host}:${port}/`, { allowPrivate: false })).rejects.toMatchObject({
        code: 'URL_REFUSED',
      });
    }
    expect(server.received).toEqual([]);
  });

  test('a feed is remembered in a blog, and nowhere else', async () => {
    const server = await startLocalServer((incoming, outgoing) => {
      const known = incoming.headers['if-modified-since'] !== undefined;
      if (known) outgoing.writeHead(304).end();
      else
        outgoing
          .writeHead(200, { 'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT' })
          .end(rss(item('one', 'x')));
    });
    await run(server.url);
    expect(readdirSync(folder)).toEqual(['posts']);
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config/broadside.yaml'), 'version: 1');
    for (const _ of [1, 2]) expect(await run(server.url)).toBe(0);
    const cache = join(folder, '.broadside/cache/feeds');
    const [name = ''] = readdirSync(cache);
    writeFileSync(join(cache, name), `${readFileSync(join(cache, name), 'utf8')}damaged`);
    expect(await run(server.url)).toBe(0);
    expect(server.received.map(({ headers }) => headers.includes('if-modified-since'))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('import --images', () => {
  test('saves pictures beside the post, once, and keeps the address of one that cannot be had', async () => {
    const server = await startLocalServer((incoming, outgoing) => {
      if (incoming.url?.startsWith('/pic') === true) outgoing.end(png);
      else if (incoming.url === '/drawing.png') outgoing.end('<svg onload="alert(1)"></svg>');
      else outgoing.writeHead(404).end();
    });
    const images = ['/pic.jpeg', '/pic.jpeg', '/pic/..%2F..%2Fup.png', '/drawing.png', '/gone.png'];
    const html = images.map((path) => `<p><img src="${server.url}${path}" alt="x"></p>`).join('');
    writeFileSync(join(folder, 'feed.xml'), rss(item('one', html)));
    expect(await run('feed.xml', { images: true })).toBe(0);
    const files = readdirSync(join(folder, 'posts/one')).toSorted();
    expect(files).toEqual([
      'index.md',
      expect.stringMatching(/^pic-[0-9a-f]{8}\.png$/),
      expect.stringMatching(/^up-[0-9a-f]{8}\.png$/),
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(['feed.xml', 'posts']);
    const text = read('one/index.md');
    expect(text.match(/!\[x\]\(pic-/g)).toHaveLength(2);
    expect(text).toContain(`![x](${server.url}/drawing.png)`);
    expect(text).toContain(`![x](${server.url}/gone.png)`);
    expect(reported.match(/import-image/g)).toHaveLength(2);
    const asked = server.received.length;
    out = '';
    expect(await run('feed.xml', { images: true })).toBe(0);
    expect(out).toContain('0 written, 1 unchanged');
    expect(server.received.slice(asked).map(({ path }) => path)).toEqual(['/drawing.png', '/gone.png']);
  });

  test('asks no address inside unless it is allowed', async () => {
    const server = await startLocalServer((_incoming, outgoing) => outgoing.end(png));
    writeFileSync(join(folder, 'feed.xml'), rss(item('one', `<p><img src="${server.url}/a.png"></p>`)));
    expect(await run('feed.xml', { images: true, allowPrivate: false })).toBe(0);
    expect(server.received).toEqual([]);
    expect(read('one/index.md')).toContain(`${server.url}/a.png`);
  });
});

test('text for the terminal is one line without escape, control and direction characters', () => {
  expect(cleanForTerminal('a\u001B[31mb\u001B]0;title\u0007c\u009B1md\u0000\u202Ee\r\nf\tg\u2028h')).toBe(
    'abcde f g h',
  );
  expect(cleanForTerminal('plain — “text” 日本 👍')).toBe('plain — “text” 日本 👍');
});

test('text in a workflow command can neither end it nor start another', () => {
  expect(escapeWorkflowCommand('50%\r\n::error::x, y')).toBe('50%25%0D%0A::error::x, y');
  expect(escapeWorkflowCommand('a:b,c', 'property')).toBe('a%3Ab%2Cc');
});
