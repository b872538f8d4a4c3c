import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of memory that V8 puts new values into as small as it is now. It would grow to 64 MB, and the system takes long to give each
 * page of it, while most of what a run reads of many files is kept and would be copied out of it anyway. Counts for the whole
 * process: a thread that starts later has a small one, too.
 */
export function holdNewSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets that part of memory grow at once: parsing bodies makes much garbage, which should be collected as seldom as possible. */
export function growNewSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
}
