import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A blog's repository: a bare remote, and a clone with a post in it. */
export interface GitBlog {
  readonly remote: string;
  /** The remote's address. */
  readonly url: string;
  readonly folder: string;
}

/** The branch the tests keep their ledger on. */
export const branch = 'syndication-ledger';

/** A folder for the blogs of one process of tests. */
export const scratch = mkdtempSync(join(tmpdir(), 'broadside-git-'));

/** An author whose git config and hooks are as unhelpful as they can be. */
export const author: Readonly<Record<string, string>> = { PATH: process.env['PATH'] ?? '', HOME: scratch };
writeUnhelpfulConfig();

const template: GitBlog = {
  remote: join(scratch, 'template', 'remote.git'),
  url: pathToFileURL(join(scratch, 'template', 'remote.git')).href,
  folder: join(scratch, 'template', 'clone'),
};
writeTemplate();

/** Git as a test itself needs it, untouched by the config that the ledger has to live with. */
export function runGitCommand(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Example Author', '-c', 'user.email=author@example.com'];
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** A new blog. Its files are copies of one that was made with git, which takes a tenth of the time. */
export function makeBlog(): GitBlog {
  const place = mkdtempSync(join(scratch, 'blog-'));
  cpSync(join(scratch, 'template'), place, { recursive: true });
  const remote = join(place, 'remote.git');
  const blog = { remote, url: pathToFileURL(remote).href, folder: join(place, 'clone') };
  pointAt(blog.folder, blog);
  return blog;
}

/** Another machine's clone of a blog. */
export function copyClone(blog: GitBlog, name: string): string {
  const folder = `${blog.folder}-${name}`;
  cpSync(template.folder, folder, { recursive: true });
  pointAt(folder, blog);
  return folder;
}

/** A `git` that comes first on the path: a shell script which has the real one as `$GIT`. */
export function wrapGit(script: string): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(scratch, 'bin-'));
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const text = `#!/bin/sh\nGIT='${real}'\nHERE='${folder}'\n${script}\n`;
  writeFileSync(join(folder, 'git'), text, { mode: 0o755 });
  return { ...author, PATH: `${folder}:${author['PATH']}`, WRAPPER: folder };
}

function pointAt(folder: string, { url }: GitBlog): void {
  const config = join(folder, '.git', 'config');
  writeFileSync(config, readFileSync(config, 'utf8').replace(template.url, url));
}

function writeTemplate(): void {
  const { remote, url, folder } = template;
  runGitCommand(scratch, 'init', '--quiet', '--bare', '--template=', '--initial-branch=main', remote);
  runGitCommand(scratch, 'init', '--quiet', '--template=', '--initial-branch=main', folder);
  writeFileSync(join(folder, 'post.md'), '# A post\n');
  runGitCommand(folder, 'add', '.');
  runGitCommand(folder, 'commit', '--quiet', '-m', 'A post');
  runGitCommand(folder, 'remote', 'add', 'origin', url);
  runGitCommand(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
}

function writeUnhelpfulConfig(): void {
  const hooks = join(scratch, 'hooks');
  mkdirSync(hooks);
  for (const hook of ['pre-push', 'pre-commit', 'commit-msg', 'reference-transaction', 'post-checkout']) {
    writeFileSync(join(hooks, hook), '#!/bin/sh\necho "the hook ran" >&2\nexit 1\n', { mode: 0o755 });
  }
  const settings = [
    '[init] defaultBranch = trunk',
    '[user] useConfigOnly = true',
    '[commit] gpgSign = true',
    '[gpg] program = false',
    '[push] default = nothing\n gpgSign = true\n followTags = true',
    '[fetch] prune = true',
    `[core] autocrlf = true\n hooksPath = ${hooks}`,
    '[i18n] commitEncoding = latin1',
  ];
  writeFileSync(join(scratch, '.gitconfig'), `${settings.join('\n')}\n`);
}
