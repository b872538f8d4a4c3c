import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branch, runGitCommand, scratch, type GitBlog } from './git-blog.ts';

/** The file of a copy that has more than one entry. */
export const copyFile = 'devto/how-plans-work.jsonl';

/** Makes a change to the remote's branch by a commit of a person's own. */
export function commit(
  { remote }: GitBlog,
  change: (folder: string) => void,
  ...how: readonly string[]
): void {
  const folder = mkdtempSync(join(scratch, 'person-'));
  runGitCommand(folder, 'clone', '--quiet', '--branch', branch, remote, '.');
  change(folder);
  runGitCommand(folder, 'add', '--all');
  runGitCommand(folder, 'commit', '--quiet', '--allow-empty', '-m', 'By hand', ...how);
  runGitCommand(folder, 'push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
}

/** Puts a branch in the place of the remote's that has nothing to do with it. */
function replace(blog: GitBlog, keeps: (path: string) => boolean): void {
  commit(blog, (folder) => {
    runGitCommand(folder, 'checkout', '--quiet', '--orphan', 'another');
    for (const name of readdirSync(folder)) {
      if (name !== '.git' && !keeps(name)) rmSync(join(folder, name), { recursive: true });
    }
  });
}

export function edit(folder: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
}

const dropLastLine = (text: string): string => text.replace(/[^\n]*\n$/, '');

/** What may become of a ledger's branch, of which the copy of `how-plans-work` on dev.to has at least two entries. */
export const losses: readonly (readonly [what: string, lose: (blog: GitBlog) => void, says: RegExp])[] = [
  [
    'deleted',
    ({ remote }) => runGitCommand(remote, 'branch', '-D', branch),
    /which held the ledger, is gone/,
  ],
  [
    'set back by one commit',
    ({ remote }) => runGitCommand(remote, 'branch', '-f', branch, `${branch}~1`),
    /devto\/how-plans-work\.jsonl has fewer entries/,
  ],
  [
    'set back to its first commit',
    ({ remote }) => runGitCommand(remote, 'branch', '-f', branch, `${branch}~3`),
    /devto\/how-plans-work\.jsonl is gone/,
  ],
  ['replaced by nothing', (blog) => replace(blog, () => false), /is gone/],
  [
    'replaced by an empty ledger',
    (blog) => replace(blog, (name) => name === 'ledger.json'),
    /\.jsonl is gone/,
  ],
  [
    'replaced by other entries',
    (blog) =>
      commit(blog, (folder) => {
        runGitCommand(folder, 'checkout', '--quiet', '--orphan', 'another');
        edit(folder, copyFile, (text) => text.replace('"fingerprint":"', '"fingerprint":"x'));
      }),
    /it has another history/,
  ],
  [
    'emptied by a commit',
    (blog) => commit(blog, (folder) => runGitCommand(folder, 'rm', '-r', '--quiet', '.')),
    /is gone/,
  ],
  [
    'rid of one copy by a commit',
    (blog) => commit(blog, (folder) => rmSync(join(folder, copyFile))),
    /devto\/how-plans-work\.jsonl is gone/,
  ],
  [
    'rid of one entry by a commit',
    (blog) => commit(blog, (folder) => edit(folder, copyFile, dropLastLine)),
    /devto\/how-plans-work\.jsonl has fewer entries/,
  ],
  [
    'rid of its layout by a commit',
    (blog) => commit(blog, (folder) => rmSync(join(folder, 'ledger.json'))),
    /ledger\.json is gone/,
  ],
  [
    'rid of an opening by a commit',
    (blog) => commit(blog, (folder) => edit(folder, 'ledger.json', () => '{"version":1,"opened":{}}\n')),
    /no longer says when devto was opened/,
  ],
];
