import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Overview, PostView } from '../../src/preview/define.ts';
import { targetKinds } from '../../src/targets/index.ts';
import { addEntry } from '../add-entry.ts';
import { findWrites, openDevto, secrets } from '../small-blog.ts';
import { startBoard } from '../targets/board/stand-in.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

addEntry(targetKinds, 'mailbox', async () => (await import('../targets/mailbox/index.ts')).mailbox);

const key = 'invented-board-key';

interface Notice {
  readonly title: string;
  readonly text: string;
  readonly original: string;
}

function readData(folder: string, name: string): unknown {
  const script = readFileSync(join(folder, 'shown/data', `${name}.js`), 'utf8');
  return JSON.parse(script.slice(script.indexOf(', ') + 2, script.lastIndexOf(')')));
}

/** A letter's file; ready unless it says otherwise. */
function writeLetter(place: number, matter = '', body = `Letter ${place}.`): string {
  const status = matter.includes('status:') ? '' : 'status: ready\n';
  const head = `title: Letter ${place}\nsubject: Subject ${place}\npreview: Preview ${place}\nsequence: ${place}\n`;
  return `---\n${head}${status}${matter}---\n\n${body}\n`;
}

/** A blog with a folder of posts, a folder of letters and a mailbox for each way of mailing. */
async function openBlog(files: Readonly<Record<string, string>>, targets: readonly string[] = []) {
  const standIn = await startBoard({ folder: openFolder(), key });
  onTestFinished(() => standIn.close());
  const folder = openFolder();
  const config = [
    'version: 1',
    'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
    'sources:',
    '  - { kind: markdown, path: posts, canonical: "/blog/{slug}" }',
    '  - { kind: markdown, path: letters, as: letters, name: welcome }',
    '  - { kind: markdown, path: posts/mail, as: letters }',
    'targets:',
    `  mail: { kind: mailbox, url: "${standIn.url}", sequence: welcome }`,
    ...targets.map((line) => `  ${line.replace('BOARD', standIn.url)}`),
    'require_live: false',
    'ledger: { kind: file, path: ledger }',
  ];
  writeFiles(folder, {
    'config/broadside.yaml': `${config.join('\n')}\n`,
    'posts/hello.md': '---\ntitle: Hello\ndate: 2024-03-04\n---\n\nHello.\n',
    'letters/.keep': '',
    'posts/mail/.keep': '',
    ...files,
  });
  const list = async (): Promise<readonly Notice[]> => {
    const headers = { authorization: `Bearer ${key}` };
    const notices = await (await fetch(`${standIn.url}/notices`, { headers })).json();
    return notices as readonly Notice[];
  };
  const run = (...words: readonly string[]) => runCommand(folder, { ...secrets, BOARD_KEY: key }, words);
  return { folder, standIn, list, run };
}

const three = {
  'letters/welcome-1.md': writeLetter(1),
  'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n'),
  'letters/welcome-3.md': writeLetter(3, 'delay: "7 days"\n'),
};

