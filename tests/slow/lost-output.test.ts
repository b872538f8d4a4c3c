import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatError } from '../../src/report/diagnostics.ts';
import { makeSmallBlog, openDevto, readEntries, secrets, writePost, type SmallBlog } from '../small-blog.ts';
import { compileCache, program } from '../workspace.ts';

/** Runs the program with one of its streams on a disk that is full, or with a reader of its results who is gone. */
function runLosing(blog: SmallBlog, lost: 'stdout' | 'stderr' | 'reader', ...words: readonly string[]) {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [program, ...words], {
    cwd: blog.folder,
    env: { PATH: process.env['PATH'], HOME: blog.folder, NODE_COMPILE_CACHE: compileCache, ...secrets },
    stdio: ['ignore', lost === 'stdout' ? full : 'pipe', lost === 'stderr' ? full : 'pipe'],
  });
  closeSync(full);
  const said = { stdout: '', stderr: '' };
  if (lost === 'reader') child.stdout?.destroy();
  else child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  return new Promise<typeof said & { readonly code: number | null }>((resolve) => {
    child.once('close', (code) => resolve({ ...said, code }));
  });
}

async function makeBlog() {
  const { url } = await openDevto();
  const targets = [`devto: { kind: devto, url: "${url}", ai_disclosure: no_ai }`];
  return makeSmallBlog(targets, { one: writePost('One.') });
}

const complaint =
  'OUTPUT_UNWRITABLE: Standard output cannot be written (ENOSPC).\nSend the output to a place with room. What was sent to a target is not sent again.\n';

test.each([
  ['human', /^\+ devto {2}one {2}published {2}http:/m],
  ['json', /"result": "done"/],
] as const)('what was sent is said and recorded all the same: %s', async (format, said) => {
  const blog = await makeBlog();
  const { stderr, code } = await runLosing(blog, 'stdout', 'publish', 'one', '--format', format);
  expect(stderr).toMatch(said);
  expect(code).toBe(1);
  const entries = await readEntries(blog.ledger, 'devto', 'one');
  expect(entries.map(({ kind }) => kind)).toEqual(['intent', 'receipt']);
});

test('what was sent is said where its reader has gone', async () => {
  const { stderr, code } = await runLosing(await makeBlog(), 'reader', 'publish', 'one');
  expect(stderr).toMatch(/^\+ devto {2}one {2}published {2}http:/m);
  expect(stderr).not.toContain('OUTPUT_UNWRITABLE');
  expect(code).toBe(0);
});

test('results that could not be printed are an error, told once; a reader who had enough is none', async () => {
  const blog = await makeBlog();
  for (const words of [['check'], ['plan'], ['--help'], ['--version']]) {
    const { stderr, code } = await runLosing(blog, 'stdout', ...words);
    expect({ words, told: stderr.split(complaint).length - 1, code }).toEqual({ words, told: 1, code: 1 });
    expect((await runLosing(blog, 'reader', ...words)).code).toBe(0);
  }
});

test('results are printed where nothing can be reported', async () => {
  expect(await runLosing(await makeBlog(), 'stderr', 'check')).toMatchObject({
    stdout: expect.stringMatching(/^1 post checked/) as string,
    code: 0,
  });
});

test('what a disk refuses has its right name and is no fault of the program', () => {
  const error = Object.assign(new Error('EROFS: read-only file system, mkdir'), {
    code: 'EROFS',
    path: '/blog/out',
  });
  expect(formatError(error, 'human')).toBe(
    'OUTPUT_UNWRITABLE: /blog/out cannot be written (EROFS).\nLet this user write there, on a disk with room, and run the command again.\n',
  );
  expect(formatError(new Error('no code'), 'human')).toMatch(/^INTERNAL: no code\n/);
});
