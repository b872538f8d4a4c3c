import { expect, test } from 'vitest';
import { readText } from './read.ts';

const takeout = (
  ...entries: readonly string[]
): string => `<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-1</id><title>Orchard</title>${entries.join('')}</feed>`;

const entry = (type: string, status: string, more = ''): string => `<entry>
<id>tag:blogger.com,1999:blog-1.post-${type}-${status}</id><blogger:type>${type}</blogger:type><blogger:status>${status}</blogger:status>
<author><name>Rowan</name><uri/><blogger:type>BLOGGER</blogger:type></author><title>Pears</title>
<content type='html'>&lt;div dir="ltr"&gt;Ripe &lt;b&gt;pears&lt;/b&gt;.&lt;/div&gt;</content><blogger:metaDescription>On pears.</blogger:metaDescription>
<blogger:created>2026-02-01T08:00:00Z</blogger:created><published>2026-02-04T09:05:00Z</published><updated>2026-02-05T09:05:00Z</updated>
<blogger:filename>/2026/02/ripe-pears.html</blogger:filename><category scheme='tag:blogger.com,1999:blog-1' term='Trees'/>${more}</entry>`;

test('Takeout tells kind and status, and --site where the blog is', async () => {
  const all = takeout(
    entry('POST', 'LIVE'),
    entry('POST', 'DRAFT'),
    entry('POST', 'SOFT_TRASHED'),
    entry('PAGE', 'LIVE'),
    entry('COMMENT', 'LIVE'),
    entry('COMMENT', 'LIVE'),
  );
  const { posts, flaws } = await readText(all, 'feed.atom', 'https://orchard.example/');
  expect(posts[0]).toMatchObject({
    title: 'Pears',
    body: 'Ripe **pears**.',
    slug: 'ripe-pears',
    original: 'https://orchard.example/2026/02/ripe-pears.html',
    publishAt: '2026-02-04T09:05:00Z',
    updatedAt: '2026-02-05T09:05:00Z',
    summary: 'On pears.',
    tags: ['trees'],
    authors: [{ name: 'Rowan' }],
    flaws: [],
  });
  expect(posts.map(({ draft }) => draft ?? false)).toEqual([false, true]);
  expect(flaws).toEqual([
    'import-left-out: The export also holds things that are not posts. They were left out: 1 post in the trash, 1 page, 2 comments.',
  ]);
  expect((await readText(takeout(entry('POST', 'LIVE')))).flaws).toEqual([
    'import-site: The export does not say where the blog is, so its posts have no canonical_url.',
  ]);
});

test('the old backup tells both by categories and controls', async () => {
  const kind = (name: string) =>
    `<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${name}'/>`;
  const { posts, flaws } =
    await readText(`<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://www.w3.org/2007/app' xmlns:thr='http://purl.org/syndication/thread/1.0'><title type='text'>Orchard</title><generator uri='http://www.blogger.com'>Blogger</generator>
<entry><id>t1</id>${kind('template')}<title type='text'>Template: Orchard</title><content type='text'>&lt;b:skin/&gt;</content></entry>
<entry><id>s1</id>${kind('settings')}<title type='text'>The name of the blog</title><content type='text'>Orchard</content></entry>
<entry><id>p1</id><published>2026-02-04T10:05:00.000+01:00</published>${kind('post')}<category scheme='http://www.blogger.com/atom/ns#' term='Trees'/><title type='text'>Pears</title><content type='html'>Ripe.&lt;br /&gt;&lt;br /&gt;Late.</content><link rel='alternate' type='text/html' href='https://orchard.example/2026/02/pears.html' title='Pears'/><author><name>Rowan</name></author></entry>
<entry><id>p2</id><published>2026-02-04T10:05:00.000+01:00</published><app:control><app:draft>yes</app:draft></app:control>${kind('post')}<title type='text'>Plums</title><content type='html'>Soon.</content></entry>
<entry><id>c1</id>${kind('comment')}<title type='text'>Nice</title><content type='html'>Nice</content></entry></feed>`);
  expect(posts).toMatchObject([
    {
      title: 'Pears',
      body: 'Ripe.\n\nLate.',
      original: 'https://orchard.example/2026/02/pears.html',
      publishAt: '2026-02-04T09:05:00Z',
      tags: ['trees'],
    },
    { title: 'Plums', draft: true, tags: [] },
  ]);
  expect(flaws).toEqual([
    'import-left-out: The export also holds things that are not posts. They were left out: 1 template, 1 setting, 1 comment.',
  ]);
});