describe('a sequence of letters', () => {
  it('is planned with the day on which each arrives, and sent once and in order', async () => {
    const { run, list } = await openBlog(three);
    const { stdout } = await run('plan');
    expect(stdout).toMatch(/^\+ mail +welcome-1 +new, day 0$/m);
    expect(stdout).toMatch(/^\+ mail +welcome-2 +new, day 2$/m);
    expect(stdout).toMatch(/^\+ mail +welcome-3 +new, day 9$/m);
    expect(await run('publish')).toMatchObject({ code: 0 });
    expect((await list()).map(({ title, text }) => `${title}: ${text}`)).toEqual([
      'Subject 1: day 0: Letter 1.',
      'Subject 2: 2 days later, day 2: Letter 2.',
      'Subject 3: 7 days later, day 9: Letter 3.',
    ]);
    expect((await run('plan')).stdout).toContain('Nothing to do: 3 copies are as they should be.');
    expect((await run('publish')).stdout).toBe('');
    expect(await list()).toHaveLength(3);
  });

  it('reaches no target of posts, also where a letter has a date and tags and lies among posts', async () => {
    const devto = await openDevto();
    const { run, folder, list } = await openBlog(
      {
        'posts/stray.md': writeLetter(1, 'date: 2024-03-05\ntags: [news]\ndescription: A letter.\n'),
        'posts/issue.md':
          '---\ntitle: Issue\nsubject: Issue\ndate: 2024-03-06\ntags: [news]\nstatus: ready\n---\n\nIssue.\n',
        'posts/mail/nested.md': '---\ntitle: Nested\ndate: 2024-03-08\n---\n\nNested.\n',
        'letters/plain.md': '---\ntitle: Plain\ndate: 2024-03-07\ntags: [news]\n---\n\nPlain.\n',
        ...three,
      },
      [
        `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`,
        'feed: { kind: feed, path: feed.xml, atom: atom.xml, json: feed.json }',
        'medium: { kind: paste }',
      ],
    );
    await run('publish', 'hello');
    await run('publish');
    await run('build');
    expect(findWrites(devto)).toEqual(['POST /api/articles']);
    expect(readdirSync(join(folder, 'ledger/devto'))).toEqual(['hello.jsonl']);
    const written = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const texts = written.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(texts.filter((text) => text.includes('Hello')).length).toBeGreaterThan(2);
    for (const word of ['Letter 1', 'Issue', 'Plain', 'Nested', 'stray'])
      expect(texts.join('\n')).not.toContain(word);
    expect((await list()).map(({ title }) => title)).toEqual(['Subject 1', 'Subject 2', 'Subject 3']);
    expect((await run('plan', '--format', 'json')).stdout).not.toContain('"post": "stray"');
  });

  it('holds a draft back and all that comes after it', async () => {
    const { run, list } = await openBlog({
      ...three,
      'letters/welcome-2.md': writeLetter(2, 'delay: 2 days\nstatus: draft\n'),
    });
    const plan = await run('plan');
    expect(plan.stdout).toMatch(
      /^\. mail +welcome-3 +out-of-order: after welcome-2, which comes before it and is a draft, day 9$/m,
    );
    expect(plan.stderr).toContain('letter-sequence-draft');
    expect(plan.stderr).toContain('letters/welcome-2.md is not mailed: it is a draft.');
    await run('publish');
    expect((await list()).map(({ title }) => title)).toEqual(['Subject 1']);
    expect((await run('plan', 'welcome-2')).stderr).toContain(
      'letters/welcome-2.md is not mailed: it is a draft.',
    );
  });

  it('is a draft until it says that it is ready', async () => {
    const { run, list } = await openBlog({ 'letters/a.md': writeLetter(1).replace('status: ready\n', '') });
    await run('publish');
    await run('publish', 'a');
    expect(await list()).toEqual([]);
  });

  it('holds what comes after a gap, and what shares its place', async () => {
    const { run, list } = await openBlog({
      'letters/a.md': writeLetter(1),
      'letters/c.md': writeLetter(3, 'delay: 1 day\n'),
      'letters/d.md': writeLetter(4, 'delay: 1 day\n'),
      'letters/e.md': writeLetter(4, 'delay: 1 day\n'),
    });
    expect((await run('publish')).code).toBe(1);
    expect((await run('plan')).stdout).toContain('held: unsupported, letter-sequence-gap at letters/c.md:5');
    expect((await list()).map(({ title }) => title)).toEqual(['Subject 1']);
  });

  it('sends a letter that was changed as a change of its copy, and holds one whose file was renamed', async () => {
    const { folder, run, list } = await openBlog(three);
    await run('publish');
    writeFiles(folder, { 'letters/welcome-2.md': writeLetter(2, 'delay: 3 days\n', 'Better.') });
    expect((await run('plan')).stdout).toMatch(
      /^~ mail +welcome-2 +changed: place in the sequence, letter, day 3$/m,
    );
    await run('publish');
    expect((await list()).map(({ text }) => text)).toContain('3 days later, day 3: Better.');
    renameSync(join(folder, 'letters/welcome-1.md'), join(folder, 'letters/begin.md'));
    expect((await run('plan')).stdout).toMatch(/^! mail +begin +held: renamed/m);
    await run('publish');
    expect(await list()).toHaveLength(3);
  });

  it('holds the copies of letters whose files are gone, each of them', async () => {
    const { folder, run } = await openBlog(three);
    await run('publish');
    for (const place of [2, 3]) rmSync(join(folder, `letters/welcome-${place}.md`));
    const { stdout } = await run('plan');
    for (const place of [2, 3])
      expect(stdout).toContain(
        `! mail  welcome-${place}  held: removed, its letter is gone; retract the copy or bring the letter back`,
      );
  });

  it('is shown in status, retracted, brought back, adopted and settled by its id', async () => {
    const { folder, run, list } = await openBlog(three);
    await run('publish');
    expect((await run('status')).stdout).toMatch(/^mail +welcome-2 +live/m);
    expect((await run('status', 'welcome-2', '--remote')).stdout).toContain('as published');
    expect(await run('retract', 'welcome-2', '--target', 'mail')).toMatchObject({ code: 0 });
    expect(await list()).toHaveLength(2);
    expect(await run('publish', 'welcome-2', '--target', 'mail', '--again')).toMatchObject({ code: 0 });
    expect(await list()).toHaveLength(3);
    rmSync(join(folder, 'ledger'), { recursive: true });
    const adopted = await run('adopt');
    expect(adopted.stdout).toContain('mail: 3 adopted');
    expect((await run('plan')).stdout).toContain('Nothing to do');
    expect((await run('publish')).stdout).toBe('');
    expect(await list()).toHaveLength(3);
  });

  it('shows one letter as it is mailed, and checks letters by name and all together', async () => {
    const { run } = await openBlog({
      ...three,
      'letters/welcome-3.md': writeLetter(
        3,
        'delay: soon\n',
        '![A map](map.png) [Here](http://other.example)',
      ),
      'letters/welcome-2.md': writeLetter(2, '', '![A map](map.png) [Here](http://other.example)'),
    });
    expect((await run('render', 'welcome-1', '--target', 'mail')).stdout).toBe('day 0: Letter 1.\n');
    const { stdout, stderr, code } = await run('check', '--all');
    expect(code).toBe(1);
    expect(stdout).toContain('1 post and 2 letters checked');
    for (const fault of [
      'letters/welcome-3.md:7:1 error letter-delay-invalid',
      'letters/welcome-2.md:5:1 warning letter-delay-missing',
      'letters/welcome-2.md:9:1 error letter-address-relative',
      'letters/welcome-2.md:9:19 warning letter-address-insecure',
    ])
      expect(stderr).toContain(fault);
    expect((await run('check', 'welcome-1')).code).toBe(0);
  });

  it('is previewed in its order, each letter with its plain part beside it', async () => {
    const { folder, run } = await openBlog({
      ...three,
      'letters/welcome-3.md': writeLetter(3, 'delay: 7 days\nstatus: draft\n'),
    });
    expect(await run('preview', '--out', 'shown')).toMatchObject({ code: 0 });
    const overview = readData(folder, 'overview') as Overview;
    expect(overview.posts.map(({ id }) => id)).toEqual(['hello']);
    expect(
      overview.letters.map(({ subject, sequence, states }) => [
        sequence?.day,
        sequence?.delay,
        subject,
        states['mail']?.state,
      ]),
    ).toEqual([
      [0, undefined, 'Subject 1', 'new'],
      [2, '2 days', 'Subject 2', 'new'],
      [9, '7 days', 'Subject 3', 'off'],
    ]);
    const { copies, original } = readData(folder, 'posts/welcome-2') as PostView;
    expect(original.html).toContain('Letter 2.');
    expect(copies.map(({ target, view }) => [target, view?.frames.map(({ name }) => name)])).toEqual([
      ['mail', ['mail']],
      ['mail, plain', ['plain']],
    ]);
  });

  it('is said to belong nowhere where no target mails it', async () => {
    const { run } = await openBlog({ 'posts/issue.md': writeLetter(1) });
    expect((await run('plan', 'issue')).stderr).toContain(
      'posts/issue.md is not mailed: no target in the config has "sequence: markdown-1".',
    );
  });

  it('needs a source of its name', async () => {
    const { run } = await openBlog({}, ['other: { kind: mailbox, url: "BOARD", sequence: welcom }']);
    expect((await run('check')).stderr).toContain('which is the name of no source');
  });
});

