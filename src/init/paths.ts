import type { FolderItem, SiteView } from './define.ts';

const visitLimit = 5000;
const depthLimit = 8;

/** Joins parts of a path and takes out `.`, `..` and doubled slashes; what leads out of the folder starts with `..`. */
export function joinPath(...parts: readonly string[]): string {
  const taken: string[] = [];
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && taken.length > 0 && taken.at(-1) !== '..') taken.pop();
    else taken.push(segment);
  }
  return taken.join('/');
}

/** A path below a folder, relative to it. */
export function pathBelow(path: string, folder: string): string {
  return folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** The folder a path is in; empty at the top. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** Whether a path is there, as what it should be. */
export function hasItem(view: SiteView, path: string, kind: FolderItem['kind']): boolean {
  const whole = joinPath(path);
  const name = whole.split('/').at(-1);
  return view.list(folderOf(whole)).some((entry) => entry.name === name && entry.kind === kind);
}

/** The first of these files that is there. */
export function findFile(view: SiteView, paths: readonly string[]): string | undefined {
  return paths.find((path) => hasItem(view, path, 'file'));
}

/** Files named one of these, with any of the endings, in a folder. */
export function nameFiles(folder: string, names: readonly string[], endings: readonly string[]): string[] {
  return names.flatMap((name) => endings.map((ending) => joinPath(folder, `${name}.${ending}`)));
}

/** How many posts lie in a folder and below; those that are MDX are counted apart. */
export function countPosts(view: SiteView, folder: string): { readonly posts: number; readonly mdx: number } {
  let [posts, mdx, visited] = [0, 0, 0];
  const enter = (path: string, depth: number): void => {
    for (const { name, kind } of view.list(path)) {
      visited += 1;
      if (visited > visitLimit || isPassedOver(name)) continue;
      if (kind === 'folder' && depth < depthLimit) enter(joinPath(path, name), depth + 1);
      if (kind === 'file' && /\.(md|markdown)$/i.test(name)) posts += 1;
      if (kind === 'file' && /\.mdx$/i.test(name)) mdx += 1;
    }
  };
  enter(folder, 0);
  return { posts, mdx };
}

function isPassedOver(name: string): boolean {
  if (name === '_posts' || name === '_drafts') return false;
  return name.startsWith('.') || name.startsWith('_') || name === 'node_modules';
}

/** Which of these folders have posts in them too, beside the one that is chosen, what is above and what is below it. */
export function findOtherFolders(
  view: SiteView,
  folders: readonly string[],
  chosen: string,
): readonly string[] {
  const apart = folders.filter(
    (folder) => !`${folder}/`.startsWith(`${chosen}/`) && !`${chosen}/`.startsWith(`${folder}/`),
  );
  return [...new Set(apart)].filter((folder) => pickFolder(view, [folder]) !== undefined);
}

/** The first of these folders that has posts in it. */
export function pickFolder(view: SiteView, folders: readonly string[]): string | undefined {
  return folders.find((folder) => {
    const { posts, mdx } = countPosts(view, folder);
    return posts + mdx > 0;
  });
}
