import { expect, test } from 'vitest';
import { plainMarkdown } from '../../../../src/sources/feed/exports/hashnode/plain-markdown.ts';
import { readFiles, readText } from './read.ts';

const post = `---
title: "Pears: ripe"
seoTitle: "Pears"
seoDescription: "On pears"
datePublished: Mon Feb 02 2026 09:05:00 GMT+0000 (Coordinated Universal Time)
cuid: cm000000000000000000000001
slug: ripe-pears
cover: https://cdn.hashnode.example/cover.png
ogImage: https://cdn.hashnode.example/og.png
tags: trees, fruit-growing

---

## Ripe

%[https://youtu.be/abc]

![A pear](https://cdn.hashnode.example/a.png align="center")

\`\`\`md
%[https://youtu.be/abc] {% raw %}
\`\`\`
`;

test('a file of the backup has its name, date, tags and cover, and plain markdown', async () => {
  const { posts, flaws } = await readFiles(
    { 'cm1.md': post, 'README.md': '# Backup' },
    'orchard.example'.replace(/^/, 'https://'),
  );
  expect(posts).toMatchObject([
    {
      title: 'Pears: ripe',
      slug: 'ripe-pears',
      summary: 'On pears',
      original: 'https://orchard.example/ripe-pears',
      publishAt: '2026-02-02T09:05:00Z',
      tags: ['trees', 'fruit-growing'],
      cover: { url: 'https://cdn.hashnode.example/cover.png' },
      body: '## Ripe\n\n<https://youtu.be/abc>\n\n![A pear](https://cdn.hashnode.example/a.png)\n\n```md\n%[https://youtu.be/abc] {% raw %}\n```',
      flaws: [],
    },
  ]);
  expect(flaws).toEqual([]);
});

test.each([
  ['![](a.png align="left" height="10" width="50%")', '![](a.png)'],
  ['![A](a.png align="center" "Ripe")', '![A](a.png "Ripe")'],
  [
    'So \\(k_1\\) is, \\(see above\\) and `\\(k_1\\)`.',
    'So \\\\(k_1\\\\) is, \\(see above\\) and `\\(k_1\\)`.',
  ],
  ['%%[my-widget]', ''],
  ['```\n%%[my-widget]\n```', '```\n%%[my-widget]\n```'],
])('what only Hashnode reads becomes plain markdown: %s', (written, plain) => {
  expect(plainMarkdown(written)).toBe(plain);
});

test('a widget is left out and told, and an empty date is none', async () => {
  const given = post
    .replace(/datePublished:.*/, 'datePublished:')
    .replace('%[https://youtu.be/abc]\n', '%%[pears]\n');
  const [read] = (await readText(given, 'a.md')).posts;
  expect(read?.flaws.map(({ message }) => message)).toEqual([
    'The item has no date.',
    'A widget of Hashnode was left out.',
  ]);
});

test('its canonical address comes first, and a draft is one', async () => {
  const given = post.replace('cover:', 'canonical: https://plum.example/pears\nsaveAsDraft: true\ncover:');
  const [read] = (await readText(given, 'a.md')).posts;
  expect(read).toMatchObject({ original: 'https://plum.example/pears', draft: true });
});

test('the export as JSON is read as well', async () => {
  const { posts, flaws } = await readText(
    JSON.stringify({
      posts: [
        {
          cuid: 'c1',
          title: 'Pears',
          slug: 'pears',
          contentMarkdown: 'Ripe *pears*.',
          dateAdded: '2026-02-02T09:05:00.000Z',
          coverImage: '',
          tags: ['56744721958ef13879b94ad1', { name: 'Trees', slug: 'trees' }],
          isActive: true,
        },
        { cuid: 'c2', title: 'Gone', slug: 'gone', contentMarkdown: 'x', isActive: false },
      ],
    }),
    'articles.json',
    'https://orchard.example',
  );
  expect(posts).toMatchObject([
    { title: 'Pears', body: 'Ripe *pears*.', tags: ['trees'], original: 'https://orchard.example/pears' },
  ]);
  expect(flaws).toEqual([
    'import-left-out: The export also holds things that are not posts. They were left out: 1 deleted post.',
  ]);
});

test.each([
  ['`%[https://a.example]` is code', '`%[https://a.example]` is code'],
  ['![a](https://a.example/b.png align="left" "Title")', '![a](https://a.example/b.png "Title")'],
  ['100%[1] of it', '100%[1] of it'],
])('%s', (given, expected) => {
  expect(plainMarkdown(given)).toBe(expected);
});
