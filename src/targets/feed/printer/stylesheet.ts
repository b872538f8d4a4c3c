/**
 * What a browser shows of a feed that a person opens: RSS and Atom alike, without XSLT, which browsers are removing (Chrome's
 * plan: from version 158 on, November 2026). All of a post is a link: that of its XHTML in the summary is stretched over it.
 */
export const stylesheet = `/* How a browser shows the feeds to people. Written by Broadside. */
@namespace atom url("http://www.w3.org/2005/Atom");
@namespace xhtml url("http://www.w3.org/1999/xhtml");

:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --card: #fff;
  --ink: #1d1d1f;
  --faint: #5c5c63;
  --line: #deddd7;
  --link: #0b57c2;
  --note: #fff3d6;
  display: block;
  min-height: 100vh;
  background: var(--paper);
  color: var(--ink);
  font-family: system-ui, sans-serif;
  line-height: 1.55;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161618;
    --card: #202023;
    --ink: #ececee;
    --faint: #a5a5ad;
    --line: #3a3a40;
    --link: #8ab8ff;
    --note: #3a3017;
  }
}

/* No XML can tell a phone not to lay it out for 980 pixels: everything is made larger instead. */
@media (max-device-width: 600px) {
  :root {
    font-size: 240%;
  }
}

channel,
atom|feed {
  box-sizing: border-box;
  display: flex;
  flex-direction: column;
  gap: 1rem;
  padding: clamp(1rem, 4vw, 3rem) max(1rem, calc((100vw - 44rem) / 2));
}

channel > *,
atom|feed > *,
item > *,
atom|entry > * {
  display: none;
}

channel::before,
atom|feed::before {
  content: 'This is a feed, for a feed reader: copy the address of this page into one, and new posts come to you.';
  padding: 0.75rem 1rem;
  border-radius: 0.5rem;
  background: var(--note);
}

channel > title,
atom|feed > atom|title {
  display: block;
  font-size: clamp(1.6rem, 6vw, 2.2rem);
  font-weight: 700;
  line-height: 1.2;
}

channel > description,
atom|feed > atom|subtitle {
  display: block;
  margin-top: -0.75rem;
  color: var(--faint);
  font-size: 1.1rem;
}

item,
atom|feed > atom|entry {
  position: relative;
  display: flex;
  flex-direction: column;
  padding: 1rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}

item:hover,
atom|entry:hover {
  border-color: var(--link);
}

item > atom|summary,
atom|entry > atom|summary,
atom|summary > xhtml|div {
  display: contents;
}

xhtml|div[data-day]::before {
  content: attr(data-day);
  order: 2;
  color: var(--faint);
  font: 0.85rem/1.8 ui-monospace, monospace;
}

xhtml|p {
  display: block;
  order: 3;
  margin: 0.4rem 0 0;
}

xhtml|p:last-child {
  order: 1;
  margin: 0;
  font-size: 1.2rem;
  font-weight: 600;
  line-height: 1.35;
}

xhtml|a {
  color: var(--link);
  text-decoration: none;
}

xhtml|a::after {
  content: '';
  position: absolute;
  inset: 0;
  border-radius: 0.75rem;
}

xhtml|a:hover {
  text-decoration: underline;
}

xhtml|a:focus-visible {
  outline: none;
}

xhtml|a:focus-visible::after {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
`;
