import type { TakenIds } from '../../model/target.ts';

/** The parts of a feed's tag URIs (RFC 4151) that config may give, and the ids that stay as they were. */
export interface FeedIdentity {
  /** A host name the author holds; by default that of the site. */
  readonly authority: string | undefined;
  /** A day on which the author held it: `YYYY-MM-DD`. */
  readonly since: string;
  /** The ids of items that readers knew before, by post id. */
  readonly taken: TakenIds;
}

/** An item's ids: `guid` for RSS and JSON Feed, where any text may be one, and `id` for Atom, where it is a URI. */
export interface ItemIds {
  readonly id: string;
  readonly guid: string;
  readonly isPermaLink: boolean;
}

/** The day in the ids of feeds whose config gives none. Changing it would show every reader every post again. */
export const defaultSince = '2026-01-01';

/** What Atom takes for an id: an absolute URI (RFC 4287, 4.2.6). */
const absoluteUri = /^[a-z][a-z\d+.-]*:[\w;/?:@&=+$.\-!~*'()%,#]+$/i;

/** An item's ids: those it was known by before, else one such as `tag:example.com,2026-01-01:my-post`, wherever the post moves to. */
export function nameItem(identity: FeedIdentity, siteUrl: string, postId: string): ItemIds {
  const tag = `${startTag(identity, siteUrl)}${encodeURIComponent(postId.toWellFormed())}`;
  const taken = Object.hasOwn(identity.taken, postId) ? identity.taken[postId] : undefined;
  if (taken === undefined) return { id: tag, guid: tag, isPermaLink: false };
  const { guid } = taken;
  return {
    id: absoluteUri.test(guid) ? guid : tag,
    guid,
    isPermaLink: taken.isPermaLink && /^https?:/i.test(guid),
  };
}

/** A feed's own id. Its slash keeps it apart from those of items. */
export function nameFeed(identity: FeedIdentity, siteUrl: string, target: string): string {
  return `${startTag(identity, siteUrl)}/${encodeURIComponent(target)}`;
}

function startTag({ authority, since }: FeedIdentity, siteUrl: string): string {
  return `tag:${authority ?? new URL(siteUrl).hostname},${since}:`;
}
