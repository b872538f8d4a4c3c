import PQueue from 'p-queue';
import { afterAll } from 'vitest';
import { seed } from '../../random-input.ts';

/** One step that one fault hits, and how it is tried: what turns out to be wrong, in lines. */
export interface Case {
  readonly step: string;
  readonly fault: string;
  /** Which of the steps of its kind, for people. */
  readonly place: string;
  try(): Promise<readonly string[]>;
}

interface Row {
  readonly step: string;
  readonly fault: string;
  readonly cases: number;
  readonly holding: number;
  readonly seconds: number;
}

/** How many cases are under way at once: most of them wait for the clock most of the time. */
const atOnce = 12;

/** Without BROADSIDE_MATRIX=whole, one in so many places of a kind of step and fault is tried. */
const sampleEvery = 30;

/** How many cases that do not hold are told in full. */
const shownAtMost = 3;

const rows: Row[] = [];
afterAll(() => {
  if (rows.length > 0) console.log(formatRows());
});

/**
 * Tries cases, several at once, and returns the first that do not hold. What was tried is printed as a table when the
 * file ends.
 */
export async function tryCases(found: readonly Case[]): Promise<readonly string[]> {
  if (found.length === 0) return ['no case was found'];
  const cases = process.env['BROADSIDE_MATRIX'] === 'whole' ? found : sampleCases(found);
  const queue = new PQueue({ concurrency: atOnce });
  const began = performance.now();
  const results = await queue.addAll(
    cases.map((one) => async () => ({
      one,
      faults: await one
        .try()
        .catch((error: unknown) => [String(error instanceof Error ? error.stack : error)]),
    })),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const [key, group] of Map.groupBy(results, ({ one }) => `${one.step}\n${one.fault}`)) {
    const [step = '', fault = ''] = key.split('\n');
    const holding = group.filter(({ faults }) => faults.length === 0).length;
    rows.push({
      step,
      fault,
      cases: group.length,
      holding,
      seconds: (seconds * group.length) / cases.length,
    });
  }
  const broken = results.filter(({ faults }) => faults.length > 0);
  return broken
    .slice(0, shownAtMost)
    .map(({ one, faults }) => `${one.place}: ${one.step}, ${one.fault}\n${faults.join('\n')}`);
}

/**
 * Of every kind of step every other fault, and of these some of the places, evenly spread: enough to see in a minute that something
 * broke. The next seed has the faults between, and other places.
 */
function sampleCases(found: readonly Case[]): readonly Case[] {
  const groups = [...Map.groupBy(found, ({ step, fault }) => `${step}\n${fault}`).values()];
  return groups.flatMap((group, offset) =>
    (offset + seed) % 2 === 0 || groups.length === 1
      ? group.filter(
          (_one, place) => place % sampleEvery === (offset + seed) % Math.min(sampleEvery, group.length),
        )
      : [],
  );
}

function formatRows(): string {
  const sum = (pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const total: Row = {
    step: 'all',
    fault: '',
    cases: sum((row) => row.cases),
    holding: sum((row) => row.holding),
    seconds: sum((row) => row.seconds),
  };
  const lines = [...rows, total].map(({ step, fault, cases, holding, seconds }) =>
    [
      step.padEnd(34),
      fault.padEnd(30),
      String(cases).padStart(6),
      String(holding).padStart(8),
      seconds.toFixed(1).padStart(8),
    ].join(' '),
  );
  return [`${'step'.padEnd(34)} ${'fault'.padEnd(30)}  cases  holding  seconds`, ...lines].join('\n');
}
