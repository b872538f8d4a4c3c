import { installClock, type FastClock } from './clock.ts';
import { countWrites, type WriteOrder } from './count-writes.ts';

/** What a process of a crash test is told in `CRASH_ORDERS`, before the program in it begins. */
export interface Orders {
  readonly clock: FastClock;
  readonly writes?: WriteOrder;
}

const { clock, writes } = JSON.parse(process.env['CRASH_ORDERS'] ?? '') as Orders;
await installClock(clock);
countWrites(writes);
