import { readPieces } from './read-tags.ts';

const hiding: ReadonlySet<string> = new Set(['code', 'pre', 'script', 'style']);

/** HTML in which blanks stand for what readers do not see as text: comments, and code in HTML. Line breaks stay. */
export function blankHidden(html: string): string {
  const blank = (start: number, end: number): string => html.slice(start, end).replaceAll(/[^\n]/g, ' ');
  const { pieces, end: last } = readPieces(html);
  let shown = '';
  let within: string | undefined;
  for (const piece of pieces) {
    const { kind, start, end } = piece;
    shown += kind === 'comment' || within !== undefined ? blank(start, end) : html.slice(start, end);
    if (kind === 'open' && within === undefined && hiding.has(piece.name)) within = piece.name;
    else if (kind === 'close' && piece.name === within) within = undefined;
  }
  return shown + html.slice(last);
}
