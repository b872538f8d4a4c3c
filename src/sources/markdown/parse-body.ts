import { BroadsideError } from '../../errors.ts';
import type { Content } from '../../model/source.ts';
import type { Dialect } from '../../transform/dialects/dialect.ts';
import { hasEmojiCode } from '../../transform/dialects/emoji-codes.ts';
import { parsePost } from '../../transform/parse.ts';

/** Whether a file is MDX, by its name. */
export function isMdx(file: string): boolean {
  return /\.mdx$/i.test(file);
}

/** A dialect with what MDX needs, which is only loaded for it, and the emoji for a text that has codes of them. */
export async function openDialect(dialect: Dialect, mdx: boolean, text = ''): Promise<Dialect> {
  const needsEmoji = dialect.emoji === true && hasEmojiCode(text);
  return {
    ...dialect,
    ...(mdx && { mdx: (await import('../../transform/dialects/translate-mdx.ts')).mdx }),
    ...(needsEmoji && { emoji: (await import('gemoji')).nameToEmoji }),
  };
}

/** Parses a post's whole text. Throws `POST_UNREADABLE` with a place where MDX cannot be parsed. */
export function parseBody(text: string, file: string, dialect: Dialect): Content['tree'] {
  const { mdx, ...plain } = dialect;
  try {
    return parsePost(text, isMdx(file) ? dialect : plain);
  } catch (error) {
    if (mdx === undefined || !isMdx(file) || !(error instanceof Error) || !('reason' in error)) throw error;
    throw new BroadsideError('POST_UNREADABLE', `${file} is not valid MDX: ${String(error.reason)}.`, {
      remedy: 'Correct it; where a brace or an angle bracket is meant as text, put a backslash before it.',
      file,
      ...readPlace(error),
      cause: error,
    });
  }
}

/** Where a fault begins: what its reason names, since a tag without an end is else placed where the text ends. */
function readPlace(error: { readonly reason: unknown }): { readonly line: number; readonly column: number } {
  const [, named, at] = /\((\d+):(\d+)-/.exec(String(error.reason)) ?? [];
  if (named !== undefined) return { line: Number(named), column: Number(at) };
  const place: unknown = 'place' in error ? error.place : undefined;
  const point: unknown = isObject(place) && 'start' in place ? place.start : place;
  const { line, column } = isObject(point) ? (point as Readonly<Record<string, unknown>>) : {};
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : { line: 1, column: 1 };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
