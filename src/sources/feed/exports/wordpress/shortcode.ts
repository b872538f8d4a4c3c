import { readPlainText } from '../../../../reading/html/read-text.ts';

/** A shortcode as WordPress writes them (developer.wordpress.org/reference/functions/get_shortcode_regex, checked December 2026). */
export interface Shortcode {
  readonly name: string;
  /** By name in lower case; those without a name by their place, from 0. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What is between it and its end, where it has one. */
  readonly inside: string | undefined;
}

/** A piece of a text: as it is, or a shortcode. */
export type TextPiece = string | Shortcode;

const opening = /\[(\[?)([a-z][\w-]{0,60})(?=[\s\]=/])([^[\]]{0,4000})\](\]?)/gi;

/** A text that names more shortcodes than this has none: what stands in brackets is something else. */
const mostNames = 300;

/** Whether what stands in brackets is a shortcode, by its name, the words after it, and whether it has an end. */
export type IsShortcode = (name: string, written: string, hasEnd: boolean) => boolean;

/** A text cut at its shortcodes. One in double brackets is a text that shows a shortcode. */
export function cutShortcodes(text: string, isShortcode: IsShortcode): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  const findEnd = openEnds(text);
  let from = 0;
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [whole, doubled = '', name = '', written = '', doubledEnd = ''] = found;
    const start = found.index;
    if (doubled === '[' && doubledEnd === ']') {
      if (!isShortcode(name.toLowerCase(), written, true)) continue;
      pieces.push(text.slice(from, start), whole.slice(1, -1));
      from = start + whole.length;
      continue;
    }
    const after = start + whole.length - doubledEnd.length;
    const end = written.trimEnd().endsWith('/') ? -1 : findEnd(name, after);
    if (!isShortcode(name.toLowerCase(), written, end !== -1)) continue;
    pieces.push(text.slice(from, start + doubled.length), {
      name: name.toLowerCase(),
      attributes: readAttributes(written.trim().replace(/\/$/, '')),
      inside: end === -1 ? undefined : text.slice(after, end),
    });
    from = end === -1 ? after : end + name.length + 3;
    opening.lastIndex = from;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/**
 * Finds the end of a shortcode that begins before a place. A shortcode that begins again before its end has none. Each name is
 * looked for once.
 */
function openEnds(text: string): (name: string, from: number) => number {
  const known = new Map<string, { end: number; again: number }>();
  return (name, from) => {
    const next = known.get(name) ?? { end: -2, again: -2 };
    if (known.size > mostNames) return -1;
    known.set(name, next);
    const seek = (at: number, sought: string) => (at === -1 || at >= from ? at : text.indexOf(sought, from));
    next.end = seek(next.end, `[/${name}]`);
    next.again = seek(next.again, `[${name}`);
    const isAgain =
      next.again !== -1 &&
      next.again < next.end &&
      /^[\s\]=/]/.test(text.charAt(next.again + name.length + 1));
    return isAgain ? -1 : next.end;
  };
}

const attributePattern = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|([^\s"']+)/g;

function readAttributes(written: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let place = 0;
  // An address directly after the name, as in [youtube=https://…], is the shortcode's first value.
  const plain = written.replace(/^=\s*/, '').replaceAll(/[“”″]/g, '"').replaceAll('&quot;', '"');
  for (const [, name, double, single, bare, quoted, word] of plain.matchAll(attributePattern)) {
    const value = readPlainText(double ?? single ?? bare ?? quoted ?? word ?? '');
    const isAddress = name !== undefined && /^https?$/i.test(name);
    if (name === undefined || isAddress) {
      found[String(place)] = value;
      place += 1;
    } else found[name.toLowerCase()] = value;
  }
  return found;
}
