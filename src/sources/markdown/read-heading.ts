import { readFileSync } from 'node:fs';
import { toString } from 'mdast-util-to-string';
import type { Dialect } from '../../reading/dialects/dialect.ts';
import { normaliseText } from '../../reading/front-matter/split.ts';
import type { TopHeading } from './compose-post.ts';
import { readTree } from './parse-body.ts';
import { decodeText } from './read-head.ts';

/**
 * Reads the top headings of a body, of which the only one can be the title. `path` is absolute, `file` as diagnostics show it.
 * Throws `POST_UNREADABLE`.
 */
export async function readHeading(path: string, file: string, dialect: Dialect): Promise<TopHeading> {
  const text = decodeText(readFileSync(path), true);
  if (typeof text !== 'string') return { count: 0 };
  const { children } = await readTree(normaliseText(text), file, { ...dialect, emoji: false });
  const headings = children.filter((node) => node.type === 'heading' && node.depth === 1);
  const [only] = headings;
  const title = only && toString(only).replaceAll(/\s+/g, ' ').trim();
  if (headings.length !== 1 || title === undefined || title === '') return { count: headings.length };
  const { line = 1, column = 1 } = only?.position?.start ?? {};
  return { title, place: { line, column }, count: 1 };
}
