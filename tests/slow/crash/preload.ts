import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { installClock, type FastClock } from './clock.ts';
import { countWrites, type WriteOrder } from './count-writes.ts';

/** What a process of a crash test is told in `CRASH_ORDERS`, before the program in it begins. */
export interface Orders {
  readonly clock: FastClock;
  readonly writes?: WriteOrder;
  /** The name of the machine it takes itself to run on, where it is another one. */
  readonly machine?: string;
}

const { clock, writes, machine } = JSON.parse(process.env['CRASH_ORDERS'] ?? '') as Orders;
await installClock(clock);
countWrites(writes);
if (machine !== undefined) {
  os.hostname = () => machine;
  syncBuiltinESMExports();
}
