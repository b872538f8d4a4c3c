import { parse as parseYaml } from 'yaml';
import { isFields } from '../../base/is-fields.ts';

/** Front matter as Forem finds it, not as Markdown knows it (forem/forem app/models/article.rb, checked November 2026). */
const frontMatterSpan = /(?<![\s\S])\s*---(?<matter>[\s\S]*?)---\s*$(?<content>[\s\S]*)/m;

export type FrontMatter =
  | { readonly found: 'none' }
  | { readonly found: 'fields'; readonly fields: Readonly<Record<string, unknown>>; readonly content: string }
  | { readonly found: 'invalid'; readonly message: string }
  /** Forem itself fails on it. */
  | { readonly found: 'crash' };

/** Looks for front matter in a body the way Forem does. */
export function findFrontMatter(body: string): FrontMatter {
  const match = frontMatterSpan.exec(body);
  if (match === null) return { found: 'none' };
  const { matter = '', content = '' } = match.groups ?? {};
  let fields: unknown;
  try {
    fields = parseYaml(matter, { version: '1.1' });
  } catch (error) {
    return { found: 'invalid', message: error instanceof Error ? error.message : 'invalid YAML' };
  }
  if (!isFields(fields)) return { found: 'crash' };
  if (Object.values(fields).some((value) => value instanceof Date)) {
    return { found: 'invalid', message: 'Tried to load unspecified class: Date' };
  }
  return { found: 'fields', fields, content };
}
