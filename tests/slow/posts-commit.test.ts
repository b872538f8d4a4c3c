import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { branch, makeBlog, runGitCommand, scratch } from '../git-blog.ts';
import { findWrites, openDevto, secrets, today, writePost } from '../small-blog.ts';
import { writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

/** A blog in a repository that several machines publish from; the ledger is on a branch of its own. */
async function openShared() {
  const devto = await openDevto();
  const { folder, url } = makeBlog();
  writeFiles(folder, {
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets:
  devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }
require_live: false
ledger: { kind: git, branch: ${branch} }
`,
  });
  const save = (words: string, at = folder): void => {
    writeFiles(at, { 'posts/one.md': writePost(words, `date: ${today}\n`) });
    runGitCommand(at, 'add', '.');
    runGitCommand(at, 'commit', '--quiet', '--message', words);
  };
  const push = (): string => runGitCommand(folder, 'push', '--quiet', 'origin', 'main');
  const clone = (...options: readonly string[]): string => {
    const other = mkdtempSync(join(scratch, 'other-'));
    runGitCommand(scratch, 'clone', '--quiet', ...options, '--branch=main', url, other);
    return other;
  };
  const publish = (at: string, ...words: readonly string[]): Promise<Run> =>
    runCommand(at, secrets, ['publish', ...words]);
  return { devto, folder, save, push, clone, publish };
}

const lacks =
  /! devto {2}one {2}held: behind, made from commit [\da-f]{7}, which the history of this checkout lacks; run "git pull"/;

test('a clone that is behind takes no copy back, named or not, until it has pulled', async () => {
  const { devto, folder, save, push, clone, publish } = await openShared();
  save('First words');
  push();
  const behind = clone();
  await publish(folder);
  save('Second words');
  expect((await publish(folder)).stdout).toContain('~ devto  one  updated');
  push();
  const sent = findWrites(devto);
  for (const words of [[], ['one']]) {
    const held = await publish(behind, ...words);
    expect(held.stderr).toMatch(lacks);
    expect(held.code).toBe(1);
  }
  expect(findWrites(devto)).toEqual(sent);

  runGitCommand(behind, 'pull', '--quiet', '--ff-only');
  expect((await publish(behind)).code).toBe(0);
  expect(findWrites(devto)).toEqual(sent);
  save('Third words', behind);
  expect((await publish(behind)).stdout).toContain('~ devto  one  updated');
});

test('a shallow clone, which cannot tell, goes by what its branch is at on the remote', async () => {
  const { devto, folder, save, push, clone, publish } = await openShared();
  save('First words');
  push();
  const behind = clone('--depth=1');
  await publish(folder);
  save('Second words');
  push();
  await publish(folder);
  const sent = findWrites(devto);
  expect((await publish(behind)).stderr).toMatch(lacks);
  expect(findWrites(devto)).toEqual(sent);
  expect((await publish(behind, 'one', '--take', 'source')).stdout).toContain('~ devto  one  updated');

  save('Third words');
  push();
  expect((await publish(clone('--depth=1'))).stdout).toContain('~ devto  one  updated');
});
