import { existsSync } from 'node:fs';
import { describeVersion, findVersion, openMemo, type Memo } from '../../base/memo.ts';
import { once } from '../../base/once.ts';
import type { Post } from '../../model/post.ts';
import type { LoadedPost } from './loaded-post.ts';

/** The parts of posts that many of them have alike: each is remembered once, and by its number in each post. */
const commonParts = ['tags', 'authors', 'syndicate', 'places'] as const;

/** What the common parts are remembered under. */
const [partsName, partsFrom] = ['', 'posts'];

/** What was learned of one version of a file; or, under a name that no file has, the common parts as texts, in the order of their numbers. */
interface Learned {
  readonly texts?: readonly string[];
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
  const found = new Map<string, Learned | undefined>();
  const parts = openCommonParts(memo);

  const versionOf = (file: string): string | undefined => {
    if (!versions.has(file)) versions.set(file, findVersion(`${root}/${file}`));
    return versions.get(file);
  };
  /** The versions of files, of which some may not be there; undefined where one is not certain. */
  const versionsOf = (files: readonly string[]): string | undefined => {
    const all = files.map((file) => versionOf(file) ?? (existsSync(`${root}/${file}`) ? undefined : 'none'));
    return all.includes(undefined) ? undefined : all.join(' ');
  };
  /** What nobody knows of is not looked up on the disk, and the rest once. */
  const find = (file: string): Learned | undefined => {
    if (found.has(file)) return found.get(file);
    const learned = memo.knows(file) ? memo.find(file, versionOf(file)) : undefined;
    found.set(file, learned);
    return learned;
  };
  const learn = (file: string, learned: Learned): void => {
    memo.remember(file, versionOf(file), learned);
    found.delete(file);
  };
  return {
    findPost(file) {
      const loaded = find(file)?.loaded;
      if (loaded?.post !== undefined) parts.unpack(loaded.post);
      return loaded;
    },
    rememberPost(file, { stats, ...loaded }) {
      if (stats !== undefined) {
        versions.set(file, describeVersion(stats));
        found.delete(file);
      }
      const { post } = loaded;
      learn(file, { ...find(file), loaded: { ...loaded, ...(post && { post: parts.pack(post) }) } });
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
      learn(file, { ...(loaded && { loaded }), digest, ...counted });
    },
    save() {
      parts.remember();
      memo.save();
    },
  };
}

/** The common parts of the posts of a memo. */
interface CommonParts {
  /** A post that has numbers in the place of its common parts. */
  pack(post: Post): Post;
  /** Puts the common parts in the place of their numbers. */
  unpack(post: object): void;
  remember(): void;
}

function openCommonParts(memo: Memo<Learned>): CommonParts {
  const known = once(() => memo.find(partsName, partsFrom)?.texts ?? []);
  const texts = once(() => [...known()]);
  const numbers = once(() => new Map(texts().map((text, number) => [text, number])));
  const values: unknown[] = [];
  const numberOf = (text: string): number => {
    const number = numbers().get(text) ?? texts().push(text) - 1;
    numbers().set(text, number);
    return number;
  };
  return {
    pack(post) {
      const packed = commonParts.map((part) => [part, numberOf(JSON.stringify(post[part]))] as const);
      return { ...post, ...(Object.fromEntries(packed) as object) };
    },
    unpack(post) {
      for (const part of commonParts) {
        const number: unknown = Reflect.get(post, part);
        if (typeof number !== 'number') continue;
        values[number] ??= JSON.parse(texts()[number] ?? '');
        Reflect.set(post, part, values[number]);
      }
    },
    remember() {
      if (texts().length > known().length) memo.remember(partsName, partsFrom, { texts: texts() });
    },
  };
}
