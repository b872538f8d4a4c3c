import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { blogWorkflows, ownWorkflows } from '../src/init/workflows.ts';
import type { StandIn } from '../src/rehearsal/stand-in.ts';
import { branch, makeBlog, runGitCommand, type GitBlog } from './git-blog.ts';
import { findDeadUrl } from './local-server.ts';
import { findWrites, openDevto, openLinkedin, secrets, writePost } from './small-blog.ts';
import { runWorkflow, type GivenRun, type WorkflowRun } from './workflow-runner.ts';
import { writeFiles } from './workspace.ts';

const timezone = 'Europe/London';
const blog = blogWorkflows({ generator: 'Hugo', version: '0.1.0', timezone, feedFolder: 'static' });
const own = ownWorkflows(timezone);
const of = (name: string): string => blog[`.github/workflows/broadside-${name}.yml`] ?? '';

type TargetName = 'devto' | 'linkedin' | 'feed';

const onLinkedin = 'syndicate: { linkedin: true }\n';
const later = 'date: 2999-03-04\n';

/** What a stranger could write into a post, hoping that somebody's page or program takes it for more than text. */
const hostile = {
  title:
    'Pwn | <img src=x onerror=alert(1)> @everyone #1 [x](https://evil.example) `code` ::error::x ##[error]y %0A ${{ 1 }} $(touch pwned)',
  tag: 'a|b<script>@everyone`#1`',
  slug: 'p@everyone <b> #1 |[x](y)',
  commit: 'pwn\n\n::error::from a commit\nheld<<end\n$(touch pwned) ${{ secrets.DEVTO_API_KEY }}',
};

interface World {
  readonly repository: GitBlog;
  readonly devto: StandIn;
  readonly linkedin: StandIn;
  /** Commits files and pushes them to main, which takes nothing from anybody else; returns the commit. */
  commit(files: Readonly<Record<string, string>>, message?: string): string;
  run(workflow: string, given: Partial<GivenRun> & Pick<GivenRun, 'event'>): Promise<WorkflowRun>;
}

/** A blog on a bare remote whose main branch takes pushes from its author alone, and stand-ins. */
async function openWorld(
  posts: Readonly<Record<string, string>>,
  given: { readonly linkedinUrl?: string; readonly targets?: readonly TargetName[] } = {},
): Promise<World> {
  const repository = makeBlog();
  const { remote, folder } = repository;
  const devto = await openDevto();
  const linkedin = await openLinkedin();
  runGitCommand(remote, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  mkdirSync(join(remote, 'hooks'));
  const targets: Readonly<Record<TargetName, string>> = {
    devto: `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`,
    linkedin: `linkedin: { kind: linkedin, url: "${given.linkedinUrl ?? linkedin.url}", since: 2020-01-01 }`,
    feed: 'feed: { kind: feed }',
  };
  let tip = '';
  const commit: World['commit'] = (files, message = 'A commit') => {
    const hook = join(remote, 'hooks', 'update');
    rmSync(hook, { force: true });
    writeFiles(folder, files);
    runGitCommand(folder, 'add', '--all');
    runGitCommand(folder, 'commit', '--quiet', '-m', message);
    runGitCommand(folder, 'push', '--quiet', 'origin', 'main');
    writeFileSync(hook, '#!/bin/sh\ntest "$1" != refs/heads/main\n', { mode: 0o755 });
    tip = runGitCommand(folder, 'rev-parse', 'HEAD');
    return tip;
  };
  const names = given.targets ?? (['devto', 'linkedin', 'feed'] as const);
  const config = `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: ${timezone} }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets:
${names.map((name) => `  ${targets[name]}`).join('\n')}
require_live: false
`;
  commit({ 'config/broadside.yaml': config, ...posts });
  return {
    repository,
    devto,
    linkedin,
    commit,
    run: (workflow, more) => runWorkflow({ workflow, remote: repository.url, sha: tip, secrets, ...more }),
  };
}

/** What a job wrote down to be read by people or by other jobs, all of it without secrets. */
function showRun({ jobs, ghCalls, bodies }: WorkflowRun): string {
  const shown = JSON.stringify([jobs, ghCalls, bodies]);
  for (const secret of [...Object.values(secrets), 'a-github-token']) expect(shown).not.toContain(secret);
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ name, outcome, log }) => `${name}: ${outcome}\n${log}`))
    .join('\n');
}

