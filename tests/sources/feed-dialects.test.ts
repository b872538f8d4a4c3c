import rehypeRaw from 'rehype-raw';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import type { Root } from 'mdast';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { interpretFeed } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const renderer = unified()
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeStringify);
const render = (tree: Root) => renderer.stringify(renderer.runSync(structuredClone(tree)));
const markdown = unified().use(remarkParse).use(remarkGfm);

const cdata = (html: string) => `<![CDATA[${html}]]>`;
const escape = (html: string) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An item as each of these programs writes one: what is to be read of it, and what its text becomes. */
const dialects: readonly (readonly [string, string, Record<string, unknown>, string])[] = [
  [
    'WordPress',
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Orchard</title><atom:link href="https://orchard.example/feed/" rel="self" xmlns:atom="http://www.w3.org/2005/Atom"/><link>https://orchard.example</link><sy:updatePeriod>hourly</sy:updatePeriod><item><title>Pears &#038; plums</title><link>https://orchard.example/pears/</link><dc:creator>${cdata('Rowan')}</dc:creator><pubDate>Wed, 04 Feb 2026 09:05:00 +0000</pubDate><category>${cdata('News')}</category><guid isPermaLink="false">https://orchard.example/?p=1</guid><description>${cdata('<p>Some &#8230; <a href="https://orchard.example/pears/">Continue reading</a></p>')}</description><content:encoded>${cdata('\n<p class="wp-block-paragraph">It&#8217;s <strong>ripe<br></strong>now.</p>\n\n<figure class="wp-block-image"><img loading="lazy" width="640" height="480" src="https://orchard.example/a.jpg" alt="A pear"/><figcaption class="wp-element-caption">A <em>pear</em></figcaption></figure>\n\n<pre class="wp-block-code"><code lang="php" class="language-php">echo 1;</code></pre>\n')}</content:encoded></item></channel></rss>`,
    {
      title: 'Pears & plums',
      original: 'https://orchard.example/pears/',
      publishAt: '2026-02-04T09:05:00Z',
      tags: ['news'],
      authors: [{ name: 'Rowan' }],
    },
    'It’s **ripe**\\\nnow.\n\n<figure>\n\n![A pear](https://orchard.example/a.jpg)\n\n<figcaption>\n\nA *pear*\n\n</figcaption>\n</figure>\n\n```php\necho 1;\n```',
  ],
  [
    'Ghost',
    `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel><title>${cdata('Orchard')}</title><link>https://orchard.example/</link><generator>Ghost 5.80</generator><item><title>${cdata('Grafts')}</title><description>${cdata('On grafts.')}</description><link>https://orchard.example/grafts/</link><guid isPermaLink="false">65a</guid><category>${cdata('Trees')}</category><dc:creator>${cdata('Rowan')}</dc:creator><pubDate>Wed, 04 Feb 2026 09:05:00 GMT</pubDate><media:content url="https://orchard.example/cover.jpg" medium="image"/><content:encoded>${cdata('<img src="https://orchard.example/cover.jpg" alt="A graft"><h2 id="how-to-graft">How to</h2><p>See <a href="#how-to-graft">how</a>.</p><div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Use <code>wax</code>.</div></div>')}</content:encoded></item></channel></rss>`,
    {
      title: 'Grafts',
      summary: 'On grafts.',
      cover: { url: 'https://orchard.example/cover.jpg', alt: 'A graft' },
    },
    '## How to\n\nSee [how](#how-to).\n\n> 💡 Use `wax`.',
  ],
  [
    'Substack',
    `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>${cdata('Orchard')}</title><link>https://orchard.example</link><item><title>${cdata('A letter')}</title><description>${cdata('About pears')}</description><link>https://orchard.example/p/a-letter</link><guid isPermaLink="false">https://orchard.example/p/a-letter</guid><pubDate>Wed, 04 Feb 2026 09:05:00 GMT</pubDate><enclosure url="https://orchard.example/cover.jpg" length="0" type="image/jpeg"/><content:encoded>${cdata('<p>Pears<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>.</p><p class="button-wrapper"><a class="button" href="https://orchard.example/subscribe?">Subscribe now</a></p><div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number" contenteditable="false" target="_self">1</a><div class="footnote-content"><p>Ripe ones.</p></div></div>')}</content:encoded></item></channel></rss>`,
    { title: 'A letter', summary: 'About pears', cover: { url: 'https://orchard.example/cover.jpg' } },
    'Pears[^1].\n\n[^1]: Ripe ones.',
  ],
  [
    'Medium',
    `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:cc="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html" version="2.0"><channel><title>${cdata('Stories')}</title><link>https://medium.com/@rowan</link><item><title>${cdata('Pruning')}</title><link>https://medium.com/@rowan/pruning-0123456789ab?source=rss</link><guid isPermaLink="false">https://medium.com/p/0123456789ab</guid><category>${cdata('trees')}</category><dc:creator>${cdata('Rowan')}</dc:creator><pubDate>Wed, 04 Feb 2026 09:05:00 GMT</pubDate><atom:updated>2026-02-05T09:05:00.123Z</atom:updated><content:encoded>${cdata('<h3>Pruning</h3><p>Cut <em>late</em>.</p><pre>prune(<br>  tree)</pre><img src="https://medium.com/_/stat?event=post.clientViewed" width="1" height="1" alt="">')}</content:encoded></item></channel></rss>`,
    { title: 'Pruning', slug: 'pruning', updatedAt: '2026-02-05T09:05:00Z' },
    '### Pruning\n\nCut *late*.\n\n```\nprune(\n  tree)\n```',
  ],
  [
    'Blogger',
    `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1</id><title type='text'>Orchard</title><link rel='alternate' type='text/html' href='https://orchard.example/'/><entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2026-02-04T09:05:00.000+01:00</published><updated>2026-02-04T09:06:00.000+01:00</updated><category scheme='http://www.blogger.com/atom/ns#' term='Trees'/><title type='text'>Bark &amp; buds</title><content type='html'>${escape('<div class="separator" style="clear: both;"><a href="/b.jpg" imageanchor="1"><img border="0" src="/a.jpg" /></a></div><br />First line<br /><br />Second <span style="font-weight: bold;">line</span>')}</content><link rel='replies' type='application/atom+xml' href='https://orchard.example/c'/><link rel='alternate' type='text/html' href='https://orchard.example/2026/02/bark.html' title='Bark'/><author><name>Rowan</name></author></entry></feed>`,
    {
      title: 'Bark & buds',
      original: 'https://orchard.example/2026/02/bark.html',
      publishAt: '2026-02-04T08:05:00Z',
      tags: ['trees'],
    },
    '[![](https://orchard.example/a.jpg)](https://orchard.example/b.jpg)\n\nFirst line\n\nSecond **line**',
  ],
  [
    'Hugo',
    `<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Orchard</title><link>https://orchard.example/</link><language>en-gb</language><atom:link href="https://orchard.example/index.xml" rel="self" type="application/rss+xml" /><item><title>Roots</title><link>https://orchard.example/posts/roots/</link><pubDate>Wed, 04 Feb 2026 09:05:00 +0000</pubDate><guid>https://orchard.example/posts/roots/</guid><description>${escape('<p>Deep.</p>\n<div class="highlight"><div style="color:#f8f8f2"><table style="x"><tr><td style="y"><pre tabindex="0"><code><span>1\n</span><span>2\n</span></code></pre></td><td><pre tabindex="0"><code class="language-go" data-lang="go"><span style="display:flex;"><span>a := 1\n</span></span><span style="display:flex;"><span>b := 2\n</span></span></code></pre></td></tr></table></div></div>\n<blockquote>\n<p>So it is.</p></blockquote>')}</description></item></channel></rss>`,
    { title: 'Roots', lang: 'en-gb' },
    'Deep.\n\n```go\na := 1\nb := 2\n```\n\n> So it is.',
  ],
  [
    'Jekyll',
    `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><generator uri="https://jekyllrb.com/" version="4.3.3">Jekyll</generator><link href="https://orchard.example/feed.xml" rel="self" type="application/atom+xml" /><link href="https://orchard.example/" rel="alternate" type="text/html" /><updated>2026-02-04T09:05:00+00:00</updated><id>https://orchard.example/feed.xml</id><title type="html">Orchard</title><entry><title type="html">Leaves &amp;amp; light</title><link href="https://orchard.example/leaves" rel="alternate" type="text/html" title="Leaves"/><published>2026-02-04T09:05:00+00:00</published><updated>2026-02-04T09:05:00+00:00</updated><id>https://orchard.example/leaves</id><content type="html" xml:base="https://orchard.example/leaves">${cdata('<p>Green<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote" role="doc-noteref">1</a></sup>.</p><div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code><span class="nb">puts</span> <span class="mi">1</span>\n</code></pre></div></div><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>In spring. <a href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li></ol></div>')}</content><author><name>Rowan</name></author><category term="trees"/><summary type="html">${cdata('Green in spring.')}</summary></entry></feed>`,
    { title: 'Leaves & light', summary: 'Green in spring.', tags: ['trees'] },
    'Green[^1].\n\n```ruby\nputs 1\n```\n\n[^1]: In spring.',
  ],
  [
    'Google',
    `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Orchard cloud</title><link>https://orchard.example/</link><item><title>Sap in the cloud</title><link>https://orchard.example/blog/sap/</link><description>${escape('<div class="block-paragraph_advanced"><p><span style="vertical-align: baseline;">Sap </span><strong style="vertical-align: baseline;">rises </strong><span>early.</span></p><ul><li role="presentation"><p role="presentation"><span>One</span></p></li></ul></div>')}</description><pubDate>Wed, 04 Feb 2026 09:05:00 -0000</pubDate><guid>https://orchard.example/blog/sap/</guid><media:content height="540" url="https://orchard.example/hero.max-600x600.png" width="540"></media:content></item></channel></rss>`,
    { title: 'Sap in the cloud', cover: { url: 'https://orchard.example/hero.max-600x600.png' } },
    'Sap **rises** early.\n\n- One',
  ],
  [
    'Reddit',
    `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><category term="pears" label="r/pears"/><id>/r/pears/.rss</id><link rel="self" href="https://forum.example/r/pears/.rss" type="application/atom+xml" /><link rel="alternate" href="https://forum.example/r/pears/" type="text/html" /><title>pears</title><entry><author><name>/u/rowan</name><uri>https://forum.example/user/rowan</uri></author><category term="pears" label="r/pears"/><content type="html">&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;Which &lt;em&gt;pear&lt;/em&gt;?&lt;/p&gt; &lt;/div&gt;&lt;!-- SC_ON --&gt; &amp;#32; submitted by &amp;#32; &lt;a href=&quot;https://forum.example/user/rowan&quot;&gt; /u/rowan &lt;/a&gt;</content><id>t3_1</id><link href="https://forum.example/r/pears/comments/1/which/" /><updated>2026-02-04T09:05:00+00:00</updated><published>2026-02-04T09:05:00+00:00</published><title>Which pear?</title></entry></feed>`,
    { title: 'Which pear?', tags: ['r/pears'] },
    'Which *pear*?\n\nsubmitted by [/u/rowan](https://forum.example/user/rowan)',
  ],
  [
    '.NET',
    `<?xml version="1.0" encoding="utf-8"?><feed xml:lang="en" xml:base="https://orchard.example/blog/" xmlns="http://www.w3.org/2005/Atom"><title type="text">Orchard</title><id>uuid:1;id=1</id><entry><id>uuid:1;id=2</id><title type="text">Ladders</title><published>2026-02-04T09:05:00Z</published><updated>2026-02-04T09:05:00Z</updated><link rel="alternate" href="ladders" /><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Up <a href="steps">we</a> go.</p><table><tr><th style="text-align:right">Rung</th><th>Height</th></tr><tr><td>1</td><td>30<br/>cm</td></tr></table></div></content></entry></feed>`,
    { title: 'Ladders', original: 'https://orchard.example/blog/ladders', lang: 'en' },
    'Up [we](https://orchard.example/blog/steps) go.\n\n| Rung | Height   |\n| ---: | -------- |\n|    1 | 30<br>cm |',
  ],
];

test.each(dialects)(
  'a feed as %s writes it becomes markdown that reads the same',
  async (_name, xml, said, text) => {
    const feed = await parseFeed(Buffer.from(xml));
    const [read] = interpretFeed(feed, 'UTC', ({ post, tree }) => ({ post, tree }));
    if (read === undefined) throw new Error('The feed has no item.');
    const printed = printBody(read.tree).trim();
    expect(printed).toBe(text);
    expect(read.post).toMatchObject(said);
    expect(render(markdown.parse(printed))).toBe(render(read.tree));
  },
);
