import { describe, expect, test } from 'vitest';
import { readFiles, readText } from './read.ts';

const cdata = (text: string): string => `<![CDATA[${text}]]>`;

/** An item as WordPress exports one. */
function item(given: {
  readonly id?: number;
  readonly title?: string;
  readonly link?: string;
  readonly status?: string;
  readonly type?: string;
  readonly password?: string;
  readonly slug?: string;
  readonly date?: string;
  readonly content?: string;
  readonly more?: string;
}): string {
  const { id = 1, title = 'Pears', status = 'publish', type = 'post', date = '2026-02-04 09:05:00' } = given;
  return `<item><title>${cdata(title)}</title><link>${given.link ?? 'https://orchard.example/2026/pears/'}</link>
<pubDate>Wed, 04 Feb 2026 10:05:00 +0000</pubDate><dc:creator>${cdata('rowan')}</dc:creator>
<guid isPermaLink="false">https://orchard.example/?p=${id}</guid><description></description>
<content:encoded>${cdata(given.content ?? '<p>Ripe.</p>')}</content:encoded><excerpt:encoded>${cdata('')}</excerpt:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_date>${cdata(date)}</wp:post_date><wp:post_date_gmt>${cdata(date)}</wp:post_date_gmt>
<wp:post_name>${cdata(given.slug ?? 'pears')}</wp:post_name><wp:status>${cdata(status)}</wp:status>
<wp:post_type>${cdata(type)}</wp:post_type><wp:post_password>${cdata(given.password ?? '')}</wp:post_password>${given.more ?? ''}</item>`;
}

