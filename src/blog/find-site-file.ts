import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { decodePercent } from '../base/decode-percent.ts';
import { listSpellings } from '../base/normal-form.ts';
import { isVisible, staysInside } from '../base/stay-inside.ts';
import type { Blog } from './load.ts';
import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';

/** The folders of a blog whose files generators serve from the site's root, beside those that its config names. */
const usual = ['static', 'public', 'source', 'assets', '.'];

/** Finds the files of a blog behind addresses of its site, once a watched blog has read the posts that name them. */
export function watchFiles({ root, site, sources }: Config): {
  readonly watch: (blog: Blog) => Blog;
  readonly findFile: (address: string) => string | undefined;
  /** The files, absolute, that an address may stand for, if one of them exists. */
  readonly listFiles: (address: string) => readonly string[];
} {
  const served = [...new Set([...sources.flatMap((source) => source.served ?? []), ...usual])];
  const named = new Map<string, string>();
  const isThere = (file: string): boolean =>
    isVisible(relative(root, file)) && staysInside(file, root) && existsSync(file) && statSync(file).isFile();
  const readFrom = async (blog: Blog, post: Post) => {
    const content = await blog.read(post);
    for (const [name, address] of Object.entries(content.files ?? {})) {
      const path = decodePercent(name.replace(/[?#].*$/s, ''));
      if (typeof address === 'string' && !path.startsWith('/'))
        named.set(address, resolve(root, dirname(content.path ?? post.origin.path), path));
    }
    return content;
  };
  const listFiles = (address: string): readonly string[] => {
    const beside = named.get(address);
    const besides = beside === undefined ? [] : listSpellings(beside);
    const url = URL.parse(address);
    const base = new URL(site.url);
    if (url === null || url.origin !== base.origin) return besides;
    const path = decodePercent(url.pathname);
    const below = base.pathname.replace(/\/+$/, '');
    const paths = path.startsWith(`${below}/`) ? [path.slice(below.length), path] : [path];
    const files = paths.flatMap((one) => served.map((folder) => resolve(root, folder, `.${one}`)));
    return [...besides, ...files.flatMap(listSpellings)];
  };
  return {
    watch: (blog) => ({ ...blog, read: (post) => readFrom(blog, post) }),
    findFile: (address) => listFiles(address).find(isThere),
    listFiles,
  };
}
