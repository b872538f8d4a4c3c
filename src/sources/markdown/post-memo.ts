import { existsSync } from 'node:fs';
import { describeVersion, findVersion, openMemo } from '../../base/memo.ts';
import type { Post } from '../../model/post.ts';
import type { LoadedPost } from './loaded-post.ts';

/** The parts of posts that many of them have alike: each is remembered as text, which is parsed once for all that have it. */
const commonParts = ['authors', 'syndicate', 'places'] as const;

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
  const parts = new Map<string, unknown>();

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
    findPost(file) {
      const loaded = find(file)?.loaded;
      if (loaded?.post !== undefined) unpackParts(loaded.post, parts);
      return loaded;
    },
    rememberPost(file, { stats, ...loaded }) {
      if (stats !== undefined) versions.set(file, describeVersion(stats));
      const { post } = loaded;
      learn(file, { loaded: { ...loaded, ...(post && { post: packParts(post) }) } });
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

/** A post whose common parts are texts, until they are unpacked. */
function packParts(post: Post): Post {
  const texts = commonParts.map((part) => [part, JSON.stringify(post[part])] as const);
  return { ...post, ...(Object.fromEntries(texts) as object) };
}

/** Puts common parts in the place of their texts; `known` are those that other posts have, by their texts. */
function unpackParts(post: object, known: Map<string, unknown>): void {
  for (const part of commonParts) {
    const text: unknown = Reflect.get(post, part);
    if (typeof text !== 'string') continue;
    if (!known.has(text)) known.set(text, JSON.parse(text));
    Reflect.set(post, part, known.get(text));
  }
}
