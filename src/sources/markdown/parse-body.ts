import { isFields } from '../../base/is-fields.ts';
import { BroadsideError } from '../../base/errors.ts';
import { findExcess } from '../../reading/bound-tree.ts';
import { isPlain, mostMarks } from '../../reading/is-plain.ts';
import type { Content } from '../../model/source.ts';
import type { Dialect } from '../../reading/dialects/dialect.ts';
import { hasEmojiCode } from '../../reading/dialects/emoji-codes.ts';
import { parsePost } from '../../reading/parse.ts';

/** Whether a file is MDX: by its name, or since all of the blog's are. */
export function isMdx(file: string, { mdxInAll }: Dialect): boolean {
  return mdxInAll === true || /\.mdx$/i.test(file);
}

/** A dialect with what MDX needs, which is only loaded for it, and the emoji for a text that has codes of them. */
export async function openDialect(dialect: Dialect, mdx: boolean, text = ''): Promise<Dialect> {
  const needsEmoji = dialect.emoji === true && hasEmojiCode(text);
  return {
    ...dialect,
    ...(mdx && { mdx: (await import('../../reading/dialects/translate-mdx.ts')).mdx }),
    ...(needsEmoji && { emoji: (await import('gemoji')).nameToEmoji }),
  };
}

/**
 * Reads a post's whole text as a tree; what may take long is parsed in a thread that can be ended. Throws `POST_TOO_COSTLY` where it
 * takes too long, and what `parseBody` throws.
 */
export async function readTree(text: string, file: string, dialect: Dialect): Promise<Content['tree']> {
  const mdx = isMdx(file, dialect);
  if (isPlain(text, mostMarks[mdx ? 'mdx' : 'markdown']))
    return parseBody(text, file, await openDialect(dialect, mdx, text));
  const { parseApart } = await import('./parse-apart.ts');
  return parseApart({ text, file, dialect });
}

/**
 * Parses a post's whole text. Throws `POST_UNREADABLE` with a place where MDX cannot be parsed, `POST_TOO_COSTLY` where there
 * is too much of something in it, and a `RangeError` where the tree is too deep to be printed.
 */
export function parseBody(text: string, file: string, dialect: Dialect): Content['tree'] {
  const tree = parseText(text, file, dialect);
  const excess = findExcess(tree);
  if (excess === undefined) return tree;
  const { what, place } = excess;
  if (what === 'depth') throw new RangeError('nested too deeply');
  const [message, remedy] = excessive[what];
  throw new BroadsideError('POST_TOO_COSTLY', message, { remedy, file, ...place });
}

function parseText(text: string, file: string, dialect: Dialect): Content['tree'] {
  const { mdx, ...plain } = dialect;
  const isQuarto = /\.qmd$/i.test(file);
  try {
    return parsePost(text, isMdx(file, dialect) ? dialect : { ...plain, isQuarto });
  } catch (error) {
    if (mdx === undefined || !isMdx(file, dialect) || !(error instanceof Error) || !('reason' in error))
      throw error;
    throw new BroadsideError('POST_UNREADABLE', `${file} is not valid MDX: ${String(error.reason)}.`, {
      remedy: 'Correct it; where a brace or an angle bracket is meant as text, put a backslash before it.',
      file,
      ...readPlace(error),
      cause: error,
    });
  }
}

/** What is too much in a body beside its depth, and what to do. */
const excessive = {
  cells: [
    'The rows of a table leave out too many of its cells.',
    'Give the table fewer columns, or its rows the cells they lack.',
  ],
  nodes: [
    'The body is made of more parts than a post may have.',
    'Look for marks that are repeated thousands of times, or split the post.',
  ],
  references: [
    'The addresses and titles that references lead to are too long for being used so often.',
    'Shorten the definitions that are used most.',
  ],
} as const;

/**
 * Where a fault begins: at the place that its reason names. Otherwise a tag without an end would be reported at the end of the
 * text.
 */
function readPlace(error: { readonly reason: unknown }): { readonly line: number; readonly column: number } {
  const [, named, at] = /\((\d+):(\d+)-/.exec(String(error.reason)) ?? [];
  if (named !== undefined) return { line: Number(named), column: Number(at) };
  const place: unknown = 'place' in error ? error.place : undefined;
  const point: unknown = isFields(place) && 'start' in place ? place['start'] : place;
  const { line, column } = isFields(point) ? point : {};
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : { line: 1, column: 1 };
}
