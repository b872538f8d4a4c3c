import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { digestText } from '../../digest.ts';
import { BroadsideError } from '../../errors.ts';
import type { Post } from '../../model/post.ts';
import type { Content, Loaded, Source } from '../../model/source.ts';
import { parsePost } from '../../transform/parse.ts';
import { templateWords } from '../canonical-url.ts';
import { describeFileError } from '../describe-file-error.ts';
import { normaliseText, postFields } from '../front-matter.ts';
import { defineSource, type SourceSite } from '../index.ts';
import {
  loadPost,
  type LoadedPost,
  postByteLimit,
  type PostOptions,
  refuseFile,
  showPath,
} from './load-post.ts';
import { decodeText } from './read-head.ts';
import { type FoundFile, walkFolder } from './walk-folder.ts';

const canonicalOption = z
  .string()
  .regex(/^(\/(?!\/)|https?:\/\/)/, 'is neither a path that starts with "/" nor an http or https address')
  .refine(
    (template) =>
      [...template.matchAll(/\{([^{}]*)\}/g)].every(([, word]) =>
        templateWords.some((known) => known === word),
      ),
    `has a placeholder other than ${templateWords.map((word) => `{${word}}`).join(' ')}`,
  )
  .refine(
    (template) => /\{(slug|id)\}/.test(template),
    'has neither {slug} nor {id}, so posts would share an address',
  );

/** Posts as markdown files in a folder of the blog. */
export const markdown = defineSource({
  kind: 'markdown',
  summary: 'Markdown files in a folder, one file or one folder a post.',
  rules: {},
  options: z.strictObject({
    kind: z.literal('markdown'),
    path: z.string().min(1).default('posts').describe("The posts' folder, relative to the blog's."),
    canonical: canonicalOption
      .default('/blog/{slug}')
      .describe('Where the originals are: a path or address with {slug} or {id}, {year}, {month} and {day}.'),
    fields: z
      .partialRecord(z.enum(postFields), z.string().min(1))
      .default({})
      .describe(
        "The blog's own names of front matter fields, such as { description: spoiler }; dots reach inside.",
      ),
  }),
  create(name, options, site): Source {
    const folder = resolve(site.root, options.path);
    return {
      name,
      load: async (signal) => loadFolder(folder, name, options, site, signal),
      read: (post, signal) => readContent(post, site, signal),
    };
  },
});

/** A file that belongs to no source, and its body. */
export interface LoadedFile extends Loaded {
  /** Its text, even where faults keep it from being a post. Throws `POST_UNREADABLE`. */
  read(signal: AbortSignal): Promise<Content>;
}

/** Reads one file of any name as a post; `path` is absolute or relative to the blog's folder. */
export function loadFile(path: string, options: PostOptions, site: SourceSite): LoadedFile {
  const absolute = resolve(site.root, path);
  const { post, diagnostics } = loadPost(absolute, 'file', options, site);
  return {
    posts: post ? [post] : [],
    diagnostics,
    read: (signal) =>
      readContent({ origin: { source: 'file', path: showPath(absolute, site.root) } }, site, signal),
  };
}

/** What repositories keep beside their posts; such a file is a post only where it has front matter. */
const paperwork = /(?:^|[/\\])(?:readme|license|changelog|contributing|code_of_conduct|security)\.\w+$/i;

function isPaperwork(path: string, { diagnostics }: LoadedPost): boolean {
  return paperwork.test(path) && diagnostics.some(({ rule }) => rule === 'post-front-matter-missing');
}

function loadFolder(
  folder: string,
  name: string,
  options: PostOptions,
  site: SourceSite,
  signal: AbortSignal,
): Loaded {
  const loaded = findFiles(folder, site.root).map(({ path, fault }): LoadedPost => {
    signal.throwIfAborted();
    if (fault !== undefined) {
      const remedy = 'Make it a file that may be read, or move it elsewhere.';
      return refuseFile(showPath(path, site.root), 'post-unreadable', fault, remedy);
    }
    const file = loadPost(path, name, options, site);
    return isPaperwork(path, file) ? { diagnostics: [] } : file;
  });
  return {
    posts: loaded.flatMap(({ post }) => (post ? [post] : [])),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}

function findFiles(folder: string, root: string): readonly FoundFile[] {
  try {
    return walkFolder(folder, root);
  } catch (error) {
    throw new BroadsideError(
      'SOURCE_UNREADABLE',
      `The folder of posts ${showPath(folder, root) || '.'} ${describeFileError(error)}.`,
      { remedy: 'Create it, or name the right one as `path` of the source in the config.', cause: error },
    );
  }
}

async function readContent(
  post: Pick<Post, 'origin'>,
  site: SourceSite,
  signal: AbortSignal,
): Promise<Content> {
  const file = post.origin.path;
  const bytes = await readBytes(file, site, signal);
  if (bytes.length > postByteLimit) {
    throw new BroadsideError('POST_UNREADABLE', `${file} has grown too large to be read.`, {
      remedy: 'Make it a series, or move large data out of it.',
      file,
    });
  }
  const text = decodeText(bytes, true);
  if (typeof text !== 'string') {
    throw new BroadsideError('POST_UNREADABLE', `${file} is not UTF-8 from line ${text.badBytes.line} on.`, {
      remedy: 'Save it as UTF-8.',
      file,
      ...text.badBytes,
    });
  }
  const normalised = normaliseText(text);
  return { tree: parsePost(normalised), digest: digestText(normalised) };
}

async function readBytes(file: string, site: SourceSite, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readFile(resolve(site.root, file), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new BroadsideError('POST_UNREADABLE', `${file} ${describeFileError(error)}.`, {
      remedy: 'Put the file back, or run the command again if it was being saved.',
      file,
      cause: error,
    });
  }
}
