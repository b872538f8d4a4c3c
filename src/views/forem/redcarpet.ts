/**
 * A model of Redcarpet as Forem sets it up: autolinks, fences, tables, strikethrough, footnotes, lax spacing, every line
 * end a break, HTML let through (vmg/redcarpet ext/redcarpet/markdown.c, forem/forem app/lib/constants/redcarpet.rb,
 * checked November 2026). It is for what Broadside prints: no reference links, no setext headings over several lines.
 */
export function renderRedcarpet(markdown: string, slug: (html: string) => string): string {
  const notes = new Map<string, string[]>();
  const lines = takeFootnotes(markdown.replaceAll('\t', '    ').split('\n'), notes);
  const state: State = { notes, used: [], slug };
  const body = renderBlocks(lines, state);
  if (state.used.length === 0) return body;
  const items = state.used.map((id, index) => {
    const text = renderBlocks(notes.get(id) ?? [], state);
    const back = `&nbsp;<a href="#fnref${index + 1}">&#8617;</a>`;
    return `\n<li id="fn${index + 1}">\n${text.replace('</p>', `${back}</p>`)}</li>\n`;
  });
  return `${body}\n<div class="footnotes">\n<hr>\n<ol>\n${items.join('')}\n</ol>\n</div>\n`;
}

interface State {
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly used: string[];
  readonly slug: (html: string) => string;
  readonly inLink?: boolean;
}

function takeFootnotes(lines: readonly string[], notes: Map<string, string[]>): readonly string[] {
  const left: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [whole, id = ''] = /^\[\^([^\]]+)\]:/.exec(line) ?? [];
    if (whole === undefined) {
      left.push(line);
      continue;
    }
    const note = [line.slice(whole.length).trimStart()];
    while (at + 1 < lines.length) {
      const next = lines[at + 1] ?? '';
      if (
        isEmpty(next)
          ? !/^ {4}/.test(lines.slice(at + 1).find((each) => !isEmpty(each)) ?? '')
          : !next.startsWith('    ')
      )
        break;
      note.push(next.replace(/^ {1,4}/, ''));
      at += 1;
    }
    notes.set(id, note);
  }
  return left;
}

function isEmpty(line: string): boolean {
  return /^ *$/.test(line);
}

const isRule = (line: string): boolean => /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line);
const quoteMark = /^ {0,3}> ?/;
const bulletMark = /^ {0,3}[*+-] /;
const numberMark = /^ {0,3}\d+\. /;
const fenceStart = /^ {0,3}(`{3,}|~{3,}) *(?:\{([^}]*)\}|([^\s`~]\S*|))? *$/;
const blockTags =
  /^<(p|dl|h[1-6]|ol|ul|del|div|ins|pre|form|math|table|figure|iframe|script|style|fieldset|noscript|blockquote)(?=[\s>])/i;

function findMark(line: string, next: string | undefined, mark: RegExp): number {
  const [found] = mark.exec(line) ?? [];
  return found === undefined || /^(?:=+|-+) *$/.test(next ?? 'x') ? 0 : found.length;
}

function renderBlocks(lines: readonly string[], state: State): string {
  let html = '';
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const next = lines[at + 1];
    const taken = line.startsWith('<') ? measureHtml(lines.slice(at)) : 0;
    if (line.startsWith('#')) {
      const [, marks = '', text = ''] = /^(#{1,6})(.*?) *#* *$/.exec(line) ?? [];
      html += renderHeading(text.trim(), marks.length, state);
      at += 1;
    } else if (taken > 0) {
      html += `\n${lines
        .slice(at, at + taken)
        .join('\n')
        .trim()}\n`;
      at += taken;
    } else if (isEmpty(line)) {
      at += 1;
    } else if (isRule(line)) {
      html += '\n<hr>\n';
      at += 1;
    } else if (fenceStart.test(line)) {
      const [, fence = '', braced, bare] = fenceStart.exec(line) ?? [];
      let end = at + 1;
      while (end < lines.length && !isFenceEnd(lines[end] ?? '', fence)) end += 1;
      html += renderCode(lines.slice(at + 1, end), braced ?? bare ?? '');
      at = end + 1;
    } else if (isTable(line, next)) {
      let end = at + 2;
      while (end < lines.length && (lines[end] ?? '').includes('|')) end += 1;
      html += renderTable(lines.slice(at, end), state);
      at = end;
    } else if (quoteMark.test(line)) {
      const inner: string[] = [];
      while (at < lines.length) {
        const each = lines[at] ?? '';
        const after = lines[at + 1];
        if (
          !quoteMark.test(each) &&
          isEmpty(each) &&
          (after === undefined || (!quoteMark.test(after) && !isEmpty(after)))
        )
          break;
        inner.push(each.replace(quoteMark, ''));
        at += 1;
      }
      html += `\n<blockquote>\n${renderBlocks(inner, state)}</blockquote>\n`;
    } else if (line.startsWith('    ')) {
      const code: string[] = [];
      while (at < lines.length && (/^ {4}/.test(lines[at] ?? '') || isEmpty(lines[at] ?? ''))) {
        code.push((lines[at] ?? '').slice(4));
        at += 1;
      }
      html += renderCode(code.join('\n').replace(/\n+$/, '').split('\n'), '');
    } else if (findMark(line, next, bulletMark) > 0) {
      const [list, count] = renderList(lines.slice(at), 'ul', state);
      html += list;
      at += count;
    } else if (findMark(line, next, numberMark) > 0) {
      const [list, count] = renderList(lines.slice(at), 'ol', state);
      html += list;
      at += count;
    } else {
      const [text, count] = renderParagraph(lines.slice(at), state);
      html += text;
      at += count;
    }
  }
  return html;
}

