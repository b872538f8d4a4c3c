import { isFields } from '../base/is-fields.ts';
import { escapeHtml, unescapeHtml } from '../base/escape-html.ts';
import { BroadsideError } from '../base/errors.ts';
import { digestJson, digestList, digestText } from '../base/digest.ts';
import type { Config } from '../config/load.ts';
import type { StoredPiece, PostPieces } from '../model/ledger.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Content, Digests, PagesPlace, Source, TakenMark, Variant } from '../model/source.ts';
import type { Mark, Missing, Piece, Pieces } from '../pages/define.ts';
import { hasMarks } from './has-marks.ts';
import {
  listBeside,
  locateBuilt,
  locateLive,
  mayRename,
  movePictures,
  type Sought,
} from './locate-pictures.ts';
import { lacksFile, type LookAtPage } from './look-at-pages.ts';
import { markRenamed } from './mark-renamed.ts';
import { openTaking, type Taking, type TakingGiven } from './take-pieces.ts';

/** A piece that is, or is to be, stored for a mark. */
interface TakenPiece {
  readonly key: string;
  /** The mark as people know it. */
  readonly name: string;
  readonly piece: Piece;
}

/** What the pages of a blog's posts show where markdown alone cannot tell. */
export interface PageShelf {
  /** Content with what the post's page shows in the place of its marks. Throws `LEDGER_UNREADABLE` where its pieces cannot be read. */
  place(post: Post, content: Content): Promise<Content>;
  /** The digests of a post's content, its pieces included. Throws `LEDGER_UNREADABLE`. */
  count(post: Post, digests: Digests): Digests;
  /** The pieces that the content of a post read in this run was made with. */
  list(postId: PostId): readonly TakenPiece[];
  /** The version of all the files that a post's pieces are taken from; undefined where nobody can tell without reading them. */
  findVersion(post: Post): string | undefined;
  /** Takes over the pieces that a plan was made with. */
  takeOver(postId: PostId, pieces: readonly StoredPiece[]): void;
  /** Has the pieces of a post taken anew, once. */
  retake(postId: PostId): void;
  /** Remembers what was seen on pages for the next run. */
  remember(): void;
}

/** What a shelf is given. */
export interface ShelfGiven {
  /** The pieces that the ledger has. */
  readonly stored?: ReadonlyMap<PostId, PostPieces> | undefined;
  /** Looks at a page on the site; without it, none is looked at. */
  readonly look?: LookAtPage | undefined;
}

/** What is known of the marks of one post, by their keys. */
interface Shelf {
  /** The pieces that were kept before this run. */
  readonly kept: ReadonlyMap<string, TakenPiece>;
  readonly pieces: Map<string, TakenPiece>;
  /** What was looked for in this run, and why it was not found. */
  readonly looked: Map<string, Missing | undefined>;
  /** Those that the post's content was made with. */
  used: ReadonlySet<string>;
  /** Whether a person asked to have them taken anew. */
  isRetaken: boolean;
}

type Body = Pick<Content, 'tree' | 'digest' | 'text'>;

/** A body with its pieces in it. */
type Placed = Pick<Content, 'tree' | 'taken'>;