describe('a letter by itself', () => {
  const issue = '---\ntitle: Issue\nsubject: The news\npreview: All of it\nstatus: ready\n---\n\nNews.\n';
  const newsletter = ['news: { kind: mailbox, url: "BOARD" }'];

  it('goes to targets without a sequence, and so does a post that asks for it', async () => {
    const { folder, run, list } = await openBlog({ 'letters/issue.md': issue }, newsletter);
    expect((await run('plan')).stdout).toMatch(/^\+ news +issue +new$/m);
    await run('publish');
    writeFiles(folder, {
      'posts/hello.md': '---\ntitle: Hello\ndate: 2024-03-04\nsyndicate: { news: true }\n---\n\nHello.\n',
    });
    expect((await run('plan')).stdout).not.toContain('hello');
    await run('publish', 'hello');
    expect((await list()).map(({ text }) => text)).toEqual([
      'day unknown: News.',
      'day unknown: Hello.\nRead it at https://example.com/blog/hello',
    ]);
    expect((await run('plan')).stdout).toContain('Nothing to do');
    expect((await run('publish')).stdout).toBe('');
  });

  it('stays where its author says so', async () => {
    const { run, list } = await openBlog(
      { 'letters/issue.md': issue.replace('status', 'syndicate: { news: false }\nstatus') },
      newsletter,
    );
    await run('publish');
    expect(await list()).toEqual([]);
  });

  it('has an id that no post has', async () => {
    const { run, list } = await openBlog({ 'letters/hello.md': issue }, newsletter);
    expect((await run('publish')).stderr).toContain('post-id-duplicate');
    expect(await list()).toEqual([]);
  });
});
