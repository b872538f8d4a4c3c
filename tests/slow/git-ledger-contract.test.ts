import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGitLedger } from '../../src/ledger/git.ts';
import { author, branch, copyClone, makeBlog, runGitCommand, scratch, type GitBlog } from '../git-blog.ts';
import { testLedger, type LedgerSetting } from '../ledger/ledger-contract.ts';
import { root } from '../workspace.ts';

const modules = new URL('src/ledger', root).href;

testLedger('git', async () => {
  const blog = makeBlog();
  let clones = 0;
  return {
    open: () => {
      clones += 1;
      return openGitLedger({
        repository: copyClone(blog, String(clones)),
        branch,
        environment: author,
        secrets: [],
      });
    },
    opening: `import { openGitLedger } from '${modules}/git.ts';
      const ledger = openGitLedger(${JSON.stringify({ repository: blog.folder, branch, environment: author, secrets: [] })});`,
    edit: async (changes) => editBranch(blog, changes),
    list: async () => listBranch(blog),
    race: { turns: 2, pause: 800 },
  };
});

function listBranch({ remote }: GitBlog): readonly string[] {
  if (runGitCommand(remote, 'branch', '--list', branch) === '') return [];
  return runGitCommand(remote, 'ls-tree', '-r', '--name-only', branch).split('\n');
}

/** Changes files on the remote's branch by a commit of another clone. */
function editBranch({ remote }: GitBlog, changes: Parameters<LedgerSetting['edit']>[0]): void {
  const folder = mkdtempSync(join(scratch, 'edit-'));
  runGitCommand(folder, 'clone', '--quiet', '--branch', branch, remote, '.');
  for (const [path, change] of Object.entries(changes)) {
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
  }
  runGitCommand(folder, 'commit', '--quiet', '--all', '-m', 'Edited');
  runGitCommand(folder, 'push', '--quiet', 'origin', branch);
}
