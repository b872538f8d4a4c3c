import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGitCommand } from '../git-blog.ts';
import { exampleIntent, exampleReceipt } from '../examples.ts';
import { makeSmallBlog, today, writePost, type SmallBlog } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const devto = 'devto: { kind: devto, url: "http://127.0.0.1:1", ai_disclosure: no_ai, schedule: {} }';
const now = `date: ${today}\ntags: [a]\n`;
const past = 'date: 2020-03-04\ntags: [a]\n';
const widget = '{{< widget id=7 >}}';
const post = (body: string, matter: string): string => writePost(`A post\n\n${body}`, matter);

function many(count: number): string {
  return Array.from({ length: count }, (_, index) => `${widget} and words ${index}.`).join('\n\n');
}

describe('check, for a person', () => {
  it('groups what is wrong by rule: how often, three places, the remedy once, and the lines for the config', async () => {
    const blog = makeSmallBlog([devto], {
      one: post(many(20), now),
      two: post(`${many(9)}\n\n{{< other/box >}}`, now),
    });
    const { stderr, stdout, code } = await blog.run('check');
    expect(stderr).toBe(`30 errors post-shortcode-unknown in 2 files
  posts/one.md:9:1 The shortcode \`widget\` is made by your site alone, so readers elsewhere would miss it.
  posts/two.md:27:1 The shortcode \`other/box\` is made by your site alone, so readers elsewhere would miss it.
  posts/one.md:11:1 The shortcode \`widget\` is made by your site alone, so readers elsewhere would miss it.
  and 27 more; --all lists them
  Say what it stands for in \`syntax.shortcodes\` of the source, or write it in markdown. Or have copies show what your page shows there: set \`pages\` of the source.
  For the source in the config ("unwrap" shows what is inside, "drop" leaves it out, docs/writing.md has more):
    syntax:
      shortcodes:
        widget: drop # 29
        "other/box": drop # 1
`);
    expect(stdout).toContain('2 posts checked: 30 errors, 0 warnings.\n');
    expect(stdout).toContain('! devto  one  held: unsupported, post-shortcode-unknown at posts/one.md:9\n');
    expect(code).toBe(1);
    const all = await blog.run('check', '--all');
    expect(all.stderr.match(/^posts\/\w+\.md:\d+:1 error post-shortcode-unknown /gm)).toHaveLength(30);
    const json = JSON.parse((await blog.run('check', '--format', 'json')).stdout) as {
      readonly diagnostics: readonly object[];
    };
    expect(json.diagnostics).toHaveLength(30);
    expect(json).toMatchObject({
      errors: 30,
      copies: [
        { post: 'one', verb: 'hold', reason: 'unsupported' },
        { post: 'two', verb: 'hold' },
      ],
    });
  });

  it('puts the most frequent first, errors before warnings', async () => {
    const blog = makeSmallBlog([devto], {
      one: writePost(
        `A title {first_name}\n\n{{< a >}}\n\n<!-- x -->\n\n:::poll\nB\n:::`,
        `date: ${today}\n`,
      ),
      two: writePost(`Another\n\n:::poll\nB\n:::`, `date: ${today}\n`),
    });
    const { stderr } = await blog.run('check');
    expect(stderr.match(/(?:error|warning)s? [\w-]+/g)).toEqual([
      'errors post-directive-unknown',
      'error post-shortcode-unknown',
      'warnings post-merge-tag',
      'warnings devto-tags-missing',
    ]);
  });

  it('only counts what is wrong with posts that publish leaves out, and fails for none of it', async () => {
    const blog = makeSmallBlog([devto], { old: post(widget, past), new: writePost('Fine.', now) });
    const { stderr, stdout, code } = await blog.run('check');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toContain(
      'Not counted: 1 error in 1 file, for copies that publish would not send: their posts are dated before the target was opened, or do not go there. --all lists them.\n',
    );
    expect(stdout).toContain('+ devto  new  new\n');
    const all = await blog.run('check', '--all');
    expect(all.stderr).toMatch(/^In posts of which no copy goes out:\nposts\/old\.md:9:1 error /);
    expect(all.code).toBe(0);
    const named = await blog.run('check', 'old');
    expect(named.stderr).toMatch(/^posts\/old\.md:9:1 error post-shortcode-unknown /);
    expect(named.code).toBe(1);
  });

  it('counts an old post that has a copy, since that would not be updated', async () => {
    const blog = makeSmallBlog([devto], { old: post(widget, past) });
    await blog.record('devto', 'old', [exampleIntent(), exampleReceipt()]);
    expect(await blog.run('check')).toMatchObject({ code: 1 });
  });

  it('warns of what only keeps an old item of a feed from being whole, where there are copies too', async () => {
    const blog = makeSmallBlog([devto, 'feed: { kind: feed }'], { old: post(widget, past) });
    const { stderr, stdout, code } = await blog.run('check');
    expect(stderr).toMatch(/^posts\/old\.md:9:1 warning post-shortcode-unknown /);
    expect(stdout).toMatch(/^1 post checked: 0 errors, 1 warning\.\n/);
    expect(code).toBe(0);
  });

  it('counts what is old where a feed shows it still', async () => {
    const feed = (limit: number): string => `feed: { kind: feed, limit: ${limit} }`;
    const posts = { old: post(`<Old />\n\n${widget}`, past), new: writePost('Fine.', now) };
    const sound = '2 posts checked: 0 errors, 0 warnings.\n';
    expect((await makeSmallBlog([feed(1)], posts).run('check')).stdout).toContain(sound);
    expect((await makeSmallBlog([feed(2)], posts).run('check')).stdout).not.toContain(sound);
  });
});

