import { BroadsideError } from '../base/errors.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { isWebAddress } from '../model/address.ts';
import type { CopyState } from '../model/ledger.ts';
import type { Letter } from '../model/letter.ts';
import type { Post } from '../model/post.ts';
import type { HoldingTarget, Observation, SendingTarget } from '../model/target.ts';
import type { Workbench } from './workbench.ts';

type Present = Extract<Observation, { seen: 'present' }>;

/** A copy that a person tells of, with its post or letter where that is still there. */
export interface CopyTold {
  readonly target: HoldingTarget;
  readonly post: Post | Letter | undefined;
  readonly state: CopyState;
}

/** Where a copy is, as its address tells and as the target says where it can be asked. */
interface CopyPlace {
  readonly remoteId: string;
  readonly url: string;
  readonly found: Present | undefined;
}

/**
 * Finds a copy at the address that a person gives. Throws `USAGE` where none can be there, and `COPY_UNKNOWN` where the target can be
 * asked and has none there.
 */
export async function locateCopy(bench: Workbench, told: CopyTold, address: string): Promise<CopyPlace> {
  const { target } = told;
  const remoteId = target.identify === undefined ? address : target.identify(address);
  if (remoteId === undefined || !isWebAddress(address)) {
    throw new BroadsideError(
      'USAGE',
      `${cleanForTerminal(address)} is not the address of a copy on ${target.name}.`,
      {
        remedy: 'Open the copy in your browser, and take the address that you see there.',
      },
    );
  }
  const found =
    target.by === 'program' && target.capabilities.observe
      ? await askFor(bench, { ...told, target }, remoteId)
      : undefined;
  return found === undefined
    ? { remoteId, url: dropQuery(target, address), found }
    : { remoteId: found.remoteId, url: found.url, found };
}

/** Asks the target for the very copy; nothing where it cannot be asked. Throws `COPY_UNKNOWN` where it has none. */
async function askFor(
  { connect, report, signal }: Workbench,
  { target, post, state }: CopyTold & { readonly target: SendingTarget },
  remoteId: string,
): Promise<Present | undefined> {
  const { postId } = state.copy;
  const canonicalUrl = post?.canonicalUrl ?? state.receipt?.canonicalUrl ?? '';
  let seen: Observation | undefined;
  try {
    const connection = await connect(target);
    [seen] = await connection.observe([{ postId, canonicalUrl, remoteId }], signal);
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    report(`${target.name} was not asked, so this goes by what you say: ${error.message}\n`);
    return undefined;
  }
  if (seen === undefined || seen.seen === 'unknown') return undefined;
  if (seen.seen === 'present' && (target.identify?.(seen.url) ?? seen.url) === remoteId) return seen;
  throw new BroadsideError('COPY_UNKNOWN', `${target.name} has no such copy in this account.`, {
    remedy:
      seen.seen === 'present'
        ? `Its copy of ${postId} is at ${seen.url}; give that address.`
        : 'Check the address, or run with --not-posted.',
  });
}

/** An address without what trackers add to it, where the copy is named before that. */
function dropQuery(target: HoldingTarget, address: string): string {
  const { origin, pathname, search } = new URL(address);
  const plain = origin + pathname;
  return target.identify?.(plain) === target.identify?.(address) ? plain : plain + search;
}
