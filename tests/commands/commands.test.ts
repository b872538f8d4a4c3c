import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../src/commands/catalogue.ts';
import { writePost } from '../live-blog.ts';
import { writeBlog, type Blog } from './write-blog.ts';
import { findDeadUrl } from '../local-server.ts';
import { openFolder, writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const sound = { 'sound.md': writePost('Sound', 'Hello.') };

function expectNoStack({ stdout, stderr }: Run): void {
  expect(stdout + stderr).not.toMatch(/^\s+at .+[:(]|node:internal|INTERNAL/m);
}

describe('help', () => {
  const commands = verbs.map(({ usage }) => /^[a-z-]+/.exec(usage)?.[0] ?? usage);

  it.each(commands)('of %s says what it does, with an example', async (name) => {
    const { run } = writeBlog({});
    const { code, stdout, stderr } = await run(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: broadside ${name}\\b`));
    expect(stdout).toMatch(/\n\n[A-Z].+\.\n\nOptions:|\n\n[A-Z].+\.\n\nArguments:/s);
    expect(stdout).toMatch(new RegExp(`\\nExample:\\n {2}\\$ broadside ${name}\\b`));
    expect(stdout).toContain('--config <file>');
    expect(stdout).toContain('--format <format>');
    const text = stdout.split('\nExample:')[0] ?? '';
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect((await run('help', name)).stdout).toBe(stdout);
  });
});

describe('the command line', () => {
  it.each([
    [['plna'], 'USAGE: Unknown command \'plna\'.\nDid you mean "plan"?\n'],
    [['pubish', 'post'], 'USAGE: Unknown command \'pubish\'.\nDid you mean "publish"?\n'],
    [
      ['frobnicate'],
      'USAGE: Unknown command \'frobnicate\'.\nSee "broadside --help", or the --help of a command.\n',
    ],
    [['plan', '--targt', 'devto'], 'USAGE: Unknown option \'--targt\'.\nDid you mean "--target"?\n'],
    [['plan', '--fromat', 'json'], 'USAGE: Unknown option \'--fromat\'.\nDid you mean "--format"?\n'],
    [[], 'USAGE: No command was given.\nRun "broadside --help" to see them.\n'],
    [['render', 'one'], "USAGE: Required option '--target <name>' not specified.\n"],
    [['render'], "USAGE: Required option '--target <name>' not specified.\n"],
    [['plan', '--format', 'xml'], 'Allowed choices are human, json, github.\n'],
    [['plan', '--take', 'both'], 'Allowed choices are source, remote.\n'],
    [['plan', '--at', 'tomorrow'], 'It is not an instant such as 2026-12-01 or 2026-12-01T08:30:00Z.\n'],
    [
      ['plan', '--at', '2026-12-01T08:30'],
      'It is not an instant such as 2026-12-01 or 2026-12-01T08:30:00Z.\n',
    ],
    [['plan', '--at', '2026-02-30'], 'It is not an instant such as 2026-12-01 or 2026-12-01T08:30:00Z.\n'],
    [['publish', '--at', '2026-12-01'], "USAGE: Unknown option '--at'.\n"],
    [['publish', '--max-wait', '-1'], 'It is not a number of seconds.\n'],
    [['publish', '--plan', 'p.json', '--take', 'source'], 'cannot be used with option'],
    [['publish', '--plan', 'p.json', 'sound'], 'USAGE: '],
    [['build', 'sound'], 'USAGE: Too many arguments'],
  ])('refuses %j', async (words, expected) => {
    const { run } = writeBlog(sound);
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toContain(expected);
    expect(stderr.split('\n')).toHaveLength(3);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('tells its errors in the format asked for', async () => {
    const { run } = writeBlog(sound);
    const json = await run('check', 'suond', '--format', 'json');
    expect(JSON.parse(json.stderr)).toEqual({
      error: { code: 'POST_UNKNOWN', message: 'No post is called "suond".', remedy: 'Did you mean "sound"?' },
    });
    const github = await run('check', 'suond', '--format', 'github');
    expect(github.stderr).toBe('::error::No post is called "suond". Did you mean "sound"? (POST_UNKNOWN)\n');
    const target = await run('render', 'sound', '--target', 'devot');
    expect(target.stderr).toBe('TARGET_UNKNOWN: No target is called "devot".\nDid you mean "devto"?\n');
  });

  it('finds its config where it is told', async () => {
    const { folder, run } = writeBlog(sound);
    const elsewhere = openFolder();
    expect(
      await runCommand(elsewhere, {}, ['check', '--config', `${folder}/config/broadside.yaml`]),
    ).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^1 post checked: 0 errors, 0 warnings\.\n/),
    });
    writeFiles(folder, { 'config/broadside.yaml': 'version: 1\nsite: {}\n' });
    const { code, stderr } = await run('check', '--format', 'github');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^::error file=config\/broadside\.yaml,line=1::config\/broadside\.yaml:1:1 sources is missing\. Add sources\.%0A/,
    );
  });
});

describe('a blog that is as it should be', () => {
  it('is checked, without a word on standard error', async () => {
    const { run } = writeBlog({ ...sound, 'draft.md': writePost('Draft', 'Soon.', 'draft: true\n') });
    const outlook =
      '\nWhat publish would do now, as far as this machine knows:\n+ devto  sound  new\n1 to create.\n';
    expect(await run('check')).toEqual({
      code: 0,
      stdout: `2 posts checked (1 draft): 0 errors, 0 warnings.\n${outlook}`,
      stderr: '',
    });
    expect(await run('check', 'sound', 'posts/sound.md', './posts/sound.md')).toMatchObject({
      stdout: `1 post checked: 0 errors, 0 warnings.\n${outlook}`,
    });
    expect((await run('check', 'draft')).stdout).toContain(
      'posts/draft.md is a draft: it is never published.\n',
    );
    expect(JSON.parse((await run('check', '--format', 'json')).stdout)).toEqual({
      posts: [
        { id: 'draft', file: 'posts/draft.md', draft: true },
        { id: 'sound', file: 'posts/sound.md', draft: false },
      ],
      errors: 0,
      warnings: 0,
      deciding: { errors: 0, warnings: 0 },
      diagnostics: [],
      copies: [{ target: 'devto', post: 'sound', verb: 'create', reason: 'new' }],
    });
  });

  it('has files beside it that may be checked, but not published', async () => {
    const { run, folder } = writeBlog(sound);
    writeFiles(folder, { 'notes/idea.md': '---\ntitle: Idea\ndate: 2026-11-02\n---\n\nHello.\n' });
    expect(await run('check', 'notes/idea.md')).toMatchObject({
      code: 0,
      stdout: '1 post checked: 0 errors, 1 warning.\n',
      stderr: expect.stringMatching(/^notes\/idea\.md:2:1 warning devto-tags-missing /),
    });
    expect(await run('plan', 'notes/idea.md')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^POST_UNKNOWN: No post is called "notes\/idea\.md"\./),
    });
  });

  it('is built into files that no slug leads out of their folder', async () => {
    const slugs = ['../up', '/root', '.git', 'a\\\\b', 'a\\0b', 'con', 'nul.txt'];
    const posts = slugs.map((slug, index) => [
      `p${index}.md`,
      writePost('Post', 'Hello.', `slug: "${slug}"\n`),
    ]);
    const { run, folder } = writeBlog(Object.fromEntries(posts));
    expect((await run('build')).stderr).toMatch(/^4 \w+s post-slug-invalid in 4 files/m);
    expect(readdirSync(join(folder, 'out/renditions/devto')).toSorted()).toEqual([
      expect.stringMatching(/^con-[0-9a-f]{8}\.md$/),
      expect.stringMatching(/^nul-txt-[0-9a-f]{8}\.md$/),
      'root.md',
    ]);
    expect(readdirSync(join(folder, 'out'), { recursive: true })).not.toContain('up.md');
  });

  it('is built into a site and renditions, drafts left out', async () => {
    const { run, folder } = writeBlog({ ...sound, 'draft.md': writePost('Draft', 'Soon.', 'draft: true\n') });
    expect(await run('build', '--out', 'public')).toEqual({
      code: 0,
      stdout: `public/site: feed.xml, atom.xml, feed.json, feed.css, subscribe.html\npublic/renditions: 2 renditions of 2 posts\n`,
      stderr: '',
    });
    expect(readFileSync(join(folder, 'public/renditions/devto/sound.md'), 'utf8')).toContain('Hello.');
    expect(readFileSync(join(folder, 'public/site/feed.json'), 'utf8')).not.toContain('Draft');
    const { stdout } = await run('build', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      site: ['feed.xml', 'atom.xml', 'feed.json', 'feed.css', 'subscribe.html'],
      renditions: ['devto/sound.md', 'feed/sound.html'],
    });
  });

  it('is rendered: the body on standard output, the fields beside it', async () => {
    const { run } = writeBlog(sound);
    const human = await run('render', 'posts/sound.md', '--target', 'devto');
    expect(human.stdout).toBe(
      'Hello.\n\n*Originally published at [Example](https://example.com/blog/sound).*\n',
    );
    expect(human.stderr).toContain('title: Sound\n');
    expect(human.code).toBe(0);
    const json = await run('render', 'sound', '--target', 'feed', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      postId: 'sound',
      target: 'feed',
      body: expect.any(String),
    });
    expect(json.stderr).toBe('');
  });

  it('is planned without secrets, and says what it could not ask', async () => {
    const { run } = writeBlog(sound);
    const { code, stdout, stderr } = await run('plan');
    expect(stdout).toBe(`+ devto  sound     new (unobserved)
+ feed   feed.xml  1 item
2 to create. Nothing has been sent.
`);
    expect(stderr)
      .toBe(`No access to devto: DEVTO_API_KEY is not set. Set it in the environment; devto needs it.
The ledger was read from files in .broadside/ledger.
`);
    expect(code).toBe(0);
    expect((await run('plan', '--detailed-exitcode')).code).toBe(2);
    expect((await run('plan', '--format', 'github')).stdout).toBe(stdout);
    const json = JSON.parse((await run('plan', '--format', 'json')).stdout) as { actions: readonly object[] };
    expect(json).toMatchObject({ version: 2, paused: false, diagnostics: [] });
    expect(json.actions).toMatchObject([
      { verb: 'create', reason: 'new', target: 'devto', post: 'sound', unobserved: true },
      { verb: 'create', reason: 'new', target: 'feed', feed: 'feed' },
    ]);
  });

  it('has a status before anything was published', async () => {
    const { run } = writeBlog(sound);
    const { code, stdout, stderr } = await run('status');
    expect(stdout).toMatch(/^devto +sound +due$/m);
    expect(stderr).toBe('The ledger was read from files in .broadside/ledger.\n');
    expect(code).toBe(0);
    const json = JSON.parse((await run('status', '--format', 'json')).stdout) as {
      copies: readonly object[];
    };
    expect(json.copies).toContainEqual(
      expect.objectContaining({ target: 'devto', post: 'sound', state: 'due' }),
    );
    expect((await run('status', '--format', 'github')).stdout).toBe(stdout);
  });

  it('is seen as at any instant', async () => {
    const { run } = writeBlog({
      'later.md': writePost('Later', 'Hello.').replace('2026-11-02', '2999-11-02'),
    });
    expect((await run('plan')).stdout).toContain('. devto  later     scheduled 2999-11-02 08:00 UTC\n');
    expect((await run('plan', '--at', '2999-11-02T07:59:59Z')).stdout).toContain('. devto  later ');
    expect((await run('plan', '--at', '2999-11-02T08:00:00Z')).stdout).toContain('+ devto  later ');
    expect((await run('plan', '--at', '2999-11-03')).stdout).toContain('1 item');
    expect((await run('status', '--at', '2999-11-03')).stdout).toMatch(/^devto +later +due$/m);
    await run('build', '--at', '2999-11-03');
    expect((await run('build', '--format', 'json', '--at', '2999-11-01')).stdout).not.toContain(
      'feed/later.html',
    );
  });

  it('is not out while its page does not answer', async () => {
    const dead = await findDeadUrl();
    const { run, folder } = writeBlog(
      {
        'sound.md': writePost('Sound', 'Hello.', 'syndicate: { linkedin: true }\n').replace(
          '2026-11-02T08:00:00Z',
          new Date().toISOString(),
        ),
      },
      { config: 'require_live: true' },
    );
    const config = readFileSync(join(folder, 'config/broadside.yaml'), 'utf8');
    writeFiles(folder, { 'config/broadside.yaml': config.replace('https://example.com', dead) });
    const { code, stdout } = await run('plan', '--detailed-exitcode', '--target', 'linkedin');
    expect(stdout).toMatch(
      /^\. linkedin {2}sound {2}not-live: http:\/\/127\.0\.0\.1:\d+\/blog\/sound cannot be read: /,
    );
    expect(code).toBe(0);
  });
});

/** Posts that are wrong, each in one way, with what is said of it. */
const faulty = [
  ['no-title.md', '---\ndate: 2026-11-02\n---\n\nHello.\n', 1, 'post-title-missing', 'Add a `title`'],
  ['no-date.md', '---\ntitle: No date\n---\n\nHello.\n', 1, 'post-date-missing', 'Add a `date`'],
  [
    'february.md',
    '---\ntitle: February\ndate: 2026-02-31\n---\n\nHello.\n',
    3,
    'post-date-invalid',
    'Write it as in 2026-11-21',
  ],
  [
    'one.md',
    '---\ntitle: One\nid: same\ndate: 2026-11-02\n---\n\nOne.\n',
    3,
    'post-id-duplicate',
    'posts/two.md',
  ],
  [
    'two.md',
    '---\ntitle: Two\nid: same\ndate: 2026-11-02\n---\n\nTwo.\n',
    3,
    'post-id-duplicate',
    'posts/one.md',
  ],
  ['broken.md', '---\ntitle: "Broken\n---\n\nHello.\n', 2, 'post-front-matter-invalid', 'not valid YAML'],
  [
    'title.md',
    writePost('Title', 'Hello.').replace('title: Title', `title: ${'Titles'.repeat(22)}`),
    2,
    'devto-title-length',
    '132 characters',
  ],
  ['empty.md', '', 1, 'post-empty', 'Write the post'],
] as const;

describe('a blog with every fault there is', () => {
  function writeFaultyBlog(): Blog {
    const blog = writeBlog({ ...sound, ...Object.fromEntries(faulty.map(([file, text]) => [file, text])) });
    const posts = join(blog.folder, 'posts');
    writeFileSync(join(posts, 'latin.md'), Buffer.from('---\ntitle: Caf\u00E9\n---\n\nHello.\n', 'latin1'));
    writeFileSync(
      join(posts, 'latin-body.md'),
      Buffer.from(writePost('Latin body', 'A caf\u00E9.'), 'latin1'),
    );
    mkdirSync(join(posts, 'folder.md'));
    return blog;
  }
  const others = [
    ['latin.md', 2, 'post-encoding'],
    ['latin-body.md', 8, 'post-encoding'],
    ['folder.md', 1, 'post-unreadable'],
  ] as const;
  const count = faulty.length + others.length;

  it('is told of each with its place and what to do, and checks the rest', async () => {
    const run = await writeFaultyBlog().run('check', '--all');
    expect(run.code).toBe(1);
    for (const [file, _text, line, rule, words] of faulty) {
      const told = run.stderr.split('\n').filter((one) => one.startsWith(`posts/${file}:`));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(new RegExp(`^posts/${file}:${line}:\\d+ error ${rule} `));
      expect(told[0]).toContain(words);
    }
    for (const [file, line, rule] of others) {
      expect(run.stderr).toMatch(new RegExp(`^posts/${file}:${line}:\\d+ error ${rule} `, 'm'));
    }
    expect(run.stdout).toMatch(new RegExp(`^2 posts checked: ${count} errors, 0 warnings\\.\\n\\n`));
    expect(run.stdout).toContain(
      '! devto  title  held: unsupported, devto-title-length at posts/title.md:2\n',
    );
    expectNoStack(run);
  });

  it('is told what MDX cannot show elsewhere', async () => {
    const mdx = writePost('MDX', 'A <b>word</b>.\n\n<Chart />');
    const { run } = writeBlog({ ...sound, 'component.mdx': mdx });
    const checked = await run('check');
    expect(checked.code).toBe(1);
    expect(checked.stderr).toMatch(
      /^posts\/component\.mdx:\d+:1 error post-component-unknown .* `syntax\.components`/,
    );
    expect(checked.stderr).toMatch(/^ {4}syntax:\n {6}components:\n {8}Chart: drop # 1$/m);
    expect(checked.stdout).toMatch(/^2 posts checked: 1 error, 0 warnings\.\n/);
  });

  it('is told of blocks for targets that are not in the config', async () => {
    const body = 'Text.\n\n:::only{devto liknedin}\nMore.\n:::\n\n:::except{original}\nOther.\n:::';
    const { run } = writeBlog({ 'only.md': writePost('Only', body) });
    const checked = await run('check');
    expect(checked.code).toBe(0);
    expect(checked.stderr).toMatch(
      /^posts\/only\.md:\d+:1 warning post-only-unknown .*"liknedin".* Did you mean "linkedin"\?$/m,
    );
    expect(checked.stderr.match(/post-only-unknown/g)).toHaveLength(1);
  });

  it('holds a body for one target against that target alone, and takes its file for the post', async () => {
    const { run } = writeBlog({
      'own.md': writePost('Own', 'Text.\n\n:::timeline\nMore.\n:::'),
      'own.devto.md': 'Text.\n\n:::poll\nMore.\n:::\n',
    });
    const checked = await run('check', 'posts/own.devto.md', '--all');
    expect(checked.code).toBe(1);
    expect(checked.stderr).toMatch(/^posts\/own\.devto\.md:3:1 error post-directive-unknown .*`poll`/m);
    expect(checked.stderr).toMatch(/^posts\/own\.md:\d+:1 warning post-item-short .*`timeline`/m);
    expect(checked.stdout).toMatch(/^1 post checked: 1 error, 1 warning/);
    const rendered = await run('render', 'own', '--target', 'devto');
    expect(rendered.code).toBe(1);
    expect(rendered.stderr).not.toContain('timeline');
  });

  it('annotates them on GitHub, and lists them in JSON', async () => {
    const { run } = writeFaultyBlog();
    const github = await run('check', '--format', 'github');
    expect(github.stdout).toContain('::error file=posts/february.md,line=3,col=1,title=post-date-invalid::');
    expect(github.stdout.match(/^::error /gm)).toHaveLength(10);
    expect(github.stdout).toContain(`${count} errors`);
    const json = JSON.parse((await run('check', '--format', 'json')).stdout) as {
      diagnostics: readonly object[];
    };
    expect(json).toMatchObject({ errors: count, warnings: 0 });
    expect(json.diagnostics).toContainEqual(
      expect.objectContaining({
        rule: 'devto-title-length',
        file: 'posts/title.md',
        line: 2,
        target: 'devto',
      }),
    );
  });

  it('publishes the sound post all the same', async () => {
    const { run } = writeFaultyBlog();
    const plan = await run('plan', '--detailed-exitcode');
    expect(plan.code).toBe(1);
    expect(plan.stdout).toMatch(/^\+ devto {2}sound +new \(unobserved\)$/m);
    expect(plan.stdout).toContain(
      '! devto  title     held: unsupported, devto-title-length at posts/title.md:2\n',
    );
    const rehearsal = await run('rehearse');
    expect(rehearsal.code).toBe(1);
    expect(rehearsal.stdout).toMatch(/^\+ devto {2}sound {2}published/m);
    const build = await run('build');
    expect(build.code).toBe(1);
    expect(build.stdout).toContain('out/site: feed.xml, atom.xml, feed.json, feed.css, subscribe.html\n');
    for (const one of [plan, rehearsal, build, await run('status')]) expectNoStack(one);
  });

  it.each([
    ['no-title', 'POST_INVALID: posts/no-title.md:1:1 The post has no title.\nAdd a `title`'],
    ['no-titel', 'POST_UNKNOWN: No post is called "no-titel".'],
    ['posts/no-title.md', 'POST_INVALID: posts/no-title.md:1:1 The post has no title.\nAdd a `title`'],
    ['same', 'POST_INVALID: posts/one.md:3:1 The id "same" is also that of posts/two.md'],
    ['posts', 'POST_UNKNOWN: No post is called "posts".\nName a post by its id or its file'],
    ['../outside.md', 'POST_UNKNOWN'],
  ])('cannot plan %s', async (word, expected) => {
    const run = await writeFaultyBlog().run('plan', word);
    expect(run.stderr).toContain(expected);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expectNoStack(run);
  });
});

describe('what cannot be reached', () => {
  it.each([[['plan']], [['publish']], [['doctor']], [['adopt']]])(
    'a server that is down: %j',
    async (words) => {
      const dead = await findDeadUrl();
      const { folder } = writeBlog(sound, {
        targets: `  devto: { kind: devto, ai_disclosure: no_ai, url: "${dead}", since: 2020-01-01 }`,
      });
      const run = await runCommand(folder, { DEVTO_API_KEY: 'invented' }, words);
      expectNoStack(run);
      expect(run.stdout + run.stderr).toContain('refuses connections.');
    },
  );

  it.each([
    [
      'sources of posts',
      'sources: [{ kind: markdown, path: nowhere }]',
      'SOURCE_UNREADABLE: The folder of posts nowhere is not there.',
    ],
    ['a feed as a file', 'sources: [{ kind: feed, path: nowhere.xml }]', 'SOURCE_UNREADABLE: '],
  ])('%s', async (_what, sources, expected) => {
    const { run, folder } = writeBlog(sound);
    const config = readFileSync(join(folder, 'config/broadside.yaml'), 'utf8');
    writeFiles(folder, { 'config/broadside.yaml': config.replace(/sources: .+/, sources) });
    const told = await run('check');
    expect(told.stderr).toContain(expected);
    expect(told.code).toBe(1);
    expectNoStack(told);
  });

  it.each([
    ['plan', '--out', 'nowhere/plan.json'],
    ['build', '--out', 'config/broadside.yaml'],
  ])('a place to write to: %s %s %s', async (...words) => {
    const run = await writeBlog(sound).run(...words);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^OUTPUT_UNWRITABLE: /m);
    expectNoStack(run);
  });
});
