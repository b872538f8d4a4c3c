import { BroadsideError, suggestWord } from '../base/errors.ts';
import { nameKey } from '../base/normal-form.ts';
import type { Letter } from '../model/letter.ts';
import type { Post } from '../model/post.ts';
import type { Blog } from './load.ts';

/** The posts that words on the command line name: by id or by file. Throws `POST_UNKNOWN`. */
export function namePosts(words: readonly string[], blog: Blog): readonly Post[] {
  return nameAmong(words, blog.posts, blog);
}

/** The posts and letters that words on the command line name: by id or by file. Throws `POST_UNKNOWN`. */
export function nameWritings(words: readonly string[], blog: Blog): readonly (Post | Letter)[] {
  return nameAmong<Post | Letter>(words, [...blog.posts, ...blog.letters], blog);
}

function nameAmong<Kind extends Post | Letter>(
  words: readonly string[],
  all: readonly Kind[],
  blog: Blog,
): readonly Kind[] {
  return words.map((word) => {
    const plain = word.replaceAll('\\', '/').replace(/^\.\//, '');
    const given = blog.variants[plain] ?? plain;
    const isNamed = (one: Kind): boolean => one.id === word || one.origin.path === given;
    const isAlike = ({ id, origin }: Kind): boolean =>
      nameKey(id) === nameKey(word) || nameKey(origin.path) === nameKey(given);
    const post = all.find(isNamed) ?? all.find(isAlike);
    if (post !== undefined) return post;
    const file = findFaulty(plain, blog) ?? given;
    const faults = blog.diagnostics.filter((one) => one.file === file || one.postId === word);
    const fault = faults.find(({ severity }) => severity === 'error') ?? faults[0];
    if (fault !== undefined) {
      throw new BroadsideError(
        'POST_INVALID',
        `${fault.file}:${fault.line}:${fault.column} ${fault.message}`,
        {
          remedy: fault.remedy,
          file: fault.file,
          line: fault.line,
          column: fault.column,
        },
      );
    }
    const ids = all.map((one) => one.id);
    const near = suggestWord(word, ids);
    throw new BroadsideError('POST_UNKNOWN', `No post is called "${word}".`, {
      remedy:
        near === undefined ? `Name a post by its id or its file. ${listIds(ids)}` : `Did you mean "${near}"?`,
    });
  });
}

/** How many ids are listed where one is asked for. */
const listedIds = 20;

function listIds(ids: readonly string[]): string {
  if (ids.length === 0) return 'There are none in the folders that the config names.';
  const rest = ids.length - listedIds;
  const more = rest > 0 ? ` and ${rest} more, which "broadside check --format json" lists` : '';
  return `The ids are ${ids.slice(0, listedIds).join(', ')}${more}.`;
}

/**
 * The file of a post that has a fault which keeps it from being one, by its path, its name, or the id that its name makes; undefined
 * where there is none, or several.
 */
export function findFaulty(word: string, blog: Pick<Blog, 'posts' | 'diagnostics'>): string | undefined {
  const known = new Set(blog.posts.map(({ origin }) => origin.path));
  const files = new Set(
    blog.diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file),
  );
  const named = [...files].filter((file) => !known.has(file) && listNames(file).includes(word));
  return named.length === 1 ? named[0] : undefined;
}

/** What a person may call a file by: with or without its folders, its ending and the date that its name begins with. */
function listNames(file: string): readonly string[] {
  const [base = '', folder = ''] = file.split('/').toReversed();
  const name = /^index\.\w+$/.test(base) ? folder : base;
  const names = [name, name.replace(/^\d{4}-\d{2}-\d{2}-/, '')];
  return [file, ...names, ...names.map((one) => one.replace(/\.\w+$/, ''))];
}
