/** A way to write a feed: where its items stand, and how an item says what it has. */
interface Format {
  readonly name: string;
  readonly feed: (items: string) => string;
  readonly item: (inside: string) => string;
  readonly title: readonly ((text: string) => string)[];
  readonly link: readonly ((url: string) => string)[];
  readonly date: (written: string) => string;
  readonly dates: readonly string[];
  readonly text: readonly ((html: string) => string)[];
  readonly tag: (name: string) => string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cdata = (text: string): string => `<![CDATA[${text}]]>`;

/** The fourth of February 2026, 08:05 in UTC, as RSS's programs write it. */
const rssDates = [
  'Wed, 04 Feb 2026 08:05:00 GMT',
  'Wed, 04 Feb 2026 09:05:00 +0100',
  'Wed, 04 Feb 2026 03:05:00 EST',
  '04 Feb 2026 08:05:00 +0000',
  'Wed, 4 Feb 2026 08:05:00 -0000',
  '2026-02-04T08:05:00Z',
];
const isoDates = [
  '2026-02-04T08:05:00Z',
  '2026-02-04T09:05:00+01:00',
  '2026-02-04T08:05:00.123Z',
  '2026-02-04T03:05:00-05:00',
];

const rss = (name: string, attributes: string, more: Partial<Format> = {}): Format => ({
  name,
  feed: (items) =>
    `<?xml version="1.0" encoding="utf-8"?><rss ${attributes}><channel><title>Orchard</title><link>https://orchard.example/</link><description>Fruit</description>${items}</channel></rss>`,
  item: (inside) => `<item>${inside}</item>`,
  title: [
    (text) => `<title>${escape(text)}</title>`,
    (text) => `<title>${cdata(text)}</title>`,
    (text) => `<title>\n  ${escape(text)}\n</title>`,
  ],
  link: [
    (url) => `<link>${escape(url)}</link><guid isPermaLink="false">${escape(url)}#id</guid>`,
    (url) => `<guid isPermaLink="true">${escape(url)}</guid>`,
    (url) => `<link>\n${cdata(url)}\n</link>`,
  ],
  date: (written) => `<pubDate>${written}</pubDate>`,
  dates: rssDates,
  text: [
    (html) => `<description>${escape(html)}</description>`,
    (html) => `<description>${cdata(html)}</description>`,
  ],
  tag: (tag) => `<category>${escape(tag)}</category>`,
  ...more,
});

const content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';

const atom = (name: string, prefix: string, more: Partial<Format> = {}): Format => {
  const p = prefix === '' ? '' : `${prefix}:`;
  const declared = `xmlns${prefix === '' ? '' : `:${prefix}`}="http://www.w3.org/2005/Atom"`;
  return {
    name,
    feed: (items) =>
      `<?xml version="1.0" encoding="utf-8"?><${p}feed ${declared}><${p}title>Orchard</${p}title><${p}id>urn:orchard</${p}id><${p}link href="https://orchard.example/"/>${items}</${p}feed>`,
    item: (inside) => `<${p}entry><${p}id>urn:pear</${p}id>${inside}</${p}entry>`,
    title: [
      (text) => `<${p}title>${escape(text)}</${p}title>`,
      (text) => `<${p}title type="html">${escape(escape(text))}</${p}title>`,
      (text) =>
        `<${p}title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${escape(text)}</div></${p}title>`,
    ],
    link: [
      (url) => `<${p}link href="${escape(url)}"/>`,
      (url) =>
        `<${p}link rel="self" href="https://orchard.example/self"/><${p}link rel="alternate" type="text/html" href="${escape(url)}"/>`,
      (url) => `<${p}link rel="alternate" href="${escape(url.replace('https://orchard.example', ''))}"/>`,
    ],
    date: (written) =>
      `<${p}published>${written}</${p}published><${p}updated>2026-03-01T00:00:00Z</${p}updated>`,
    dates: isoDates,
    text: [
      (html) => `<${p}content type="html">${escape(html)}</${p}content>`,
      (html) => `<${p}content type="html">${cdata(html)}</${p}content>`,
      (html) =>
        `<${p}content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${html}</div></${p}content>`,
      (html) => `<${p}summary>Short</${p}summary><${p}content type="html">${escape(html)}</${p}content>`,
      (html) => `<${p}summary type="html">${escape(html)}</${p}summary>`,
    ],
    tag: (tag) => `<${p}category term="${escape(tag)}"/>`,
    ...more,
  };
};

const formats: readonly Format[] = [
  rss('RSS 2.0', 'version="2.0"'),
  rss('RSS 2.0 with content:encoded', `version="2.0" ${content} ${dublin}`, {
    text: [
      (html) => `<description>Short</description><content:encoded>${cdata(html)}</content:encoded>`,
      (html) => `<content:encoded>${escape(html)}</content:encoded><description>Short</description>`,
    ],
  }),
  rss(
    'RSS 2.0 with other prefixes',
    `version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"`,
    {
      text: [(html) => `<c:encoded>${cdata(html)}</c:encoded>`],
      date: (written) => `<d:date>${written}</d:date>`,
      dates: isoDates,
      tag: (tag) => `<d:subject>${escape(tag)}</d:subject>`,
    },
  ),
  rss('RSS 0.91', 'version="0.91"'),
  rss('RSS 0.92', 'version="0.92"'),
  {
    ...rss('RSS 1.0', ''),
    feed: (items) =>
      `<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${content} ${dublin}><channel rdf:about="https://orchard.example/"><title>Orchard</title><link>https://orchard.example/</link><description>Fruit</description></channel>${items}</rdf:RDF>`,
    item: (inside) => `<item rdf:about="https://orchard.example/pears">${inside}</item>`,
    link: [(url) => `<link>${escape(url)}</link>`],
    date: (written) => `<dc:date>${written}</dc:date>`,
    dates: isoDates,
    text: [
      (html) => `<description>${escape(html)}</description>`,
      (html) => `<description>Short</description><content:encoded>${cdata(html)}</content:encoded>`,
    ],
    tag: (tag) => `<dc:subject>${escape(tag)}</dc:subject>`,
  },
  atom('Atom 1.0', ''),
  atom('Atom 1.0 with a prefix', 'a'),
  atom('Atom 0.3', '', {
    feed: (items) =>
      `<?xml version="1.0" encoding="utf-8"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Orchard</title><link rel="alternate" type="text/html" href="https://orchard.example/"/>${items}</feed>`,
    title: [
      (text) => `<title>${escape(text)}</title>`,
      (text) => `<title mode="escaped" type="text/html">${escape(escape(text))}</title>`,
    ],
    link: [(url) => `<link rel="alternate" type="text/html" href="${escape(url)}"/>`],
    date: (written) => `<issued>${written}</issued><modified>2026-03-01T00:00:00Z</modified>`,
    text: [
      (html) => `<content type="text/html" mode="escaped">${escape(html)}</content>`,
      (html) =>
        `<content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml">${html}</div></content>`,
    ],
    tag: () => '',
  }),
];

const titles = ['Ripe pears', 'Pears & plums', 'Crème brûlée – “warm”', '5 < 6 and 7 > 6', '日本の梨'];
const links = [
  'https://orchard.example/pears',
  'https://orchard.example/?p=1&lang=en',
  'https://orchard.example/b/2026/pears.html',
];
const bodies = [
  '<p>Pick <em>softly</em>, see <a href="https://plum.example/a?b=1&amp;c=2">plums</a>.</p>',
  '<p>See <a href="/plums">plums</a> and <a href="/next#two">the next</a>.</p>\n<ul><li>One</li><li>Two &amp; three</li></ul>',
  '<h2>Late</h2><p>5 &lt; 6, “quoted” – so.</p><pre><code>if (a &lt; b) return;</code></pre><blockquote><p>Ripe.</p></blockquote>',
  '<p>日本の梨。</p><p><img src="/a.png" alt="A pear"/> shown</p><table><tr><td>1</td><td>2</td></tr></table>',
];

/** A feed of one item, its name and its address. */
export interface InventedFeed {
  readonly name: string;
  readonly address: string;
  readonly xml: string;
}

/** One of several, the next each time, so that all of them are met with all others in time. */
function pick<One>(list: readonly One[], number: number): One {
  return list[number % list.length] as One;
}

/** Feeds in every format, with every way to write a title, a link, a date and a text in each. */
export function inventFeeds(): readonly InventedFeed[] {
  return formats.flatMap((format) => {
    const ways = format.title.length * format.link.length * format.text.length * format.dates.length;
    return Array.from({ length: Math.min(ways, 60) }, (_, number) => {
      const inside = [
        pick(format.title, number)(pick(titles, number * 3 + Math.floor(number / 5))),
        pick(format.link, Math.floor(number / format.title.length))(pick(links, number)),
        format.date(pick(format.dates, number)),
        pick(format.text, number)(pick(bodies, number + Math.floor(number / 4))),
        format.tag('Trees'),
        format.tag('fruit & veg'),
      ];
      return {
        name: `${format.name}, ${number}`,
        address: 'https://orchard.example/blog/feed.xml',
        xml: format.feed(format.item(inside.join(''))),
      };
    });
  });
}
