import type { Pieces, Tag, Words } from './read-tags.ts';

const hiding: ReadonlySet<string> = new Set(['code', 'pre', 'script', 'style', 'textarea']);

/** What of HTML readers see as prose: its tags and words, but for comments and for what stands in code. */
export function listShown(pieces: Pieces['pieces']): readonly (Tag | Words)[] {
  let within: string | undefined;
  return pieces.filter((piece) => {
    if (piece.kind === 'comment') return false;
    const isShown = within === undefined;
    if (piece.kind === 'open' && isShown && hiding.has(piece.name) && !piece.selfClosing) within = piece.name;
    else if (piece.kind === 'close' && piece.name === within) within = undefined;
    return isShown;
  }) as readonly (Tag | Words)[];
}