/** Expects markdown in which nothing that a stranger wrote is markup, a link, an image, a mention or a reference. */
function expectText(markdown: string, hosts: readonly string[]): void {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown);
  const addresses: string[] = [];
  const texts: string[] = [];
  const markup: string[] = [];
  visit(tree, (node) => {
    if (node.type === 'link' || node.type === 'image') addresses.push(new URL(node.url).host);
    if (node.type === 'text') texts.push(node.value);
    if (node.type === 'html') markup.push(node.value);
  });
  const ours =
    /^(<!-- broadside plan -->|<details><summary>[^<>]*<\/summary>|<pre>[^<>]*<\/pre>|<\/details>)$/;
  for (const html of markup) expect(html).toMatch(ours);
  for (const address of addresses) expect(hosts).toContain(address);
  for (const text of texts) expect(text).not.toMatch(/@\w|#\d|https?:\/\/evil/);
}

describe('publish.yml', () => {
  it('publishes on a push, nothing by schedule, an edit once, and nothing in a run again', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One', onLinkedin) });
    const first = runGitCommand(world.repository.folder, 'rev-parse', 'HEAD');
    const pushed = await world.run(of('publish'), { event: 'push' });
    expect(showRun(pushed)).toContain('+ devto  one  published');
    expect(pushed.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '2', updated: '0', held: '0', failed: '0', waiting: '0', 'site-changed': 'true' },
    });
    expect(pushed.jobs['publish']?.summary).toMatch(
      /^\| devto \| \[One\]\(<https:\/\/example\.com\/blog\/one>\) \| \[published\]\(<http:[^>]+>\) \|$/m,
    );
    const refs = runGitCommand(world.repository.remote, 'for-each-ref', '--format=%(refname)');
    expect(refs).toContain(`refs/heads/${branch}`);
    expect(runGitCommand(world.repository.remote, 'rev-parse', 'main')).toBe(first);

    const writes = [...findWrites(world.devto), ...findWrites(world.linkedin)];
    const scheduled = await world.run(of('publish'), { event: 'schedule' });
    expect(scheduled.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '0', updated: '0', 'site-changed': 'false' },
    });
    expect([...findWrites(world.devto), ...findWrites(world.linkedin)]).toEqual(writes);

    world.commit({ 'posts/one.md': writePost('One\n\nMore.', onLinkedin) });
    const edited = await world.run(of('publish'), { event: 'push' });
    expect(edited.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '0', updated: '1' },
    });

    const after = findWrites(world.devto);
    const again = await world.run(of('publish'), { event: 'push', sha: first });
    expect(again.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '0', updated: '0' },
    });
    const old = of('publish').replace(/^ +ref: .*\n/m, '');
    const stale = await world.run(old, { event: 'push', sha: first });
    expect(stale.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '0', updated: '0' },
    });
    expect(showRun(stale)).toContain('by now: nothing was sent');
    expect(findWrites(world.devto)).toEqual(after);
  });

  it('plans by hand, and publishes the one post and target that are named', async () => {
    const world = await openWorld({
      'posts/one.md': writePost('One'),
      'posts/two.md': writePost('Two', `${later}${onLinkedin}`),
    });
    const inputs = { post: 'two', target: 'devto', mode: 'plan', take: 'neither' };
    const planned = await world.run(of('publish'), { event: 'workflow_dispatch', inputs });
    expect(planned.jobs['publish']).toMatchObject({ result: 'success', outputs: { created: '1' } });
    expect(planned.jobs['publish']?.summary).toContain('Nothing has been sent.');
    expect(findWrites(world.devto)).toEqual([]);
    const published = await world.run(of('publish'), {
      event: 'workflow_dispatch',
      inputs: { ...inputs, mode: 'publish' },
    });
    expect(showRun(published)).toContain('+ devto  two  published');
    expect(findWrites(world.devto)).toHaveLength(1);
    expect(findWrites(world.linkedin)).toEqual([]);
    const hostileInput = await world.run(of('publish'), {
      event: 'workflow_dispatch',
      inputs: { ...inputs, post: '--config=/etc/passwd $(touch pwned)', mode: 'publish', target: 'all' },
    });
    expect(hostileInput.jobs['publish']?.result).toBe('failure');
    expect(showRun(hostileInput)).toContain('POST_UNKNOWN');
    expect(existsSync(join(hostileInput.jobs['publish']?.workspace ?? '', 'pwned'))).toBe(false);
  });

  it('sends each copy once when two run at once', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One'), 'posts/two.md': writePost('Two') });
    const runs = await Promise.all([
      world.run(of('publish'), { event: 'push' }),
      world.run(of('publish'), { event: 'schedule' }),
    ]);
    const last = await world.run(of('publish'), { event: 'schedule' });
    expect(last.jobs['publish']?.result).toBe('success');
    for (const run of runs) showRun(run);
    expect(findWrites(world.devto)).toHaveLength(2);
  });

  it('goes red without secrets, says which, and still writes the feed', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One', onLinkedin) });
    const run = await world.run(of('publish'), { event: 'schedule', secrets: {} });
    const job = run.jobs['publish'];
    expect(job).toMatchObject({
      result: 'failure',
      outputs: { created: '0', failed: '2', 'site-changed': 'true' },
    });
    expect(showRun(run)).toMatch(
      /^::error title=not published::devto {2}one {2}not sent: DEVTO_API_KEY is not set/m,
    );
    expect(job?.summary).toContain('LINKEDIN&#95;ACCESS&#95;TOKEN is not set');
    expect(existsSync(join(job?.workspace ?? '', 'out/site/feed.xml'))).toBe(true);
  });

  it('does the rest when one target is down, and goes red', async () => {
    const world = await openWorld(
      { 'posts/one.md': writePost('One', onLinkedin) },
      { linkedinUrl: await findDeadUrl() },
    );
    const run = await world.run(of('publish'), { event: 'schedule' });
    expect(run.jobs['publish']).toMatchObject({ result: 'failure', outputs: { created: '1', failed: '1' } });
    expect(findWrites(world.devto)).toHaveLength(1);
    expect(run.jobs['publish']?.summary).toContain('**not sent**');
  });

  it('deploys this repository’s own site, also when something failed', async () => {
    const workflow = own['.github/workflows/publish.yml'] ?? '';
    const world = await openWorld({ 'posts/one.md': writePost('One') }, { targets: ['devto', 'feed'] });
    const run = await world.run(workflow, { event: 'push', secrets: {} });
    expect(run.jobs['publish']?.result).toBe('failure');
    expect(run.jobs['deploy']?.steps).toMatchObject([{ outcome: 'success' }]);
    const inputs = { post: '', target: 'all', mode: 'plan', take: 'neither' };
    const planned = await world.run(workflow, { event: 'workflow_dispatch', inputs });
    expect(planned.jobs['publish']?.result).toBe('success');
    expect(planned.jobs['deploy']?.result).toBe('skipped');
  });
});

