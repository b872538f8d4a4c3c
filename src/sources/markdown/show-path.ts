import { relative, sep } from 'node:path';

/** A file's path as diagnostics and `origin` show it: relative to the blog's folder, with forward slashes. */
export function showPath(path: string, root: string): string {
  const inside = path.startsWith(`${root}${sep}`) ? path.slice(root.length + 1) : relative(root, path);
  return sep === '/' ? inside : inside.split(sep).join('/');
}
