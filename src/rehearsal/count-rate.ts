/** Counts requests in a sliding window. */
export interface RateCount {
  /** Counts a request at an instant, in milliseconds since 1970; false where it is one too many, which counts for nothing. */
  take(at: number): boolean;
  /** How many more are taken at an instant. */
  countLeft(at: number): number;
  /** When the oldest that counts no longer does, in milliseconds since 1970. */
  findReset(at: number): number;
}

/** Lets `count` requests through in any `ms`. */
export function countRate({ count, ms }: { readonly count: number; readonly ms: number }): RateCount {
  let taken: readonly number[] = [];
  const recent = (at: number): readonly number[] => taken.filter((time) => at - time < ms);
  return {
    take(at) {
      taken = recent(at);
      if (taken.length >= count) return false;
      taken = [...taken, at];
      return true;
    },
    countLeft: (at) => count - recent(at).length,
    findReset: (at) => (recent(at)[0] ?? at) + ms,
  };
}