describe('check of a post that is named', () => {
  const broken = '---\ntitle: "Broken\ndate: 2026-11-02\n---\n\nHello.\n';

  it.each(['half', 'half.md', '2026-11-02-half', 'posts/2026-11-02-half.md'])(
    'shows the fault that keeps its file from being one: %s',
    async (word) => {
      const blog = makeSmallBlog([devto], { fine: writePost('Fine.', now), '2026-11-02-half': broken });
      const { stderr, stdout, code } = await blog.run('check', word);
      expect(stderr).toMatch(/^posts\/2026-11-02-half\.md:2:8 error post-front-matter-invalid /);
      expect({ stdout, code }).toEqual({ stdout: '0 posts checked: 1 error, 0 warnings.\n', code: 1 });
      expect((await blog.run('plan', word)).stderr).toMatch(/^POST_INVALID: posts\/2026-11-02-half\.md:2:8 /);
    },
  );

  it('lists the ids where there is no such post', async () => {
    const blog = makeSmallBlog([devto], { fine: writePost('Fine.', now), good: writePost('Good.', now) });
    expect((await blog.run('check', 'nothing-like-it')).stderr).toBe(
      'POST_UNKNOWN: No post is called "nothing-like-it".\nName a post by its id or its file. The ids are fine, good.\n',
    );
  });
});

it('gives programs each fault as weighty as it tells people', async () => {
  const feed = 'feed: { kind: feed, path: feed.xml }';
  const blog = makeSmallBlog([feed, devto], { one: post('![A pear](./pear.png)', past) });
  const { stderr } = await blog.run('check', '--all');
  expect(stderr).toMatch(/^posts\/one\.md:\d+:1 warning post-file-missing /m);
  const json = JSON.parse((await blog.run('check', '--format', 'json')).stdout) as {
    readonly diagnostics: readonly object[];
  };
  expect(json).toMatchObject({ errors: 0, deciding: { errors: 0 } });
  expect(json.diagnostics).toContainEqual(
    expect.objectContaining({ rule: 'post-file-missing', severity: 'warning' }),
  );
});

