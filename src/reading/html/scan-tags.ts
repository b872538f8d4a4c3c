/** A tag in raw HTML; `start` and `end` are offsets in it. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  /** In lower case. */
  readonly name: string;
  readonly kind: 'open' | 'close';
  /** Written as `<name/>`. */
  readonly selfClosing: boolean;
}

/** The tags of raw HTML; `end` is where a tag or comment begins that is never finished, else the HTML's length. */
export interface Scanned {
  readonly tags: readonly Tag[];
  readonly end: number;
}

/** Elements in which a browser reads no tags but their own end. */
export const rawTextElements: ReadonlySet<string> = new Set(
  'script style textarea title iframe noembed noframes xmp plaintext'.split(' '),
);

/** Elements without content, whose tag stands alone. */
export const voidElements: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

const nameAt = /<(\/?)([a-z][^\s/>]*)/iy;
const valueAt = /=\s*(?:"[^"]*"|'[^']*'|(["'])|([^\s>]+))/y;

/** Finds tags as a browser would, in one pass however broken the HTML is; raw text is skipped where it ends. */
export function scanTags(html: string): Scanned {
  const tags: Tag[] = [];
  const unclosed = new Set<string>();
  let at = html.indexOf('<');
  while (at !== -1) {
    nameAt.lastIndex = at;
    const [opening, slash, written = ''] = nameAt.exec(html) ?? [];
    if (opening === undefined) {
      const end = skipDeclaration(html, at);
      if (end === -1) return { tags, end: at };
      at = html.indexOf('<', end);
      continue;
    }
    const found = findTagEnd(html, at + opening.length);
    if (found === undefined) return { tags, end: at };
    const { end } = found;
    const name = written.toLowerCase();
    const kind = slash === '/' ? 'close' : 'open';
    const selfClosing = kind === 'open' && html[end - 2] === '/' && !found.inValue;
    tags.push({ start: at, end, name, kind, selfClosing });
    at = html.indexOf('<', end);
    if (kind !== 'open' || selfClosing || !rawTextElements.has(name) || unclosed.has(name)) continue;
    const close = findRawTextEnd(html, name, end);
    if (close === -1) unclosed.add(name);
    else at = close;
  }
  return { tags, end: html.length };
}

/** The offset behind a comment or declaration, or behind a `<` that is only a sign; -1 if it is never finished. */
function skipDeclaration(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    const end = html.indexOf('-->', at + 2);
    return end === -1 ? -1 : end + 3;
  }
  if (!/[!?/]/.test(html.charAt(at + 1))) return at + 1;
  const end = html.indexOf('>', at);
  return end === -1 ? -1 : end + 1;
}

/** The offset behind a tag, and whether a value without quotes reaches up to its `>`. */
function findTagEnd(
  html: string,
  from: number,
): { readonly end: number; readonly inValue: boolean } | undefined {
  const next = /[>=]/g;
  next.lastIndex = from;
  let bareEnd = -1;
  for (let match = next.exec(html); match !== null; match = next.exec(html)) {
    if (match[0] === '>') return { end: match.index + 1, inValue: bareEnd === match.index };
    valueAt.lastIndex = match.index;
    const [whole = '=', unfinished, bare] = valueAt.exec(html) ?? [];
    if (unfinished !== undefined) return undefined;
    next.lastIndex = match.index + whole.length;
    if (bare !== undefined) bareEnd = next.lastIndex;
  }
  return undefined;
}

function findRawTextEnd(html: string, name: string, from: number): number {
  const end = new RegExp(String.raw`</${name}[\s/>]`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}
