import { escapeHtml, escapeText } from '../../base/escape-html.ts';
import { isSafeAddress } from '../is-safe-address.ts';
import { readLittleText, type ShownPiece } from './little-text.ts';

/** A link as a post shows it; a picture is shown at 1.91 to 1. */
export interface ShownCard {
  readonly source: string;
  readonly title: string;
  readonly description?: string;
  readonly picture?: { readonly url: string; readonly alt: string };
}

/** What LinkedIn shows of a post. */
export interface ShownPost {
  /** Tells it from the others on the same page. */
  readonly id: string;
  readonly author: string;
  /** What stands below the author's name, such as when it was posted. */
  readonly below: string;
  /** Little text. */
  readonly commentary: string;
  readonly card?: ShownCard;
  /** What only its author sees, in a sentence. */
  readonly notice?: string;
  /** The text folded, as the feed has it, until a reader unfolds it, or whole, with marks after so many characters. */
  readonly text: 'folded' | { readonly marks: readonly number[] };
}

/** A post as the feed shows it, as HTML that needs `postStyle`. What can be folded is the element with `data-text`. */
export function showPost({ id, author, below, commentary, card, notice, text }: ShownPost): string {
  const initial = Array.from(author.trim())[0]?.toUpperCase() ?? '';
  const isFolded = text === 'folded';
  const toggle = `more-${escapeHtml(id)}`;
  const pieces = showPieces(readLittleText(commentary), text === 'folded' ? [] : text.marks);
  return [
    `<article class="post${isFolded ? '' : ' marked'}">`,
    `<div class="author"><span class="avatar" aria-hidden="true">${escapeText(initial)}</span><div><strong>${escapeText(author)}</strong><br><span class="quiet">${escapeText(below)}</span></div></div>`,
    notice === undefined ? '' : `<p class="notice">${escapeText(notice)}</p>`,
    isFolded ? `<input class="toggle" type="checkbox" id="${toggle}" aria-label="Show the whole text">` : '',
    `<div class="box${isFolded ? ' fold' : ''}" data-text><div class="measure">${isFolded ? `<label class="more" for="${toggle}" aria-hidden="true"></label>` : ''}${pieces}</div></div>`,
    card === undefined ? '' : showCard(card),
    '<div class="bar" aria-hidden="true"><span>Like</span><span>Comment</span><span>Repost</span><span>Send</span></div>',
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The pieces as HTML, with a mark after each of some numbers of characters, as far as there are so many. */
function showPieces(pieces: readonly ShownPiece[], marks: readonly number[]): string {
  let count = 0;
  return pieces
    .map((piece) => {
      const start = count;
      count += piece.text.length;
      const ends = [...marks.filter((mark) => mark > start && mark <= count), count];
      const parts = ends.map((end, index) =>
        escapeText(piece.text.slice((ends[index - 1] ?? start) - start, end - start)),
      );
      return wrapPiece(
        piece,
        parts.map((part, index) => (index === 0 ? part : showMark(ends[index - 1]) + part)).join(''),
      );
    })
    .join('');
}

function showMark(at = 0): string {
  return `<span class="mark" data-at="${at}"></span>`;
}

function wrapPiece({ kind, text }: ShownPiece, html: string): string {
  if (kind === 'text') return html;
  return kind === 'link'
    ? `<a class="link" href="${escapeHtml(text)}">${html}</a>`
    : `<span class="${kind}">${html}</span>`;
}

function showCard({ source, title, description, picture }: ShownCard): string {
  const host = URL.canParse(source) ? new URL(source).host.replace(/^www\./, '') : source;
  const href = isSafeAddress(source) ? ` href="${escapeHtml(source)}"` : '';
  return [
    `<a class="card"${href}>`,
    picture === undefined || !isSafeAddress(picture.url)
      ? ''
      : `<img src="${escapeHtml(picture.url)}" alt="${escapeHtml(picture.alt)}">`,
    `<span class="card-text"><span class="card-title">${escapeText(title)}</span>`,
    `<span class="card-host">${escapeText(host)}</span>`,
    description === undefined ? '' : `<span class="card-below">${escapeText(description)}</span>`,
    '</span></a>',
  ]
    .filter((line) => line !== '')
    .join('');
}
