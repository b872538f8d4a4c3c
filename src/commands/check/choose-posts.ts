import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Shell } from '../../base/shell.ts';
import { findFaulty, namePosts } from '../../blog/name-posts.ts';
import { openBody } from '../../blog/open-body.ts';
import type { Blog } from '../../blog/load.ts';
import type { Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Letter } from '../../model/letter.ts';
import type { Post } from '../../model/post.ts';
import { loadFile } from '../../sources/markdown/index.ts';

/** The options for reading a file that belongs to no source. */
const looseOptions = { canonical: '/blog/{slug}', fields: {} };

/** What is checked. */
export interface Choice {
  readonly posts: readonly Post[];
  readonly letters: readonly Letter[];
  readonly blog: Blog;
  readonly diagnostics: readonly Diagnostic[];
}

/** The posts and letters to check: all, those named, or a file that belongs to no source. */
export async function choosePosts(
  words: readonly string[],
  config: Config,
  blog: Blog,
  shell: Shell,
): Promise<Choice> {
  if (words.length === 0)
    return { posts: blog.posts, letters: blog.letters, blog, diagnostics: blog.diagnostics };
  const posts: Post[] = [];
  const letters = new Set<Letter>();
  const diagnostics: Diagnostic[] = [];
  const reads = new Map<string, Blog['read']>();
  for (const word of new Set(words)) {
    const named = relative(config.root, resolve(shell.cwd, word)).replaceAll('\\', '/');
    const isPost = blog.posts.some(({ id, origin }) => id === word || origin.path === named);
    const letter = blog.letters.find(({ id, origin }) => id === word || origin.path === named);
    if (letter !== undefined) {
      if (!letters.has(letter))
        diagnostics.push(...blog.diagnostics.filter(({ file }) => file === letter.origin.path));
      letters.add(letter);
      continue;
    }
    const path = blog.variants[named] ?? (isPost ? undefined : findFaulty(word, blog)) ?? named;
    const file = resolve(config.root, path);
    const own = blog.posts.find(({ origin }) => origin.path === path);
    const faulty = blog.diagnostics.filter((one) => one.file === path);
    if (own !== undefined || faulty.length > 0 || !existsSync(file) || !statSync(file).isFile()) {
      const [post] =
        own === undefined && faulty.some((one) => one.severity === 'error')
          ? []
          : namePosts([own?.id ?? word], blog);
      if (post !== undefined && posts.includes(post)) continue;
      if (post !== undefined) posts.push(post);
      const of = post?.origin.path ?? path;
      diagnostics.push(...blog.diagnostics.filter((one) => (blog.variants[one.file] ?? one.file) === of));
      continue;
    }
    const loose = await loadFile(file, looseOptions, {
      ...config.site,
      root: config.root,
      targets: config.targets.map(({ name }) => name),
    });
    posts.push(...loose.posts);
    diagnostics.push(...loose.diagnostics);
    if (loose.posts.length === 0) {
      const { auditBody } = await import('../../blog/audit-body.ts');
      const body = { id: word, origin: { source: 'file', path: named } };
      const opened = await openBody(body, async () => auditBody(body, await loose.read(shell.signal)));
      if ('result' in opened) diagnostics.push(...opened.result);
      else if (!loose.diagnostics.some(({ rule }) => rule === opened.fault.rule))
        diagnostics.push(opened.fault);
    }
    for (const post of loose.posts) reads.set(post.id, () => loose.read(shell.signal));
  }
  return {
    posts,
    letters: [...letters],
    diagnostics,
    blog: { ...blog, read: (post) => (reads.get(post.id) ?? blog.read)(post) },
  };
}