describe('check.yml', () => {
  const payload = { pull_request: { number: 7 } };

  it('shows faults, the plan and the exact text in the summary and one comment', async () => {
    const post = `${writePost('One', `${later}description: An *exact* text (really).\n${onLinkedin}`)}\n![](a.png)\n`;
    const world = await openWorld({ 'posts/one.md': post });
    const run = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh: 'exit 0' });
    expect(showRun(run)).toMatch(/^::warning file=posts\/one\.md,line=\d+/m);
    expect(run.jobs['check']?.result).toBe('success');
    expect(run.jobs['check']?.summary).toContain('<pre>An \\*exact\\* text \\(really\\).\n');
    expect(run.ghCalls.map((words) => words[words.indexOf('--method') + 1])).toEqual(['api', 'POST']);
    const [comment = ''] = run.bodies;
    expect(comment).toMatch(/^<!-- broadside plan -->\n## Broadside would do this\n/);
    expect(comment).toContain('<pre>An \\*exact\\* text \\(really\\).\n');
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
});

describe('watch.yml', () => {
  const look = (lastRun: string, issue: string): string =>
    `case "$*" in "run list"*) echo ${lastRun};; "repo view"*) echo PUBLIC;; "issue list"*) echo ${issue};; esac`;

  it('opens one issue, keeps it up to date, and closes it', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') }, { targets: ['devto', 'feed'] });
    const quiet = await world.run(of('watch'), { event: 'schedule', gh: look('2020-01-01T00:17:00Z', '') });
    showRun(quiet);
    expect(quiet.jobs['watch']?.result).toBe('success');
    expect(quiet.ghCalls.at(-1)?.slice(0, 2)).toEqual(['issue', 'create']);
    expect(quiet.bodies[0]).toContain(
      'Publishing has not run by its schedule since 2020-01-01T00:17:00.000Z.',
    );
    expect(quiet.bodies[0]).toMatch(
      /^\| devto \| \[One\]\(.*\) \| 2024-03-04 00:00 Europe\/London \| no run has sent it \|$/m,
    );
    const again = await world.run(of('watch'), { event: 'schedule', gh: look('2020-01-01T00:17:00Z', '5') });
    expect(again.ghCalls.at(-1)?.slice(0, 3)).toEqual(['issue', 'edit', '5']);

    await world.run(of('publish'), { event: 'schedule' });
    const now = new Date().toISOString();
    const well = await world.run(of('watch'), { event: 'schedule', gh: look(now, '5') });
    expect(showRun(well)).not.toContain('needs a person');
    expect(well.ghCalls.at(-1)?.slice(0, 3)).toEqual(['issue', 'close', '5']);
  });
});

