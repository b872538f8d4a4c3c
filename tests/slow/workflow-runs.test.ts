import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { branch, runGitCommand } from '../git-blog.ts';
import { findDeadUrl } from '../local-server.ts';
import { bodyWith, pageWith } from '../paged-blog.ts';
import { findWrites, writePost } from '../small-blog.ts';
import {
  feedsAction,
  later,
  of,
  onLinkedin,
  openWorld,
  own,
  program,
  publishBuilt,
  showRun,
  wrapAction,
} from './workflow-world.ts';
import { root } from '../workspace.ts';

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

  it('says by hand why a draft that is named goes nowhere', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One', 'draft: true\n') });
    const inputs = { post: 'one', target: 'all', mode: 'publish', take: 'neither' };
    const run = await world.run(of('publish'), { event: 'workflow_dispatch', inputs });
    showRun(run);
    expect(run.jobs['publish']?.summary).toContain('posts/one.md goes nowhere: it is a draft.');
    expect(findWrites(world.devto)).toEqual([]);
  });

  it('goes red for a post named in a run that another commit came before', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') });
    const first = runGitCommand(world.repository.folder, 'rev-parse', 'HEAD');
    world.commit({ 'posts/two.md': writePost('Two') });
    const inputs = { post: 'one', target: 'all', mode: 'publish', take: 'neither' };
    const old = of('publish').replace(/^ +ref: .*\n/m, '');
    const run = await world.run(old, { event: 'workflow_dispatch', inputs, sha: first });
    expect(run.jobs['publish']?.result).toBe('failure');
    expect(showRun(run)).toContain('start it again for what was named');
    expect(findWrites(world.devto)).toEqual([]);
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

  it('publishes nothing of another branch than the default one nor of a tag of its name, and plans it by hand', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') }, { targets: ['devto', 'feed'] });
    const payload = { repository: { default_branch: 'trunk' } };
    const inputs = { post: '', target: 'all', mode: 'publish', take: 'neither' };
    const pushed = await world.run(of('publish'), { event: 'push', payload });
    const asked = await world.run(of('publish'), { event: 'workflow_dispatch', payload, inputs });
    const tagged = await world.run(of('publish'), {
      event: 'workflow_dispatch',
      ref: 'refs/tags/main',
      inputs,
    });
    for (const run of [pushed, asked, tagged]) expect(run.jobs['publish']?.result).toBe('skipped');
    const planned = await world.run(of('publish'), {
      event: 'workflow_dispatch',
      payload,
      inputs: { ...inputs, mode: 'plan' },
    });
    expect(planned.jobs['publish']).toMatchObject({ result: 'success', outputs: { created: '1' } });
    expect(findWrites(world.devto)).toEqual([]);
    const scheduled = await world.run(of('publish'), {
      event: 'schedule',
      payload: { repository: undefined },
    });
    expect(scheduled.jobs['publish']).toMatchObject({ result: 'success', outputs: { created: '1' } });
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

  it('builds the site in a job of its own, and lets what needs its pages wait where that fails', async () => {
    const body = bodyWith('{{< x-chart light >}}');
    const world = await openWorld(
      { 'posts/corner.md': writePost(`Corner\n\n${body}`), 'posts/other.md': writePost('Other') },
      { targets: ['devto'] },
    );
    const config = readFileSync(join(world.repository.folder, 'config/broadside.yaml'), 'utf8');
    const paged = config.replace('"/blog/{slug}" }', '"/blog/{slug}", pages: { from: _site } }');
    const shown = pageWith('<p>417 hours of light.</p>', 'Corner').replace(
      '<article>',
      '<article><p>Corner</p>',
    );
    world.commit({ 'config/broadside.yaml': paged, 'page.html': shown });

    const failed = await world.run(publishBuilt(['exit 1']), { event: 'push' });
    expect(failed.jobs['build']?.result).toBe('failure');
    expect(showRun(failed)).toContain('+ devto  other  published');
    expect(showRun(failed)).not.toContain('+ devto  corner  published');

    const script = ['mkdir -p _site/blog', 'cp page.html _site/blog/corner.html'];
    const built = await world.run(publishBuilt(script), { event: 'schedule' });
    expect(built.jobs['build']?.result).toBe('success');
    expect(showRun(built)).toContain('+ devto  corner  published');
    expect(runGitCommand(world.repository.remote, 'show', `${branch}:pages/corner.jsonl`)).toContain('417');
  });

  it('deploys this repository’s own site, also when something failed', async () => {
    const workflow = own['.github/workflows/publish.yml'] ?? '';
    const world = await openWorld({ 'posts/one.md': writePost('One') }, { targets: ['devto', 'feed'] });
    const run = await world.run(workflow, { event: 'push', secrets: {} });
    expect(run.jobs['publish']?.result).toBe('failure');
    expect(run.jobs['deploy']?.steps).toMatchObject([{ outcome: 'success' }]);
    expect(run.jobs['announce']?.result).toBe('success');
    const inputs = { post: '', target: 'all', mode: 'plan', take: 'neither' };
    const planned = await world.run(workflow, { event: 'workflow_dispatch', inputs });
    expect(planned.jobs['publish']?.result).toBe('success');
    expect(planned.jobs['deploy']?.result).toBe('skipped');
    expect(planned.jobs['announce']?.result).toBe('skipped');
  });
});

