import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../base/parse-json.ts';
import { isFields } from '../base/is-fields.ts';
import { BroadsideError } from '../base/errors.ts';
import type { StoredPiece, PostPieces } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import { findPiecesOwner, pathOfPieces } from './copy-path.ts';
import { damaged, newer, unreadable, type FilePlace } from './lines.ts';

/** The version of these files that this program reads and writes. */
const version = 1;

interface PiecesFile {
  readonly postId: PostId;
  readonly pieces: readonly StoredPiece[];
  /** Bytes up to and including the last line break; what follows was never finished. */
  readonly durableLength: number;
}

/** What is to be written so that a post's file holds pieces: `text` behind the first `durableLength` bytes of it. */
export interface PieceLines {
  readonly durableLength: number;
  readonly text: string;
}

/** The lines that a post's file lacks of some pieces; none where each is the last of its mark already. */
export function addPieces(
  postId: PostId,
  pieces: readonly StoredPiece[],
  held: Uint8Array | undefined,
  place: FilePlace,
): PieceLines | undefined {
  const file = held && parsePieces(held, place);
  const last = new Map(file?.pieces.map((one) => [one.key, one]));
  const missing = pieces.filter((one) => !isSame(last.get(one.key), one));
  if (missing.length === 0) return undefined;
  const header = file === undefined ? [{ v: version, kind: 'pieces', postId }] : [];
  const text = [...header, ...missing].map((line) => `${JSON.stringify(line)}\n`).join('');
  return { durableLength: file?.durableLength ?? 0, text };
}

/** Whether two say the same of a mark, whenever they were taken. */
function isSame(one: StoredPiece | undefined, other: StoredPiece): boolean {
  return one !== undefined && isDeepStrictEqual({ ...one, at: '' }, { ...other, at: '' });
}

/** The pieces in a post's file: the last of each mark. A damaged file has no pieces, and affects no other file. */
export function readPieceFile(place: FilePlace, read: () => Uint8Array): readonly [PostId, PostPieces] {
  try {
    const { postId, pieces } = parsePieces(read(), place);
    return [postId, { pieces: [...new Map(pieces.map((one) => [one.key, one])).values()] }];
  } catch (error) {
    const owner = findPiecesOwner(place.path);
    if (!(error instanceof BroadsideError) || owner === undefined) throw error;
    const { message, remedy, file, line } = error;
    const where = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
    return [owner, { pieces: [], unreadable: { message, remedy, ...where } }];
  }
}

/** How many pieces a file has, whatever else is in it. */
export function countPieces(bytes: Uint8Array): number {
  return splitLines(bytes).filter((line) => isPiece(parseJson(line))).length;
}

/** All pieces in a post's file. Throws `LEDGER_UNREADABLE` for a line that is none, except an unfinished last one. */
export function parsePieces(bytes: Uint8Array, place: FilePlace): PiecesFile {
  const [header, ...lines] = splitLines(bytes);
  if (header === undefined || lines.length === 0) throw damaged(place, 'has no whole piece');
  const postId = parseHeader(header, place);
  const pieces = lines.map((line, index): StoredPiece => {
    const value = parseJson(line);
    if (isPiece(value)) return value;
    if (isNewer(value)) throw newer(place, index + 2);
    throw unreadable(place, index + 2, 'is no piece of a page');
  });
  return { postId, pieces, durableLength: bytes.lastIndexOf(0x0a) + 1 };
}

function splitLines(bytes: Uint8Array): readonly string[] {
  const durable = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  return Buffer.from(durable).toString('utf8').split('\n').slice(0, -1);
}

function parseHeader(line: string, place: FilePlace): PostId {
  const value = parseJson(line);
  if (isNewer(value)) throw newer(place, 1);
  const { v, kind, postId } = isFields(value) ? value : {};
  if (v !== version || kind !== 'pieces' || typeof postId !== 'string' || pathOfPieces(postId) !== place.path)
    throw unreadable(place, 1, 'does not say whose pieces the file has');
  return postId;
}

function isPiece(value: unknown): value is StoredPiece {
  if (!isFields(value) || value['v'] !== version || value['kind'] !== 'piece') return false;
  const { at, key, name, page, piece } = value;
  return [at, key, name, page].every((one) => typeof one === 'string') && piece !== undefined;
}

function isNewer(value: unknown): boolean {
  return isFields(value) && typeof value['v'] === 'number' && value['v'] > version;
}
