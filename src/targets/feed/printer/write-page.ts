import type { Site } from '../../../model/site.ts';
import { formatDay } from './dates.ts';
import { resolvePath, titleFeed, type FeedEntry } from '../describe-feed.ts';
import type { FeedItem, FeedModel } from '../item.ts';
import { escapeHtml, escapeText } from '../../../base/escape-html.ts';
import { cleanXml } from './legal-text.ts';

/** How many of the newest posts the page shows. */
const shownPosts = 10;

const formats = [
  { key: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { key: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { key: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const;

/** Writes the page for people who want to subscribe: what a feed is, every feed of the site, and the newest posts. */
export function writePage(feed: FeedModel, feeds: readonly FeedEntry[], site: Site): string {
  const siteTitle = escapeText(titleFeed({ title: undefined, narrowedTo: undefined }, site));
  const autodiscovery = feeds.flatMap((entry) => linkFormats(entry, site));
  return cleanXml(`<!doctype html>
<html lang="${escapeHtml(site.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Subscribe to ${siteTitle}</title>
${autodiscovery.join('\n')}
<style>
${style}</style>
</head>
<body>
<main>
<h1 dir="auto">Subscribe to <a href="${escapeHtml(feed.url)}">${siteTitle}</a></h1>
<p>A feed brings new posts to you: no account, no e-mail address. Copy one of the addresses below into a feed reader, a program or a site that looks for new posts and shows them in one place.</p>
<h2>Feeds</h2>
<ul class="feeds">
${feeds.map((entry) => describeEntry(entry, site)).join('\n')}
</ul>
<h2>Newest posts</h2>
${feed.items.length === 0 ? '<p>There is none yet.</p>' : describePosts(feed.items.slice(0, shownPosts), site)}
<details>
<summary>For the site’s own pages</summary>
<p>In the head of every page these lines let browsers and readers find the feeds by themselves:</p>
<pre><code>${escapeText(autodiscovery.join('\n'))}</code></pre>
</details>
</main>
</body>
</html>
`);
}

function linkFormats(entry: FeedEntry, site: Site): readonly string[] {
  const title = escapeHtml(titleFeed(entry, site));
  return listFormats(entry, site).map(
    ({ type, url }) => `<link rel="alternate" type="${type}" title="${title}" href="${escapeHtml(url)}">`,
  );
}

function listFormats({ paths }: FeedEntry, site: Site) {
  return formats.flatMap(({ key, name, type }) => {
    const path = paths[key];
    return path === undefined ? [] : [{ name, type, url: resolvePath(path, site.url) }];
  });
}

function describeEntry(entry: FeedEntry, site: Site): string {
  const addresses = listFormats(entry, site).map(({ name, type, url }) => {
    const href = escapeHtml(url);
    return `<li><span>${name}</span> <a href="${href}" type="${type}">${href}</a></li>`;
  });
  return `<li><strong dir="auto">${escapeText(titleFeed(entry, site))}</strong><ul>${addresses.join('')}</ul></li>`;
}

function describePosts(items: readonly FeedItem[], site: Site): string {
  const posts = items.map(({ title, url, published, language }) => {
    const day = formatDay(published, site.timezone);
    const lang = language === site.language ? '' : ` lang="${escapeHtml(language)}"`;
    return `<li><time datetime="${published}">${day}</time> <a href="${escapeHtml(url)}" dir="auto"${lang}>${escapeText(title)}</a></li>`;
  });
  return `<ul class="posts">\n${posts.join('\n')}\n</ul>`;
}

const style = `:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1d1f; --faint: #5c5c63; --line: #deddd7; --link: #0b57c2; }
@media (prefers-color-scheme: dark) { :root { --paper: #161618; --card: #202023; --ink: #ececee; --faint: #a5a5ad; --line: #3a3a40; --link: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
main { max-width: 44rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem) 1rem; }
h1 { margin: 0 0 1rem; font-size: clamp(1.6rem, 6vw, 2.2rem); line-height: 1.2; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.25rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 0.2rem; }
ul { margin: 0; padding: 0; list-style: none; }
.feeds > li, .posts > li { padding: 0.85rem 1.1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); }
.feeds > li + li, .posts > li + li { margin-top: 0.6rem; }
.feeds ul { margin-top: 0.4rem; }
.feeds li li { display: flex; flex-wrap: wrap; gap: 0 0.75rem; padding: 0.2rem 0; }
.feeds span { min-width: 5.5rem; color: var(--faint); }
.posts li { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.posts a { flex: 1 1 16rem; }
time { color: var(--faint); font-family: ui-monospace, monospace; font-size: 0.9rem; line-height: 1.7; }
details { margin-top: 2rem; color: var(--faint); }
summary { cursor: pointer; }
pre { padding: 0.85rem 1.1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); color: var(--ink); font-size: 0.85rem; white-space: pre-wrap; }
`;
