import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { githubToken, openGithub, tick } from '../github-stand-in.ts';
import { findWrites, writePost } from '../small-blog.ts';
import { artifactUrl } from './workflow-runner.ts';
import { later, of, onLinkedin, openWorld, showRun } from './workflow-world.ts';
import { walk } from '../../src/reading/walk.ts';

/** What a stranger could write into a post, hoping that somebody's page or program takes it for more than text. */
const hostile = {
  title:
    'Pwn | <img src=x onerror=alert(1)> @everyone #1 [x](https://evil.example) `code` ::error::x ##[error]y %0A ${{ 1 }} $(touch pwned)',
  tag: 'a|b<script>@everyone`#1`',
  slug: 'p@everyone <b> #1 |[x](y)',
  commit: 'pwn\n\n::error::from a commit\nheld<<end\n$(touch pwned) ${{ secrets.DEVTO_API_KEY }}',
};

/** Expects markdown in which nothing that a stranger wrote is markup, a link, an image, a mention or a reference. */
function expectText(markdown: string, hosts: readonly string[]): void {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown);
  const addresses: string[] = [];
  const texts: string[] = [];
  const markup: string[] = [];
  walk(tree, (node) => {
    if (node.type === 'link' || node.type === 'image') addresses.push(new URL(node.url).host);
    if (node.type === 'text') texts.push(node.value);
    if (node.type === 'html') markup.push(node.value);
  });
  const ours =
    /^(<!-- broadside (plan|dashboard [\da-f]{16}) -->|<!-- broadside:[\w% -]+ -->|<details><summary>[^<>]*<\/summary>|<pre>[^<>]*<\/pre>|<\/details>)$/;
  for (const html of markup) expect(html).toMatch(ours);
  for (const address of addresses) expect(hosts).toContain(address);
  for (const text of texts) expect(text).not.toMatch(/@\w|#\d|https?:\/\/evil/);
}

/** What GitHub tells of a pull request from a repository. */
function ofPullRequest(repository: string, more: object = {}) {
  return { pull_request: { number: 7, head: { repo: { full_name: repository } }, ...more } };
}

describe('check.yml', () => {
  const payload = ofPullRequest('example/blog');

  it('shows faults, the plan and the exact text in the summary and one comment', async () => {
    const post = `${writePost('One', `${later}description: An *exact* text (really).\n${onLinkedin}`)}\n![](https://example.com/a.png)\n`;
    const world = await openWorld({ 'posts/one.md': post });
    const run = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh: 'exit 0' });
    expect(showRun(run)).toMatch(/^::warning file=posts\/one\.md,line=\d+/m);
    expect(run.jobs['check']?.result).toBe('success');
    expect(run.jobs['check']?.summary).toContain('<pre>An \\*exact\\* text \\(really\\).\n');
    expect(run.ghCalls.map((words) => words[words.indexOf('--method') + 1])).toEqual(['api', 'POST']);
    const [comment = ''] = run.bodies;
    expect(comment).toMatch(/^<!-- broadside plan -->\n## Broadside would do this\n/);
    expect(comment).toContain('<pre>An \\*exact\\* text \\(really\\).\n');
    expect(comment).toContain(`\n[See every copy](${artifactUrl}) as its readers will`);
    const preview = join(run.jobs['check']?.workspace ?? '', '..', 'temp', 'broadside-preview');
    expect(readFileSync(join(preview, 'data', 'posts', 'one.js'), 'utf8')).toContain(
      'An *exact* text (really).',
    );
    expect(findWrites(world.devto)).toEqual([]);

    const gh = 'case "$*" in *--paginate*) echo 99; echo 100;; esac';
    const next = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh });
    expect(next.ghCalls[1]).toEqual(
      expect.arrayContaining(['PATCH', 'repos/example/blog/issues/comments/99']),
    );
  });

  it('does not fail where it may not comment, and goes red for a fault in a post', async () => {
    const world = await openWorld({ 'posts/one.md': '---\ntitle: No date\n---\n\nHello.\n' });
    const run = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh: 'exit 1' });
    expect(run.jobs['check']?.result).toBe('failure');
    expect(run.jobs['comment']?.result).toBe('success');
    expect(showRun(run)).toContain('This token may not comment');
  });

  it('leaves the comment on what a fork holds to another workflow', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') });
    const run = await world.run(of('check'), {
      event: 'pull_request',
      secrets: {},
      payload: ofPullRequest('stranger/blog'),
      gh: 'exit 0',
    });
    expect(run.jobs['check']?.result).toBe('success');
    expect(run.jobs['comment']?.result).toBe('skipped');
    expect(run.ghCalls).toEqual([]);
  });
});

