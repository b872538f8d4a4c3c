import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { isSafeAddress } from '../is-safe-address.ts';
import { runLiquid } from './liquid.ts';
import { renderRedcarpet } from './redcarpet.ts';

export type ForemBody =
  | { readonly outcome: 'html'; readonly tree: Root; readonly html: string }
  /** Saved all the same: readers see the message instead of the article. */
  | { readonly outcome: 'broken'; readonly tree: Root; readonly html: string }
  | { readonly outcome: 'refused'; readonly message: string };

const parser = unified().use(rehypeParse, { fragment: true }).freeze();
const printer = unified().use(rehypeStringify, { closeSelfClosing: false }).freeze();

/**
 * Renders a body as Forem shows it, by the steps of forem/forem app/services/markdown_processor/parser.rb (checked November 2026):
 * fixers, raw blocks around what a pattern takes for code, Redcarpet, the sanitizer, Liquid, Redcarpet again. What Liquid makes
 * stands in the tree as `runLiquid` says. Front matter is no part of a body.
 */
export function renderForemBody(body: string): ForemBody {
  const fixed = fix(body);
  const plain = fixed.replaceAll(/(~{3}|`{3}|`{2}|`)[\s\S]*?\1/g, '');
  if (/src=["'](?:data|&)|data:text\/html[,;]/i.test(plain)) {
    return { outcome: 'refused', message: 'Invalid markdown detected' };
  }
  const liquid = runLiquid(sanitize(renderRedcarpet(wrapCode(fixed), slug), shown), (html) =>
    sanitize(html, detailed),
  );
  if ('disabled' in liquid)
    return { outcome: 'refused', message: `Liquid#${liquid.disabled} tag is disabled` };
  if ('fault' in liquid) {
    const html = `<p>Liquid syntax error: ${liquid.fault}</p>`;
    return { outcome: 'broken', tree: parser.parse(html), html };
  }
  const tree = parser.parse(hideRaw(renderRedcarpet(liquid.html, slug), false));
  dropBreaks(tree);
  dropEmptyParagraphs(tree);
  return { outcome: 'html', tree, html: printer.stringify(tree).trim() };
}

function fix(body: string): string {
  const quoted = ['title', 'description'].reduce(
    (text, name) =>
      text.replace(/-{3}[\s\S]*?-{3}/, (span) =>
        span.replaceAll(new RegExp(`${name}: ?(.*?)\\n`, 'g'), (line, value: string) =>
          /^".*"$|^'.*'$/.test(value) ? line : `${name}: "${value.replaceAll(/(?<!\\)"/g, '\\"')}"\n`,
        ),
      ),
    body,
  );
  return quoted
    .replaceAll(/-{3}[\s\S]*?-{3}/g, (span) => span.replaceAll(/^published: /gim, 'published: '))
    .replaceAll(/\ntags:.*\n/g, (line) =>
      line.replaceAll(' #', ',').replaceAll('#', '').replaceAll(':,', ': '),
    )
    .replaceAll(/(?<!`)@_\w+_/g, (name) => name.replaceAll('_', '\\_'))
    .replaceAll(/!\[Image Description\]/gi, '![ ]');
}

/** Forem's own marks for raw tags in code; they come back as what they were. */
function hideRaw(text: string, hides: boolean): string {
  return hides
    ? text.replaceAll(/\{% (raw|endraw) %\}/g, '{----% $1 %----}')
    : text.replaceAll(/\{----% (raw|endraw) %----\}/g, '{% $1 %}');
}

function wrapCode(body: string): string {
  return body.replaceAll(/\s*~{3}[\s\S]*?~{3}|\s*`{3}[\s\S]*?`{3}|`{2}[\s\S]+?`{2}|`[\s\S]+?`/g, (code) => {
    const hidden = hideRaw(code, true);
    return /`{3}/.test(hidden) ? `\n{% raw %}\n${hidden}\n{% endraw %}\n` : `{% raw %}${hidden}{% endraw %}`;
  });
}

/** The name of a heading's anchor. */
function slug(title: string): string {
  return title
    .replaceAll(/<[^>]*>/g, '')
    .toLowerCase()
    .replaceAll(/\p{RGI_Emoji}/gv, '')
    .trim()
    .replaceAll(/[\p{P}$+<=>^`|~]/gu, '')
    .replaceAll(/[ \t\r\n\f\v]+/g, '-');
}

const shown = new Set(
  `a abbr b blockquote br center cite code col colgroup dd del dl dt em figcaption h1 h2 h3 h4 h5 h6 hr img kbd li mark
  ol p pre q rp rt ruby small source span strong sub sup table tbody td tfoot th thead time tr u ul video`.split(
    /\s+/,
  ),
);
/** The same in content that readers open, where the marks of highlighted code are lost. */
const detailed: ReadonlySet<string> = new Set(shown);

const kept = new Set(
  'alt colSpan controls dataLang height href id loop name rel rowSpan src start title type value width'.split(
    ' ',
  ),
);

function sanitize(html: string, names: ReadonlySet<string>): string {
  const tree = parser.parse(html);
  tree.children = tree.children.flatMap((node) => clean(node, names, true));
  return printer.stringify(tree);
}

function clean(node: RootContent, names: ReadonlySet<string>, isTop: boolean): ElementContent[] {
  if (node.type === 'text') return [node];
  if (node.type !== 'element') return [];
  const isCode =
    isTop &&
    names === shown &&
    node.tagName === 'div' &&
    [node.properties['className']].flat()[0] === 'highlight';
  const children = node.children.flatMap((child) => clean(child, names, false));
  if (!isCode && !names.has(node.tagName)) return children;
  const properties = Object.fromEntries(
    Object.entries(node.properties).flatMap(([name, value]) => {
      if (name === 'className' && names === shown && /highlight/.test(String(value))) return [[name, value]];
      if (name === 'style' && /^t[dh]$/.test(node.tagName)) return [[name, value]];
      if (!kept.has(name)) return [];
      if ((name === 'href' || name === 'src') && !isSafeAddress(String(value))) return [];
      return [[name, typeof value === 'string' ? value.replaceAll(/\{%|%\}/g, '') : value]];
    }),
  );
  return [{ ...node, properties, children }];
}

function dropBreaks(node: Root | Element): void {
  if (node.type === 'element' && /^(?:ul|ol|li)$/.test(node.tagName)) {
    node.children = node.children.filter((child) => child.type !== 'element' || child.tagName !== 'br');
  }
  for (const child of node.children) if (child.type === 'element') dropBreaks(child);
}

function dropEmptyParagraphs(node: Root | Element): void {
  const isBlank = (child: RootContent): boolean =>
    child.type === 'text' ? child.value.trim() === '' : child.type === 'element' && child.tagName === 'br';
  const isEmpty = (child: RootContent): boolean =>
    child.type === 'element' && child.tagName === 'p' && child.children.every(isBlank);
  node.children = node.children.filter((child) => !isEmpty(child)) as typeof node.children;
  for (const child of node.children) if (child.type === 'element') dropEmptyParagraphs(child);
}
