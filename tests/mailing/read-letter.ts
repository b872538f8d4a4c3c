import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Letter } from '../../src/model/letter.ts';
import type { Content } from '../../src/model/source.ts';
import type { WriteMergeTag } from '../../src/mailing/merge-tags.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { examplePost, exampleSite } from '../examples.ts';

/** A letter with nothing special about it. */
export function exampleLetter(id: string, given: Partial<Letter> = {}): Letter {
  return {
    id,
    origin: { source: 'welcome', path: `letters/${id}.md` },
    title: `About ${id}`,
    subject: `All about ${id}`,
    status: 'ready',
    lang: 'en',
    syndicate: {},
    places: { subject: { line: 2, column: 1 }, preview: { line: 3, column: 1 } },
    ...given,
  };
}

/** A text as the body of a letter, read as one from a file is. */
export function readBody(text: string): Content {
  return { tree: parsePost(text), digest: 'd', text };
}

/** The letter in a file, with what its front matter says of it. */
export function readLetter(file: string): { readonly letter: Letter; readonly content: Content } {
  const text = readFileSync(file, 'utf8');
  const fields = parse(/^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '') as Partial<Letter>;
  const { title = 'Untitled', subject = title, preview, canonicalUrl, lang = 'en' } = fields;
  const letter = exampleLetter('letter', {
    origin: { source: 'welcome', path: 'letter.md' },
    title,
    subject,
    lang,
    ...(preview !== undefined && { preview }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
  });
  return { letter, content: readBody(text) };
}

const post = examplePost('how-plans-work');

/** The site that letters of the tests belong to, with one post. */
export const letterSite = exampleSite([post]);

/** Merge tags as an invented provider writes them, which knows two. */
export const writeInvented: WriteMergeTag = (name, fallback) =>
  name === 'first_name' || name === 'email'
    ? `{{ reader.${name}${fallback === undefined ? '' : ` | default: "${fallback}"`} }}`
    : undefined;