/** Opens the shelf of a blog; `read` and `digest` give a post's own content, and `posts` are all of its posts. */
export function openPageShelf(
  config: Config,
  posts: readonly Post[],
  { read, digest }: Pick<TakingGiven, 'read' | 'digest'>,
  { stored, look }: ShelfGiven,
): PageShelf {
  const places = new Map(config.sources.map(({ name, pages }: Source) => [name, pages]));
  const shelves = new Map<PostId, Shelf>();
  const takings = new Map<string, Taking>();
  const retaken = new Set<PostId>();

  const shelfOf = (postId: PostId): Shelf => {
    const shelf = shelves.get(postId) ?? openShelf(stored?.get(postId), retaken.has(postId));
    shelves.set(postId, shelf);
    return shelf;
  };

  const takingOf = (source: string, place: PagesPlace): Taking => {
    const own = posts.filter(({ origin }) => origin.source === source);
    const given = { config, source, place, look, read, digest, posts: own };
    const taking = takings.get(source) ?? openTaking(given);
    takings.set(source, taking);
    return taking;
  };

  return {
    async place(post, own) {
      const { source } = post.origin;
      const place = places.get(source);
      if (place === undefined) return own;
      const shelf = shelfOf(post.id);
      const located =
        place === 'live'
          ? await takePictures(shelf, post, own, config, () => takingOf(source, place).see(post))
          : { sought: await locateBuilt(post, own, place.from, config), keys: [] };
      const content = markRenamed(movePictures(own, post, located.sought));
      const { placed, used } = await placeBodies(shelf, content, async (body, marks) => {
        const wanted = marks.filter(({ key }) => isWanted(shelf, key, post, place, config));
        if (wanted.length === 0) return;
        const found = await takingOf(source, place).take(post, { ...body, marks }, shelf.isRetaken);
        putAway(shelf, wanted, found);
      });
      shelf.used = new Set([...used, ...located.keys]);
      for (const key of shelf.pieces.keys()) if (!shelf.looked.has(key)) shelf.looked.set(key, undefined);
      return replaceTrees(content, placed, digestPieces(shelf.pieces), digestPieces(shelf.kept));
    },
    count(post, digests) {
      const place = places.get(post.origin.source);
      if (place === undefined) return digests;
      const shelf = shelfOf(post.id);
      const isOutdated = [...shelf.pieces.keys()].some((key) => isWanted(shelf, key, post, place, config));
      const page = `${digestPieces(shelf.pieces)}${isOutdated ? ' retaken' : ''}`;
      return page === '' ? digests : { ...digests, page };
    },
    list: (postId) => {
      const shelf = shelves.get(postId);
      return shelf === undefined ? [] : [...shelf.used].flatMap((key) => shelf.pieces.get(key) ?? []);
    },
    findVersion(post) {
      const { source } = post.origin;
      const place = places.get(source);
      return place && takingOf(source, place).findVersion(post);
    },
    takeOver(postId, pieces) {
      const shelf = shelfOf(postId);
      for (const one of readPieces(pieces)) {
        shelf.pieces.set(one.key, one);
        shelf.looked.set(one.key, undefined);
      }
    },
    retake(postId) {
      retaken.add(postId);
      const shelf = shelves.get(postId);
      if (shelf !== undefined) shelf.isRetaken = true;
    },
    remember() {
      for (const taking of takings.values()) taking.remember();
    },
  };
}

/** Where the post's page on the site shows pictures under other names: as was kept, else as the page has them now. */
async function takePictures(
  shelf: Shelf,
  post: Post,
  own: Content,
  config: Config,
  see: () => Promise<string | undefined>,
): Promise<{ readonly sought: Sought; readonly keys: readonly string[] }> {
  const { folder = '' } = config.sources.find(({ name }) => name === post.origin.source) ?? {};
  const beside = listBeside(post, own).map((one) => ({ ...one, key: digestText(`picture ${one.named}`) }));
  if (beside.length === 0 || !mayRename(folder, config))
    return { sought: { found: new Map(), lost: [] }, keys: [] };
  const wanted = beside.filter(({ key }) => isWanted(shelf, key, post, 'live', config));
  const html = wanted.length === 0 ? undefined : await see();
  const shown = html === undefined ? new Map<string, string>() : await locateLive(wanted, post, html);
  for (const { key, named } of wanted) {
    const src = shown.get(named);
    if (src === undefined) continue;
    const piece = {
      seen: 'content',
      html: `<img src="${escapeHtml(src)}">`,
      page: post.canonicalUrl,
      told: [],
    } as const;
    shelf.pieces.set(key, { key, name: named, piece });
    shelf.looked.set(key, undefined);
  }
  const found = beside.flatMap(({ key, named }): readonly [string, string][] => {
    const src = readSource(shelf.pieces.get(key)?.piece);
    return src === undefined ? [] : [[named, src]];
  });
  const keys = beside.flatMap(({ key }) => (shelf.pieces.has(key) ? [key] : []));
  return { sought: { found: new Map(found), lost: [] }, keys };
}

/** The bodies of a post that have marks, with their pieces in them, and the keys of the pieces that they show. */
async function placeBodies(
  shelf: Shelf,
  content: Content,
  take: (body: Body, marks: readonly Mark[]) => Promise<void>,
): Promise<{ readonly placed: ReadonlyMap<Body, Placed>; readonly used: ReadonlySet<string> }> {
  const bodies = [content, ...Object.values(content.variants ?? {})].filter(({ tree }) => hasMarks(tree));
  const placed = new Map<Body, Placed>();
  const used = new Set<string>();
  for (const body of bodies) {
    const { keys, ...rest } = await placeBody(shelf, body, (marks) => take(body, marks));
    placed.set(body, rest);
    for (const key of keys) if (shelf.pieces.has(key)) used.add(key);
  }
  return { placed, used };
}

