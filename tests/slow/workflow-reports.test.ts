import { existsSync } from 'node:fs';
import { join } from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { findWrites, writePost } from '../small-blog.ts';
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
    /^(<!-- broadside plan -->|<details><summary>[^<>]*<\/summary>|<pre>[^<>]*<\/pre>|<\/details>)$/;
  for (const html of markup) expect(html).toMatch(ours);
  for (const address of addresses) expect(hosts).toContain(address);
  for (const text of texts) expect(text).not.toMatch(/@\w|#\d|https?:\/\/evil/);
}

describe('check.yml', () => {
  const payload = { pull_request: { number: 7 } };

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
