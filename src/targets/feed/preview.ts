import { escapeHtml, escapeText } from '../../base/escape-html.ts';
import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Made } from '../../model/target.ts';
import type { View } from '../../model/view.ts';
import { cleanHtml } from '../../views/clean-html.ts';
import { writeDocument } from '../../views/document.ts';
import { isSafeAddress } from '../../views/is-safe-address.ts';
import type { ItemFields } from './item.ts';

const style = `
:root {
  --text: light-dark(#1d1d1f, #ececee);
  --quiet: light-dark(#63636a, #a1a1a8);
  --line: light-dark(#d9d9de, #3a3a3f);
  --soft: light-dark(#f2f2f5, #28282c);
}
body { background: light-dark(#fff, #1a1a1c); color: var(--text); font: 1.0625rem/1.65 Charter, "Bitstream Charter", Georgia, serif; }
main { max-width: 42rem; margin: 0 auto; padding: 24px 16px 56px; }
a { color: light-dark(#0a58ca, #7ab0ff); }
header { margin-bottom: 24px; padding-bottom: 16px; border-bottom: 1px solid var(--line); font-family: system-ui, sans-serif; }
header p { margin: 0; font-size: .8125rem; line-height: 1.5; color: var(--quiet); }
header h1 { margin: 4px 0 8px; font-size: 1.75rem; line-height: 1.25; }
header h1 a { color: inherit; text-decoration: none; }
h2, h3, h4, h5, h6 { margin: 1.6em 0 .5em; font-family: system-ui, sans-serif; line-height: 1.3; }
img, video { display: block; max-width: 100%; margin: 0 auto; }
figure { margin: 1.5em 0; } figcaption { text-align: center; font-size: .875rem; color: var(--quiet); }
pre { padding: 12px 16px; border-radius: 6px; background: var(--soft); font-size: .875rem; line-height: 1.5; tab-size: 4; }
code { font-family: ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; font-size: .875em; }
:not(pre) > code { padding: .1em .3em; border-radius: 4px; background: var(--soft); }
pre code { font-size: 1em; }
blockquote { margin: 1.2em 0; padding-left: 16px; border-left: 3px solid var(--line); color: var(--quiet); }
table { display: block; margin: 1.2em 0; overflow: auto; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: 6px 10px; border: 1px solid var(--line); text-align: left; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
`;

/** An item as a feed reader shows it: its own type for all, no style of the site, nothing that runs. */
export function previewInFeed({ rendition }: Made, _post: Post, site: Site): View {
  const fields = rendition.fields as ItemFields;
  const { title, url, authors, published, updated, tags, summary, language } = fields;
  const isWhole = rendition.body !== '' && rendition.body !== summary;
  const day = new Date(published).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: site.timezone });
  const link = isSafeAddress(url) ? ` href="${escapeHtml(url)}"` : '';
  const facts = [
    ...authors.map((author) => author.name),
    day,
    ...(updated === published ? [] : ['edited since']),
  ];
  const body = [
    '<main>\n<header>',
    `<p>${escapeText(site.title)}</p>`,
    `<h1><a${link}>${escapeText(title)}</a></h1>`,
    `<p>${escapeText(facts.join(' · '))}</p>`,
    tags.length === 0 ? '' : `<p>${escapeText(tags.join(', '))}</p>`,
    '</header>',
    isWhole
      ? cleanHtml(rendition.body)
      : `<p>${escapeText(summary ?? '')}</p>\n<p><a${link}>Read it at ${escapeText(site.title)}</a></p>`,
    '</main>',
  ];
  const html = writeDocument({
    title,
    lang: language,
    style,
    body: body.filter((line) => line !== '').join('\n'),
  });
  return { frames: [{ name: 'item', html }] };
}
