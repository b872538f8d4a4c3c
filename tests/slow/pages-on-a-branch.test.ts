import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startDevto } from '../../src/rehearsal/devto/start.ts';
import { branch, makeBlog, runGitCommand, wrapGit } from '../git-blog.ts';
import { devtoKey, writePost } from '../live-blog.ts';
import { bodyWith, devtoAlone, pageWith } from '../paged-blog.ts';
import { makeClock } from '../targets/connection-contract.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const page = '_site/blog/corner/index.html';
const kept = 'pages/corner.jsonl';

/** A blog whose ledger is a branch, with a post that needs its page, and another. */
async function openBranchBlog() {
  const { remote, folder } = makeBlog();
  const memory = openFolder(onTestFinished);
  const devto = await startDevto({ folder: memory, apiKey: devtoKey, now: makeClock() });
  onTestFinished(() => devto.close());
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
      'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}/", pages: { from: _site } }]',
      'targets:',
      devtoAlone({ devto: devto.url }),
      'require_live: false',
      '',
    ].join('\n'),
    '.gitignore': '_site/\n',
    'posts/corner.md': writePost('About corner', bodyWith('{{< x-chart light >}}')),
    'posts/other.md': writePost('About other', 'Nothing special.'),
    [page]: pageWith('<p>417 hours of light.</p>'),
  });
  runGitCommand(folder, 'add', '--all');
  runGitCommand(folder, 'commit', '--quiet', '-m', 'Posts');
  runGitCommand(folder, 'push', '--quiet', 'origin', 'main');
  return {
    folder,
    run: (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
      runCommand(folder, { DEVTO_API_KEY: devtoKey, ...environment }, words),
    list: () =>
      runGitCommand(remote, 'ls-tree', '-r', '--name-only', branch)
        .split('\n')
        .filter((path) => path.endsWith('.jsonl')),
    bodies: () => {
      const { articles } = JSON.parse(readFileSync(join(memory, 'devto.json'), 'utf8')) as {
        readonly articles: readonly { readonly body: string }[];
      };
      return articles.map(({ body }) => body);
    },
  };
}

it('keeps pieces on the branch, where a machine without the site finds them', async () => {
  const blog = await openBranchBlog();
  expect((await blog.run(['publish'])).code).toBe(0);
  expect(blog.list().toSorted()).toEqual(['devto/corner.jsonl', 'devto/other.jsonl', kept]);
  expect(blog.bodies().join()).toContain('417 hours');

  rmSync(join(blog.folder, '_site'), { recursive: true });
  rmSync(join(blog.folder, '.broadside'), { recursive: true, force: true });
  expect((await blog.run(['render', 'corner', '--target', 'devto'])).stdout).toContain('417 hours');
  expect((await blog.run(['check'])).stdout).toMatch(/^2 posts checked: 0 errors, 0 warnings/);
  const again = await blog.run(['plan', '--detailed-exitcode']);
  expect(again.code).toBe(0);
});

it('sends what it had kept where a run ended between that and the intent', async () => {
  const blog = await openBranchBlog();
  const ending = wrapGit(`
case " $* " in
  *" push "*)
    if "$GIT" ls-tree -r --name-only ${branch} 2>/dev/null | grep -q '^pages/' || [ -e "$HERE/kept" ]; then exit 1; fi
    "$GIT" "$@" || exit $?
    for one in $(printf '%s\\n' "$@" | sed -n 's/^\\([0-9a-f]\\{40\\}\\):.*$/\\1/p'); do
      if "$GIT" ls-tree -r --name-only "$one" | grep -q '^pages/'; then touch "$HERE/kept"; fi
    done
    exit 0 ;;
esac
exec "$GIT" "$@"`);
  const ended = await blog.run(['publish', 'corner'], ending);
  expect(ended.code).toBe(1);
  expect(blog.list()).toEqual([kept]);
  expect(blog.bodies()).toEqual([]);

  writeFiles(blog.folder, { [page]: pageWith('<p>999 hours of light.</p>') });
  expect((await blog.run(['publish', 'corner'])).code).toBe(0);
  expect(blog.bodies()).toEqual([expect.stringContaining('417 hours')]);
  expect(blog.list()).toEqual(['devto/corner.jsonl', kept]);
});
