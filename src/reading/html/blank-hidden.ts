import { listShown } from './list-shown.ts';
import { readPieces } from './read-tags.ts';

/** HTML in which blanks stand for what readers do not see as text: comments, and code in HTML. Line breaks stay. */
export function blankHidden(html: string): string {
  const { pieces, end } = readPieces(html);
  const shown = new Set<unknown>(listShown(pieces));
  const texts = pieces.map((piece) => {
    const written = html.slice(piece.start, piece.end);
    return shown.has(piece) ? written : written.replaceAll(/[^\n]/g, ' ');
  });
  return texts.join('') + html.slice(end);
}
