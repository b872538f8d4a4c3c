import { safeName, withDigest } from '../base/safe-name.ts';
import type { CopyKey } from '../model/ledger.ts';

const linesFile = /^[^./][^/]*\/[^./][^/]*\.jsonl$/;

/** The ledger's own names beside the targets' folders. */
export const layoutFile = 'ledger.json';
export const bodiesFolder = 'bodies';
const piecesFolder = 'pages';

const ownFolders: ReadonlySet<string> = new Set([bodiesFolder, piecesFolder]);

/** The file of one copy inside a ledger, with forward slashes; two copies never share one, on any disk. */
export function pathOfCopy(copy: CopyKey): string {
  const folder = ownFolders.has(copy.target) ? withDigest(copy.target) : safeName(copy.target);
  return `${folder}/${safeName(copy.postId)}.jsonl`;
}

/** The file that keeps a body inside a ledger, with forward slashes. */
export function pathOfBody(fingerprint: string): string {
  return `${bodiesFolder}/${safeName(fingerprint)}`;
}

/** Whether a file inside a ledger is where a copy's entries would be. */
export function isCopyPath(path: string): boolean {
  return linesFile.test(path) && !ownFolders.has(folderOf(path));
}

/** The file of one post's pieces inside a ledger, with forward slashes. */
export function pathOfPieces(postId: string): string {
  return `${piecesFolder}/${safeName(postId)}.jsonl`;
}

/** Whether a file inside a ledger is where a post's pieces would be. */
export function isPiecesPath(path: string): boolean {
  return linesFile.test(path) && folderOf(path) === piecesFolder;
}

/** Whose pieces a file is for, where its name alone tells. */
export function findPiecesOwner(path: string): string | undefined {
  const postId = path.slice(piecesFolder.length + 1).replace(/\.jsonl$/, '');
  return pathOfPieces(postId) === path ? postId : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

/** Whose entries a file is for, where its name alone tells. */
export function findOwner(path: string): CopyKey | undefined {
  const [, target = '', postId = ''] = /^([^/]+)\/([^/]+)\.jsonl$/.exec(path) ?? [];
  const copy = { target, postId };
  return pathOfCopy(copy) === path ? copy : undefined;
}
