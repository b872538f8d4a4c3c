import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * A clock that all processes and stand-ins of a test share and that runs faster than the real one: limits and waits
 * hold as they are, yet take a fraction of the time.
 */
export interface FastClock {
  /** The real instant it began at, in milliseconds since 1970; the two clocks agree then. */
  readonly zero: number;
  readonly speed: number;
  /** Milliseconds that this machine's clock is ahead. */
  readonly shift?: number;
  /** A file with further milliseconds, read each time. */
  readonly shiftFile?: string;
}

const RealDate = Date;

/** Milliseconds that one run in a process of many is ahead. */
export const aheadBy = new AsyncLocalStorage<number>();

/** Reads a clock. */
export function readClock({ zero, speed, shift = 0, shiftFile }: FastClock): number {
  const filed = shiftFile === undefined ? 0 : Number(readFileSync(shiftFile, 'utf8'));
  return Math.round(toFast({ zero, speed }, RealDate.now()) + shift + filed + (aheadBy.getStore() ?? 0));
}

function toFast({ zero, speed }: FastClock, instant: number): number {
  return zero + (instant - zero) * speed;
}

/** Makes a clock this process's own: dates, timers, time limits and the times of files. */
export async function installClock(clock: FastClock): Promise<void> {
  const now = (): number => readClock(clock);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: [], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    get: (target, name, receiver) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  });

  const realTimeout = globalThis.setTimeout;
  const realInterval = globalThis.setInterval;
  globalThis.setTimeout = Object.assign(
    (work: () => void, ms = 0, ...given: []) => realTimeout(work, ms / clock.speed, ...given),
    { __promisify__: realTimeout.__promisify__ },
  );
  const realSleep = timers.setTimeout;
  timers.setTimeout = (ms = 0, value, options) => realSleep(ms / clock.speed, value, options);
  syncBuiltinESMExports();
  const realElapsed = performance.now.bind(performance);
  performance.now = () => realElapsed() * clock.speed;

  AbortSignal.timeout = (ms) => {
    const end = now() + ms;
    const controller = new AbortController();
    const look = (): void => {
      if (now() < end) return;
      clearInterval(looking);
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    };
    const looking = realInterval(look, 20).unref();
    return controller.signal;
  };

  const file = await open(import.meta.filename);
  const handles = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  const realStat = Reflect.get(handles, 'stat') as () => Promise<Stats>;
  const stat = async function stat(this: FileHandle): Promise<Stats> {
    const found = await Reflect.apply(realStat, this, []);
    const ahead = now() - toFast(clock, RealDate.now());
    return Object.assign(found, { mtimeMs: toFast(clock, found.mtimeMs) + ahead });
  };
  handles.stat = stat as FileHandle['stat'];
}
