import type { Image, Link, Paragraph, PhrasingContent, Root, Text } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { leave } from './unknown-shortcode.ts';

/** How an address begins that names a note by its file's name, as a wiki does: where there is none, the words stay. */
const reference = 'broadside-wiki:';

const wikiLink = /(!?)\[\[([^[\]|#\n]*)(#[^[\]|\n]*)?(?:\\?\|([^[\]\n]*))?\]\]/g;

/** Where a site puts its table of contents. */
const contents = /^(?:\[\[\s*_?toc_?\s*\]\]|\[toc\]|\{\{\s*toc\s*\}\}|\$\{toc\}|@\[toc\])$/i;

const picture = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i;
const file = /\.[a-z\d]{1,5}$/i;

/** Makes links and pictures of `[[a note]]` and `![[a-picture.png]]`, and nothing of the mark for a table of contents. */
export function translateWiki(tree: Root, _: Dialect, text: string): void {
  if (!/\[\[|\btoc\b/i.test(text)) return;
  walk(tree, (node, index, parent) => {
    if (node.type === 'paragraph' && isContents(node, text)) {
      parent.children.splice(index, 1);
      return index;
    }
    if (node.type === 'link' || node.type === 'linkReference') return index + 1;
    if (node.type !== 'text' || !node.value.includes('[[')) return undefined;
    const pieces = readLinks(node, text);
    parent.children.splice(index, 1, ...pieces);
    return index + pieces.length;
  });
}

function isContents({ children, position }: Paragraph, source: string): boolean {
  if (source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0).includes('\\')) return false;
  // GitLab's is emphasis to markdown: [[_TOC_]].
  const isPlain = children.every(({ type }) => type === 'text' || type === 'emphasis');
  return isPlain && contents.test(toString(children).trim());
}

function readLinks(text: Text, source: string): readonly PhrasingContent[] {
  const { start, end } = text.position ?? {};
  if (/\\\[/.test(source.slice(start?.offset ?? 0, end?.offset ?? 0))) return [text];
  const pieces: PhrasingContent[] = [];
  let from = 0;
  for (const match of text.value.matchAll(wikiLink)) {
    const made = readLink(match, text);
    if (made === undefined) continue;
    if (match.index > from) pieces.push({ ...text, value: text.value.slice(from, match.index) });
    pieces.push(made);
    from = match.index + match[0].length;
  }
  if (from < text.value.length) pieces.push({ ...text, value: text.value.slice(from) });
  return pieces;
}

function readLink(
  [, sign, name = '', heading = '', alias = '']: RegExpMatchArray,
  text: Text,
): Image | Link | PhrasingContent | undefined {
  const place = text.position && { position: text.position };
  if (/^(?:category|file|image|media):/i.test(name)) return undefined;
  if (name === '' ? heading === '' : !/^[\p{L}\p{N}_./][^]*(?<!\s)$/u.test(name)) return undefined;
  const label = alias.trim();
  if (sign === '!' && picture.test(name)) {
    const alt = label.replace(/(?:^|\s*\|\s*)\d+(?:x\d+)?$/, '');
    return { type: 'image', url: encodeURI(name), alt, ...place };
  }
  if (sign === '!' && !file.test(name)) {
    const remedy = 'Put what it shows into the post, or link to it without the exclamation mark.';
    return leave({ name: `![[${name}]]`, remedy, position: text.position });
  }
  const isBlock = heading.startsWith('#^');
  const words =
    label !== ''
      ? label
      : [name, isBlock && name !== '' ? '' : heading.slice(1)].filter((part) => part !== '').join(' > ');
  const fragment = heading === '' || isBlock ? '' : `#${nameHeading(heading.slice(1))}`;
  const isFile = file.test(name) && !/\.(?:md|mdx|markdown)$/i.test(name);
  const address = name === '' || isFile ? encodeURI(name) : reference + encodeURIComponent(name);
  return { type: 'link', url: `${address}${fragment}`, children: [{ type: 'text', value: words }], ...place };
}

/** The id that sites give a heading. */
function nameHeading(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s+/g, '-');
}
