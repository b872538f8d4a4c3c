import type { Nodes, Text } from 'mdast';

/** Unicode's small characters, above the line and below it, in the order of those that they stand for. */
const signs = '0123456789+-−=()n';
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ';
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ';

/** What languages put above the line after a number, as in 1<sup>st</sup>, and companies after a name: it reads as well beside it. */
const ending = /^(?:st|nd|rd|th|er|ère|re|e|ème|nd|nde|o|a|os|as|º|ª|TM|SM|MC|™|®|℠|©)$/;

/** A node of such a tag, which markdown has found the end of. */
const opening = /^<(sup|sub)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>$/i;

/**
 * Running text whose raised and lowered words are as plain text has them: 10² and H₂O, else `x^i` and `x_i`, so that 10<sup>2</sup>
 * is not read as 102. What is more than words stays as it is.
 */
export function spellScripts<Node extends Nodes>(children: readonly Node[]): readonly (Node | Text)[] {
  if (!children.some((child) => child.type === 'html' && opening.test(child.value))) return children;
  const spelled: (Node | Text)[] = [];
  for (let index = 0; index < children.length; index += 1) {
    const [start, inside, end] = children.slice(index, index + 3);
    const name = start?.type === 'html' ? opening.exec(start.value)?.[1]?.toLowerCase() : undefined;
    const isWhole =
      name !== undefined &&
      inside?.type === 'text' &&
      end?.type === 'html' &&
      end.value.toLowerCase() === `</${name}>`;
    if (isWhole) {
      const before = spelled.at(-1);
      const text = before?.type === 'text' ? before.value : '';
      spelled.push({ type: 'text', value: spellScript(name, inside.value, text) });
      index += 2;
    } else if (start !== undefined) spelled.push(start);
  }
  return spelled;
}

/** Raised words, `sup`, or lowered words, `sub`, as plain text shows them behind the text before them. */
export function spellScript(name: string, written: string, before: string): string {
  const inside = written.trim();
  const small = name === 'sup' ? raised : lowered;
  const letters = Array.from(inside);
  if (letters.every((sign) => signs.includes(sign)))
    return letters.map((sign) => small[signs.indexOf(sign)]).join('');
  if (name === 'sup' && ending.test(inside) && /[\p{L}\p{N}]$/u.test(before)) return inside;
  const mark = name === 'sup' ? '^' : '_';
  return /^[\p{L}\p{N}]+$/u.test(inside) ? `${mark}${inside}` : `${mark}(${inside})`;
}
