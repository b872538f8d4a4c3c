import { setImmediate as pause, setTimeout as sleep } from 'node:timers/promises';
import { compareSnapshots } from './compare-snapshots.ts';
import type { Overview, ServerEvent } from './define.ts';
import { gatherSnapshot, type Snapshot } from './gather.ts';
import type { QuietBench } from './open-bench.ts';

/** How many copies are rendered at most before it is shown where the others stand. */
const renderedFirst = 5;

/** How often, in milliseconds, it is told how many copies were rendered. */
const tellEvery = 1000;

/** A blog at the instants that are looked at. */
export interface Instants {
  /** The blog as it was read last. */
  readonly base: () => Snapshot;
  /** The same, or at an instant, ISO 8601 in UTC, of which the last one is remembered. */
  readonly at: (instant: string | undefined) => Promise<Snapshot>;
  /** Does what a page waits for: no copy is filled in meanwhile. */
  readonly show: <Shown>(work: () => Promise<Shown>) => Promise<Shown>;
  /** Has a function called whenever another instant is looked at. */
  readonly onMoved: (tell: () => void) => void;
  /** Takes a blog that was read anew. */
  readonly replace: (base: Snapshot) => void;
  /** How many copies were rendered of a snapshot that lacks some. */
  readonly progress: (snapshot: Snapshot) => Overview['rendering'];
  /** Renders the copies that snapshots lack while others work, too, and tells what a page has to read again. */
  readonly fill: (tell: (event: ServerEvent) => void) => Promise<void>;
}

/** A blog at an instant, with no more copies than are rendered at once. */
export function gatherQuickly(bench: QuietBench, now: string): Promise<Snapshot> {
  let rendered = 0;
  return gatherSnapshot(bench, now, () => (rendered += 1) <= renderedFirst);
}

/** Remembers a blog at the instants that are looked at, and renders the copies that it lacks. */
export function openInstants(first: Snapshot, isOver: () => boolean): Instants {
  const movers: (() => void)[] = [];
  const rendered = new WeakMap<Snapshot, number>();
  let base = first;
  let showing = 0;
  const isShowing = (): boolean => showing > 0;
  let moved: { readonly instant: string; readonly snapshot: Promise<Snapshot> } | undefined;
  let filling: Promise<void> | undefined;

  const fillOne = async (lacking: Snapshot, isStale: () => boolean, tell: () => void) => {
    let told = performance.now();
    return gatherSnapshot(lacking.bench, lacking.now, async () => {
      await pause();
      while (isShowing() && !isStale()) await sleep(20);
      if (isStale()) return false;
      rendered.set(lacking, (rendered.get(lacking) ?? 0) + 1);
      if (performance.now() - told > tellEvery) {
        told = performance.now();
        tell();
      }
      return true;
    });
  };
  const fillAll = async (tell: (event: ServerEvent) => void): Promise<void> => {
    while (!isOver()) {
      const [own, other] = [base, moved];
      const lacking = [own, await other?.snapshot].find(
        (one) => one !== undefined && one.unrendered.size > 0,
      );
      if (lacking === undefined) return;
      const isStale = (): boolean => isOver() || (lacking === own ? base !== own : moved !== other);
      const whole = await fillOne(lacking, isStale, () => tell({ overview: true, changed: [] }));
      if (isStale()) continue;
      if (lacking === own) base = whole;
      else if (other !== undefined) moved = { ...other, snapshot: Promise.resolve(whole) };
      tell(compareSnapshots(lacking, whole, [], false) ?? { overview: true, changed: [] });
    }
  };
  return {
    base: () => base,
    at(instant) {
      if (instant === undefined || instant === base.now) return Promise.resolve(base);
      if (moved?.instant === instant) return moved.snapshot;
      const snapshot = gatherQuickly(base.bench, instant);
      moved = { instant, snapshot };
      for (const tell of movers) tell();
      return snapshot;
    },
    async show(work) {
      showing += 1;
      try {
        return await work();
      } finally {
        showing -= 1;
      }
    },
    onMoved: (tell) => void movers.push(tell),
    replace(next) {
      base = next;
      moved = undefined;
    },
    progress(snapshot) {
      const of = snapshot.unrendered.size;
      return of === 0 ? undefined : { done: Math.min(rendered.get(snapshot) ?? 0, of), of };
    },
    fill(tell) {
      filling ??= fillAll(tell).finally(() => {
        filling = undefined;
      });
      return filling;
    },
  };
}
