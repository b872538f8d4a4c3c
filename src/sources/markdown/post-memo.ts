import { existsSync } from 'node:fs';
import { describeVersion, findVersion, openMemo } from '../../base/memo.ts';
import type { LoadedPost } from './loaded-post.ts';

/** What was learned of one version of a file. */
interface Learned {
  readonly loaded?: Omit<LoadedPost, 'stats'>;
  readonly digest?: string;
  /** The files that the digest counts values of, and their versions. */
  readonly counted?: { readonly files: readonly string[]; readonly versions: string };
}

/** What earlier runs learned of a source's files, by their paths relative to the blog's folder. */
export interface PostMemo {
  /** What the file was loaded as. */
  findPost(file: string): LoadedPost | undefined;
  rememberPost(file: string, loaded: LoadedPost): void;
  findDigest(file: string): string | undefined;
  /** `files` are those that the digest counts values of. */
  rememberDigest(file: string, digest: string, files?: readonly string[]): void;
  save(): void;
}

/**
 * Opens the memo of one source. `root` is the blog's folder, absolute; `key` digests all but the files that posts are made of.
 */
export function openPostMemo(root: string, name: string, key: string): PostMemo {
  const memo = openMemo<Learned>(root, `${name}-${key.slice(0, 8)}`, key);
  const versions = new Map<string, string | undefined>();

  const versionOf = (file: string): string | undefined => {
    if (!versions.has(file)) versions.set(file, findVersion(`${root}/${file}`));
    return versions.get(file);
  };
  /** The versions of files, of which some may not be there; undefined where one is not certain. */
  const versionsOf = (files: readonly string[]): string | undefined => {
    const all = files.map((file) => versionOf(file) ?? (existsSync(`${root}/${file}`) ? undefined : 'none'));
    return all.includes(undefined) ? undefined : all.join(' ');
  };
  /** What nobody knows of is not looked up on the disk. */
  const find = (file: string): Learned | undefined =>
    memo.knows(file) ? memo.find(file, versionOf(file)) : undefined;
  const learn = (file: string, learned: Learned): void =>
    memo.remember(file, versionOf(file), { ...find(file), ...learned });
  return {
    findPost: (file) => find(file)?.loaded,
    rememberPost(file, { stats, ...loaded }) {
      if (stats !== undefined) versions.set(file, describeVersion(stats));
      learn(file, { loaded });
    },
    findDigest(file) {
      const { digest, counted } = find(file) ?? {};
      return counted === undefined || versionsOf(counted.files) === counted.versions ? digest : undefined;
    },
    rememberDigest(file, digest, files = []) {
      const versions = files.length === 0 ? '' : versionsOf(files);
      const known = find(file);
      if (
        versions === undefined ||
        (known?.digest === digest && (known.counted?.versions ?? '') === versions)
      )
        return;
      const { loaded } = known ?? {};
      const counted = versions === '' ? {} : { counted: { files, versions } };
      memo.remember(file, versionOf(file), { ...(loaded && { loaded }), digest, ...counted });
    },
    save: () => memo.save(),
  };
}
