import { findDigests } from './find-digests.ts';
import { digestText } from '../base/digest.ts';
import type { Blog } from '../blog/load.ts';
import { hasMarks } from '../blog/has-marks.ts';
import { openPostRenderer, type PostRenderer } from '../blog/render-posts.ts';
import type { Config } from '../config/load.ts';
import { stateKey } from '../model/ledger.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content, Digests } from '../model/source.ts';
import type { CopyRenderer } from '../plan/decide-copies.ts';
import { digestHeads } from './digest-heads.ts';

/** How many renditions are remembered, without their bodies: those asked for last. */
const mostRemembered = 30_000;

type RenderedCopy = Awaited<ReturnType<CopyRenderer>>;

/** A rendition, and what it was made from beside what its key tells. */
interface Remembered {
  readonly rendered: RenderedCopy;
  readonly files: NonNullable<Content['files']>;
  /** The digests of the other posts whose bodies were read for it, by id. */
  readonly others: ReadonlyMap<PostId, string>;
}

/** Renders the copies of a blog, but for those that are as they were. */
interface RememberingRenderer {
  /** What is remembered of a copy; undefined where it has to be rendered. */
  readonly find: (...copy: Parameters<CopyRenderer>) => RenderedCopy | undefined;
  readonly render: CopyRenderer;
}

/** Renditions by which copies were decided, remembered while the blog is read again and again. */
export interface RememberedRenditions {
  readonly open: (blog: Blog, config: Config, site: Site) => RememberingRenderer;
}

/**
 * Remembers the renditions that were asked for last, but for those of posts that a page of the site completes or that have several bodies.
 * No body is remembered, since no copy is decided by it.
 */
export function rememberRenditions(): RememberedRenditions {
  const remembered = new Map<string, Remembered>();
  const put = (key: string, one: Remembered): void => {
    remembered.delete(key);
    remembered.set(key, one);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  };
  return {
    open(blog, config, site) {
      const shared = digestText(JSON.stringify([config.digest, digestHeads(blog, site)]));
      const links = new Map(
        [...site.copies].map(([name, urls]) => [name, digestText(JSON.stringify([...urls]))]),
      );
      const byId = new Map(blog.posts.map((post) => [post.id, post]));
      const digestOf = (post: Post | undefined): string =>
        post === undefined ? '' : JSON.stringify(findDigests(blog, post));
      const isSame = (post: Post, { files, others }: Remembered): boolean => {
        const findFile = blog.findFileOf(post);
        return (
          findFile !== undefined &&
          Object.entries(files).every(([named, found]) => findFile(post.origin.path, named) === found) &&
          [...others].every(([id, digest]) => digestOf(byId.get(id)) === digest)
        );
      };
      const opened = new Map<PostId, Opened>();
      const keyOf = (post: Post, name: string, digests: Digests | undefined): string => {
        const made = [shared, links.get(name), post, digests, site.seriesByPost.get(post.id)];
        return `${stateKey({ target: name, postId: post.id })} ${digestText(JSON.stringify(made))}`;
      };
      return {
        find(post, [{ name }]) {
          const key = keyOf(post, name, findDigests(blog, post));
          const known = remembered.get(key);
          if (known === undefined || !isSame(post, known)) return undefined;
          put(key, known);
          return known.rendered;
        },
        async render(post, targets) {
          const digests = findDigests(blog, post);
          const own = opened.get(post.id) ?? openOne(blog, config, site);
          opened.set(post.id, own);
          const rendered = await own.render(post, targets);
          const noted = own.read.get(post);
          if (noted?.files === undefined || noted.digest !== digests?.digest) return rendered;
          const others = [...own.read.keys()].filter((one) => one !== post);
          const slim = dropBodies(rendered);
          put(keyOf(post, targets[0].name, digests), {
            rendered: slim,
            files: noted.files,
            others: new Map(others.map((one) => [one.id, digestOf(one)])),
          });
          return slim;
        },
      };
    },
  };
}

function dropBodies({ diagnostics, shown }: RenderedCopy): RenderedCopy {
  const slim = [...shown].map(
    ([target, { rendition }]) => [target, { rendition: { ...rendition, body: '' } }] as const,
  );
  return { diagnostics, shown: new Map(slim) };
}

/** What renders one post, and what is to be known of the bodies that were read for it. */
interface Opened {
  readonly render: PostRenderer;
  readonly read: ReadonlyMap<Post, Noted>;
}

/** The digest of a body, and its files; no files where it was made from more than these two tell. */
interface Noted {
  readonly digest: string;
  readonly files?: Remembered['files'];
}

function openOne(blog: Blog, config: Config, site: Site): Opened {
  const read = new Map<Post, Noted>();
  const watched: Blog = {
    ...blog,
    async read(post) {
      const content = await blog.read(post);
      const { digest, files = {} } = content;
      read.set(post, isPlain(content) ? { digest, files } : { digest });
      return content;
    },
  };
  return { render: openPostRenderer(watched, config, site), read };
}

/** Whether a post has one body, which nothing of its page stands in. */
function isPlain({ tree, variants, path, cover, taken, page, pageBefore }: Content): boolean {
  const beside = [variants, path, cover, taken, page, pageBefore];
  return beside.every((one) => one === undefined) && !hasMarks(tree);
}
