import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubToken, openGithub, type GithubStandIn } from '../github-stand-in.ts';
import { makeBlog, runGitCommand, type GitBlog } from '../git-blog.ts';
import { openDevto, openLinkedin, secrets, writePost } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import type { LocalRegistry } from './local-registry.ts';
import { runWorkflow, type GivenRun, type WorkflowRun } from './workflow-runner.ts';

/** A blog that was set up by the published program alone, as GitHub keeps it. */
export interface InstalledBlog {
  readonly repository: GitBlog;
  readonly devto: Awaited<ReturnType<typeof openDevto>>;
  readonly github: GithubStandIn;
  /** Points the config that `init` wrote at stand-ins, and pushes all it wrote to main. */
  publishSetUp(): void;
  /** Runs a workflow that `init` wrote, by its verb, with the real npm, which asks the local registry. */
  run(verb: string, given: Partial<GivenRun> & Pick<GivenRun, 'event'>): Promise<WorkflowRun>;
}

/** A clone with one post in it, and stand-ins of all that its workflows reach. */
export async function openInstalledBlog(registry: LocalRegistry): Promise<InstalledBlog> {
  const repository = makeBlog();
  const { folder, remote } = repository;
  runGitCommand(remote, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  writeFiles(folder, {
    'hugo.toml': 'baseURL = "https://kites.example/"\ntitle = "Kites"\nlanguageCode = "en"\n',
    'content/posts/first-wind.md': writePost('First wind\n\nHello.', 'description: A day.\n'),
  });
  const devto = await openDevto();
  const linkedin = await openLinkedin();
  const github = await openGithub({ permissions: { author: 'write' } });
  const bin = writePrograms(registry);
  return {
    repository,
    devto,
    github,
    publishSetUp() {
      const path = join(folder, 'config', 'broadside.yaml');
      const config = readFileSync(path, 'utf8')
        .replace('    kind: devto\n', `    kind: devto\n    url: "${devto.url}"\n    since: 2020-01-01\n`)
        .replace('    kind: linkedin\n', `    kind: linkedin\n    url: "${linkedin.url}"\n`);
      writeFileSync(path, `${config}require_live: false\n`);
      runGitCommand(folder, 'add', '--all');
      runGitCommand(folder, 'commit', '--quiet', '-m', 'Set Broadside up');
      runGitCommand(folder, 'push', '--quiet', 'origin', 'main');
    },
    run(verb, given) {
      const workflow = readFileSync(join(folder, `.github/workflows/broadside-${verb}.yml`), 'utf8');
      const sha = runGitCommand(folder, 'rev-parse', 'HEAD');
      const environment = { GITHUB_API_URL: github.standIn.url, ...given.environment };
      const whole = { workflow, remote: repository.url, sha, secrets, token: githubToken, bin };
      return runWorkflow({ ...whole, ...given, environment });
    },
  };
}

/** The programs that the jobs call: this Node, the real npm with the words that make it ask the local registry, and a mute gh. */
function writePrograms({ words }: LocalRegistry): string {
  const bin = join(openFolder(), 'bin');
  mkdirSync(bin);
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const quoted = words.map((word) => `'${word}'`).join(' ');
  symlinkSync(process.execPath, join(bin, 'node'));
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\nexec '${npm}' "$@" ${quoted}\n`, { mode: 0o755 });
  writeFileSync(join(bin, 'gh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return bin;
}