describe('comment.yml', () => {
  const commit = 'abcdef0123'.repeat(4);
  const after = (more: object = {}) => ({
    workflow_run: {
      id: 42,
      event: 'pull_request',
      head_sha: commit,
      head_branch: 'my-branch; touch pwned "$(touch pwned)"',
      head_repository: { full_name: 'stranger/blog', owner: { login: 'stranger' } },
      ...more,
    },
  });
  /** What GitHub answers: the pull requests of the branch, what the run kept, and the comments there are. */
  const answer = (pulls: string, kept: string, comments: string): string =>
    `case "$*" in *example/blog/pulls*) printf '%s' '${pulls}';; *artifacts*) printf '%s' '${kept}';; *--paginate*) printf '%s' '${comments}';; esac`;
  const comment = async (gh: string, payload: object = after()) => {
    const world = await openWorld({});
    return world.run(of('comment'), { event: 'workflow_run', secrets: {}, payload: { ...payload }, gh });
  };

  it('tells where the plan and the preview are, in one comment', async () => {
    const run = await comment(answer('7', '31', ''));
    showRun(run);
    expect(run.jobs['comment']?.result).toBe('success');
    expect(run.ghCalls[0]).toEqual(
      expect.arrayContaining([`head=stranger:${after().workflow_run.head_branch}`, 'state=open']),
    );
    expect(run.ghCalls.at(-1)).toEqual(
      expect.arrayContaining(['POST', 'repos/example/blog/issues/7/comments']),
    );
    expect(run.bodies).toEqual([
      `<!-- broadside plan -->
The plan for ${commit} is in [the summary of its run](https://github.com/example/blog/actions/runs/42).

[See every copy](https://github.com/example/blog/actions/runs/42/artifacts/31) as its readers will: unpack it, and open \`index.html\`.

Both were made of what a fork holds, so nothing of them is quoted here.
`,
    ]);
    expect(existsSync(join(run.jobs['comment']?.workspace ?? '', 'pwned'))).toBe(false);
    const next = await comment(answer('7', '', '99'));
    expect(next.ghCalls.at(-1)).toEqual(
      expect.arrayContaining(['PATCH', 'repos/example/blog/issues/comments/99']),
    );
    expect(next.bodies[0]).not.toContain('See every copy');
  });

  it('says nothing where the commit is the head of no open pull request', async () => {
    const run = await comment(answer('', '31', ''));
    expect(run.jobs['comment']?.result).toBe('success');
    expect(run.ghCalls).toHaveLength(1);
    expect(run.ghCalls[0]?.join(' ')).toContain(`select(.head.sha == "${commit}")`);
  });

  it('writes down no number that is none', async () => {
    const odd = await comment(answer('7/../8', '31', ''));
    expect(odd.ghCalls).toHaveLength(1);
    const kept = await comment(answer('7', '31) [x](https://evil.example', ''));
    expect(kept.bodies[0]).not.toContain('evil.example');
    const broken = await comment(answer('7', '31', ''), after({ head_sha: `${commit}" or true` }));
    expect(broken.jobs['comment']?.result).toBe('failure');
    expect(broken.ghCalls).toEqual([]);
  });

  it('leaves the repository’s own pull requests to the check', async () => {
    const own = { full_name: 'example/blog', owner: { login: 'example' } };
    const run = await comment(answer('7', '31', ''), after({ head_repository: own }));
    expect(run.jobs['comment']?.result).toBe('skipped');
    const pushed = await comment(answer('7', '31', ''), after({ event: 'push' }));
    expect(pushed.jobs['comment']?.result).toBe('skipped');
  });
});

