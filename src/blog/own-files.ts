import type { Loaded, Source } from '../model/source.ts';

/**
 * What a source loaded, without the files in another source's folder of letters inside its own: none of those is a post, whatever
 * it says.
 */
export function keepOwnFiles(loaded: Loaded, source: Source, all: readonly Source[]): Loaded {
  const inner = all.flatMap((other) => {
    const { folder } = other;
    const isInner = other !== source && other.holdsLetters === true && folder !== undefined;
    return isInner && isBelow(folder, source.folder ?? '') ? [folder] : [];
  });
  if (inner.length === 0) return loaded;
  const isOwn = (path: string): boolean => !inner.some((folder) => isBelow(path, folder));
  return {
    ...loaded,
    posts: loaded.posts.filter(({ origin }) => isOwn(origin.path)),
    letters: (loaded.letters ?? []).filter(({ origin }) => isOwn(origin.path)),
    diagnostics: loaded.diagnostics.filter(({ file }) => isOwn(file)),
  };
}

function isBelow(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((one) => one.replace(/^(?:\.\/)+/, '').replace(/\/+$/, ''));
  if (inner === undefined || outer === undefined || inner === outer) return false;
  return outer === '' || outer === '.' || inner.startsWith(`${outer}/`);
}
