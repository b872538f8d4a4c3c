import { Option } from 'commander';
import { demandInstant, readSeconds } from './words.ts';

/** The instant that a command takes for now. */
export const at = new Option(
  '--at <instant>',
  'act as if it were then, such as 2026-12-01T08:30:00Z',
).argParser(demandInstant);

/** The one target that a command is about. */
export const target = new Option('--target <name>', 'only this target');

/** Which side counts if a copy was edited by hand. */
export const take = new Option(
  '--take <side>',
  'settle an edit made on the target: overwrite it (source) or accept it (remote)',
).choices(['source', 'remote']);

/** Updates that only a new version of the program makes. */
export const refresh = new Option(
  '--refresh',
  'also update copies that look different only because of a new version of Broadside',
);

/** Copies that were retracted. */
export const again = new Option('--again', 'bring back the retracted copies of the named posts');

/** Whether what copies show from pages is taken again. */
export const recapture = new Option(
  '--recapture',
  'take again what copies show from the site’s pages, for the named posts or for all',
);

/** Whether private addresses may be contacted. */
export const allowPrivate = new Option(
  '--allow-private',
  'allow addresses of this machine and of private networks',
);

/** How long targets may have a command wait, in seconds. */
export const maxWait = new Option(
  '--max-wait <seconds>',
  'wait at most this long in all if targets ask for it',
)
  .default(300)
  .argParser(readSeconds);
