import type { Blog } from '../blog/load.ts';
import type { StoredPiece, Ledger } from '../model/ledger.ts';
import { idOf, type Action, type Plan } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';

/** What is taken from the pages of the posts that actions send, as it was when the plan was made: ISO 8601 in UTC. */
export function listPieces(actions: readonly Action[], blog: Blog, at: string): Plan['pieces'] {
  const posts = new Set(actions.flatMap(listSent));
  const taken = [...posts].flatMap((postId): readonly [PostId, readonly StoredPiece[]][] => {
    const stored = listStoredPieces(postId, blog, at);
    return stored.length === 0 ? [] : [[postId, stored]];
  });
  return taken.length === 0 ? undefined : Object.fromEntries(taken);
}

/** What is taken from the page of a post, as the ledger keeps it. `at` is ISO 8601 in UTC. */
export function listStoredPieces(postId: PostId, { pages }: Blog, at: string): readonly StoredPiece[] {
  return pages.list(postId).map(({ key, name, piece }): StoredPiece => {
    return { v: 1, kind: 'piece', at, key, name, page: piece.page, piece: { ...piece } };
  });
}

/** Records what is taken from the pages of posts, before anything of them is sent. */
export async function recordPieces(
  pieces: Plan['pieces'] = {},
  actions: readonly Action[],
  ledger: Ledger,
): Promise<void> {
  const sent = new Set(actions.flatMap(listSent));
  await Promise.all(
    Object.entries(pieces).flatMap(([postId, own]) =>
      sent.has(postId) ? [ledger.storePieces(postId, own)] : [],
    ),
  );
}

/** The posts that an action sends something of, or writes to a feed. */
function listSent(action: Action): readonly PostId[] {
  if ('feed' in action) return 'references' in action ? action.references : [];
  return 'rendition' in action && action.verb !== 'wait' ? [idOf(action)] : [];
}
