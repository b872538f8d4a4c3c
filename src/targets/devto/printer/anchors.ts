import type { Heading, Nodes, Paragraph, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { decodePercent } from '../../../base/decode-percent.ts';
import { once } from '../../../base/once.ts';
import { escapeHtml, escapeText } from '../../../base/escape-html.ts';
import { slugHeading as slugLikeGithub } from '../../../reading/heading-slug.ts';
import { readTags } from '../../../reading/html/read-tags.ts';
import { blockHolders } from '../../../reading/block-holders.ts';
import { walk } from '../../../reading/walk.ts';
import { printHeading } from './inline.ts';
import { filterInlineHtml } from './raw-html.ts';
import { readScope } from './scope.ts';

/**
 * Points links within the page to the anchors that Forem makes of headings, or to the original if there is none. Forem names a
 * heading by its text alone, and gives equal headings the same anchor.
 */
export function fitFragments(tree: Root, canonicalUrl: string): void {
  markPlaces(tree);
  const anchors = once(() => readAnchors(tree));
  const lead = (fragment: string): string => {
    const id = decodePercent(fragment);
    if (id === '' || id === 'top') return `#${fragment}`;
    const anchor = anchors().get(id) ?? anchors().get(looseKey(id));
    if (anchor !== undefined && anchor !== '') return `#${anchor}`;
    return URL.canParse(canonicalUrl) ? new URL(`#${fragment}`, canonicalUrl).href : `#${fragment}`;
  };
  walk(tree, (node) => {
    if (node.type === 'link' || node.type === 'definition') {
      if (node.url.startsWith('#')) node.url = lead(node.url.slice(1));
    } else if (node.type === 'html') {
      node.value = leadLinks(node.value, lead);
    }
  });
}

/** Puts an element that Forem keeps where links lead to a block by its id. */
function markPlaces(tree: Root): void {
  const wanted = new Set<string>();
  walk(tree, (node) => {
    if ((node.type === 'link' || node.type === 'definition') && node.url.startsWith('#'))
      wanted.add(decodePercent(node.url.slice(1)));
    if (node.type !== 'html') return;
    for (const { attributes } of readTags(node.value))
      for (const { name, value } of attributes)
        if (name === 'href' && value.startsWith('#')) wanted.add(decodePercent(value.slice(1)));
  });
  if (wanted.size === 0) return;
  walk(tree, (node, index, parent) => {
    const place = node.type === 'html' && blockHolders.has(parent.type) ? node.value : '';
    const bare = /^(?:<(?:a|span)\s[^<>]*><\/(?:a|span)>\s*)+$/.test(place) ? listIds(place) : [];
    const own = node.type === 'heading' ? undefined : readOwnId(node);
    const line = findLine(bare.length > 0 ? (parent.children[index + 1] ?? node) : node);
    if (line === undefined) return;
    for (const id of own === undefined ? bare : [own]) {
      if (!wanted.delete(id) || !/^[\w-]+$/.test(id)) continue;
      line.children.unshift({ type: 'html', value: `<span id="${id}"></span>` });
    }
  });
}

/** The first running text in a block. */
function findLine(node: Nodes): Heading | Paragraph | undefined {
  if (node.type === 'paragraph' || node.type === 'heading') return node;
  return 'children' in node
    ? node.children.map((child) => findLine(child)).find((line) => line !== undefined)
    : undefined;
}

/** The anchors on Forem by the ids that the author's own site may give: its own, GitHub's and the like. */
function readAnchors(tree: Root): ReadonlyMap<string, string> {
  const scope = readScope(tree);
  const anchors = new Map<string, string>();
  const add = (id: string, anchor: string): void => {
    if (id !== '' && !anchors.has(id)) anchors.set(id, anchor);
  };
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  const loose: [id: string, anchor: string][] = [];
  walk(tree, (node) => {
    if (node.type === 'heading') {
      const slug = slugHeading(printHeading(node, scope));
      const anchor = taken.has(slug) ? '' : slug;
      taken.add(slug);
      const plain = slugLikeGithub(toString(node));
      const count = counts.get(plain) ?? 0;
      counts.set(plain, count + 1);
      const own = readOwnId(node);
      if (own !== undefined) add(own, anchor);
      add(count === 0 ? plain : `${plain}-${count}`, anchor);
      loose.push([looseKey(plain), anchor]);
    } else if (node.type === 'html') {
      const shown = readTags(node.value).map(({ start, end }) =>
        filterInlineHtml(node.value.slice(start, end)),
      );
      for (const id of listIds(shown.join(''))) add(id, id);
    }
  });
  for (const [id, anchor] of loose) add(id, anchor);
  return anchors;
}

/** Leads links to places within the page elsewhere, in raw HTML. */
function leadLinks(html: string, lead: (fragment: string) => string): string {
  let led = '';
  let from = 0;
  for (const { name, attributes } of readTags(html)) {
    const href = name === 'a' ? attributes.find((one) => one.name === 'href') : undefined;
    if (href?.value.startsWith('#') !== true) continue;
    led += `${html.slice(from, href.start)}href="${escapeHtml(lead(href.value.slice(1)))}"`;
    from = href.end;
  }
  return led + html.slice(from);
}

/** The names of places in HTML that need no escapes. */
function listIds(html: string): readonly string[] {
  return readTags(html)
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'id' || name === 'name'))
    .flatMap(({ value }) => (/^[\w-]+$/.test(value) ? [value] : []));
}

function readOwnId({ data }: Nodes): string | undefined {
  const id = data !== undefined && 'id' in data ? data.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/**
 * The name of the anchor that Forem gives a heading, from the heading as it is printed
 * (forem/forem app/lib/redcarpet/render/html_rouge.rb, checked November 2026). Liquid's marks around code count as words.
 */
export function slugHeading(printed: string): string {
  const codes: string[] = [];
  const text = printed
    .replaceAll(/(`+)(.+?)\1/g, (_whole, _marks, code: string) => {
      codes.push(`{% raw %}${escapeText(code.trim())}{% endraw %}`);
      return `\0${codes.length - 1}\0`;
    })
    .replaceAll(/<((?:https?|mailto):[^<>]*|[^<>\s@]+@[^<>\s]+)>/g, '$1')
    .replaceAll(/!\[[^\]]*\]\([^()]*\)/g, '')
    .replaceAll(/\]\([^()]*\)/g, '')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', '\u00A0')
    .replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\0(\d+)\0/g, (_whole, index: string) => codes[Number(index)] ?? '')
    .toLowerCase();
  return dropEmoji(text)
    .trim()
    .replaceAll(/[\p{P}$+<=>^`|~]/gu, '')
    .replaceAll(/[ \t\r\n\f\v]+/g, '-');
}

/** Every emoji has a character beyond ASCII; the expression for them is costly to compile. */
function dropEmoji(text: string): string {
  return /[^\0-\x7F]/.test(text) ? text.replaceAll(/\p{RGI_Emoji}/gv, '') : text;
}

/** What ids made of one text by other rules have in common. */
function looseKey(id: string): string {
  return id.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}
