import type { Measurement } from './measure.ts';
import { manyCount, type Bound } from './scenarios.ts';

/** One measured command. */
export interface Row {
  readonly name: string;
  readonly bounds: readonly Bound[];
  readonly median: Measurement;
}

/** The most memory that one of Broadside's own processes may hold, in megabytes. */
const memoryLimit = 400;

/** How much more ten times the posts may cost. */
const growthLimit = 11;

/** Which time is held against the targets: on a machine that others use, only CPU time tells anything. */
export type Clock = 'wall' | 'cpu';

/** What was measured on a blog of one size, as a table in markdown; rows without bounds are floors. */
export function printTable(count: number, rows: readonly Row[], clock: Clock = 'wall'): string {
  const timeOf = new Map(rows.map(({ name, median }) => [name, median[clock]]));
  const lines = rows.map(({ name, bounds, median }) => {
    const verdicts = bounds.flatMap(({ of, below, posts }) => {
      const floor = timeOf.get(of);
      return floor === undefined ? [] : [judge(median[clock] / floor, below, `× ${of}`, posts === count)];
    });
    if (bounds.length > 0 && median.memory > 0)
      verdicts.push(judge(median.memory, memoryLimit, 'MB', count === manyCount));
    const { wall, cpu, memory } = median;
    return `| ${name} | ${wall.toFixed(3)} s | ${cpu.toFixed(3)} s | ${memory.toFixed(0)} MB | ${verdicts.join('<br>')} |`;
  });
  return [
    `### ${count.toLocaleString('en')} posts\n`,
    '| what | wall time | CPU time | peak memory | against the targets |',
    '| --- | ---: | ---: | ---: | --- |',
    ...lines,
    '',
  ].join('\n');
}

/** How much more each command takes on ten times as many posts. */
export function printGrowth(few: readonly Row[], many: readonly Row[], clock: Clock = 'wall'): string {
  const lines = many.flatMap(({ name, bounds, median }) => {
    const before = few.find((row) => row.name === name);
    if (before === undefined || bounds.length === 0) return [];
    return [`| ${name} | ${judge(median[clock] / before.median[clock], growthLimit, '×', true)} |`];
  });
  return ['### From 1,000 to 10,000 posts\n', '| what | growth |', '| --- | --- |', ...lines, ''].join('\n');
}

function judge(value: number, below: number, unit: string, isTarget: boolean): string {
  const shown = `${unit === 'MB' ? value.toFixed(0) : value.toFixed(2)} ${unit}`;
  return isTarget ? `${shown}, below ${below}: ${value < below ? 'met' : '**missed**'}` : shown;
}