const wxr = (...items: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.6" created="2026-02-04 09:05" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Orchard</title><link>https://orchard.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>${cdata('rowan')}</wp:author_login><wp:author_display_name>${cdata('Rowan of the Orchard')}</wp:author_display_name></wp:author>${items.join('\n')}</channel></rss>`;

const attachment = (id: number, more = ''): string =>
  item({
    id,
    type: 'attachment',
    status: 'inherit',
    title: 'a picture',
    more: `<wp:attachment_url>https://orchard.example/${id}.jpg</wp:attachment_url>${more}`,
  });

const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`;

const body = async (content: string, ...others: readonly string[]): Promise<string> =>
  (await readText(wxr(item({ content }), ...others))).posts[0]?.body ?? '';

describe('who may read a post', () => {
  test.each([
    ['publish', {}, false, undefined],
    ['publish', { password: 'plum' }, true, 'The post has a password in WordPress.'],
    ['private', {}, true, 'The post is private in WordPress.'],
    ['draft', {}, true, undefined],
    ['pending', {}, true, undefined],
    ['future', {}, false, undefined],
    ['future', { password: 'plum' }, true, 'The post has a password in WordPress.'],
    ['archived', {}, true, 'The post\'s status in WordPress is "archived".'],
  ])('%s %o', async (status, given, draft, told) => {
    const [post] = (await readText(wxr(item({ status, ...given })))).posts;
    expect(post?.draft ?? false).toBe(draft);
    const withheld = post?.flaws.find(({ rule }) => rule === 'import-withheld')?.message;
    expect(withheld).toBe(told === undefined ? undefined : `${told} It comes as a draft.`);
  });

  test('what is left out is counted in plain words', async () => {
    const trash = [2, 3].map((id) => item({ id, status: 'trash' }));
    const { flaws } = await readText(wxr(item({}), ...trash, attachment(4), attachment(5)));
    expect(flaws.join(' ')).toContain('2 posts in the trash, 2 files of the media library.');
  });

  test('a draft without a name is named after its title, not its blog', async () => {
    const link = 'https://orchard.example/blog/?p=1';
    const [post] = (await readText(wxr(item({ status: 'draft', slug: '', link, title: 'On pears' })))).posts;
    expect(post).toMatchObject({ slug: 'on-pears', draft: true });
    expect(post?.original).toBeUndefined();
  });

  test('a text goes on in a new paragraph where it did on a new page', async () => {
    expect(await body('One<!--nextpage-->two')).toBe('One\n\ntwo');
    expect(
      await body(
        '<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n\n<!-- wp:paragraph -->\n<p>two</p>\n<!-- /wp:paragraph -->',
      ),
    ).toBe('One\n\ntwo');
  });

  test('what is no post is left out and counted', async () => {
    const { posts, flaws } = await readText(
      wxr(
        item({}),
        item({ id: 2, type: 'page' }),
        item({ id: 3, type: 'page' }),
        attachment(4),
        item({ id: 5, type: 'nav_menu_item' }),
        item({ id: 6, status: 'trash' }),
        item({ id: 7, type: 'recipe' }),
      ),
    );
    expect(posts.map(({ title }) => title)).toEqual(['Pears']);
    expect(flaws).toEqual([
      'import-left-out: The export also holds things that are not posts. They were left out: 2 pages, 1 file of the media library, 1 menu item, 1 post in the trash, 1 "recipe".',
    ]);
  });
});

describe('what is known of a post', () => {
  test('its date in UTC, the name that its author is shown by, its name and its address', async () => {
    const [post] = (
      await readText(
        wxr(
          item({
            slug: 'cr%C3%A8me',
            more: `<category domain="category" nicename="news">${cdata('News &amp; more')}</category><category domain="post_tag" nicename="trees">${cdata('Trees')}</category><category domain="post_format" nicename="post-format-aside">${cdata('Aside')}</category><category domain="category" nicename="uncategorized">${cdata('Allgemein')}</category>`,
          }),
        ),
      )
    ).posts;
    expect(post).toMatchObject({
      publishAt: '2026-02-04T09:05:00Z',
      authors: [{ name: 'Rowan of the Orchard' }],
      slug: 'creme',
      original: 'https://orchard.example/2026/pears/',
      tags: ['news & more', 'trees'],
    });
  });

  test('a draft has neither date nor address, and nothing is missing', async () => {
    const link = 'https://orchard.example/?p=1';
    const [post] = (
      await readText(wxr(item({ status: 'draft', link, slug: '', date: '0000-00-00 00:00:00' })))
    ).posts;
    expect(post).toMatchObject({ slug: 'pears', draft: true, flaws: [] });
    expect(post?.original).toBeUndefined();
    expect(post?.publishAt).toBeUndefined();
  });

  test('a scheduled post keeps its date', async () => {
    const [post] = (await readText(wxr(item({ status: 'future', date: '2031-05-06 07:00:00' })))).posts;
    expect(post).toMatchObject({ publishAt: '2031-05-06T07:00:00Z' });
    expect(post?.draft).toBeUndefined();
  });

  test('its cover is the picture that its number names, and told where that is in another file', async () => {
    const thumbnail = meta('_thumbnail_id', '9');
    const picture = attachment(9, meta('_wp_attachment_image_alt', 'A pear'));
    const { posts } = await readText(wxr(item({ more: thumbnail }), picture));
    expect(posts[0]?.cover).toEqual({ url: 'https://orchard.example/9.jpg', alt: 'A pear' });
    const alone = await readText(wxr(item({ more: thumbnail })));
    expect(alone.posts[0]?.flaws.map(({ message }) => message)).toEqual(['The cover is not in the export.']);
    const apart = await readFiles({ 'a.xml': wxr(item({ more: thumbnail })), 'b.xml': wxr(picture) });
    expect(apart.posts[0]?.cover?.url).toBe('https://orchard.example/9.jpg');
  });
});

describe('a text of the old editor', () => {
  test.each([
    ['has paragraphs at blank lines', 'One\ntwo.\n\nThree <b>four</b>.', 'One\\\ntwo.\n\nThree **four**.'],
    ['keeps its blocks', 'One\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nTwo', 'One\n\n- a\n- b\n\nTwo'],
    ['has paragraphs in quotations', '<blockquote>One\n\nTwo</blockquote>', '> One\n>\n> Two'],
    ['keeps code as it is', '<pre>a\n\nb [gallery]</pre>\nEnd', '```\na\n\nb [gallery]\n```\n\nEnd'],
    ['drops the mark of its beginning', 'One\n\n<!--more-->\n\nTwo', 'One\n\nTwo'],
    ['has no break twice', 'One<br />\ntwo', 'One\\\ntwo'],
    ['leaves what has tags alone', '<p>One\ntwo</p>\n\n<h2>Head</h2>\nText', 'One\\\ntwo\n\n## Head\n\nText'],
    [
      'shows the page of an address',
      'See\n\nhttps://youtu.be/abc\n\nend',
      'See\n\n<https://youtu.be/abc>\n\nend',
    ],
    ['keeps an address in a sentence', 'See https://a.example/b now', 'See https://a.example/b now'],
  ])('%s', async (_, content, expected) => {
    expect(await body(content)).toBe(expected);
  });
});

describe('a shortcode', () => {
  const figure = (caption: string) =>
    `<figure>\n\n![i](https://orchard.example/i.jpg)\n\n<figcaption>\n\n${caption}\n\n</figcaption>\n</figure>`;
  const image = '<img class="size-full" src="https://orchard.example/i.jpg" alt="i" width="9" />';
  test.each([
    [
      'a caption',
      `A\n\n[caption id="attachment_9" align="alignnone" width="9"]${image} Our <em>pear</em>[/caption]\n\nB`,
      `A\n\n${figure('Our *pear*')}\n\nB`,
    ],
    ['an old caption', `[caption id="x" caption="Our pear"]${image}[/caption]`, figure('Our pear')],
    ['a page', '[embed width="9"]https://a.example/b[/embed]', '<https://a.example/b>'],
    [
      'a film',
      '[youtube https://www.youtube.com/watch?v=abc&amp;w=9]',
      '<https://www.youtube.com/watch?v=abc&w=9>',
    ],
    ['a film by its number', '[vimeo 123]', '<https://vimeo.com/123>'],
    ['a film after an equals sign', '[youtube=https://youtu.be/abc]', '<https://youtu.be/abc>'],
    ['code', '[code language="css"]\na > b { }\n\n<i>\n[/code]', '```css\na > b { }\n\n<i>\n```'],
    [
      'code with its signs written out',
      '[sourcecode lang="js"]if (a &lt; b) x[0][/sourcecode]',
      '```js\nif (a < b) x[0]\n```',
    ],
    ['code named by its language', '[python]\nprint("a")\n[/python]', '```python\nprint("a")\n```'],
    ['a formula', 'So $latex x^2$ is.', 'So `x^2` is.'],
    ['one that is shown', 'Write [[gallery ids="1"]] there.', 'Write \\[gallery ids="1"] there.'],
    ['no shortcode', 'He said [sic] so [1], and a[i] = b[0].', 'He said [sic] so [1], and a[i] = b[0].'],
    ['a footnote', 'Pears[footnote]Ripe ones.[/footnote] fall.', 'Pears[^1] fall.\n\n[^1]: Ripe ones.'],
  ])('%s', async (_, content, expected) => {
    expect(await body(content)).toBe(expected);
  });

  test('a gallery shows its pictures with their captions, or those of its post', async () => {
    const one = attachment(7, `<excerpt:encoded>${cdata('Number seven')}</excerpt:encoded>`).replace(
      `<excerpt:encoded>${cdata('')}</excerpt:encoded>`,
      '',
    );
    const two = attachment(8, '<wp:post_parent>1</wp:post_parent>');
    expect(await body('[gallery ids="8,7"]', one, two)).toBe(
      '![](https://orchard.example/8.jpg)\n\n<figure>\n\n![](https://orchard.example/7.jpg)\n\n<figcaption>\n\nNumber seven\n\n</figcaption>\n</figure>',
    );
    expect(await body('[gallery]', one, two)).toBe('![](https://orchard.example/8.jpg)');
  });

  test('a plugin’s is told, and what it encloses stays', async () => {
    const { posts } = await readText(
      wxr(item({ content: 'A [note color="red"]kept [contact-form-7 id="1" title="x"][/note] B' })),
    );
    expect(posts[0]?.body).toBe('A kept B');
    expect(posts[0]?.flaws.map(({ message }) => message)).toEqual([
      'The shortcode [note] shows what only the site knows, and was left out.',
      'The shortcode [contact-form-7] shows what only the site knows, and was left out.',
    ]);
  });
});

