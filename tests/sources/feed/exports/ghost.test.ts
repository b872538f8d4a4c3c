import { describe, expect, test } from 'vitest';
import { readText } from './read.ts';

const post = {
  id: 'p1',
  title: 'Pears & plums',
  slug: 'pears',
  html: '<p>See <a href="__GHOST_URL__/plums/">plums</a>.</p><figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/a.png" alt="A"></figure>',
  lexical: '{"root":{"children":[{"type":"text","text":"See"}]}}',
  feature_image: '__GHOST_URL__/content/images/cover.png',
  type: 'post',
  status: 'published',
  visibility: 'public',
  created_at: '2026-02-01 08:00:00',
  updated_at: '2026-02-05 09:05:00',
  published_at: '2026-02-04 09:05:00',
  custom_excerpt: 'On fruit.',
};

const tables = {
  posts_meta: [{ post_id: 'p1', feature_image_alt: 'A cover' }],
  tags: [
    { id: 't1', name: 'Trees', slug: 'trees', visibility: 'public' },
    { id: 't2', name: '#newsletter', slug: 'hash-newsletter', visibility: 'internal' },
    { id: 't3', name: 'Fruit', slug: 'fruit', visibility: 'public' },
  ],
  posts_tags: [
    { post_id: 'p1', tag_id: 't1', sort_order: 1 },
    { post_id: 'p1', tag_id: 't2', sort_order: 2 },
    { post_id: 'p1', tag_id: 't3', sort_order: 0 },
  ],
  users: [
    { id: 'u1', name: 'Rowan', website: 'https://rowan.example' },
    { id: 'u2', name: 'Ash', website: null },
  ],
  posts_authors: [
    { post_id: 'p1', author_id: 'u2', sort_order: 1 },
    { post_id: 'p1', author_id: 'u1', sort_order: 0 },
  ],
  settings: [{ key: 'title', value: 'Orchard' }],
};

const write = (posts: readonly object[], more: object = {}): string =>
  JSON.stringify({
    db: [{ meta: { exported_on: 1_770_000_000_000, version: '6.0.0' }, data: { posts, ...tables, ...more } }],
  });

test('a post has its tags and authors in their order, its cover and its address', async () => {
  const { posts, flaws } = await readText(write([post]), 'a.json', 'https://orchard.example');
  expect(posts).toMatchObject([
    {
      title: 'Pears & plums',
      slug: 'pears',
      original: 'https://orchard.example/pears/',
      publishAt: '2026-02-04T09:05:00Z',
      updatedAt: '2026-02-05T09:05:00Z',
      summary: 'On fruit.',
      tags: ['fruit', 'trees'],
      authors: [{ name: 'Rowan', url: 'https://rowan.example/' }, { name: 'Ash' }],
      cover: { url: 'https://orchard.example/content/images/cover.png', alt: 'A cover' },
      body: 'See [plums](https://orchard.example/plums/).\n\n![A](https://orchard.example/content/images/a.png)',
      flaws: [],
    },
  ]);
  expect(flaws).toEqual([]);
});

test('without the address of the blog, what is incomplete is told', async () => {
  const { posts, flaws } = await readText(write([post]));
  expect(posts[0]?.flaws.map(({ message }) => message)).toContain(
    'Addresses on the blog itself are incomplete without --site.',
  );
  expect(flaws).toEqual([
    'import-site: The export does not say where the blog is, so its posts have no canonical_url.',
  ]);
});

describe('who may read a post', () => {
  test.each([
    [{}, false, false],
    [{ status: 'draft', published_at: null }, true, false],
    [{ status: 'scheduled', published_at: '2031-01-01 08:00:00' }, false, false],
    [{ status: 'sent' }, true, true],
    [{ visibility: 'members' }, true, true],
    [{ visibility: 'paid' }, true, true],
    [{ visibility: 'tiers' }, true, true],
  ])('%o', async (given, draft, told) => {
    const [read] = (await readText(write([{ ...post, ...given }]), 'a.json', 'https://o.example')).posts;
    expect(read?.draft ?? false).toBe(draft);
    expect(read?.flaws.some(({ rule }) => rule === 'import-withheld')).toBe(told);
  });

  test('a post that was only mailed is no post of the site', async () => {
    const more = { posts_meta: [{ post_id: 'p1', email_only: 1 }] };
    const [read] = (await readText(write([post], more))).posts;
    expect(read?.draft).toBe(true);
  });

  test('a page is left out, in the old form too', async () => {
    const { posts, flaws } = await readText(
      JSON.stringify({
        meta: { exported_on: 1, version: '003' },
        data: {
          posts: [
            {
              id: 1,
              title: 'Old',
              slug: 'old',
              markdown: 'Some *words*.',
              html: null,
              page: 0,
              status: 'published',
              published_at: 1_770_000_000_000,
            },
            { id: 2, title: 'About', slug: 'about', markdown: 'Me', page: 1, status: 'published' },
          ],
        },
      }),
      'old.json',
      'https://orchard.example/blog/',
    );
    expect(posts).toMatchObject([
      {
        title: 'Old',
        body: 'Some *words*.',
        original: 'https://orchard.example/blog/old/',
        publishAt: '2026-02-02T02:40:00Z',
      },
    ]);
    expect(flaws[0]).toContain('1 page.');
  });
});

test('a text that is only in the editor’s form is told', async () => {
  const [read] = (await readText(write([{ ...post, html: null }]))).posts;
  expect(read?.flaws.map(({ message }) => message).join(' ')).toContain('in the form of Ghost’s editor');
});

test.each([
  ['Lexical', { lexical: '{"root": {"children": [{"type": "paragraph", "children": [{"text": "Ripe"}]}]}}' }],
  ['Mobiledoc', { mobiledoc: '{"version":"0.3.1","cards":[],"sections":[[1,"p",[[0,[],0,"Ripe"]]]]}' }],
  ['a card of Mobiledoc', { mobiledoc: '{"cards":[["markdown",{"markdown":"Ripe"}]],"sections":[[10,0]]}' }],
])('a text that is only there as %s is told', async (_name, form) => {
  const [read] = (await readText(write([{ ...post, html: null, lexical: null, mobiledoc: null, ...form }])))
    .posts;
  expect(read?.flaws.map(({ message }) => message).join(' ')).toContain('in the form of Ghost’s editor');
});

test('what is no whole export is refused', async () => {
  await expect(readText('{"db":[{"meta":{"exported_on":1},"data":{}}]}')).rejects.toMatchObject({
    code: 'EXPORT_INVALID',
  });
  await expect(readText('{"db":[{"meta":{"exported_on":1},"data":{"posts":[')).rejects.toMatchObject({
    code: 'EXPORT_INVALID',
  });
});
