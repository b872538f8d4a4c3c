import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileLedger } from '../../../src/ledger/file.ts';
import { author, branch, copyClone, makeBlog } from '../../git-blog.ts';
import { writeFiles } from '../../workspace.ts';
import type { WriteFault } from './count-writes.ts';
import { tryCases, type Case } from './matrix.ts';
import { scratch, startProgram, startRunner, type Surroundings } from './machine.ts';

const runner = startRunner();

const url = 'https://medium.example/@author/walking';
/** What can become of a write. What a kill after one leaves behind is what a kill before the next finds. */
const faults: readonly WriteFault[] = ['kill-before', 'EIO', 'ENOSPC'];

const words = ['resolve', 'walking', 'medium', '--url', url];

/** Writes a blog with one target whose copies a person makes. */
function writeBlog(folder: string, ledger: string): void {
  const day = new Date().toISOString().slice(0, 10);
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author } }',
      'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]',
      'targets: { medium: { kind: paste } }',
      'require_live: false',
      `ledger: ${ledger}`,
      '',
    ].join('\n'),
    'posts/walking.md': `---\ntitle: Walking\ndate: ${day}\n---\n\nOne foot, then the other.\n`,
  });
}

function openBlog(): Surroundings & { readonly ledger: string } {
  const folder = mkdtempSync(join(scratch, 'by-hand-'));
  writeBlog(folder, '{ kind: file, path: ledger }');
  const environment = { PATH: process.env['PATH'] ?? '', HOME: scratch };
  return { folder, environment, ledger: join(folder, 'ledger') };
}

/** What is wrong once the same was told again: it is recorded once, and nobody is asked any more. */
async function judgeBlog(blog: Surroundings & { readonly ledger: string }): Promise<readonly string[]> {
  const again = await runner.run(blog, words, { ahead: 60_000 });
  const planned = await runner.run(blog, ['plan'], { ahead: 60_000 });
  const { copies, opened } = await openFileLedger({ folder: blog.ledger }).read();
  const entries = copies.flatMap((one) => one.entries);
  return [
    again.code !== 0 && `told again: ${again.stderr}`,
    entries.length !== 1 && `${entries.length} entries`,
    !planned.stdout.startsWith('Nothing to do') && planned.stdout,
    opened['medium'] === undefined && 'the target is not opened',
  ].filter((fault) => fault !== false);
}

test(
  'what a person tells is recorded once, wherever the program is killed or the disk fails',
  { timeout: 600_000 },
  async () => {
    const calm = openBlog();
    const log = join(calm.folder, 'log');
    await startProgram(calm, words, { writes: { folder: calm.ledger, log } }).ending;
    expect(await judgeBlog(calm)).toEqual([]);
    const names = readFileSync(log, 'utf8').trim().split('\n');
    expect(names.length).toBeGreaterThan(5);
    const cases = names.flatMap((name, index) =>
      faults.map((does): Case => ({
        step: `record by hand, ${name.split(' ')[0]}`,
        fault: does,
        place: `write ${index + 1}, ${name}`,
        async try() {
          const blog = openBlog();
          await startProgram(blog, words, { writes: { folder: blog.ledger, at: index + 1, does } }).ending;
          return judgeBlog(blog);
        },
      })),
    );
    expect(await tryCases(cases)).toEqual([]);
  },
);

test(
  'of many people who tell it at once on a branch, one records it, and another address is refused',
  { timeout: 300_000 },
  async () => {
    const blog = makeBlog();
    writeBlog(blog.folder, `{ kind: git, branch: ${branch} }`);
    const folders = Array.from({ length: 6 }, (_, index) => {
      const folder = copyClone(blog, `person-${index}`);
      for (const name of ['config', 'posts'])
        cpSync(join(blog.folder, name), join(folder, name), { recursive: true });
      return folder;
    });
    const endings = await Promise.all(
      folders.map((folder, index) => {
        const address = index < 3 ? url : `${url}-${index}`;
        const own = ['resolve', 'walking', 'medium', '--url', address];
        return startProgram({ folder, environment: author }, own).ending;
      }),
    );
    const told = endings.filter(({ code }) => code !== 0);
    expect(told.every(({ stderr }) => stderr.includes('COPY_SETTLED'))).toBe(true);
    expect([3, 5]).toContain(told.length);
    const { stdout } = await startProgram({ folder: folders[0] ?? '', environment: author }, [
      'status',
      '--format',
      'json',
    ]).ending;
    expect(JSON.parse(stdout).copies).toMatchObject([{ state: 'live' }]);
  },
);
