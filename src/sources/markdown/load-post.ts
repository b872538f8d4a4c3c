import type { Dialect } from '../../reading/dialects/dialect.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import { readFrontMatter } from '../../reading/front-matter/read.ts';
import { describePostError } from '../describe-post-error.ts';
import type { SourceSite } from '../define.ts';
import { composeLetter } from './compose-letter.ts';
import { composePost, type TopHeading } from './compose-post.ts';
import { findFile, sourceFolder } from './find-files.ts';
import { readFileName } from './read-file-name.ts';
import { readHead } from './read-head.ts';
import { type LoadedPost, type Lookup, type PostOptions, refuseFile } from './loaded-post.ts';
import { postByteLimit } from './read-text.ts';
import { showPath } from './show-path.ts';

/**
 * Reads the head of one file, absolute `path`, and makes a post of it; whatever is wrong is a diagnostic. `translations` are the files
 * of the source, relative to the blog's folder, whose folder is their language.
 */
export async function loadPost(
  path: string,
  source: string,
  options: PostOptions,
  site: SourceSite,
  translations?: ReadonlySet<string>,
): Promise<LoadedPost> {
  const file = showPath(path, site.root);
  try {
    const loaded = await readPost(path, source, options, site, translations);
    return translations?.has(file) === true ? { ...loaded, isTranslation: true } : loaded;
  } catch (error) {
    const fault = describePostError(error);
    if (fault !== undefined) {
      const { rule, message, remedy, line, column } = fault;
      return refuseFile(file, rule, message, remedy, { line, column });
    }
    return refuseFile(
      file,
      'post-unreadable',
      `The file ${describeFileError(error)}.`,
      'Make it a file that this user may read.',
    );
  }
}

async function readPost(
  path: string,
  source: string,
  options: PostOptions,
  site: SourceSite,
  translations: ReadonlySet<string> | undefined,
): Promise<LoadedPost> {
  const file = showPath(path, site.root);
  const head = readHead(path);
  if ('badBytes' in head) {
    return refuseFile(
      file,
      'post-encoding',
      'The file is not UTF-8 from here on.',
      'Save it as UTF-8.',
      head.badBytes,
    );
  }
  if (head.stats.size > postByteLimit) {
    const megabytes = postByteLimit / 1024 / 1024;
    return refuseFile(
      file,
      'post-too-large',
      `The file is larger than the ${megabytes} MB that a post may have.`,
      'Make it a series, or move large data out of it.',
    );
  }
  if (head.stats.size === 0 || head.isBlank) {
    return refuseFile(file, 'post-empty', 'The file is empty.', 'Write the post, or delete the file.');
  }
  const { kind, fields, places, diagnostics } = await readFrontMatter(head.frontMatter, {
    file,
    site,
    mapping: options.fields,
    areLetters: options.as === 'letters',
  });
  if (!fields) return { diagnostics };
  const { letter: written } = fields;
  const isUntitled = fields.title === undefined && !places.title && written?.subject === undefined;
  const lookups: Lookup[] = [];
  const parts = {
    origin: { source, path: file },
    name: readFileName(file, showPath(sourceFolder(options, site), site.root), translations),
    fields,
    kind,
    places,
    lang: options.lang,
    site,
    heading: isUntitled ? await readTopHeading(path, file, options.syntax) : undefined,
  };
  const composed = written
    ? composeLetter({ ...parts, written })
    : composePost({
        ...parts,
        canonical: options.canonical,
        address: options.addresses?.[file],
        findFile: (named, canonicalUrl) => {
          const { resources } = fields;
          const found = findFile(named, { canonicalUrl, path: file, resources }, options, site);
          lookups.push({ named, canonicalUrl, found });
          return found;
        },
      });
  const all = [...diagnostics, ...composed.diagnostics].map((fault) => ({
    ...fault,
    ...(composed.id !== undefined && { postId: composed.id }),
  }));
  const isSound = all.every(({ severity }) => severity !== 'error');
  return {
    stats: head.stats,
    diagnostics: all,
    ...(isSound && 'post' in composed && composed.post && { post: composed.post }),
    ...(isSound && 'letter' in composed && composed.letter && { letter: composed.letter }),
    ...(lookups.length > 0 && { lookups }),
  };
}

/** Loads the parser only for a post whose title may be in its body. */
async function readTopHeading(path: string, file: string, dialect: Dialect = {}): Promise<TopHeading> {
  const { readHeading } = await import('./read-heading.ts');
  return readHeading(path, file, dialect);
}
