import { escapeHtml } from '../../base/escape-html.ts';

/** Liquid's own tags, which Forem switches off (forem/forem lib/liquid, checked November 2026). */
const disabledTags = new Set(
  'if for assign case capture include increment cycle echo render tablerow unless break liquid'.split(' '),
);

/** Tags that stand alone (forem/forem app/liquid_tags, checked November 2026). */
const singleTags = new Set(
  (
    'embed youtube vimeo twitch loom spotify soundcloud bandcamp mux codepen codesandbox replit stackblitz jsfiddle ' +
    'glitch gist github kotlin dotnetfiddle asciinema livecodes huggingface tweet twitter bluesky instagram reddit ' +
    'medium stackoverflow wikipedia user org organization link post comment podcast tag poll listing agent_session cta'
  ).split(' '),
);

/** Tags that enclose Markdown (forem/forem app/liquid_tags, checked November 2026). */
const blockTags = new Set('katex details collapsible spoiler row col runkit'.split(' '));

/** What Liquid makes of HTML; a fault is shown to readers in its place, and a tag that is switched off refuses it. */
export type Liquid = { readonly html: string } | { readonly fault: string } | { readonly disabled: string };

interface OpenTag {
  readonly name: string;
  readonly markup: string;
  html: string;
}

/**
 * Runs Forem's Liquid over the HTML of a body. An embedded page is an `iframe`, another thing that stands alone an `iframe` with the
 * tag's name in `data-tag`, and TeX is the value of `data-tex`, or `data-texblock` where it stands alone. `clean` is the sanitizer that
 * what readers open goes through once more.
 */
export function runLiquid(source: string, clean: (html: string) => string): Liquid {
  const root: OpenTag = { name: '', markup: '', html: '' };
  const open = [root];
  const inner = (): OpenTag => open.at(-1) ?? root;
  const mark = /\{[{%]/g;
  let at = 0;
  for (;;) {
    mark.lastIndex = at;
    const start = mark.exec(source)?.index;
    inner().html += source.slice(at, start);
    if (start === undefined) break;
    const rest = source.slice(start, start + 2) === '{{' ? readVariable(source, start) : undefined;
    if (source.startsWith('{{', start)) {
      if (rest === undefined) return { fault: "Variable '{{' was not properly terminated" };
      inner().html += rest;
      at = start + rest.length;
      continue;
    }
    const end = source.indexOf('%}', start);
    if (end === -1) return { fault: "Tag '{%' was not properly terminated" };
    const content = source
      .slice(start + 2, end)
      .replaceAll(/^-|-$/g, '')
      .trim();
    const name = /^\w*/.exec(content)?.[0] ?? '';
    const markup = content.slice(name.length).trim();
    at = end + 2;
    if (name === 'raw') {
      const close = /\{%-?\s*endraw\s*-?%\}/.exec(source.slice(at));
      if (close === null) return { fault: "'raw' tag was never closed" };
      inner().html += source.slice(at, at + close.index);
      at += close.index + close[0].length;
    } else if (disabledTags.has(name)) {
      return { disabled: name };
    } else if (open.length > 1 && name === `end${inner().name}`) {
      const closed = open.pop() ?? root;
      inner().html += showBlock(closed, clean);
    } else if (blockTags.has(name)) {
      open.push({ name, markup, html: '' });
    } else if (singleTags.has(name)) {
      inner().html += showSingle(name, markup);
    } else {
      return { fault: `Unknown tag '${name}'` };
    }
  }
  return open.length > 1 ? { fault: `'${inner().name}' tag was never closed` } : { html: root.html };
}

/** What is between two braces; undefined where they are not closed as Liquid wants it. */
function readVariable(source: string, at: number): string | undefined {
  const brace = source.indexOf('}', at);
  return brace !== -1 && source[brace + 1] === '}' ? source.slice(at, brace + 2) : undefined;
}

function dropTags(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '');
}

/** Text of HTML as the value of an attribute. */
function quote(html: string): string {
  return html.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function showSingle(name: string, markup: string): string {
  const what = quote(dropTags(markup).trim());
  return name === 'embed'
    ? `<iframe src="${what}"></iframe>\n`
    : `<iframe data-tag="${escapeHtml(name)}" src="${what}"></iframe>\n`;
}

function showBlock({ name, markup, html }: OpenTag, clean: (html: string) => string): string {
  if (name === 'katex') {
    const tex = quote(dropTags(html).replaceAll('\n', ' '));
    return markup.includes('inline')
      ? `<span data-tex="${tex}">tex</span>`
      : `<div class="katex-element">\n  <span data-texblock="${tex}">tex</span>\n</div>\n`;
  }
  if (name === 'runkit') return `<pre><code>${dropTags(html)}</code></pre>\n`;
  if (name === 'row' || name === 'col') return `<div>\n${clean(html)}\n</div>\n`;
  return `<details>\n  <summary>${markup}</summary>\n  ${clean(html)}\n</details>\n`;
}
