import type { Code, Nodes, Paragraph, PhrasingContent, Root, RootContent, Table, Text } from 'mdast';
import type { Figure, Unknown } from '../nodes.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { sayInQuarto } from './quarto-words.ts';
import { cutText } from './take-values.ts';

/** The labels of what Quarto counts, by their beginnings (https://quarto.org/docs/authoring/cross-references.html, checked December 2026). */
const labels = /(?:\{[^{}\n]*#|^(?:#|\/\/|--|%%)\|[ \t]*label:[ \t]*)((eq|fig|lst|tbl)-[\w-]+)/gm;

/** A reference to something counted, to a section, or to what is quoted. */
const references = /(?<![\p{L}\p{N}@/.])@(?:eq|fig|lst|sec|tbl)-[\w-]*\w|\[-?@[^\]\n]+\]/gu;

/** Code in a line that is run: `r nrow(data)`. */
const runInLine = /^(?:r|\{(?:r|python|julia|ojs)\})[ \t]+\S/;

/**
 * Takes what Quarto runs or counts: of code that is run, the site shows results that are not in the post; a picture alone in its
 * paragraph is a figure, whose words are its caption; references to what is counted become its name and number.
 */
export function translateQuarto(tree: Root, { isQuarto, lang }: Dialect, text: string): void {
  if (isQuarto !== true) return;
  const names = nameLabels(text, lang);
  walk(tree, (node, index, parent) => {
    const siblings = parent.children as RootContent[];
    const caption = node.type === 'table' ? siblings[index + 1] : undefined;
    const captioned = node.type === 'table' ? readCaption(node, caption, names, text) : undefined;
    if (captioned !== undefined) {
      siblings.splice(index, 2, captioned);
      return index;
    }
    const made = replace(node, names, text);
    if (made === undefined) return undefined;
    siblings.splice(index, 1, ...made);
    return index + made.length;
  });
}

function replace(
  node: Nodes,
  names: ReadonlyMap<string, string>,
  text: string,
): readonly RootContent[] | undefined {
  if (node.type === 'code') return readChunk(node);
  if (node.type === 'paragraph') return readFigure(node, names, text);
  if (node.type === 'text') return fillReferences(node, names);
  return node.type === 'inlineCode' && runInLine.test(node.value)
    ? [leave(node.value, node.position)]
    : undefined;
}

/** The name and number of each label, in the order of the text. */
function nameLabels(text: string, lang: string | undefined): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const [, label = '', kind = ''] of text.matchAll(labels)) {
    if (names.has(label)) continue;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(label, `${sayInQuarto(kind, lang) ?? ''} ${count}`);
  }
  return names;
}

const option = /^(?:#|\/\/|--|%%)\|[ \t]*(?:([\w-]+):[ \t]*(.*))?(?:\n|$)/;

/** A block that is run, without the lines that say how: its code stands in the place of what the site shows, where that is all of it. */
function readChunk(code: Code): readonly RootContent[] | undefined {
  const head = `${code.lang ?? ''} ${code.meta ?? ''}`.trim();
  const raw = /^\{=(\w+)\}$/.exec(head)?.[1];
  if (raw !== undefined)
    return /^html5?$/i.test(raw) ? [{ ...place(code), type: 'html', value: code.value }] : [];
  const [, lang, rest = ''] = /^\{([a-z]\w*)\b([^{}]*)\}$/i.exec(head) ?? [];
  if (lang === undefined || lang === 'mermaid') return undefined;
  const options = new Map<string, string>();
  for (const [, name = '', value = ''] of rest.matchAll(/([\w.-]+)[ \t]*=[ \t]*["']?([\w.-]+)/g))
    options.set(name, value);
  let { value } = code;
  for (let line = option.exec(value); line !== null; line = option.exec(value)) {
    if (line[1] !== undefined) options.set(line[1], (line[2] ?? '').trim());
    value = value.slice(line[0].length);
  }
  const isOff = (name: string): boolean => /^["']?(?:false|F|no)["']?$/i.test(options.get(name) ?? '');
  if (isOff('include')) return [];
  const file = options.get('filename');
  const meta = file === undefined ? null : `filename="${file.replaceAll('"', '')}"`;
  const shown: readonly Code[] = isOff('echo') ? [] : [{ ...code, lang, meta, value: value.trim() }];
  if (isOff('eval')) return shown;
  return [{ ...leave(lang, code.position), ...(shown.length > 0 && { wrapped: shown }) }];
}

/** A picture alone in its paragraph: its words are the caption, and `fig-alt` is what it shows. */
function readFigure(
  paragraph: Paragraph,
  names: ReadonlyMap<string, string>,
  text: string,
): readonly RootContent[] | undefined {
  const [image, ...others] = paragraph.children;
  if (image?.type !== 'image' || others.length > 0 || !image.alt) return undefined;
  const end = image.position?.end.offset;
  const marks = end === undefined ? '' : (/^\{[^{}\n]*\}/.exec(text.slice(end))?.[0] ?? '');
  const alt = /fig-alt="([^"]*)"/.exec(marks)?.[1] ?? image.alt;
  const name = names.get(/#(fig-[\w-]+)/.exec(marks)?.[1] ?? '');
  const caption = name === undefined ? image.alt : `${name}: ${image.alt}`;
  return [
    {
      type: 'figure',
      ...place(paragraph),
      children: [
        { ...paragraph, children: [{ ...image, alt }] },
        { type: 'figcaption', children: [{ type: 'text', value: caption }] },
      ],
    },
  ];
}

/** A table with the paragraph behind it that begins with a colon, or the word for it, as its caption. */
function readCaption(
  table: Table,
  after: RootContent | undefined,
  names: ReadonlyMap<string, string>,
  text: string,
): Figure | undefined {
  const first = after?.type === 'paragraph' ? after.children[0] : undefined;
  const [sign] = first?.type === 'text' ? (/^(?:Table)?:[ \t]+(?=\S)/.exec(first.value) ?? []) : [];
  if (after?.type !== 'paragraph' || first?.type !== 'text' || sign === undefined) return undefined;
  const written = text.slice(after.position?.start.offset ?? text.length).split(/\n[ \t]*\n/, 1)[0] ?? '';
  const name = names.get(/\{[^{}\n]*#(tbl-[\w-]+)/.exec(written)?.[1] ?? '');
  const words = [cutText(first, sign.length, first.value.length), ...after.children.slice(1)];
  const counted: readonly PhrasingContent[] =
    name === undefined ? [] : [{ type: 'text', value: `${name}: ` }];
  return {
    type: 'figure',
    ...place(table),
    children: [table, { type: 'figcaption', ...place(after), children: [...counted, ...words] }],
  };
}

function fillReferences(
  node: Text,
  names: ReadonlyMap<string, string>,
): readonly PhrasingContent[] | undefined {
  if (!node.value.includes('@')) return undefined;
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: written, index } of node.value.matchAll(references)) {
    if (index > from) parts.push(cutText(node, from, index));
    const end = index + written.length;
    const part = cutText(node, index, end);
    const [label] = /(?<=@)[\w-]+/.exec(written) ?? [];
    const name = names.get(label ?? '');
    parts.push(name === undefined ? leave(written, part.position) : { ...part, value: name });
    from = end;
  }
  if (from === 0) return undefined;
  if (from < node.value.length) parts.push(cutText(node, from, node.value.length));
  return parts;
}

function leave(name: string, position: Nodes['position']): Unknown {
  return { type: 'unknown', syntax: 'expression', name, ...(position && { position }) };
}

function place({ position }: Nodes): Pick<Nodes, 'position'> {
  return position === undefined ? {} : { position };
}
