import { makeParagraphs } from './make-paragraphs.ts';
import { readBlocks, type Piece } from './read-blocks.ts';
import { listFootnotes, takeNotes } from './read-footnotes.ts';
import { replaceShortcodes } from './replace-shortcodes.ts';
import type { PostAround, ReadContent } from './define.ts';

/** Where a text goes on on another page of the site. */
const pageBreak = /(?<!<!-- wp:nextpage -->\n)<!--nextpage-->/g;

/**
 * A post's text as WordPress would show it: blocks without their comments, paragraphs at blank lines where there are no blocks, and the
 * shortcodes of WordPress and its usual plugins as HTML.
 */
export function readContent(text: string, post: PostAround): ReadContent {
  const notes = takeNotes(text.replaceAll('\r\n', '\n').replaceAll(pageBreak, '\n\n$&\n\n'));
  const { pieces, missed } = readBlocks(notes.text, post);
  const lost = [...missed];
  const html = pieces.map((piece) => printPiece(piece, post, lost)).join('\n');
  return { html: html + notes.list + listFootnotes(post.footnotes, html), missed: [...new Set(lost)] };
}

function printPiece({ text, kind }: Piece, post: PostAround, lost: string[]): string {
  if (kind === 'code') return text;
  const { html, missed } = replaceShortcodes(text, post);
  lost.push(...missed);
  return kind === 'classic' ? makeParagraphs(html) : html;
}
