import { escapeText } from '../../base/escape-html.ts';

/** What the text of a whole body shares. */
export interface State {
  /** The lines of each footnote, by its name. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  /** The names of the footnotes that are referred to, in order. */
  readonly used: string[];
  /** Names a heading's anchor. */
  readonly slug: (html: string) => string;
  readonly inLink?: boolean;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** How far back a mark looks: characters, more than any address or run of spaces has before it. */
const farthest = 500;

/** Renders running text; `wraps` makes breaks of its line ends. */
export function renderInline(text: string, state: State, wraps = false): string {
  let html = '';
  let at = 0;
  while (at < text.length) {
    const found = renderMark(text, at, html, state, wraps);
    if (found === undefined) {
      html += /["]/.test(text[at] ?? '') ? '&quot;' : escapeLone(text, at);
      at += 1;
    } else {
      if (found.rewind > 0) html = html.slice(0, html.length - found.rewind);
      html += found.html;
      at += found.length;
    }
  }
  return html;
}

function escapeLone(text: string, at: number): string {
  const character = text[at] ?? '';
  return character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : character;
}

interface Mark {
  readonly html: string;
  readonly length: number;
  readonly rewind: number;
}

function renderMark(
  text: string,
  at: number,
  before: string,
  state: State,
  wraps: boolean,
): Mark | undefined {
  const rest = text.slice(at);
  const mark = (html: string, length: number, rewind = 0): Mark => ({ html, length, rewind });
  switch (text[at]) {
    case '\n': {
      const spaces = / *$/.exec(text.slice(Math.max(0, at - farthest), at))?.[0].length ?? 0;
      if (!wraps) return mark('\n', 1);
      return mark(spaces >= 2 ? '<br>\n<br>\n' : '<br>\n', 1, spaces);
    }
    case '\\':
      return /^\\[\\`*_{}[\]()#+.!:|&<>^~=-]/.test(rest) ? mark(escapeLone(rest, 1), 2) : undefined;
    case '&': {
      const entity = /^&#?[a-z\d]+;/i.exec(rest)?.[0];
      return entity === undefined ? undefined : mark(entity, entity.length);
    }
    case '`': {
      const [whole, , code = ''] = /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/.exec(rest) ?? [];
      return whole === undefined ? undefined : mark(`<code>${escapeText(code.trim())}</code>`, whole.length);
    }
    case '*':
    case '_':
    case '~':
      return renderEmphasis(text, at, state, wraps);
    case '[':
      return renderLink(text, at, before, state);
    case '<': {
      const tag = /^<(?:[a-z\d/][^<>]*)>/i.exec(rest)?.[0];
      if (tag === undefined) return undefined;
      const address = tag.slice(1, -1);
      if (/^(?:https?|ftp|mailto):\S*$/i.test(address)) {
        return mark(
          `<a href="${escapeText(address)}">${escapeText(address.replace(/^mailto:/, ''))}</a>`,
          tag.length,
        );
      }
      if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(address)) {
        return mark(`<a href="mailto:${address}">${address}</a>`, tag.length);
      }
      return mark(tag, tag.length);
    }
    case ':':
    case 'w':
    case '@':
      return state.inLink === true ? undefined : renderAddress(text, at);
    default:
      return undefined;
  }
}

function renderAddress(text: string, at: number): Mark | undefined {
  const rest = text.slice(at);
  const before = text.slice(Math.max(0, at - farthest), at);
  const made = (start: string, end: string, prefix = ''): Mark => {
    const shown = start + end;
    return {
      html: `<a href="${prefix}${escapeText(shown)}">${escapeText(shown)}</a>`,
      length: end.length,
      rewind: start.length,
    };
  };
  if (rest.startsWith('://')) {
    const [scheme] = /(?:https?|ftp)$/i.exec(before) ?? [];
    const [end] = /^:\/\/[a-z\d][^\s<]*/i.exec(rest) ?? [];
    return scheme === undefined || end === undefined ? undefined : made(scheme, trimAddress(end));
  }
  if (rest.startsWith('www.')) {
    const [end] = /^www\.[^\s<]+/.exec(rest) ?? [];
    if (end === undefined || !/^$|[\s\p{P}\p{S}]$/u.test(before)) return undefined;
    return made('', trimAddress(end), 'http://');
  }
  const [user] = /[\w.+-]+$/.exec(before) ?? [];
  const [host] = /^@[\w.-]*\.[\w.-]*[a-z]/i.exec(rest) ?? [];
  return user === undefined || host === undefined ? undefined : made(user, host, 'mailto:');
}

function trimAddress(address: string): string {
  return address.replace(/&\w+;$/, '').replace(/[?!.,:"']+$/, '');
}

const markTags: Readonly<Record<string, string>> = {
  '~~': 'del',
  '**': 'strong',
  __: 'strong',
  '*': 'em',
  _: 'em',
};

function renderEmphasis(text: string, at: number, state: State, wraps: boolean): Mark | undefined {
  const character = text[at] ?? '';
  const before = text[at - 1];
  if (before !== undefined && !isSpace(before) && before !== '>' && before !== '(') return undefined;
  const run = /^(?:\*+|_+|~+)/.exec(text.slice(at))?.[0].length ?? 0;
  if (run > 3 || (character === '~' && run !== 2)) return undefined;
  const start = at + run;
  if (start >= text.length || isSpace(text[start])) return undefined;
  const wanted = character.repeat(run === 3 ? 3 : run);
  for (let end = start; end < text.length;) {
    end = skipTo(text, end, character);
    if (end === -1) return undefined;
    if (text.startsWith(wanted, end) && !isSpace(text[end - 1]) && end > start) {
      const follows = text[end + run];
      if (run !== 1 || follows === undefined || isSpace(follows) || /[!-/:-@[-`{-~]/.test(follows)) {
        const content = renderInline(text.slice(start, end), state, wraps);
        const html =
          run === 3
            ? `<strong><em>${content}</em></strong>`
            : `<${markTags[wanted]}>${content}</${markTags[wanted]}>`;
        return { html, length: end + run - at, rewind: 0 };
      }
    }
    end += 1;
  }
  return undefined;
}

/** Where a mark stands next, outside code and links. */
function skipTo(text: string, from: number, character: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === character) return at;
    else if (text[at] === '`')
      at += (/^(`+)(?!`)[\s\S]*?[^`]\1(?!`)/.exec(text.slice(at))?.[0].length ?? 1) - 1;
    else if (text[at] === '[')
      at += (/^\[(?:\\.|[^\]\\])*\](?:\([^)]*\))?/.exec(text.slice(at))?.[0].length ?? 1) - 1;
  }
  return -1;
}

function renderLink(text: string, at: number, before: string, state: State): Mark | undefined {
  const isImage = text[at - 1] === '!' && text[at - 2] !== '\\' && before.endsWith('!');
  let depth = 0;
  let end = at;
  for (; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '[') depth += 1;
    else if (text[end] === ']') depth -= 1;
    if (depth === 0) break;
  }
  if (depth !== 0) return undefined;
  const content = text.slice(at + 1, end);
  if (!isImage && content.startsWith('^')) {
    const id = content.slice(1);
    if (!state.notes.has(id)) return undefined;
    if (!state.used.includes(id)) state.used.push(id);
    const number = state.used.indexOf(id) + 1;
    const html = `<sup id="fnref${number}"><a href="#fn${number}">${number}</a></sup>`;
    return { html, length: end + 1 - at, rewind: 0 };
  }
  const [target, url = ''] = /^\(\s*([^\s)]*)\s*\)/.exec(text.slice(end + 1)) ?? [];
  if (target === undefined) return undefined;
  const length = end + 1 + target.length - at;
  if (isImage) {
    return {
      html: `<img src="${escapeText(url)}" alt="${content.replaceAll('"', '&quot;')}">`,
      length,
      rewind: 1,
    };
  }
  const html = renderInline(content, { ...state, inLink: true });
  return {
    html: /<a\s.+<\/a>/.test(html) ? text.slice(at, at + length) : `<a href="${escapeText(url)}">${html}</a>`,
    length,
    rewind: 0,
  };
}
