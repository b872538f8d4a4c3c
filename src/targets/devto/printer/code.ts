import type { Code } from 'mdast';

/** How code can be written so that Forem shows every character of it. */
export type CodeForm = 'backticks' | 'tildes' | 'html';

/** A spelling of Liquid's `endraw` that would end the raw block Forem itself puts around code. */
const endsRawBlock = /\{%-?\s*endraw\b(?<!\{% endraw(?= %\}))/;

/** A line that Forem's fixers rewrite even in code: `tags:` with a `#`, or `published: ` with a capital. */
const rewrittenLine = /^tags:.*#|^(?!published)[Pp][Uu][Bb][Ll][Ii][Ss][Hh][Ee][Dd]: /m;

/**
 * A line after the first that looks like the definition of a link or a footnote. Forem reads its own HTML as markdown once more, and
 * takes such a line out of code in which no highlighter has put marks around the words.
 */
const definitionLine = /\n {0,3}\[[^\]\n]+\]:/;

/** Languages in which Forem's highlighter marks no words, or not the words of each line. */
const unmarked = /^(?:|te?xt|plain|plaintext|none|diff|output|console)$/i;

/** Chooses the form of a block of code in a language; only fences are highlighted. */
export function chooseCodeForm({ value: code, lang }: Pick<Code, 'value' | 'lang'>): CodeForm {
  if (endsRawBlock.test(code) || rewrittenLine.test(code)) return 'html';
  if (unmarked.test(lang ?? '') && definitionLine.test(code)) return 'html';
  if (!code.includes('```')) return 'backticks';
  return code.includes('~~~') ? 'html' : 'tildes';
}

/** A line that Forem takes for a fence, wherever it stands (Redcarpet's `is_codefence`). */
const fenceLine = /^ {0,3}(?:`{3,}|~{3,}) *(?:\{[^}]*\}|[^\s`~]\S*)? *$/gm;

/** Whether code has an odd number of lines that look like fences: Forem takes all after them for code when it looks for footnotes. */
export function hidesFootnotes(code: string): boolean {
  return (code.match(fenceLine)?.length ?? 0) % 2 === 1;
}

/** Whether code in running text survives between backticks. */
export function fitsBackticks(code: string): boolean {
  return code.trim() !== '' && !code.includes('``') && !endsRawBlock.test(code);
}
