import { BroadsideError } from '../base/errors.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { isWebAddress } from '../model/address.ts';
import type { CopyStates, Receipt } from '../model/ledger.ts';
import type { Post } from '../model/post.ts';
import type { HandTarget, HoldingTarget } from '../model/target.ts';
import { linkKeys, urlKey } from '../reading/url-key.ts';

/** What an address that a person gives for a copy is checked against. */
export interface AddressGrounds {
  readonly post: Post;
  readonly target: HandTarget;
  readonly posts: readonly Post[];
  readonly states: CopyStates;
  /** What is done where another copy is there too. */
  readonly ifElsewhere: 'refuse' | 'take';
}

/**
 * The id of a copy made by hand, read from its address. Throws `COPY_ADDRESS_UNLIKELY` unless the address is https, is no
 * original's and has no other copy.
 */
export function identifyCopy(address: string, grounds: AddressGrounds): string {
  const { post, target, posts, states, ifElsewhere } = grounds;
  const shown = cleanForTerminal(address);
  const isSecure = isWebAddress(address) && new URL(address).protocol === 'https:';
  const remoteId = target.identify === undefined ? address : target.identify(address);
  if (!isSecure || remoteId === undefined) {
    throw refuse(
      `${shown} is not the address of a copy on ${target.name}.`,
      'Open the copy in a browser and take its address from there; it begins with https.',
    );
  }
  const keys = linkKeys(address);
  const original = posts.find(({ canonicalUrl }) => keys.includes(urlKey(canonicalUrl)));
  if (original !== undefined) {
    const whose = original.id === post.id ? 'the original itself' : `the original of ${original.id}`;
    throw refuse(`${shown} is ${whose}, not a copy.`, 'Give the address that the copy has where you put it.');
  }
  const taken = [...states.values()].find(
    ({ copy, receipt }) =>
      receipt !== undefined &&
      receipt.state !== 'gone' &&
      (copy.target !== target.name || copy.postId !== post.id) &&
      isSameAddress(receipt.url, address),
  );
  if (taken !== undefined && ifElsewhere === 'refuse') {
    const { target: other, postId } = taken.copy;
    throw refuse(
      `${shown} is recorded already, as the copy of ${postId} on ${other}.`,
      'Check the address, or add --anyway if both are really there.',
    );
  }
  return remoteId;
}

/** A target's id of a copy. One that was made by hand, before the target was connected, is known by its address. */
export function findRemoteId(target: HoldingTarget, { remoteId, url, by }: Receipt): string {
  return (by !== undefined && target.by === 'program' ? target.identify?.(url) : undefined) ?? remoteId;
}

/** Whether two addresses lead to the same place of the same page. */
export function isSameAddress(one: string, other: string): boolean {
  return urlKey(one) === urlKey(other) && URL.parse(one)?.hash === URL.parse(other)?.hash;
}

function refuse(message: string, remedy: string): BroadsideError {
  return new BroadsideError('COPY_ADDRESS_UNLIKELY', message, { remedy });
}
