import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Words to make text of: as long as those of technical prose, and none that a rule looks for. */
const vocabulary =
  `account address answer archive balance barrier basket beacon border branch bridge bucket buffer bundle candle carrier
  channel chapter circle cluster column commit compass copper corner counter cradle current custom damper decade deliver
  detail device digest domain double driver eleven engine entry error estate export fabric factor feather figure filter
  finger flight folder format forward fountain fragment garden gather glass handle harbour header hollow hundred index
  inner island journal kernel kettle ladder lantern latch ledger letter level lever library limit lumber machine manner
  margin marker matter measure meadow medium member memory method middle mirror module moment morning mortar motion narrow
  needle number object office option orange order outer packet paper parcel partial pattern pebble period pillar planet
  pocket point portal powder prefix present print process profile prompt proof public quarter quiet random reader reason
  record region remote render report result return review ribbon river rocket rubber runner saddle sample scatter season
  second segment series server shadow shelter signal silver simple sketch socket source spiral spring square stable
  staple status stream string summer supply surface switch symbol system table target temper tender thread timber token
  towel traffic transfer tunnel turbine union update valley value vessel village vision volume wander water weather
  window winter within wonder writer yellow`.split(/\s+/);

/** Numbers from 0 up to 1 that are the same for the same seed (the generator is Tommy Ettinger's mulberry32). */
function startRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The newest post's date; the others are spread over the ten years before it. */
const newestDate = Date.UTC(2026, 9, 31, 8);
const tenYears = 10 * 365.25 * 24 * 60 * 60 * 1000;

/** How many posts make a series; one post in four belongs to one. */
const seriesLength = 5;

interface Writer {
  readonly words: (count: number) => string;
  readonly upTo: (limit: number) => number;
}

function openWriter(seed: number): Writer {
  const random = startRandom(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const words = (count: number): string =>
    Array.from({ length: count }, () => vocabulary[upTo(vocabulary.length)] ?? '').join(' ');
  return { words, upTo };
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function writeSentence({ words, upTo }: Writer, index: number, count: number): string {
  const plain = capitalise(words(9 + upTo(9)));
  switch (upTo(8)) {
    case 0:
      return `${plain} with *${words(2)}* and **${words(1)}**.`;
    case 1:
      return `${plain} by \`${words(1)}()\`.`;
    case 2:
      return `${plain}, as [${words(2)}](/blog/${postName(Math.max(0, index - 1 - upTo(Math.min(count, 50))))}/) says.`;
    case 3:
      return `${plain}; see [${words(1)}](https://example.org/${words(1)}).`;
    default:
      return `${plain}.`;
  }
}

function writeParagraph(writer: Writer, index: number, count: number): string {
  return Array.from({ length: 4 }, () => writeSentence(writer, index, count)).join('\n');
}

function writeCode({ words, upTo }: Writer): string {
  const lines = Array.from(
    { length: 8 },
    () => `const ${words(1)}${upTo(100)} = ${words(1)}(${upTo(1000)}, '${words(2)}');`,
  );
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\``;
}

function writeTable({ words, upTo }: Writer): string {
  const rows = Array.from({ length: 5 }, () => `| ${words(1)} | \`${words(1)}\` | ${upTo(1000)} |`);
  return ['| name | code | value |', '| --- | --- | ---: |', ...rows].join('\n');
}

function writeList({ words }: Writer): string {
  return Array.from({ length: 4 }, () => `- ${capitalise(words(8))}`).join('\n');
}

/** A post's name and file name without its ending, by its number from 0, the oldest. */
export function postName(index: number): string {
  return `post-${String(index).padStart(5, '0')}`;
}

/** A post of about 1,200 words; the same bytes from the same numbers. */
function writePost(index: number, count: number): string {
  const writer = openWriter(index * 7919 + 17);
  const { words, upTo } = writer;
  const date = new Date(newestDate - (count - 1 - index) * (tenYears / count));
  const inSeries = Math.floor(index / seriesLength) % 4 === 0;
  const matter = [
    '---',
    `title: ${capitalise(words(5))} ${index}`,
    `date: ${date.toISOString().slice(0, 19)}Z`,
    `description: ${capitalise(words(14))}.`,
    `tags: [${['alpha', 'beta', 'gamma', 'delta'].slice(0, 1 + upTo(4)).join(', ')}]`,
    ...(inSeries
      ? [`series: Series ${Math.floor(index / seriesLength)}`, `part: ${(index % seriesLength) + 1}`]
      : []),
    '---',
  ];
  const sections = Array.from({ length: 5 }, (_, section) => [
    `## ${capitalise(words(3))}`,
    writeParagraph(writer, index, count),
    ...(section % 3 === 0 ? [writeCode(writer)] : []),
    writeParagraph(writer, index, count),
    ...(section === 2 ? [writeTable(writer)] : []),
    ...(section % 2 === 1 ? [writeList(writer)] : []),
    writeParagraph(writer, index, count),
  ]);
  return `${matter.join('\n')}\n\n${sections.flat().join('\n\n')}\n`;
}

const site = `version: 1
site: { url: "https://example.com", title: Ten years, author: { name: Example Author }, timezone: Europe/London }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}/" }]
require_live: false
ledger: { kind: file, path: .broadside/ledger }
`;
const feed = '  feed: { kind: feed, path: feed.xml, atom: atom.xml, json: feed.json, limit: 20 }\n';
const devto = '  devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai }\n';

/** Beside the posts: the config, that of a second blog with the same posts and feeds alone, and Hugo's for a feed of the same twenty posts and nothing else. */
const files = {
  'config/broadside.yaml': `${site}targets:\n${devto}${feed}`,
  'feeds/config/broadside.yaml': `${site}targets:\n${feed}`,
  'hugo.toml': `baseURL = "https://example.com/"
title = "Ten years"
contentDir = "posts"
disableKinds = ["section", "taxonomy", "term", "sitemap", "robotsTXT", "404"]
[permalinks]
"/" = "/blog/:filename/"
[outputs]
home = ["RSS"]
[[cascade]]
[cascade._target]
kind = "page"
[cascade._build]
render = "link"
`,
  'layouts/index.rss.xml': `<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Site.BaseURL }}</link>
<description>{{ .Site.Title }}</description>
{{ range first 20 .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
`,
};

/** Copies the posts of a blog into a folder beside it, without its ledger, so that every copy is new; returns that. */
export function makeNewCopies(folder: string): string {
  const blog = `${folder}-new`;
  rmSync(blog, { recursive: true, force: true });
  mkdirSync(join(blog, 'config'), { recursive: true });
  cpSync(join(folder, 'posts'), join(blog, 'posts'), { recursive: true, preserveTimestamps: true });
  const targets = `targets:\n${devto.replace('ai_disclosure', 'since: 2000-01-01, ai_disclosure')}${feed}`;
  writeFileSync(join(blog, 'config', 'broadside.yaml'), `${site}${targets}`);
  return blog;
}

/** Writes a blog of so many posts into a new folder. */
export function makeBlog(folder: string, count: number): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const posts of ['posts', 'feeds/posts']) {
    mkdirSync(join(folder, posts), { recursive: true });
    for (let index = 0; index < count; index += 1) {
      writeFileSync(join(folder, posts, `${postName(index)}.md`), writePost(index, count));
    }
  }
}
