import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postName } from './make-blog.ts';
import type { Measurement } from './measure.ts';

/** How long a preview is left alone once it has shown its first page, in milliseconds: it looks for faults then. */
const settleTime = 8000;

/** How often Linux counts the CPU time of a process, in hertz. */
const ticks = 100;

/** What a preview took to show its first page, counted from the start of the program. */
export function measureFirstPage(program: string, folder: string, count: number): Promise<Measurement> {
  return withPreview(program, folder, count, ({ page }) => Promise.resolve(page));
}

/** What a preview took to show its first page, counted from the start of the program, and then to show an edit of the newest post. */
export interface PreviewMeasurement {
  readonly page: Measurement;
  readonly edit: Measurement;
}

/** Starts the published program's preview in a blog's folder, asks as its page does, edits the newest post and undoes that. */
export function measurePreview(program: string, folder: string, count: number): Promise<PreviewMeasurement> {
  return withPreview(program, folder, count, async ({ page, url, pid, read }) => {
    const name = postName(count - 1);
    const file = join(folder, 'posts', `${name}.md`);
    const text = readFileSync(file, 'utf8');
    await sleep(settleTime);
    const events = (await fetch(`${url}events`)).body?.getReader();
    await events?.read();
    const before = readUse(pid, 0, 0).cpu;
    try {
      const edited = performance.now();
      appendFileSync(file, '\nAn edit.\n');
      await events?.read();
      const [, shown] = await Promise.all([read('data/overview.json'), read(`data/posts/${name}.json`)]);
      if (!shown.includes('An edit.')) throw new Error('The preview did not show the edit.');
      return { page, edit: readUse(pid, edited, before) };
    } finally {
      writeFileSync(file, text);
    }
  });
}

/** A preview that has shown its first page. */
interface Opened {
  readonly page: Measurement;
  readonly url: string;
  readonly pid: number | undefined;
  readonly read: (path: string) => Promise<string>;
}

/** Starts a preview, asks as its page does, and ends it after some work. */
async function withPreview<Result>(
  program: string,
  folder: string,
  count: number,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'preview', '--no-open'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const name = postName(count - 1);
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString('utf8').trim();
    const read = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();
    await Promise.all([read(''), read('app.js'), read('app.css')]);
    await Promise.all([read('data/overview.json'), read(`data/posts/${name}.json`)]);
    const page = readUse(child.pid, begun, 0);
    return await work({ page, url, pid: child.pid, read });
  } finally {
    child.kill();
  }
}

/** What a process has used since an instant of `performance`, and since it had used so many seconds of CPU time. */
function readUse(pid: number | undefined, since: number, cpuBefore: number): Measurement {
  const wall = (performance.now() - since) / 1000;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [user = 0, system = 0] = fields.slice(11, 13).map(Number);
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { wall, cpu: (user + system) / ticks - cpuBefore, memory: Number(kilobytes) / 1024 };
}
