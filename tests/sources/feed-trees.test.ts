import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import rehypeRaw from 'rehype-raw';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';
import { settleHtml, settleTree } from '../settle-html.ts';
import { openFolder, root } from '../workspace.ts';

const feeds = fileURLToPath(new URL('tests/fixtures/feeds/dialects', root));

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);
const renderer = unified().use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw);

/** What a feed's program adds to a text, or writes in its own way, and what it says. */
type Own = readonly (readonly [string | RegExp, string])[];

/** Each program's feed: its post's file, the fields of that, and what is its own. */
const dialects: Readonly<
  Record<
    string,
    { readonly post: string; readonly fields: readonly string[]; readonly own: Own; readonly base: string }
  >
> = {
  wordpress: {
    post: 'laying-a-hedge',
    base: 'https://hedge.example/2026/02/laying-a-hedge/',
    fields: [
      'title: Laying a hedge – the slow way',
      'date: 2026-02-11T07:30:12Z',
      'author: wren',
      'canonical_url: https://hedge.example/2026/02/laying-a-hedge/',
    ],
    own: [],
  },
  ghost: {
    post: 'reading-the-mud',
    base: 'https://tide.example/reading-the-mud/',
    fields: [
      'title: Reading the mud',
      'date: 2026-02-12T06:00:00Z',
      'author: Linnet Marsh',
      'description: What the creek says at low water.',
      'src: https://tide.example/content/images/2026/02/mud.jpg',
    ],
    // The cover is shown above the text.
    own: [['<img src="https://tide.example/content/images/2026/02/mud.jpg" alt="Reading the mud">', '']],
  },
  substack: {
    post: 'a-loaf-in-four-days',
    base: 'https://crumb.example/p/a-loaf-in-four-days',
    fields: [
      'title: A loaf in four days',
      'author: Teasel',
      'description: Cold dough and patience',
      'cover_image: https://images.example/fetch/loaf.jpeg',
    ],
    own: [],
  },
  medium: {
    post: 'queues-are-gardens',
    base: 'https://medium.com/',
    fields: ['title: Queues are gardens', 'updated: 2026-02-15T11:12:13Z', 'author: Sorrel'],
    // The picture that counts readers.
    own: [[/<img src="https:\/\/medium.com\/_\/stat[^>]*>/, '']],
  },
  blogger: {
    post: 'a-hum-its-cure',
    base: 'https://valve.example/2026/02/a-hum-its-cure.html',
    fields: [
      'title: A hum & its cure',
      'date: 2026-02-16T18:30:00Z',
      'canonical_url: https://valve.example/2026/02/a-hum-its-cure.html',
    ],
    // An empty paragraph is a distance.
    own: [['<p>&nbsp;</p>', '']],
  },
  hugo: {
    post: 'counting-bogs',
    base: 'https://peat.example/posts/counting-bogs/',
    fields: ['title: Counting bogs in Go', 'date: 2026-02-17T07:00:00Z'],
    own: [],
  },
  jekyll: {
    post: 'turning',
    base: 'https://lathe.example/2026/02/18/turning.html',
    fields: ['title: Turning & truing', 'author: Alder Reed'],
    // Its code names a language in the element around it.
    own: [
      [
        /<div class="language-ruby highlighter-rouge">.*?<pre class="highlight"><code>/s,
        '<pre><code class="language-ruby">',
      ],
    ],
  },
  google: {
    post: 'announcing-cellars',
    base: 'https://orchard.example/blog/products/announcing-cellars/',
    fields: [
      'title: "Announcing cellars: cold storage, warm hearts"',
      'date: 2026-02-19T17:00:00Z',
      'cover_image: https://storage.example/images/hero.max-600x600.png',
    ],
    own: [],
  },
  reddit: {
    post: 'cold_heap',
    base: 'https://forum.example/r/compost/comments/1a2b3c/cold_heap/',
    fields: ['title: Cold heap', 'date: 2026-02-20T21:00:00Z'],
    own: [],
  },
  dotnet: {
    post: 'firing',
    base: 'https://kiln.example/blog/firing',
    fields: [
      'title: Firing & glazing',
      'date: 2026-02-21T09:00:00Z',
      'description: Slow up, slow down.',
      'canonical_url: https://kiln.example/blog/firing',
    ],
    own: [[/<(\/?)x:/g, '<$1']],
  },
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The HTML that the only item of a feed has. */
function readBody(xml: string): string {
  const item = xml.slice(xml.search(/<(?:item|entry)>/));
  const [, , , inside = ''] =
    /<(content:encoded|content)(\s[^>]*)?>(.*?)<\/\1>/s.exec(item) ??
    /<(description)(\s[^>]*)?>(.*?)<\/description>/s.exec(item) ??
    [];
  if (inside.includes('<![CDATA[')) return inside.replace('<![CDATA[', '').replace(']]>', '');
  if (inside.startsWith('<')) return inside;
  return inside.replaceAll(/&(?:#(\d+)|#x([\dA-F]+)|(\w+));/g, (_, digits, hex, name) =>
    name === undefined
      ? String.fromCodePoint(digits === undefined ? Number.parseInt(String(hex), 16) : Number(digits))
      : (entities[String(name)] ?? ''),
  );
}

test('each feed has its expectations', () => {
  expect(readdirSync(feeds).toSorted()).toEqual(
    Object.keys(dialects)
      .map((name) => `${name}.xml`)
      .toSorted(),
  );
});

test.each(Object.entries(dialects))(
  'what %s writes in a feed is imported as a post that renders to the same tree',
  async (name, { post, base, fields, own }) => {
    const folder = openFolder();
    const imported = await runCommand(folder, {}, ['import', join(feeds, `${name}.xml`), '--out', 'posts']);
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stderr).not.toContain('feed-content');
    const text = readFileSync(join(folder, 'posts', `${post}.md`), 'utf8');
    for (const field of fields) expect(text.slice(0, text.indexOf('\n---\n'))).toContain(field);
    const html = own.reduce(
      (body, [written, said]) =>
        body.replaceAll(written instanceof RegExp ? new RegExp(written, 'gs') : written, said),
      readBody(readFileSync(join(feeds, `${name}.xml`), 'utf8')),
    );
    const tree = renderer.runSync(markdown.parse(text));
    expect(settleTree(tree, base)).toBe(settleHtml(html, base));
  },
);
