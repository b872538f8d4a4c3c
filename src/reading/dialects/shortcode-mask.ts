import type { Root, Text } from 'mdast';
import { placeBehind } from '../place-behind.ts';
import type { Shortcode } from './shortcode-syntax.ts';
import { walk } from '../walk.ts';

/** Characters that would end the target of a link, and a noncharacter of Unicode for each, as long as it. */
const ending = ' \t"\'()<>|\\&`*_[]~.:/';
const firstMask = 0xfdd0;
const anyMask = /[\uFDD0-\uFDEF\u205F]/;
const masks = new RegExp(anyMask, 'g');

const tag = String.raw`(?:\{\{[<%][^{}\n]*[>%]\}\}|\{%[^{}\n]*%\})`;
const output = String.raw`\{\{[^{}\n]*\}\}`;
const target = new RegExp(
  String.raw`(?<=\]\([ \t]*<?|^[ >]*\[[^\]\n]*\]:[ \t]*<?|\b(?:href|src|poster)[ \t]*=[ \t]*["']?)[^\s()<>{}"'\\]*(?:(?:${tag}|${output})[^\s()<>{}"']*)+`,
  'gm',
);
const tagAlone = new RegExp(`(${tag})`);

/** The brace of a tag right after a bare address, of which GFM would take it for a part, and a space that ends the address. */
const afterAddress =
  /(?<=(?:https?:\/\/|\bwww\.)[^\s<>{}()[\]"']+)\{(?=%[^{}\n]*%\}|\{[<%][^{}\n]*[>%]\}\}|:[^{}\n]*\})/gi;
const braceMask = '\u205F';

/** The dot of an address right behind a tag, which GFM takes for none, but a later look through its texts for one with the tag that follows. */
const behindTag = /(?<=[%>]\}\}?www)\./gi;

/** What makes a bare address of a text with an output in it, which only the author's site can work out. */
const beforeOutput = /(?<=\bhttps?):(?=\/\/[^\s<>{}]*\{\{)|(?<=\bwww)\.(?=[^\s<>{}]+\{\{)/gi;

/** The dot behind `www` where no name of a host follows, of which GFM would make a link that leads nowhere. */
const noHost = /(?<=(?<![\p{L}\p{N}])www)\.(?![\p{L}\p{N}_-]+\.[\p{L}\p{N}])/giu;

const value = String.raw`"[^"<>]*"|'[^'<>]*'|[^\s"'=<>\x60]+`;
/** A tag with attributes, of which one without quotes has a slash, at which a parse would take its value to end. */
const slashedTag = new RegExp(
  String.raw`<[a-z][\w-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:${value}))?){1,50}\s*\/?>`,
  'gi',
);
const slashed = /(?<=\s[a-z_:][\w:.-]*\s*=\s*)[^\s"'=<>`]*\/[^\s"'=<>`]*/gi;
const mayBeSlashed = /<[a-z][^<>]*=\s*[^\s"'<>=]*\//i;

/**
 * Hides from markdown what it would take for an address that no author means, the slashes in values without quotes, and, where the site
 * runs templates, what in a tag or a Liquid output would end the target of a link, and a tag where it would be part of a bare address:
 * the site replaces both before it reads markdown. The text keeps its length; text that holds noncharacters of its own is left alone.
 */
export function maskAddresses(text: string, runsTemplates: boolean): string {
  const isSlashed = mayBeSlashed.test(text);
  if ((!isSlashed && !/www\.|\{/i.test(text)) || anyMask.test(text)) return text;
  const quoted = isSlashed ? text.replaceAll(slashedTag, maskSlashes) : text;
  const shown = quoted.replaceAll(noHost, maskOf);
  if (!runsTemplates || !text.includes('{')) return shown;
  return shown
    .replaceAll(target, (found) => found.replaceAll(/[ \t"'()<>|\\&`*_[\]~]/g, maskOf))
    .replaceAll(afterAddress, braceMask)
    .replaceAll(beforeOutput, maskOf)
    .replaceAll(behindTag, maskOf);
}

function maskSlashes(tag: string): string {
  return tag.replaceAll(slashed, (given) => given.replaceAll('/', maskOf));
}

function maskOf(character: string): string {
  return String.fromCharCode(firstMask + ending.indexOf(character));
}

/** Puts back what `maskAddresses` hid, in a tree that was parsed from `masked`; a tag that was no target is a tag. */
export function unmaskTree(tree: Root, masked: string, text: string): void {
  if (masked === text) return;
  walk(tree, (node, index, parent) => {
    let hidesTags = false;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value !== 'string' || !anyMask.test(value)) continue;
      hidesTags ||= value.includes(braceMask) || tagAlone.test(unmask(value));
      Object.assign(node, { [key]: unmask(value) });
    }
    if (!hidesTags || node.type !== 'text') return undefined;
    const pieces = findTags(node, text);
    parent.children.splice(index, 1, ...pieces);
    return index + pieces.length;
  });
}

function unmask(text: string): string {
  return text.replaceAll(masks, (mask) =>
    mask === braceMask ? '{' : ending.charAt(mask.charCodeAt(0) - firstMask),
  );
}

function findTags({ value, position }: Text, text: string): readonly (Shortcode | Text)[] {
  let from = position?.start.offset ?? 0;
  return value.split(tagAlone).flatMap((piece, index): readonly (Shortcode | Text)[] => {
    if (piece === '') return [];
    if (index % 2 === 0) return [{ type: 'text', value: piece, ...(position && { position }) }];
    const offset = Math.max(text.indexOf(piece, from), 0);
    from = offset + piece.length;
    const place = { start: pointAt(text, offset), end: pointAt(text, from) };
    return [{ type: 'shortcode', whole: false, value: piece, position: place }];
  });
}

function pointAt(text: string, offset: number): NonNullable<Text['position']>['start'] {
  return { ...placeBehind({ line: 1, column: 1 }, text.slice(0, offset)), offset };
}