describe('what strangers write', () => {
  it('is text in the summary, the comment, the outputs and the issue', async () => {
    const title = JSON.stringify(hostile.title);
    const matter = `---\ntitle: ${title}\ndate: 2024-03-04\ntags: [${JSON.stringify(hostile.tag)}]\ndescription: ${title}\n${onLinkedin}---\n\n`;
    const world = await openWorld({});
    world.commit({ [`posts/${hostile.slug}.md`]: `${matter}${hostile.title}\n` }, hostile.commit);
    const payload = {
      pull_request: { number: 7, title: hostile.title },
      head_commit: { message: hostile.commit },
    };
    const gh = 'case "$*" in "run list"*) echo 2020-01-01T00:17:00Z;; "repo view"*) echo PUBLIC;; esac';
    const checked = await world.run(of('check'), { event: 'pull_request', secrets: {}, payload, gh });
    const watched = await world.run(of('watch'), { event: 'schedule', payload, gh });
    const published = await world.run(of('publish'), { event: 'push', payload });

    const hosts = ['https://example.com', world.devto.url, world.linkedin.url].map(
      (url) => new URL(url).host,
    );
    const shown = [
      checked.jobs['check']?.summary ?? '',
      checked.bodies[0] ?? '',
      watched.jobs['watch']?.summary ?? '',
      watched.bodies[0] ?? '',
      published.jobs['publish']?.summary ?? '',
    ];
    for (const markdown of shown) {
      expect(markdown).toContain('Pwn &#124; &#60;img src=x onerror=alert&#40;1&#41;&#62;');
      expectText(markdown, hosts);
    }
    for (const run of [checked, watched, published]) {
      const log = showRun(run);
      for (const line of log.split('\n')) expect(line).not.toMatch(/^\s*::(?!(error|warning|notice) )|##\[/);
      for (const { workspace } of Object.values(run.jobs))
        expect(existsSync(join(workspace, 'pwned'))).toBe(false);
    }
    expect(Object.keys(published.jobs['publish']?.outputs ?? {})).toHaveLength(6);
    for (const value of Object.values(published.jobs['publish']?.outputs ?? {}))
      expect(value).toMatch(/^(\d+|true|false)$/);
  });
});
