import type { Config } from '../config/load.ts';
import { suggestWord } from '../base/errors.ts';
import { tuneForLooking, tuneForParsing } from '../base/tune-engine.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter, LetterId } from '../model/letter.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Content, Digests, Source } from '../model/source.ts';
import { dropSilenced, findSilenceFaults } from './silence.ts';
import { openPageShelf, type PageShelf, type ShelfGiven } from './page-shelf.ts';
import { checkPosts } from './check-posts.ts';
import { checkLetterIds } from './check-letter-ids.ts';
import { orderLetters } from './order-letters.ts';
import { keepOwnFiles } from './own-files.ts';
import { hasNamesakes, tellApart } from './tell-apart.ts';

/** Every post of every source, with the faults found on the way. */
export interface Blog {
  readonly posts: readonly Post[];
  /** Those that were read but are left out, because another post has their id or address, or their series has no order. */
  readonly refused: readonly Post[];
  /** What is written to be mailed, by sequence and place; each delay counts from the letter before. */
  readonly letters: readonly Letter[];
  /** What is wrong with where letters stand: an error keeps a letter from being mailed. */
  readonly letterFaults: ReadonlyMap<LetterId, readonly Diagnostic[]>;
  readonly diagnostics: readonly Diagnostic[];
  readonly read: (post: Post) => Promise<Content>;
  /** Reads a letter's body, or the body of the post that is mailed. */
  readonly readLetter: (letter: Letter) => Promise<Content>;
  /** The digests of a post's content, without parsing it. */
  readonly digest: (post: Post) => Digests;
  /** The digests of a letter's content, or of that of the post which is mailed. */
  readonly digestLetter: (letter: Letter) => Digests;
  /**
   * Tells what a file that the post's body names is on the site, from the file the body was read from, relative to the root;
   * nothing for a post of a source that has no files.
   */
  readonly findFileOf: (
    post: Post,
  ) => ((path: string, named: string) => string | false | null | undefined) | undefined;
  /** What the posts' pages show where markdown alone cannot tell. */
  readonly pages: PageShelf;
  /** Remembers what was learned of the posts for the next run. */
  readonly remember: () => void;
  /** The file of the post that each body for one target belongs to, by that body's file; relative to the root. */
  readonly variants: Readonly<Record<string, string>>;
}

/** What a blog is given of what is stored beside it. */
export interface BlogGiven extends ShelfGiven {
  /** Looks up the ids under which the ledger has copies, by their originals' canonical URLs: asked where posts share a name. */
  readonly recorded?: (() => Promise<ReadonlyMap<string, PostId>>) | undefined;
}

/**
 * Reads the front matter of every post; bodies are read when asked for, and the last `rememberedBodies` of them remembered: a tree takes
 * about a hundred times the memory of its text. What their pages show is put in where it is kept, or `look` may look at them.
 */
export async function loadBlog(
  config: Config,
  signal: AbortSignal,
  rememberedBodies = 60,
  given: BlogGiven = {},
): Promise<Blog> {
  tuneForLooking();
  const loaded = await Promise.all(
    config.sources.map(async (source) => keepOwnFiles(await source.load(signal), source, config.sources)),
  );
  const named = loaded.flatMap(({ posts }) => posts);
  const recorded = hasNamesakes(named) ? await given.recorded?.() : undefined;
  const all = tellApart(named, { ...config.site, recorded: recorded ?? new Map() });
  const checked = checkPosts(all);
  const sound = new Set(checked.posts);
  const sources = new Map(config.sources.map((source) => [source.name, source]));
  const sourceOf = ({ origin }: Post | Letter): Source => {
    const source = sources.get(origin.source);
    if (source === undefined) throw new TypeError(`no source is called ${origin.source}`);
    return source;
  };
  const readOwn = (post: Post): Promise<Content> => sourceOf(post).read(post, signal);
  const pages = openPageShelf(
    config,
    checked.posts,
    { read: readOwn, digest: (post) => sourceOf(post).digest(post).digest },
    given,
  );
  const known = checkLetterIds(
    loaded.flatMap(({ letters = [] }) => letters),
    all,
  );
  const { letters, faults: letterFaults } = orderLetters(known.letters);
  const byPath = new Map(checked.posts.map((post) => [post.origin.path, post]));
  const byId = new Map(checked.posts.map((post) => [post.id, post]));
  const found = [
    ...loaded.flatMap(({ diagnostics }) => diagnostics),
    ...checked.diagnostics,
    ...known.diagnostics,
    ...[...letterFaults.values()].flat(),
    ...checked.posts.flatMap((post) => findUnknownTargets(post, config)),
  ];
  const read = rememberLast(rememberedBodies, (post) => readOwn(post).then((own) => pages.place(post, own)));
  const digest = (post: Post): Digests => pages.count(post, sourceOf(post).digest(post));
  return {
    posts: checked.posts,
    letters,
    letterFaults,
    refused: all.filter((post) => !sound.has(post)),
    variants: Object.assign({}, ...loaded.map(({ variants }) => variants)),
    diagnostics: [
      ...found.flatMap((fault) =>
        dropSilenced([fault], byPath.get(fault.file) ?? byId.get(fault.postId ?? '') ?? {}, config.rules),
      ),
      ...checked.posts.flatMap((post) => findSilenceFaults(post, config.rules)),
    ],
    pages,
    digest,
    digestLetter(letter) {
      const post = byId.get(letter.id);
      return post === undefined ? sourceOf(letter).digest(letter) : digest(post);
    },
    findFileOf(post) {
      const source = sourceOf(post);
      return source.findFile && ((path, named) => source.findFile?.(post, path, named));
    },
    remember: () => {
      for (const source of config.sources) source.remember?.();
      pages.remember();
    },
    read,
    async readLetter(letter) {
      const post = byId.get(letter.id);
      if (post !== undefined) return read(post);
      const content = await sourceOf(letter).readLetter?.(letter, signal);
      if (content === undefined) throw new TypeError(`${letter.origin.source} has no letters`);
      return content;
    },
  };
}

/** Reads the content of a post where it is not among the last `count` that were asked for. */
function rememberLast(
  count: number,
  read: (post: Post) => Promise<Content>,
): (post: Post) => Promise<Content> {
  const contents = new Map<PostId, Promise<Content>>();
  return (post) => {
    const content = contents.get(post.id) ?? read(post);
    contents.delete(post.id);
    contents.set(post.id, content);
    const [oldest] = contents.keys();
    if (contents.size > count && oldest !== undefined) {
      tuneForParsing();
      contents.delete(oldest);
    }
    return content;
  };
}

/** What is wrong with a post that names targets which the config does not have. */
function findUnknownTargets(post: Post, config: Config): readonly Diagnostic[] {
  const known = config.targets.map((target) => target.name);
  const named = post.syndicate === false ? [] : Object.keys(post.syndicate);
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = suggestWord(name, known);
      return {
        rule: 'post-syndicate-unknown',
        severity: 'warning',
        message: `\`syndicate\` names "${name}", which is not a target in the config.`,
        remedy: near === undefined ? `The targets are ${known.join(', ')}.` : `Did you mean "${near}"?`,
        file: post.origin.path,
        ...(post.places.syndicate ?? { line: 1, column: 1 }),
        postId: post.id,
      };
    });
}