function isFenceEnd(line: string, fence: string): boolean {
  const [, marks = ''] = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line) ?? [];
  return marks.startsWith(fence);
}

function renderHeading(text: string, depth: number, state: State): string {
  const html = renderInline(text, state);
  const name = state.slug(html);
  return `<h${depth}>\n  <a name="${name}" href="#${name}">\n  </a>\n  ${html}\n</h${depth}>\n`;
}

function renderCode(lines: readonly string[], language: string): string {
  const code = lines.map((line) => `${escapeHtml(line)}\n`).join('');
  return `\n<div class="highlight"><pre class="highlight ${language}"><code>${code}</code></pre></div>\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How many lines a block of HTML has; its end tag counts at the start of a line, and elsewhere if there is no such. */
function measureHtml(lines: readonly string[]): number {
  const text = lines.join('\n');
  const comment = /^<!--[\s\S]*?--> *(?:\n|$)/.exec(text)?.[0];
  if (comment !== undefined) return comment.trimEnd().split('\n').length;
  if (/^<hr\b[^>]*> *$/.test(lines[0] ?? '')) return 1;
  const name = blockTags.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return 0;
  const end = `</${name}> *(?=\\n|$)`;
  const first = new RegExp(`^[^\\n]*?${end}|^[\\s\\S]*?\\n${end}`, 'i').exec(text)?.[0];
  const found =
    first ?? (/^(?:ins|del)$/.test(name) ? undefined : new RegExp(`^[\\s\\S]*?${end}`, 'i').exec(text)?.[0]);
  return found === undefined ? 0 : found.split('\n').length;
}

function renderParagraph(lines: readonly string[], state: State): readonly [string, number] {
  let end = 0;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (isEmpty(line)) break;
    if (end > 0 && /^(?:=+|-+) *$/.test(line)) {
      return [renderHeading(lines.slice(0, end).join('\n'), line.startsWith('=') ? 1 : 2, state), end + 1];
    }
    if (end === 0) continue;
    if (line.startsWith('#') || isRule(line) || quoteMark.test(line)) break;
    if (/^[a-z]/i.test(line)) continue;
    const next = lines[end + 1];
    if (findMark(line, next, bulletMark) > 0 || findMark(line, next, numberMark) > 0) break;
    if (line.startsWith('<') && measureHtml(lines.slice(end)) > 0) break;
    if (fenceStart.test(line)) break;
  }
  return [`\n<p>${renderInline(lines.slice(0, end).join('\n'), state, true)}</p>\n`, end];
}

function renderList(lines: readonly string[], name: 'ul' | 'ol', state: State): readonly [string, number] {
  let at = 0;
  let html = '';
  let isLoose = false;
  for (;;) {
    const item = readItem(lines.slice(at), name);
    if (item === undefined) break;
    isLoose ||= item.isLoose;
    const { head, tail } = item;
    const first = isLoose ? renderBlocks(head, state) : renderInline(head.join('\n'), state, true);
    html += `<li>${first}${tail.length === 0 ? '' : renderBlocks(tail, state)}</li>\n`;
    at += item.count;
    if (item.ends) break;
  }
  return [`\n<${name}>\n${html}</${name}>\n`, at];
}

interface Item {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly count: number;
  readonly isLoose: boolean;
  readonly ends: boolean;
}

function readItem(lines: readonly string[], name: 'ul' | 'ol'): Item | undefined {
  const start = lines[0] ?? '';
  const indent = /^ {0,3}/.exec(start)?.[0].length ?? 0;
  const mark = findMark(start, lines[1], bulletMark) || findMark(start, lines[1], numberMark);
  if (mark === 0) return undefined;
  const work = [start.slice(mark)];
  let split = 0;
  let afterEmpty = false;
  let isLoose = false;
  let fence = '';
  let ends = false;
  let at = 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isEmpty(line)) {
      afterEmpty = true;
      continue;
    }
    const pre = /^ {0,4}/.exec(line)?.[0].length ?? 0;
    const rest = line.slice(pre);
    if (fence === '') fence = fenceStart.exec(rest)?.[1] ?? '';
    else if (isFenceEnd(rest, fence)) fence = '';
    const isBullet = fence === '' && findMark(rest, lines[at + 1], bulletMark) > 0;
    const isNumber = fence === '' && findMark(rest, lines[at + 1], numberMark) > 0;
    if (afterEmpty && (name === 'ol' ? isBullet : isNumber)) {
      ends = true;
      break;
    }
    if ((isBullet && !isRule(rest)) || isNumber) {
      if (afterEmpty) isLoose = true;
      if (pre === indent) break;
      if (split === 0) split = work.length;
    } else if (afterEmpty && pre < 4) {
      ends = true;
      break;
    } else if (afterEmpty) {
      work.push('');
      isLoose = true;
    }
    afterEmpty = false;
    work.push(rest);
  }
  const head = split === 0 ? work : work.slice(0, split);
  return { head, tail: split === 0 ? [] : work.slice(split), count: at, isLoose, ends };
}

function splitRow(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());
}

function isTable(line: string, next: string | undefined): boolean {
  if (!line.includes('|') || next === undefined || !/^[ |:-]*$/.test(next) || !next.includes('-'))
    return false;
  const rule = splitRow(next);
  return rule.length === splitRow(line).length && rule.every((cell) => /^:?-+:?$/.test(cell));
}

function renderTable([head = '', rule = '', ...rows]: readonly string[], state: State): string {
  const aligns = splitRow(rule).map((cell) =>
    cell.startsWith(':') ? (cell.endsWith(':') ? 'center' : 'left') : cell.endsWith(':') ? 'right' : '',
  );
  const renderRow = (line: string, tag: string): string => {
    const cells = splitRow(line);
    return `<tr>\n${aligns
      .map((align, index) => {
        const style = align === '' ? '' : ` style="text-align: ${align}"`;
        return `<${tag}${style}>${renderInline(cells[index] ?? '', state)}</${tag}>\n`;
      })
      .join('')}</tr>\n`;
  };
  const body = rows.map((row) => renderRow(row, 'td')).join('');
  return `\n<table><thead>\n${renderRow(head, 'th')}</thead><tbody>\n${body}</tbody></table>\n`;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Renders text; `wraps` makes breaks of its line ends. */
function renderInline(text: string, state: State, wraps = false): string {
  let html = '';
  let at = 0;
  while (at < text.length) {
    const found = renderMark(text, at, html, state, wraps);
    if (found === undefined) {
      html += /["]/.test(text[at] ?? '') ? '&quot;' : escapeLone(text, at);
      at += 1;
    } else {
      html = html.slice(0, html.length - found.rewind) + found.html;
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
      const spaces = / *$/.exec(before)?.[0].length ?? 0;
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
      return whole === undefined ? undefined : mark(`<code>${escapeHtml(code.trim())}</code>`, whole.length);
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
          `<a href="${escapeHtml(address)}">${escapeHtml(address.replace(/^mailto:/, ''))}</a>`,
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
  const before = text.slice(0, at);
  const made = (start: string, end: string, prefix = ''): Mark => {
    const shown = start + end;
    return {
      html: `<a href="${prefix}${escapeHtml(shown)}">${escapeHtml(shown)}</a>`,
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
      html: `<img src="${escapeHtml(url)}" alt="${content.replaceAll('"', '&quot;')}">`,
      length,
      rewind: 1,
    };
  }
  const html = renderInline(content, { ...state, inLink: true });
  return {
    html: /<a\s.+<\/a>/.test(html) ? text.slice(at, at + length) : `<a href="${escapeHtml(url)}">${html}</a>`,
    length,
    rewind: 0,
  };
}
