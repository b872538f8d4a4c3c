import { setFlagsFromString } from 'node:v8';

/**
 * Tells V8 that what follows is a look at many files, most of which will be as they were. Counts for the whole process: a thread that
 * starts later begins with it. The part of memory for new values stays as small as it is: it would grow to 64 MB, and the system takes
 * long to give each page of it, while most of what a run reads of many files is kept and would be copied out of it anyway. It is cleared
 * without helpers, which take longer to wake than to work. And nothing is compiled a second time, for speed that a look is too short for.
 */
export function tuneForLooking(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--invocation-count-for-turbofan=100000');
}

/**
 * Undoes that, at once: parsing bodies makes much that is soon garbage, so that the less often it is collected the better, and runs the
 * same code many times.
 */
export function tuneForParsing(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
  setFlagsFromString('--parallel-scavenge');
  setFlagsFromString('--invocation-count-for-turbofan=3000');
}
