import { expect, test } from 'vitest';
import { readTable } from '../../../../src/sources/feed/exports/substack/read-table.ts';
import { readFiles, readText } from './read.ts';

const heading =
  'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url';

const files = {
  'posts.csv': `${heading}
101.ripe-pears,2026-02-04T09:05:00.000Z,true,2026-02-04T09:05:00.000Z,,newsletter,everyone,"Pears, ripe",On pears,
102.for-you,2026-03-04T09:05:00.000Z,true,,,newsletter,only_paid,"For ""you""",,
103.begun,,false,,,newsletter,everyone,"Begun
on two lines",,
104.talk,2026-03-05T09:05:00.000Z,true,,,thread,everyone,Talk,,
105.heard,2026-03-06T09:05:00.000Z,true,,,podcast,everyone,Heard,,https://api.substack.example/a.mp3
`,
  'posts/101.ripe-pears.html':
    '<p>Pears<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor" target="_self">1</a>.</p><div class="captioned-image-container"><figure><a class="image-link image2" target="_blank" href="https://substackcdn.example/big.png"><div class="image2-inset"><img src="https://substackcdn.example/a.png" data-attrs="{}" alt="A pear" title=""></div></a><figcaption class="image-caption">Ripe</figcaption></figure></div><div class="subscription-widget-wrap-editor"><p>Subscribe</p></div><div id="youtube2-abc" class="youtube-wrap" data-attrs="{&quot;videoId&quot;:&quot;abc&quot;}" data-component-name="Youtube2ToDOM"><div class="youtube-inner"><iframe src="https://www.youtube-nocookie.com/embed/abc?rel=0" frameborder="0"></iframe></div></div><div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number" target="_self">1</a><div class="footnote-content"><p>Ripe ones.</p></div></div>',
  'posts/101.ripe-pears.delivers.csv': 'post_id,timestamp,email\n',
  'posts/102.for-you.html': '<p>Secret.</p>',
  'posts/103.begun.html': '<p>Begun.</p>',
  'posts/105.heard.html': '<p>Listen.</p>',
  'email_list.orchard.csv': 'email,active_subscription\n',
};

test('posts come with their texts, by who may read them', async () => {
  const { posts, flaws } = await readFiles(files, 'https://orchard.substack.example');
  expect(posts).toMatchObject([
    {
      title: 'Pears, ripe',
      slug: 'ripe-pears',
      summary: 'On pears',
      original: 'https://orchard.substack.example/p/ripe-pears',
      publishAt: '2026-02-04T09:05:00Z',
    },
    { title: 'For "you"', draft: true, body: 'Secret.' },
    { title: 'Begun on two lines', draft: true, slug: 'begun', body: 'Begun.', flaws: [] },
    { title: 'Heard', body: 'Listen.\n\n[a.mp3](https://api.substack.example/a.mp3)' },
  ]);
  expect(posts.map(({ draft }) => draft ?? false)).toEqual([false, true, true, false]);
  expect(posts[0]?.body).toBe(
    'Pears[^1].\n\n<figure>\n\n[![A pear](https://substackcdn.example/a.png)](https://substackcdn.example/big.png)\n\n<figcaption>\n\nRipe\n\n</figcaption>\n</figure>\n\n<https://www.youtube.com/watch?v=abc>\n\n[^1]: Ripe ones.',
  );
  expect(posts[1]?.flaws.map(({ message }) => message)).toContain(
    'Only some readers may read the post on Substack ("only_paid"). It comes as a draft.',
  );
  expect(flaws).toEqual([
    'import-left-out: The export also holds things that are not posts. They were left out: 1 thread.',
  ]);
});

test('the table without the texts is refused', async () => {
  await expect(readText(files['posts.csv'], 'posts.csv')).rejects.toMatchObject({ code: 'EXPORT_INVALID' });
});

test('a table is read as programs write them', () => {
  expect(readTable('\uFEFFa,b\r\n"x, ""y""\nz",\r\n\r\n1,2')).toEqual([
    { a: 'x, "y"\nz', b: '' },
    { a: '1', b: '2' },
  ]);
  expect(readTable('a,b\n"open,1\n2,3')).toEqual([
    { a: '"open,1', b: '' },
    { a: '2', b: '3' },
  ]);
});