it('check misses no ledger in a folder that is no repository, where nothing was published yet', async () => {
  const blog = makeSmallBlog([devto], { old: post(widget, past) });
  const config = join(blog.folder, 'config/broadside.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^ledger: .*\n/m, ''));
  const { stdout } = await blog.run('check');
  expect(stdout).toContain('Not counted: 1 error in 1 file');
  expect(stdout).not.toContain('ledger');
});

describe('check of a pull request', () => {
  /** A blog in a repository whose last commit changes the files given. */
  function openChange(posts: Readonly<Record<string, string>>, changed: readonly string[]): SmallBlog {
    const blog = makeSmallBlog([devto], posts);
    const base = Object.fromEntries(changed.map((slug) => [`posts/${slug}.md`, writePost('Before.', now)]));
    runGitCommand(blog.folder, 'init', '--quiet', '--initial-branch=main');
    writeFiles(blog.folder, base);
    runGitCommand(blog.folder, 'add', '-A');
    runGitCommand(blog.folder, 'commit', '--quiet', '-m', 'base');
    runGitCommand(blog.folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    writeFiles(
      blog.folder,
      Object.fromEntries(changed.map((slug) => [`posts/${slug}.md`, posts[slug] ?? ''])),
    );
    runGitCommand(blog.folder, 'commit', '--quiet', '-a', '-m', 'change');
    return blog;
  }
  const event = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' };

  it('is decided by what it touches, which comes first', async () => {
    const posts = { bad: post(many(2), now), fine: writePost('Fine.', now) };
    const summary = join(openFolder(), 'summary.md');
    const harmless = openChange(posts, ['fine']);
    const passed = await harmless.runWith(
      { ...event, GITHUB_STEP_SUMMARY: summary },
      'check',
      '--format',
      'github',
    );
    expect(passed.code).toBe(0);
    expect(passed.stdout).not.toContain('::error');
    expect(passed.stdout).toContain('0 errors, 0 warnings in what this pull request touches.\n');
    expect(passed.stdout).toContain(
      'In the rest of the blog there are 2 errors, 0 warnings, which do not fail',
    );
    const harmful = openChange(posts, ['bad']);
    const failed = await harmful.runWith(event, 'check', '--format', 'github');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^::error file=posts\/bad\.md,line=9/);
  });

  it('is decided by every post where the checkout lacks its base, and says so', async () => {
    const blog = makeSmallBlog([devto], { bad: post(widget, now) });
    const { stderr, code } = await blog.runWith(event, 'check', '--format', 'github');
    expect(stderr).toBe(
      'The base of this pull request is not in the checkout, so every post counts as touched. Check out with "fetch-depth: 2".\n',
    );
    expect(code).toBe(1);
  });

  it('knows the base of the merge that GitHub checks out, and a post by its folder', async () => {
    const blog = makeSmallBlog([devto], {
      'a/index': post(widget, now),
      'b/index': post(widget, now),
    });
    const git = (...words: readonly string[]): string => runGitCommand(blog.folder, ...words);
    git('init', '--quiet', '--initial-branch=main');
    git('add', '-A');
    git('commit', '--quiet', '-m', 'base');
    git('switch', '--quiet', '--create', 'change');
    writeFiles(blog.folder, { 'posts/a/words.txt': 'Beside the post.' });
    git('add', '-A');
    git('commit', '--quiet', '-m', 'change');
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'merge', 'change');
    const { stdout } = await blog.runWith({ ...event, GITHUB_BASE_REF: '' }, 'check', '--format', 'github');
    expect(stdout).toMatch(/^::error file=posts\/a\/index\.md/);
    expect(stdout).not.toContain('posts/b/index.md,');
    expect(stdout).toContain('1 error, 0 warnings in what this pull request touches.\n');
  });
});

it('check knows the ledger of a branch as the clone last saw it, without a network', async () => {
  const blog = makeSmallBlog([devto], { older: post(widget, 'date: 2025-03-04\ntags: [a]\n') });
  const config = join(blog.folder, 'config/broadside.yaml');
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('kind: file, path: ledger', 'kind: git, branch: kept'),
  );
  const git = (...words: readonly string[]): string => runGitCommand(blog.folder, ...words);
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://127.0.0.1:1/none.git');
  expect((await runCommand(blog.folder, {}, ['check'])).stdout).toContain('does not know the ledger');
  writeFiles(blog.folder, { 'ledger.json': '{"version":1,"opened":{"devto":"2024-06-01T00:00:00.000Z"}}\n' });
  git('add', 'ledger.json');
  const commit = git('commit-tree', git('write-tree'), '-m', 'ledger');
  git('update-ref', 'refs/remotes/origin/kept', commit);
  const { stdout, code } = await runCommand(blog.folder, {}, ['check']);
  expect(stdout).toMatch(/^1 post checked: 1 error, 0 warnings\.\n/);
  expect(code).toBe(1);
});