describe('what a blog calls', () => {
  const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
  const inputs = { config: 'config/broadside.yaml', post: '', target: '', take: '' };

  it('publishes by the reusable workflow', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One') }, { targets: ['devto', 'feed'] });
    const given = { ...inputs, mode: 'publish', environment: 'broadside' };
    const workflow = read('.github/workflows/blog.yml');
    const called = program;
    const run = await world.run(workflow, { event: 'schedule', inputs: given, called });
    expect(showRun(run)).toContain('+ devto  one  published');
    expect(run.jobs['publish']).toMatchObject({ result: 'success', outputs: { created: '1', failed: '0' } });
    const narrow = { ...given, target: 'devto' };
    const again = await world.run(workflow, { event: 'schedule', inputs: narrow, called });
    expect(again.jobs['publish']).toMatchObject({ result: 'success', outputs: { created: '0' } });
    expect(findWrites(world.devto)).toHaveLength(1);
    const lost = await world.run(workflow, { event: 'schedule', inputs: given });
    expect(lost.jobs['publish']?.steps[2]).toMatchObject({ name: 'Install Broadside', outcome: 'failure' });
    const payload = { repository: { default_branch: 'trunk' } };
    const other = await world.run(workflow, { event: 'push', inputs: given, called, payload });
    const tagged = await world.run(workflow, { event: 'push', inputs: given, called, ref: 'refs/tags/main' });
    for (const one of [other, tagged]) expect(one.jobs['publish']?.result).toBe('skipped');
  });

  it('publishes by the action, with the job’s token for the ledger', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One', onLinkedin) });
    const action = parse(read('action.yml')) as { runs: { steps: { env?: object }[] } };
    const [, , step] = action.runs.steps;
    expect(step?.env).toMatchObject({ GITHUB_TOKEN: '${{ inputs.token }}' });
    // The caller's own environment holds the secrets.
    Object.assign(step?.env ?? {}, { DEVTO_API_KEY: '${{ secrets.DEVTO_API_KEY }}' });
    const given = { ...inputs, command: 'publish', target: 'devto', token: 'a-github-token' };
    const run = await world.run(wrapAction(stringify(action)), { event: 'push', inputs: given });
    expect(showRun(run)).toContain('+ devto  one  published');
    expect(run.jobs['use']?.result).toBe('success');
    expect(findWrites(world.linkedin)).toEqual([]);
  });

  it('has the feeds where its generator takes them from', async () => {
    const world = await openWorld({ 'posts/one.md': writePost('One'), 'static/robots.txt': '' });
    const run = await world.run(wrapAction(feedsAction), { event: 'push', secrets: {} });
    expect(run.jobs['use']?.result).toBe('success');
    const folder = join(run.jobs['use']?.workspace ?? '', 'static');
    expect(readFileSync(join(folder, 'feed.xml'), 'utf8')).toContain('https://example.com/blog/one');
    expect(existsSync(join(folder, 'robots.txt'))).toBe(true);
  });
});
