import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBlog, runGitCommand, type GitBlog } from '../git-blog.ts';
import { findDeadUrl } from '../local-server.ts';
import { openDevto, writePost } from '../small-blog.ts';
import { writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

describe('git', () => {
  const key = 'Key/of+the-blog.7';
  const own = {
    BLOG_KEY: key,
    DEVTO_API_KEY: 'key-of-before',
    COPY_OF_KEY: `x${key}`,
    GITHUB_TOKEN: 'token-for-git',
  };

  /** A blog whose git is a script that has the real one as `$GIT` and its folder as `$HERE`. */
  function openBlog(url: string, script: string) {
    const blog: GitBlog = makeBlog();
    const bin = join(blog.folder, '..', 'bin');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nGIT='${real}'\nHERE='${bin}'\n${script}\n`);
    chmodSync(join(bin, 'git'), 0o755);
    writeFiles(blog.folder, {
      'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets: { devto: { kind: devto, url: "${url}", ai_disclosure: no_ai, secrets: { apiKey: BLOG_KEY } } }
require_live: false
ledger: { kind: git }
`,
      'posts/one.md': writePost('One.'),
    });
    const environment = { ...own, PATH: `${bin}:${process.env['PATH']}` };
    return {
      ...blog,
      bin,
      run: (words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Run> =>
        runCommand(blog.folder, { ...environment, ...more }, words),
    };
  }

  it('is never given a target’s key, whatever command runs it', async () => {
    const { url } = await openDevto([], { apiKey: key });
    const blog = openBlog(url, '{ echo "$1"; env; } >> "$HERE/log"; exec "$GIT" "$@"');
    const log = join(blog.bin, 'log');
    const actions = { GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/heads/main' };
    for (const words of [['plan'], ['publish', 'one'], ['status'], ['doctor'], ['dashboard'], ['adopt']]) {
      writeFileSync(log, '');
      const { stdout, stderr } = await blog.run(words, actions);
      const calls = readFileSync(log, 'utf8');
      expect(calls, `${words.join(' ')} runs git`).toContain('GIT_TERMINAL_PROMPT=0');
      expect(calls).toContain('token-for-git');
      for (const secret of [key, 'key-of-before']) expect(calls + stdout + stderr).not.toContain(secret);
    }
    expect(runGitCommand(blog.remote, 'branch', '--list')).toContain('syndication-ledger');
  });

  it('says nothing that holds a secret, in whatever form', async () => {
    const spread = key.split('').join('\\033[0m');
    const forms = [
      key,
      spread,
      encodeURIComponent(key),
      Buffer.from(`user:${key}`).toString('base64'),
      'token-for-git',
      'header-of-the-author',
      'https://someone:password-1@example.com/',
    ];
    const script = `case "$1" in ls-remote) printf '%b\\n' 'remote: ${forms.join(' ')}' >&2; exit 128;; esac\nexec "$GIT" "$@"`;
    const blog = openBlog(await findDeadUrl(), script);
    const header = Buffer.from('x-access-token:header-of-the-author').toString('base64');
    runGitCommand(
      blog.folder,
      'config',
      'http.https://example.com/.extraheader',
      `AUTHORIZATION: basic ${header}`,
    );
    const { stderr, code } = await blog.run(['plan']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /remote: \*\*\* \*\*\* \*\*\* [\w+/]*\*\*\*[\w+/]*=* \*\*\* \*\*\* https:\/\/example\.com\/\./,
    );
    for (const form of [
      key,
      ...forms,
      header,
      'password-1',
      Buffer.from(key).toString('base64').slice(4, -4),
    ]) {
      expect(stderr).not.toContain(form);
    }
  });
});
