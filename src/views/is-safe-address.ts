/** Whether an address only leads somewhere, or names a picture, and never runs anything: a relative one is safe too. */
export function isSafeAddress(address: string): boolean {
  return /^(?:(?:https?|mailto|tel|ftp|xmpp|irc|ircs):|data:image\/(?!svg)|[^:]*$|[^:/?#]*[/?#])/i.test(
    address.trim(),
  );
}
