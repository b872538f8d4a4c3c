import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { renderRedcarpet } from './redcarpet.ts';

/**
 * A model of how Forem makes an article of a body, by the steps of forem/forem app/services/markdown_processor/parser.rb:
 * fixers, front matter, raw blocks around what a pattern takes for code, Redcarpet, the sanitizer, Liquid, Redcarpet
 * again. Throws where Forem would refuse the body or show an error for it.
 */
export function readForem(body: string): Root {
  if (/^\s*---[\s\S]*?---\s*$/m.exec(body)?.index === 0) throw new Error('front matter');
  const fixed = fix(body);
  const plain = fixed.replaceAll(/(~{3}|`{3}|`{2}|`)[\s\S]*?\1/g, '');
  if (/src=["'](?:data|&)|data:text\/html[,;]/i.test(plain)) throw new Error('Invalid markdown detected');
  const html = renderRedcarpet(wrapCode(fixed), slug);
  const made = renderRedcarpet(runLiquid(sanitize(html, shown)), slug);
  const tree = unified().use(rehypeParse, { fragment: true }).parse(hideRaw(made, false));
  dropBreaks(tree);
  return tree;
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
  const tree = unified().use(rehypeParse, { fragment: true }).parse(html);
  tree.children = tree.children.flatMap((node) => clean(node, names, true));
  return unified().use(rehypeStringify, { closeSelfClosing: false }).stringify(tree);
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
      if (isCode && name === 'className') return [[name, value]];
      if (name === 'style' && /^t[dh]$/.test(node.tagName)) return [[name, value]];
      if (!kept.has(name)) return [];
      return [[name, typeof value === 'string' ? value.replaceAll(/\{%|%\}/g, '') : value]];
    }),
  );
  return [{ ...node, properties, children }];
}

/** Liquid's pass over the HTML; what is not one of the tags that Broadside writes is an error. */
function runLiquid(source: string): string {
  const [text, rest] = readUntil(source, undefined);
  if (rest !== '') throw new Error(`Liquid: unread ${rest}`);
  return text;
}

function readUntil(source: string, end: string | undefined): readonly [text: string, rest: string] {
  let text = '';
  let rest = source;
  for (;;) {
    const start = rest.search(/\{[{%]/);
    if (start === -1) {
      if (end !== undefined) throw new Error(`Liquid: no ${end}`);
      return [text + rest, ''];
    }
    text += rest.slice(0, start);
    rest = rest.slice(start);
    const variable = /^\{\{[\s\S]*?\}\}?/.exec(rest)?.[0];
    if (rest.startsWith('{{')) {
      if (variable?.endsWith('}}') !== true) throw new Error(`Liquid: unclosed ${rest.slice(0, 20)}`);
      text += variable;
      rest = rest.slice(variable.length);
      continue;
    }
    const [tag, name = '', markup = ''] = /^\{%-?\s*(\w+)\s*([\s\S]*?)-?%\}/.exec(rest) ?? [];
    if (tag === undefined) throw new Error(`Liquid: unclosed ${rest.slice(0, 20)}`);
    rest = rest.slice(tag.length);
    if (name === end) return [text, rest];
    if (name === 'raw') {
      const close = /\{%-?\s*endraw\s*-?%\}/.exec(rest);
      if (close === null) throw new Error('Liquid: raw tag was never closed');
      text += rest.slice(0, close.index);
      rest = rest.slice(close.index + close[0].length);
    } else if (name === 'embed') {
      text += `<iframe src="${markup.replaceAll(/<[^>]*>/g, '').trim()}"></iframe>\n`;
    } else if (name === 'katex') {
      const [inner, after] = readUntil(rest, 'endkatex');
      const tex = inner
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('"', '&quot;')
        .replaceAll('\n', ' ');
      text += markup.includes('inline')
        ? `<span data-tex="${tex}">tex</span>`
        : `<div class="katex-element">\n  <span data-texblock="${tex}">tex</span>\n</div>\n`;
      rest = after;
    } else if (name === 'details') {
      const [inner, after] = readUntil(rest, 'enddetails');
      text += `<details>\n  <summary>${markup.trim()}</summary>\n  ${sanitize(inner, detailed)}\n</details>\n`;
      rest = after;
    } else throw new Error(`Liquid: unknown tag ${name}`);
  }
}

function dropBreaks(node: Root | Element): void {
  if (node.type === 'element' && /^(?:ul|ol|li)$/.test(node.tagName)) {
    node.children = node.children.filter((child) => child.type !== 'element' || child.tagName !== 'br');
  }
  for (const child of node.children) if (child.type === 'element') dropBreaks(child);
}
