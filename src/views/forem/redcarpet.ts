import { escapeText } from '../../base/escape-html.ts';
import { renderInline, type State } from './redcarpet-inline.ts';

/**
 * A model of Redcarpet as Forem sets it up: autolinks, fences, tables, strikethrough, footnotes, lax spacing, every line
 * end a break, HTML let through (vmg/redcarpet ext/redcarpet/markdown.c, forem/forem app/lib/constants/redcarpet.rb,
 * checked November 2026). It is for what Broadside prints: no setext headings over several lines.
 */
export function renderRedcarpet(markdown: string, slug: (html: string) => string): string {
  const notes = new Map<string, string[]>();
  const lines = takeDefinitions(markdown.replaceAll('\t', '    ').split('\n'), notes);
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

/** Takes definitions out of a text before it is read, wherever they stand but between lines that look like fences. */
function takeDefinitions(lines: readonly string[], notes: Map<string, string[]>): readonly string[] {
  const left: string[] = [];
  let inFence = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (fenceStart.test(line)) inFence = !inFence;
    const [whole, id = ''] = /^ {0,3}\[\^([^\]]+)\]:/.exec(line) ?? [];
    if (inFence || whole === undefined) {
      const taken = inFence ? 0 : measureReference(line, lines[at + 1] ?? '');
      if (taken === 0) left.push(line);
      else at += taken - 1;
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

/** How many lines the definition of a link has; its address may stand in the next one. */
function measureReference(line: string, next: string): number {
  const [whole] = /^ {0,3}\[[^\]]*\]: */.exec(line) ?? [];
  if (whole === undefined) return 0;
  const address = /^ *\S+ *(?:["'(].*)?$/;
  const rest = line.slice(whole.length);
  if (rest !== '') return address.test(rest) ? 1 : 0;
  return address.test(next) ? 2 : 0;
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
    const taken = line.startsWith('<') ? measureHtml(lines, at) : 0;
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
      const [text, count] = renderParagraph(lines, at, state);
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

/** Languages in which the highlighter marks no words. */
const unmarked = /^(?:|te?xt|plain|plaintext|none|diff|output|console)$/i;

/** Code; of the highlighter's marks, one a line, which is enough for what they keep from being read as markdown. */
function renderCode(lines: readonly string[], language: string): string {
  const isMarked = !unmarked.test(language);
  const code = lines
    .map((line) => (isMarked && line !== '' ? `<span>${escapeText(line)}</span>\n` : `${escapeText(line)}\n`))
    .join('');
  return `\n<div class="highlight"><pre class="highlight ${language}"><code>${code}</code></pre></div>\n`;
}

/** How many lines a block of HTML has that begins at a line; it is looked for in the next few lines first, since most end there. */
function measureHtml(lines: readonly string[], at: number): number {
  for (const count of [16, 256]) {
    if (at + count >= lines.length) break;
    const found = measureBlock(lines.slice(at, at + count), false);
    if (found > 0) return found;
  }
  return measureBlock(lines.slice(at), true);
}

/** Its end tag counts at the start of a line, and elsewhere if all the lines that follow have no such. */
function measureBlock(lines: readonly string[], isAll: boolean): number {
  const text = lines.join('\n');
  const comment = /^<!--[\s\S]*?--> *(?:\n|$)/.exec(text)?.[0];
  if (comment !== undefined) return comment.trimEnd().split('\n').length;
  if (/^<hr\b[^>]*> *$/.test(lines[0] ?? '')) return 1;
  const name = blockTags.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return 0;
  const end = `</${name}> *(?=\\n|$)`;
  const first = new RegExp(`^[^\\n]*?${end}|^[\\s\\S]*?\\n${end}`, 'i').exec(text)?.[0];
  const found =
    first ??
    (!isAll || /^(?:ins|del)$/.test(name) ? undefined : new RegExp(`^[\\s\\S]*?${end}`, 'i').exec(text)?.[0]);
  return found === undefined ? 0 : found.split('\n').length;
}

function renderParagraph(lines: readonly string[], start: number, state: State): readonly [string, number] {
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (isEmpty(line)) break;
    if (end > start && /^(?:=+|-+) *$/.test(line)) {
      return [
        renderHeading(lines.slice(start, end).join('\n'), line.startsWith('=') ? 1 : 2, state),
        end + 1 - start,
      ];
    }
    if (end === start) continue;
    if (line.startsWith('#') || isRule(line) || quoteMark.test(line)) break;
    if (/^[a-z]/i.test(line)) continue;
    const next = lines[end + 1];
    if (findMark(line, next, bulletMark) > 0 || findMark(line, next, numberMark) > 0) break;
    if (line.startsWith('<') && measureHtml(lines, end) > 0) break;
    if (fenceStart.test(line)) break;
  }
  return [`\n<p>${renderInline(lines.slice(start, end).join('\n'), state, true)}</p>\n`, end - start];
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
