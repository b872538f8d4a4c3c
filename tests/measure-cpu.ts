/**
 * The milliseconds of CPU that this process spends on a piece of work. A busy machine makes them hardly more, as it does those
 * on a clock.
 */
export async function measureCpu(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * How many times the CPU of a piece of work grows when its text is four times as long: about 4 where it grows with the length, about
 * 16 where it grows with its square.
 */
export async function measureGrowth(length: number, work: (length: number) => unknown): Promise<number> {
  let [short, long] = [Infinity, Infinity];
  for (let round = 0; round < 3; round += 1) {
    short = Math.min(short, await measureCpu(() => work(length)));
    long = Math.min(long, await measureCpu(() => work(4 * length)));
  }
  return long / short;
}
