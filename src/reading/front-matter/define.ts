import type { Place } from '../../model/diagnostic.ts';

/** A front matter's fields as data, and where each key stands by its lower-case path, such as `meta.description`. */
export interface Block {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, Place>;
}

/** Why a block cannot be read, and where. */
export interface BlockFault {
  readonly place: Place;
  readonly message: string;
}

/** How many keys deep places are known: `a.b.c.d.e`. */
export const nestingLimit = 5;
