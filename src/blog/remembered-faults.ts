import { join } from 'node:path';
import { digestList, digestText } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { openMemo } from '../base/memo.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Json, Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { ChosenDigests, Content, Digests } from '../model/source.ts';
import { isFileGone } from './find-page.ts';
import { hasMarks } from './has-marks.ts';
import type { Blog } from './load.ts';
import { listBuilt } from './locate-pictures.ts';

/** What is wrong with a post on all targets it concerns, and the post as an item of each feed that shows it. */
export interface Audited {
  readonly faults: readonly Diagnostic[];
  /** By the feed's name. */
  readonly items: Readonly<Record<string, Rendition>>;
}

/** What was found, and the files beside the post at that time. */
interface Remembered extends Audited {
  /** What each file that a body names was on the site; `false` where nobody could tell. */
  readonly files: readonly (readonly [body: string, named: string, found: string | null | false])[];
  /** The digests of the other posts that were read, by id. */
  readonly read: Readonly<Record<PostId, string>>;
  /** The version of the pages that complete the post, where some do. */
  readonly pages?: string;
  /** Where pictures would be in the built folder that completes the post, and whether it lacked them. */
  readonly built?: ReturnType<typeof listBuilt>;
}

/** The faults and items of unchanged posts. Only ever a shortcut. */
export interface RememberedFaults {
  /** What was found in a post; asked before it is read. */
  find(post: Post): Audited | undefined;
  /** Remembers what was found in a post, for which the posts `read` were read; not what nobody could read. */
  remember(post: Post, audited: Audited, read: ReadonlySet<Post>): Promise<void>;
  save(): void;
}

/**
 * Opens what earlier runs found in a blog's posts. What was found depends on the config, the post and its bodies, what the other
 * posts show of themselves, the bodies that its links lead into, and the files that it names. Those of a source that has no files
 * are not remembered, since its digests leave out what no copy shows; nor are those of a post that a page on the site completes.
 */
export function openRememberedFaults(config: Config, blog: Blog, site: Site): RememberedFaults {
  const name = `faults-${digestText(config.file).slice(0, 8)}`;
  const memo = openMemo<Remembered>(config.root, name, config.digest);
  const own = new Map(blog.posts.map((post) => [post.id, post]));
  const withPages = new Set(config.sources.flatMap(({ name, pages }) => (pages === undefined ? [] : [name])));
  const inFolders = new Map(
    config.sources.flatMap(({ name, pages }) => (typeof pages === 'object' ? [[name, pages.from]] : [])),
  );
  const heads = digestList(blog.posts.map((post) => describeHead(post, site)));

  const describe = (post: Post, digests: Digests): string =>
    digestText(JSON.stringify([heads, post, digests, site.seriesByPost.get(post.id)]));
  const isBuilt = ({ origin }: Post, built: Remembered['built'] = []): boolean => {
    const folder = join(config.root, inFolders.get(origin.source) ?? '');
    return built.every(([address, isGone]) => isFileGone(address, folder, config.site.url) === isGone);
  };
  const digestOther = (id: PostId): string | undefined => {
    const post = own.get(id);
    return post && joinDigests(blog.digest(post));
  };
  return {
    find(post) {
      const findFile = own.get(post.id) === post && memo.knows(post.id) ? blog.findFileOf(post) : undefined;
      if (findFile === undefined) return undefined;
      try {
        const remembered = memo.find(post.id, describe(post, blog.digest(post)));
        if (remembered === undefined) return undefined;
        const isSame =
          remembered.files.every(([body, named, found]) => tellFile(findFile(body, named)) === found) &&
          Object.entries(remembered.read).every(([id, digest]) => digestOther(id) === digest) &&
          (remembered.pages === undefined || remembered.pages === blog.pages.findVersion(post)) &&
          isBuilt(post, remembered.built);
        return isSame ? remembered : undefined;
      } catch (error) {
        if (error instanceof BroadsideError) return undefined;
        throw error;
      }
    },
    async remember(post, audited, read) {
      if (own.get(post.id) !== post || blog.findFileOf(post) === undefined) return;
      try {
        const content = await blog.read(post);
        const isCompletedHere =
          withPages.has(post.origin.source) &&
          (isCompleted(content) ||
            (inFolders.has(post.origin.source) &&
              (listFiles(post, content).length > 0 || post.cover !== undefined)));
        const pages = isCompletedHere ? blog.pages.findVersion(post) : undefined;
        if (isCompletedHere && pages === undefined) return;
        const others: Record<PostId, string> = {};
        for (const other of read) if (other !== post) others[other.id] = joinDigests(await blog.read(other));
        const files = listFiles(post, content);
        const from = inFolders.get(post.origin.source);
        memo.remember(post.id, describe(post, listDigests(content)), {
          ...audited,
          files,
          read: others,
          ...(pages !== undefined && { pages }),
          ...(from !== undefined && { built: listBuilt(post, content, from, config) }),
        });
      } catch (error) {
        if (!(error instanceof BroadsideError || error instanceof RangeError)) throw error;
      }
    },
    save: () => memo.save(),
  };
}

/** What other posts may show of a post: its address, whether it is out, and its title. */
function describeHead({ id, origin, canonicalUrl, title, lang, draft, publishAt }: Post, site: Site): Json {
  return [id, origin.path, canonicalUrl, title, lang, draft, publishAt, site.awaited?.has(id) === true];
}

/** Whether something in a body is, or is to be, taken from the post's page. */
function isCompleted({ variants = {}, ...own }: Content): boolean {
  return [own, ...Object.values(variants)].some(({ tree, taken }) => taken !== undefined || hasMarks(tree));
}

/** One text for the digests of a post that another links into. */
function joinDigests({ digest, page }: ChosenDigests): string {
  return page === undefined ? digest : `${digest} ${page}`;
}

/** What `Blog.digest` gives for content that was read, without what its page completes. */
function listDigests({ digest, page: now = '', pageBefore = now, variants }: Content): Digests {
  const page = pageBefore === '' ? {} : { page: pageBefore };
  if (variants === undefined) return { digest, ...page };
  const others = Object.entries(variants).map(([target, variant]) => [target, variant.digest] as const);
  return { digest, ...page, variants: Object.fromEntries(others) };
}

function listFiles(
  { origin }: Post,
  { path = origin.path, files, ownFiles, variants = {} }: Content,
): Remembered['files'] {
  return [{ path, files, ownFiles }, ...Object.values(variants)].flatMap((body) =>
    Object.entries(body.ownFiles ?? body.files ?? {}).map(
      ([named, found]) => [body.path, named, tellFile(found)] as const,
    ),
  );
}

/** JSON knows no undefined. */
function tellFile(found: string | false | null | undefined): string | null | false {
  return found === undefined ? '' : found;
}
