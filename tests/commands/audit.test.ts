import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLocalServer } from '../local-server.ts';
import { makeSmallBlog, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const target = 'feed: { kind: feed, path: feed.xml }';

interface Copy {
  readonly name: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly html?: string;
  readonly date?: string;
}

const from = (path: string) =>
  `<p><em>Originally published at <a href="https://example.com/blog/${path}">example.com</a></em></p>`;

/** A feed as dev.to writes it. */
function writeFeed(copies: readonly Copy[]): string {
  const items = copies.map(
    ({ name, title = `The ${name}`, tags = ['trees'], html = '', date = '04 Mar 2024 00:00:00 +0000' }) =>
      `<item><title>${title}</title><link>https://dev.to/me/${name}-4k0f</link><pubDate>${date}</pubDate>` +
      `<description><![CDATA[<p>Text.</p>${html}]]></description>${tags.map((tag) => `<category>${tag}</category>`).join('')}</item>`,
  );
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Copies</title><link>https://dev.to/me</link><atom:link rel="self" href="https://dev.to/feed/me"/>${items.join('')}</channel></rss>`;
}

const post = (title: string, matter = '') =>
  `---\ntitle: ${title}\ndate: 2024-03-04\n${matter}---\n\nText.\n`;

async function audit(copies: readonly Copy[], posts: Readonly<Record<string, string>>, ...words: string[]) {
  const blog: SmallBlog = makeSmallBlog([target], posts);
  writeFiles(blog.folder, { 'copies.xml': writeFeed(copies), 'posts/.keep': '' });
  const run = await blog.run('audit', 'copies.xml', ...words);
  const found = run.stderr
    .split('\n')
    .flatMap(
      (line) =>
        /^(?:.*\/)?([\w.-]+):1:1 (?:error|warning) ((?:audit|post)-[\w-]+)/.exec(line)?.slice(1).join(' ') ??
        [],
    );
  return { ...run, found };
}

describe('audit', () => {
  it('finds nothing in copies that name their originals', async () => {
    const { found, code, stdout } = await audit([{ name: 'oak', html: from('oak') }], {
      oak: post('The oak'),
    });
    expect({ found, code }).toEqual({ found: [], code: 0 });
    expect(stdout).toBe('1 copies in Copies, 1 of them of your 1 posts: 0 errors, 0 warnings.\n');
  });

  it('finds copies without an original, those that only name a series, and those without tags', async () => {
    const series =
      '<p><em>This post is part of my <a href="https://example.com/blog/trees">Trees</a> series. More in the series: <a href="https://example.com/blog/elm">Elm</a>.</em></p>';
    const { found, code } = await audit(
      [
        { name: 'ash', html: '<p>Buy it at <a href="https://shop.example">the shop</a>.</p>' },
        { name: 'beech', html: series },
        { name: 'cedar', html: from('cedar'), tags: [] },
      ],
      {},
    );
    expect(found).toEqual([
      'ash-4k0f audit-no-original',
      'beech-4k0f audit-series-only',
      'cedar-4k0f audit-unknown',
      'cedar-4k0f audit-tags',
    ]);
    expect(code).toBe(1);
  });

  it('finds an original that is another, a title and a date that differ, and a post that comes twice', async () => {
    const { found, stderr } = await audit(
      [
        { name: 'oak', html: from('old/oak') },
        { name: 'elm', title: 'Elms', html: from('elm'), date: '09 Mar 2024 00:00:00 +0000' },
        { name: 'elm-again', title: 'The elm', html: from('elm') },
      ],
      { oak: post('The oak'), elm: post('The elm') },
    );
    expect(found).toEqual([
      'oak-4k0f audit-wrong-original',
      'elm-4k0f audit-title',
      'elm-4k0f audit-date',
      'elm-again-4k0f audit-twice',
    ]);
    expect(stderr).toContain('dated 2024-03-09, 5 days after the post');
    expect(stderr).toContain('the post is at https://example.com/blog/oak');
  });

  it('finds parts of a series that link to no other, and posts that were never syndicated', async () => {
    const part = (number: number) => `series: Trees\npart: ${number}\n`;
    const { found } = await audit(
      [
        { name: 'one', html: from('one') },
        { name: 'two', html: `<p>After <a href="https://example.com/blog/one">one</a>.</p>${from('two')}` },
      ],
      {
        one: post('The one', part(1)),
        two: post('The two', part(2)),
        three: post('The three'),
        four: post('The four', 'syndicate: false\n'),
        five: post('The five', 'draft: true\n'),
      },
    );
    expect(found).toEqual(['one-4k0f audit-series', 'three.md audit-missing']);
  });

  it('tells machines the same', async () => {
    const copies = [{ name: 'ash', html: '' }];
    const json = await audit(copies, {}, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      copies: [{ copy: 'https://dev.to/me/ash-4k0f', original: null, post: null }],
      errors: 1,
      warnings: 0,
      diagnostics: [{ rule: 'audit-no-original' }],
    });
    const github = await audit(copies, {}, '--format', 'github');
    expect(github.stdout).toMatch(
      /^::error file=https%3A\/\/dev\.to\/me\/ash-4k0f,line=1,col=1,title=audit-no-original::/,
    );
    expect([json.code, github.code]).toEqual([1, 1]);
  });

  it('asks nobody inside unless told, and is told by a server when nothing has changed', async () => {
    const blog = makeSmallBlog([target], { oak: post('The oak') });
    const server = await startLocalServer((incoming, outgoing) => {
      if (incoming.headers['if-none-match'] === '"1"') outgoing.writeHead(304).end();
      else outgoing.writeHead(200, { etag: '"1"' }).end(writeFeed([{ name: 'oak', html: from('oak') }]));
    });
    const refused = await blog.run('audit', `${server.url}/feed`);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('URL_REFUSED') });
    expect(server.received).toEqual([]);
    for (const times of [1, 2]) {
      const run = await blog.run('audit', `${server.url}/feed`, '--allow-private');
      expect(run, `time ${times}`).toMatchObject({ code: 0, stderr: '' });
    }
    expect(server.received.map(({ headers }) => headers.includes('if-none-match'))).toEqual([false, true]);
    expect(readFileSync(join(blog.folder, 'posts/oak.md'), 'utf8')).toBe(post('The oak'));
  });
});
