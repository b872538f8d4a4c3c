import type { FolderItem, SiteView } from './define.ts';

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
