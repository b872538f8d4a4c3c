import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LedgerChoice } from './choice.ts';
import { liesInRepository } from './lies-in-repository.ts';
import type { LedgerPlace } from './open.ts';

/** A folder, absolute, in which something changes when this machine learns more of a ledger. */
export interface KnownPlace {
  readonly folder: string;
  /** Whether the folders in it count. */
  readonly isDeep: boolean;
  /** The only names in it that count, where not all do. */
  readonly names?: readonly string[];
}

/** Where this machine keeps what it knows of a blog's ledger. */
export interface KnownPlaces {
  readonly places: readonly KnownPlace[];
  /** Whether the ledger itself is elsewhere, so that others may have added to it. */
  readonly isElsewhere: boolean;
}

/** Finds what to watch to see what other processes on this machine add to a blog's ledger. Throws `LEDGER_UNREADABLE`. */
export async function findKnownPlaces(choice: LedgerChoice, place: LedgerPlace): Promise<KnownPlaces> {
  const folder = resolve(place.root, choice.path);
  if (choice.kind === 'postgres') return { places: [], isElsewhere: true };
  const own: KnownPlaces = { places: [reach(folder, place.root)], isElsewhere: false };
  const isFile = choice.kind === 'file' || !liesInRepository(place.root);
  if (isFile || (choice.kind === undefined && existsSync(folder))) return own;
  const { findHome, listRemotes, locateStore } = await import('./git-home.ts');
  const { environment, secrets } = place;
  const home = await findHome({ repository: place.root, environment, secrets });
  if (choice.kind === undefined && listRemotes(home).length === 0) return own;
  const { common } = home;
  const remote = join(common, 'refs', 'remotes', choice.remote ?? 'origin');
  return {
    places: [
      reach(join(locateStore(home).store, 'refs'), common),
      reach(dirname(join(remote, choice.branch)), common),
      { folder: common, isDeep: false, names: ['packed-refs'] },
    ],
    isElsewhere: true,
  };
}

/** A folder or, while it is missing, the folder in which the first missing part of its path will be; no higher than `top`. */
function reach(folder: string, top: string): KnownPlace {
  if (existsSync(folder)) return { folder, isDeep: true };
  const above = dirname(folder);
  if (existsSync(above) || above === top) return { folder: above, isDeep: false, names: [basename(folder)] };
  return reach(above, top);
}
