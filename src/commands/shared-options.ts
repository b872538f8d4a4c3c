import { Option } from 'commander';
import { demandInstant, readSeconds } from './words.ts';

/** The instant that a command acts as if it were. */
export const at = new Option(
  '--at <instant>',
  'act as if it were then, such as 2026-12-01T08:30:00Z',
).argParser(demandInstant);

/** The one target that a command is about. */
export const target = new Option('--target <name>', 'this target alone');

/** The side that counts where a copy was edited by hand. */
export const take = new Option(
  '--take <side>',
  'settle a hand edit: overwrite it (source) or accept it (remote)',
).choices(['source', 'remote']);

/** Updates that only a new version of the program makes. */
export const refresh = new Option(
  '--refresh',
  'also update copies that only a new version would show differently',
);

/** Copies that were retracted. */
export const again = new Option('--again', 'bring back the copies of the posts named that were retracted');

/** What is to be taken from pages anew. */
export const recapture = new Option(
  '--recapture',
  'take anew what copies show because the pages of the posts do, of the posts named or of all',
);

/** Addresses that are not contacted otherwise. */
export const allowPrivate = new Option(
  '--allow-private',
  'allow addresses of this machine and of private networks',
);

/** How long targets may have a command wait, in seconds. */
export const maxWait = new Option(
  '--max-wait <seconds>',
  'wait at most this long in all when targets ask for it',
)
  .default(300)
  .argParser(readSeconds);