/** A body with its pieces in it, and the keys of its marks; what is missing is taken first. */
async function placeBody(
  shelf: Shelf,
  { tree, text = '' }: Body,
  take: (marks: readonly Mark[]) => Promise<void>,
): Promise<Placed & { readonly keys: readonly string[] }> {
  const { findMarks } = await import('../pages/find-marks.ts');
  const { placePieces } = await import('../pages/place-pieces.ts');
  const marks = findMarks(tree, text);
  await take(marks);
  return {
    tree: placePieces(tree, marks, listFound(shelf, marks)),
    taken: listTaken(shelf, marks),
    keys: marks.map(({ key }) => key),
  };
}

function openShelf({ pieces, unreadable }: PostPieces = { pieces: [] }, isRetaken: boolean): Shelf {
  if (unreadable !== undefined) throw new BroadsideError('LEDGER_UNREADABLE', unreadable.message, unreadable);
  const taken = new Map(readPieces(pieces).map((one) => [one.key, one]));
  return { kept: taken, pieces: new Map(taken), looked: new Map(), used: new Set(), isRetaken };
}

/** Whether a mark has to be looked for on the page, for the first time or again. */
function isWanted(
  { pieces, looked, isRetaken }: Shelf,
  key: string,
  post: Post,
  place: PagesPlace,
  config: Config,
): boolean {
  if (looked.has(key)) return false;
  const taken = pieces.get(key);
  return taken === undefined || isRetaken || lacksFile(taken.piece, post, place, config);
}

/**
 * Puts what was found for marks on the shelf. If the page no longer shows a stored piece, the piece stays, unless a person asked to
 * retake it.
 */
function putAway({ pieces, looked, isRetaken }: Shelf, wanted: readonly Mark[], found: Pieces): void {
  for (const { key, name } of wanted) {
    const one = found.get(key);
    const isKept = pieces.has(key) && !isRetaken;
    looked.set(key, one?.seen === 'nothing' && !isKept ? one : undefined);
    if (one?.seen === 'content') pieces.set(key, { key, name, piece: one });
  }
}

/** What a tree shows in the place of each of its marks. */
function listFound({ pieces, looked }: Shelf, marks: readonly Mark[]): Pieces {
  return new Map(
    marks.flatMap(({ key }): readonly [string, Piece | Missing][] => {
      const found = looked.get(key) ?? pieces.get(key)?.piece;
      return found === undefined ? [] : [[key, found]];
    }),
  );
}

/** What stands in a tree in the place of its marks. */
function listTaken({ pieces, looked }: Shelf, marks: readonly Mark[]): readonly TakenMark[] {
  return marks.flatMap(({ key, name, place }): readonly TakenMark[] => {
    const piece = looked.get(key) === undefined ? pieces.get(key)?.piece : undefined;
    return piece === undefined ? [] : [{ name, place, page: piece.page, told: piece.told }];
  });
}

function replaceTrees(
  content: Content,
  placed: ReadonlyMap<Body, Placed>,
  page: string,
  pageBefore: string,
): Content {
  const variants = Object.entries(content.variants ?? {}).map(([target, variant]): [string, Variant] => [
    target,
    { ...variant, ...placed.get(variant) },
  ]);
  return {
    ...content,
    ...placed.get(content),
    ...(page !== '' && { page }),
    ...(page !== pageBefore && { pageBefore }),
    ...(content.variants !== undefined && { variants: Object.fromEntries(variants) }),
  };
}

/** The address in a piece that is a picture. */
function readSource(piece: Piece | undefined): string | undefined {
  const [, src] = /^<img src="([^"]*)">$/.exec(piece?.html ?? '') ?? [];
  return src === undefined ? undefined : unescapeHtml(src);
}

/** The digest of a post's pieces; empty where it has none. */
function digestPieces(pieces: ReadonlyMap<string, TakenPiece>): string {
  if (pieces.size === 0) return '';
  return digestList(
    [...pieces.values()].map(({ key, piece }) => `${key} ${digestJson({ ...piece })}`).toSorted(),
  );
}

/** The stored pieces, without empty ones. */
function readPieces(stored: readonly StoredPiece[]): readonly TakenPiece[] {
  return stored.flatMap(({ key, name, piece }) => (isPiece(piece) ? [{ key, name, piece }] : []));
}

function isPiece(value: unknown): value is Piece {
  if (!isFields(value)) return false;
  const { seen, html, page, told } = value;
  const isText = (one: unknown): boolean => typeof one === 'string';
  return seen === 'content' && isText(html) && isText(page) && Array.isArray(told) && told.every(isText);
}
