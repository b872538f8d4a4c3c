import { isFields } from '../../../../base/is-fields.ts';
import { parseJson } from '../../../../base/parse-json.ts';
import type { PostAround } from './define.ts';

/** A piece of a text: one of the old editor's, which has paragraphs at blank lines, a block's HTML, or a block of code. */
export interface Piece {
  readonly kind: 'classic' | 'block' | 'code';
  readonly text: string;
}

/** What is in a comment that begins or ends a block (developer.wordpress.org/block-editor, checked December 2026). */
const delimiter = /^\s*(\/?)wp:([a-z][\w-]*(?:\/[a-z][\w-]*)?)\s*(\{[^]*\})?\s*(\/?)\s*$/;

/** Blocks whose text is not looked at for shortcodes. */
const verbatim =
  /(?:^|\/)(?:code|preformatted|verse|html|code-block-pro|prismatic\/blocks|codemirror-block)$/;

/** Blocks that show nothing of their own. */
const silent =
  /^(?:more|nextpage|footnotes|spacer|separator|jetpack\/subscriptions|jetpack\/sharing-buttons)$/;

/** The deepest that blocks which posts share may name each other. */
const mostShared = 5;

/** Cuts a text at the comments that the block editor writes around blocks, and leaves them out. */
export function readBlocks(
  text: string,
  post: PostAround,
  depth = 0,
): { readonly pieces: readonly Piece[]; readonly missed: readonly string[] } {
  const pieces: Piece[] = [];
  const missed: string[] = [];
  const open: { readonly name: string; readonly language: string | undefined }[] = [];
  const add = (part: string): void => {
    const around = open.at(-1);
    if (part.trim() === '') return;
    if (around === undefined || around.name === 'freeform') pieces.push({ kind: 'classic', text: part });
    else if (!open.some(({ name }) => verbatim.test(name))) pieces.push({ kind: 'block', text: part });
    else pieces.push({ kind: 'code', text: nameLanguage(part, around.language) });
  };
  let from = 0;
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', at + 4)) {
    const end = text.indexOf('-->', at);
    if (end === -1) break;
    const [, closing, name = '', written, alone] = delimiter.exec(text.slice(at + 4, end)) ?? [];
    if (name === '') continue;
    add(text.slice(from, at));
    from = end + 3;
    if (closing === '/') open.pop();
    else if (alone !== '/') open.push({ name, language: readString(readJson(written), 'language') });
    else {
      const shared = name === 'block' ? findShared(written, post) : undefined;
      if (shared !== undefined && depth < mostShared) {
        const inside = readBlocks(shared, post, depth + 1);
        pieces.push(...inside.pieces);
        missed.push(...inside.missed);
      } else if (!silent.test(name))
        missed.push(`the block "${name}" shows what only the site knows, and was left out`);
    }
  }
  add(text.slice(from));
  return { pieces: joinBlocks(pieces), missed };
}

/** A block's HTML may be in several pieces, because blocks hold blocks: it is whole only when they are put together. */
function joinBlocks(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last === undefined || last.kind !== piece.kind || piece.kind === 'classic') joined.push(piece);
    else joined[joined.length - 1] = { kind: piece.kind, text: last.text + piece.text };
  }
  return joined;
}

function findShared(written: string | undefined, { library }: PostAround): string | undefined {
  const { ref } = readJson(written);
  return typeof ref === 'number' ? library.shared.get(String(ref)) : undefined;
}

/** What a block's comment says of it. */
function readJson(written: string | undefined): Readonly<Record<string, unknown>> {
  const value = parseJson(written ?? '');
  return isFields(value) ? value : {};
}

function readString(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** Some blocks of code name the language in their comment alone. */
function nameLanguage(html: string, language: string | undefined): string {
  if (language === undefined || !/^[\w+#.-]+$/.test(language)) return html;
  return html.replace(/<pre(?=[\s>])/, `<pre data-lang="${language}"`);
}
