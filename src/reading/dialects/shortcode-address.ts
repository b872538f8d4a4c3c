import { readTag, type Tag } from './shortcode-tag.ts';

/** How an address begins that names another post by its file, its file's name, its slug or its id. */
const reference = 'broadside-ref:';

const output = /^\{\{-?\s*(.*?)\s*-?\}\}/;
const anyTag = /^(?:\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\})/;
const referring: ReadonlySet<string> = new Set(['ref', 'relref', 'post_url', 'link']);

/** What in an address only the site can work out: a tag or an output that was not run. */
export function findUnrun(url: string): string | undefined {
  // Markdown takes the angle brackets of ERB, EJS and PHP for those around an address.
  if (/^%[-_=]?\s.*%$|^\?(?:=|php\s).*\?$/.test(url)) return `<${url}>`;
  return /\{\{[^{}]*\}\}|\$\{[^{}]+\}|<[%?]=?[^<>]*[%?]>|\{%[-+]?\s*[a-z_][^{}]*%\}/i.exec(url)?.[0];
}

/**
 * What the author's site makes of the target of a link: `{{ site.url }}` and `{{ site.baseurl }}` at its start are
 * nothing, `{{ "/path" | relative_url }}` is the path, and `ref`, `relref`, `post_url` and `link` name another post, as
 * `broadside-ref:` and the name. Everything else is left as it is.
 */
export function resolveTarget(url: string): string {
  let rest = url;
  for (;;) {
    const [whole, expression] = output.exec(rest) ?? [];
    const value = expression === undefined ? undefined : readOutput(expression);
    if (whole === undefined || value === undefined) break;
    const after = rest.slice(whole.length);
    if (value !== '') return value + after;
    rest = after === '' ? '/' : after;
  }
  return findReference(rest) ?? rest;
}

/** What a Liquid output shows at the start of an address; undefined if only the site knows. */
function readOutput(expression: string): string | undefined {
  const [, double, single, filters = ''] =
    /^(?:site\.(?:base_?url|url)|"([^"]*)"|'([^']*)')((?:\s*\|[^|]*)*)$/i.exec(expression) ?? [];
  const path = double ?? single;
  if (path === undefined) return /^site\.(?:base_?url|url)(?:\s*\|.*)?$/i.test(expression) ? '' : undefined;
  const isKnown = filters
    .split('|')
    .slice(1)
    .every((filter) =>
      /^\s*(?:relative_url|absolute_url|url|prepend:\s*site\.(?:base_?url|url))\s*$/i.test(filter),
    );
  if (!isKnown) return undefined;
  if (filters === '' || path.startsWith('/') || /^[a-z][a-z\d+.-]*:/i.test(path)) return path;
  return `/${path}`;
}

function findReference(url: string): string | undefined {
  const [source = ''] = anyTag.exec(url) ?? [];
  const tag = source === '' ? undefined : readTag(source);
  const name = tag && readReference(tag);
  return name === undefined ? undefined : name + url.slice(source.length);
}

/** The address that a tag stands for which names another post by its file; undefined for any other tag. */
export function readReference(tag: Tag): string | undefined {
  if (tag.isEscaped || tag.kind === 'close' || !referring.has(tag.name)) return undefined;
  const path = tag.named['path'] ?? tag.values[0];
  if (path === undefined || path === '') return undefined;
  return /^(?:[a-z]+:|#|\{)/i.test(path) ? path : reference + path;
}
