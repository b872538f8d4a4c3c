import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parse } from 'yaml';
import { isFields } from '../../base/is-fields.ts';
import { splitFrontMatter } from '../../reading/front-matter/split.ts';
import { urlKey } from '../../reading/url-key.ts';
import { parseDate } from '../../reading/front-matter/parse-date.ts';
import { walkFolder } from '../../sources/markdown/walk-folder.ts';

/** A post that is in the folder already. */
export interface ExistingPost {
  /** Absolute. */
  readonly path: string;
  /** Its file's name without the ending, or its folder's. */
  readonly slug: string;
  readonly text: string;
  readonly canonicalUrl: string | undefined;
}

/** The posts of a folder, wherever in it they are; nothing of a folder that is not there. */
export function findImported(folder: string): readonly ExistingPost[] {
  return listPosts(folder).flatMap(({ path, fault }) => {
    if (fault !== undefined) return [];
    try {
      const text = readFileSync(path, 'utf8');
      const given = readFields(text).fields['canonical_url'];
      const canonicalUrl = typeof given === 'string' ? urlKey(given) : undefined;
      return [{ path, slug: nameOf(path), text, canonicalUrl }];
    } catch {
      return [];
    }
  });
}

function listPosts(folder: string): ReturnType<typeof walkFolder> {
  try {
    return walkFolder(folder);
  } catch {
    return [];
  }
}

function nameOf(path: string): string {
  const name = basename(path).replace(/\.\w+$/, '');
  return name === 'index' ? basename(dirname(path)) : name;
}

/** What a reader calls each field that an import writes. */
const fieldNames: Readonly<Record<string, string>> = {
  title: 'title',
  date: 'date',
  updated: 'last change',
  author: 'author',
  authors: 'authors',
  description: 'description',
  tags: 'tags',
  canonical_url: 'canonical URL',
  cover_image: 'cover',
  cover: 'cover',
  lang: 'language',
  draft: 'that it is a draft',
};

/**
 * What differs between a post's file and what the feed makes of it now, for people: "title", "text". Fields that only the file
 * has are the author's own and no difference.
 */
export function findChanges(existing: string, made: string): readonly string[] {
  const [before, after] = [readFields(existing), readFields(made)];
  const fields = Object.keys(after.fields).filter(
    (name) => readValue(before.fields[name]) !== readValue(after.fields[name]),
  );
  return [
    ...fields.map((name) => fieldNames[name] ?? name),
    ...(before.body.trim() === after.body.trim() ? [] : ['text']),
  ];
}

function readValue(value: unknown): string {
  return typeof value === 'string' ? (parseDate(value, 'UTC') ?? value) : (JSON.stringify(value) ?? '');
}

interface PostFile {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function readFields(text: string): PostFile {
  const { kind, raw, closed, body } = splitFrontMatter(text);
  if (kind !== 'yaml' || !closed) return { fields: {}, body: text };
  try {
    const fields: unknown = parse(raw, { schema: 'failsafe', maxAliasCount: 0 });
    return { fields: isFields(fields) ? fields : {}, body };
  } catch {
    return { fields: {}, body };
  }
}
