import { parseJson } from '../../../../base/parse-json.ts';
import { escapeHtml } from '../../../../base/escape-html.ts';

/** The block editor's footnotes, which are kept beside the text, as the list that WordPress makes of them. */
export function listFootnotes(written: string | undefined, html: string): string {
  const notes = readNotes(written).filter(({ id }) => html.includes(`#${id}"`));
  if (notes.length === 0) return '';
  return printList(notes.map(({ id, content }) => ({ id, back: `${id}-link`, content })));
}

interface Note {
  readonly id: string;
  /** HTML. */
  readonly content: string;
}

function readNotes(written: string | undefined): readonly Note[] {
  const notes = parseJson(written ?? '');
  return Array.isArray(notes) ? notes.filter(isNote) : [];
}

function isNote(value: unknown): value is Note {
  const { id, content } = (value ?? {}) as Partial<Record<keyof Note, unknown>>;
  return typeof id === 'string' && typeof content === 'string';
}

function printList(notes: readonly (Note & { readonly back: string })[]): string {
  const items = notes.map(
    ({ id, back, content }) =>
      `<li id="${escapeHtml(id)}">${content} <a href="#${escapeHtml(back)}">↩︎</a></li>`,
  );
  return `\n<ol class="wp-block-footnotes">${items.join('')}</ol>`;
}

/** Footnotes as plugins have them, in the text at their place. */
const inlineNote = /\[(footnote|efn_note|mfn|ref)\]((?:(?!\[\1\])[^])*?)\[\/\1\]/g;

/** Takes the footnotes that stand in a text, as plugins write them, out of it into a list for its end. */
export function takeNotes(text: string): { readonly text: string; readonly list: string } {
  const notes: (Note & { readonly back: string })[] = [];
  const marked = text.replace(inlineNote, (_, __, content: string) => {
    const number = notes.length + 1;
    const [id, back] = [`wp-note-${number}`, `wp-note-${number}-mark`];
    notes.push({ id, back, content: content.trim() });
    return `<sup class="fn"><a href="#${id}" id="${back}">${number}</a></sup>`;
  });
  return { text: marked, list: notes.length === 0 ? '' : printList(notes) };
}