describe('dashboard.yml', () => {
  const due = 'date: 2024-03-04\nsyndicate: { devto: { at: 2999-01-01 } }\n';

  it('is kept by the run that publishes, and does what its boxes ask for', async () => {
    const github = await openGithub({ permissions: { author: 'write' }, runs: ['2020-01-01T00:17:00Z'] });
    const world = await openWorld({ 'posts/one.md': writePost('One', due) }, { targets: ['devto', 'feed'] });
    const environment = { GITHUB_API_URL: github.standIn.url };
    const token = githubToken;
    const published = await world.run(of('publish'), { event: 'schedule', environment, token });
    showRun(published);
    expect(published.jobs['publish']?.result).toBe('success');
    expect(github.issues).toMatchObject([{ title: 'Broadside', state: 'open' }]);
    expect(findWrites(world.devto)).toEqual([]);

    const file = github.edit(1, 'author', tick(/publish devto one /));
    const payload = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const answered = await world.run(of('dashboard'), {
      event: 'issues',
      payload,
      environment: { ...environment, GITHUB_EVENT_PATH: file },
      token,
    });
    expect(showRun(answered)).toContain('devto one, publish: done.');
    expect(answered.jobs['answer']?.result).toBe('success');
    expect(answered.jobs['answer']?.summary).toContain('devto one, publish: done.');
    expect(findWrites(world.devto)).toEqual(['POST /api/articles']);
    expect(github.issues[0]?.body).not.toContain('[x]');
  });

  it('starts for no other issue, and not for what a program writes', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') });
    const issue = { title: 'Broadside', user: { login: 'github-actions[bot]' } };
    for (const payload of [
      { issue: { ...issue, title: 'A question' }, sender: { type: 'User' } },
      { issue: { ...issue, user: { login: 'reader' } }, sender: { type: 'User' } },
      { issue, sender: { type: 'Bot' } },
    ]) {
      const run = await world.run(of('dashboard'), { event: 'issues', payload });
      expect(run.jobs['answer']?.result).toBe('skipped');
    }
  });
});

describe('what strangers write', () => {
  it('is text in the summary, the comment, the outputs and the issue', async () => {
    const title = JSON.stringify(hostile.title);
    const matter = `---\ntitle: ${title}\ndate: 2024-03-04\ntags: [${JSON.stringify(hostile.tag)}]\ndescription: ${title}\n${onLinkedin}---\n\n`;
    const world = await openWorld({});
    world.commit({ [`posts/${hostile.slug}.md`]: `${matter}${hostile.title}\n` }, hostile.commit);
    const payload = {
      ...ofPullRequest('example/blog', { title: hostile.title }),
      head_commit: { message: hostile.commit },
    };
    const gh = 'exit 0';
    const github = await openGithub({ runs: ['2020-01-01T00:17:00Z'] });
    const token = githubToken;
    const environment = { GITHUB_API_URL: github.standIn.url };
    const checked = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh });
    const published = await world.run(of('publish'), { event: 'push', payload, environment, token });

    const hosts = [
      'https://example.com',
      artifactUrl,
      'https://github.com',
      world.devto.url,
      world.linkedin.url,
    ].map((url) => new URL(url).host);
    const shown = [
      checked.jobs['check']?.summary ?? '',
      checked.bodies[0] ?? '',
      github.issues[0]?.body ?? '',
      published.jobs['publish']?.summary ?? '',
    ];
    for (const markdown of shown) {
      expect(markdown).toContain('Pwn &#124; &#60;img src=x onerror=alert&#40;1&#41;&#62;');
      expectText(markdown, hosts);
    }
    for (const run of [checked, published]) {
      const log = showRun(run);
      for (const line of log.split('\n')) expect(line).not.toMatch(/^\s*::(?!(error|warning|notice) )|##\[/);
      for (const { workspace } of Object.values(run.jobs))
        expect(existsSync(join(workspace, 'pwned'))).toBe(false);
    }
    expect(Object.keys(published.jobs['publish']?.outputs ?? {})).toHaveLength(7);
    for (const value of Object.values(published.jobs['publish']?.outputs ?? {}))
      expect(value).toMatch(/^(\d+|true|false)$/);
  });
});