describe('a text of the block editor', () => {
  test.each([
    [
      'paragraphs',
      '<!-- wp:paragraph {"fontSize":"large"} -->\n<p class="has-large-font-size">One\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>Three</p>\n<!-- /wp:paragraph -->',
      'One two\n\nThree',
    ],
    [
      'blocks in blocks',
      '<!-- wp:list -->\n<ul class="wp-block-list"><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>b</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->',
      '- a\n- b',
    ],
    [
      'a film',
      '<!-- wp:embed {"url":"https://youtu.be/abc","type":"video"} -->\n<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/abc\n</div></figure>\n<!-- /wp:embed -->',
      '<https://youtu.be/abc>',
    ],
    [
      'code',
      '<!-- wp:code -->\n<pre class="wp-block-code"><code>a[0] [gallery]\n\n&lt;b&gt;</code></pre>\n<!-- /wp:code -->',
      '```\na[0] [gallery]\n\n<b>\n```',
    ],
    [
      'code whose language is in its comment',
      '<!-- wp:syntaxhighlighter/code {"language":"css"} -->\n<pre class="wp-block-syntaxhighlighter-code">a { }</pre>\n<!-- /wp:syntaxhighlighter/code -->',
      '```css\na { }\n```',
    ],
    [
      'a text of the old editor',
      '<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\nTwo\n\nThree',
      'One\n\nTwo\n\nThree',
    ],
    ['a shortcode', '<!-- wp:shortcode -->\n[vimeo 1]\n<!-- /wp:shortcode -->', '<https://vimeo.com/1>'],
    [
      'the end of its beginning',
      '<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<!-- wp:paragraph --><p>Two</p><!-- /wp:paragraph -->',
      'One\n\nTwo',
    ],
  ])('%s', async (_, content, expected) => {
    expect(await body(content)).toBe(expected);
  });

  test('footnotes stand beside the text', async () => {
    const content =
      '<!-- wp:paragraph --><p>Pears<sup data-fn="f1" class="fn"><a href="#f1" id="f1-link">1</a></sup>.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->';
    const notes = meta('footnotes', JSON.stringify([{ id: 'f1', content: 'Ripe <em>ones</em>.' }]));
    const [post] = (await readText(wxr(item({ content, more: notes })))).posts;
    expect(post?.body).toBe('Pears[^1].\n\n[^1]: Ripe *ones*.');
    expect(post?.flaws.map(({ rule }) => rule)).toEqual([]);
  });

  test('a shared block shows its text, and one that only the site knows is told', async () => {
    const content = '<!-- wp:block {"ref":12} /-->\n<!-- wp:latest-posts {"postsToShow":3} /-->';
    const shared = item({
      id: 12,
      type: 'wp_block',
      content: '<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->',
    });
    const [post] = (await readText(wxr(item({ content }), shared))).posts;
    expect(post?.body).toBe('Shared.');
    expect(post?.flaws.map(({ message }) => message)).toEqual([
      'The block "latest-posts" shows what only the site knows, and was left out.',
    ]);
  });
});

test('a text that is nested too deeply costs its post alone', async () => {
  const deep = '<b>a\n\n<i>'.repeat(6000);
  const { posts } = await readText(
    wxr(item({ content: deep }), item({ id: 2, slug: 'plums', content: 'Ripe.' })),
  );
  expect(posts.map(({ body: text }) => text)).toEqual(['', 'Ripe.']);
  expect(posts[0]?.flaws).toMatchObject([{ rule: 'feed-body', severity: 'error' }]);
});
