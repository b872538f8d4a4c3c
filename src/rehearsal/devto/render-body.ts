import type { ElementContent } from 'hast';
import type { Text } from 'mdast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parse as parseYaml } from 'yaml';
import { isRecord } from '../stand-in.ts';

/** Front matter as Forem finds it, not as Markdown knows it (forem/forem app/models/article.rb, checked November 2026). */
const frontMatterSpan = /(?<![\s\S])\s*---(?<matter>[\s\S]*?)---\s*$(?<content>[\s\S]*)/m;

/** What Forem takes for code, Markdown aside (forem/forem app/services/markdown_processor/parser.rb, checked November 2026). */
const codeSpan = /\s*~{3}[\s\S]*?~{3}|\s*`{3}[\s\S]*?`{3}|`{2}[\s\S]+?`{2}|`[\s\S]+?`/g;

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

export type FrontMatter =
  | { readonly found: 'none' }
  | { readonly found: 'fields'; readonly fields: Readonly<Record<string, unknown>>; readonly content: string }
  | { readonly found: 'invalid'; readonly message: string }
  /** Forem itself fails on it. */
  | { readonly found: 'crash' };

/** Looks for front matter in a body the way Forem does. */
export function findFrontMatter(body: string): FrontMatter {
  const match = frontMatterSpan.exec(body);
  if (match === null) return { found: 'none' };
  const { matter = '', content = '' } = match.groups ?? {};
  let fields: unknown;
  try {
    fields = parseYaml(matter, { version: '1.1' });
  } catch (error) {
    return { found: 'invalid', message: error instanceof Error ? error.message : 'invalid YAML' };
  }
  if (!isRecord(fields)) return { found: 'crash' };
  if (Object.values(fields).some((value) => value instanceof Date)) {
    return { found: 'invalid', message: 'Tried to load unspecified class: Date' };
  }
  return { found: 'fields', fields, content };
}

export type ForemBody =
  | { readonly outcome: 'html'; readonly html: string }
  /** Saved all the same: readers see the message instead of the article. */
  | { readonly outcome: 'broken'; readonly html: string }
  | { readonly outcome: 'refused'; readonly message: string };

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true, handlers: { text: breakEveryLine } })
  .use(rehypeRaw)
  .use(rehypeSanitize, {
    ...defaultSchema,
    clobberPrefix: '',
    tagNames: [
      ...(defaultSchema.tagNames ?? []),
      ...'abbr center cite col colgroup figcaption mark small time u video'.split(' '),
    ],
    attributes: {
      ...defaultSchema.attributes,
      video: ['src', 'controls', 'width', 'height'],
    },
  })
  .use(rehypeStringify)
  .freeze();

/** Renders a body nearly as Forem shows it: its Liquid and its line breaks are kept, its other quirks are not. */
export function renderForemBody(markdown: string): ForemBody {
  if (/src="data|src='&|data:text\/html/.test(markdown.replaceAll(codeSpan, ''))) {
    return { outcome: 'refused', message: 'Invalid markdown detected' };
  }
  const wrapped = markdown.replaceAll(codeSpan, (code) => `{% raw %}${hideRawTags(code)}{% endraw %}`);
  const liquid = runLiquid(wrapped);
  if ('disabled' in liquid)
    return { outcome: 'refused', message: `Liquid#${liquid.disabled} tag is disabled` };
  if ('fault' in liquid) return { outcome: 'broken', html: `<p>Liquid syntax error: ${liquid.fault}</p>` };
  return { outcome: 'html', html: String(processor.processSync(showRawTags(liquid.text))) };
}

/** What a reader would see of some HTML, on one line. */
export function readText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const hiddenRaw = '\uE000';
const hiddenEndRaw = '\uE001';

function hideRawTags(code: string): string {
  return code.replaceAll('{% raw %}', hiddenRaw).replaceAll('{% endraw %}', hiddenEndRaw);
}

function showRawTags(text: string): string {
  return text.replaceAll(hiddenRaw, '{% raw %}').replaceAll(hiddenEndRaw, '{% endraw %}');
}

type Liquid = { readonly text: string } | { readonly fault: string } | { readonly disabled: string };

function runLiquid(source: string): Liquid {
  const open: { readonly name: string; readonly gap: string }[] = [];
  let text = '';
  let at = 0;
  for (;;) {
    const start = source.slice(at).search(/\{[{%]/);
    if (start === -1) break;
    text += source.slice(at, at + start);
    at += start;
    if (source.startsWith('{{', at)) {
      const end = source.indexOf('}}', at);
      if (end === -1) return { fault: "Variable '{{' was not properly terminated" };
      text += source.slice(at, end + 2);
      at = end + 2;
      continue;
    }
    const end = source.indexOf('%}', at);
    if (end === -1) return { fault: "Tag '{%' was not properly terminated" };
    const inner = source
      .slice(at + 2, end)
      .replaceAll(/^-|-$/g, '')
      .trim();
    const name = /^\w*/.exec(inner)?.[0] ?? '';
    const rest = inner.slice(name.length).trim();
    at = end + 2;
    if (name === 'raw') {
      const close = /\{%-?\s*endraw\s*-?%\}/.exec(source.slice(at));
      if (close === null) return { fault: "'raw' tag was never closed" };
      text += source.slice(at, at + close.index);
      at += close.index + close[0].length;
    } else if (disabledTags.has(name)) {
      return { disabled: name };
    } else if (name.startsWith('end') && open.at(-1)?.name === name.slice(3)) {
      text += open.pop()?.gap ?? '';
    } else if (blockTags.has(name)) {
      const gap = name === 'katex' && rest === 'inline' ? '' : '\n\n';
      open.push({ name, gap });
      text += rest === '' || name === 'katex' ? gap : `\n\n**${rest}**\n\n`;
    } else if (singleTags.has(name)) {
      text += /^https?:/.test(rest) ? `[${name}: ${rest}](<${rest.split(/\s/, 1)[0]}>)` : `[${name} ${rest}]`;
    } else {
      return { fault: `Unknown tag '${name}'` };
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return { fault: `'${unclosed.name}' tag was never closed` };
  return { text: text + source.slice(at) };
}

/** Text whose ends of lines are breaks, as Forem has it. */
function breakEveryLine(_state: unknown, { value }: Text): ElementContent[] {
  const [first = '', ...others] = value.split('\n');
  return [
    { type: 'text', value: first },
    ...others.flatMap((line): ElementContent[] => [
      { type: 'element', tagName: 'br', properties: {}, children: [] },
      { type: 'text', value: `\n${line.trimStart()}` },
    ]),
  ];
}
