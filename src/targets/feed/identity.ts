/** The parts of a feed's tag URIs (RFC 4151) that config may give. */
export interface FeedIdentity {
  /** A host name the author holds; by default that of the site. */
  readonly authority: string | undefined;
  /** A day on which the author held it: `YYYY-MM-DD`. */
  readonly since: string;
}

/** The day in the ids of feeds whose config gives none. Changing it would show every reader every post again. */
export const defaultSince = '2026-01-01';

/** An item's id, such as `tag:example.com,2026-01-01:my-post`: the same wherever the post is moved to. */
export function nameItem(identity: FeedIdentity, siteUrl: string, postId: string): string {
  return `${startTag(identity, siteUrl)}${encodeURIComponent(postId.toWellFormed())}`;
}

/** A feed's own id. Its slash keeps it apart from those of items. */
export function nameFeed(identity: FeedIdentity, siteUrl: string, target: string): string {
  return `${startTag(identity, siteUrl)}/${encodeURIComponent(target)}`;
}

function startTag({ authority, since }: FeedIdentity, siteUrl: string): string {
  return `tag:${authority ?? new URL(siteUrl).hostname},${since}:`;
}
