import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeConfig } from '../../src/config/schema.ts';
import { targetKinds } from '../../src/targets/index.ts';
import { standIns } from '../../src/rehearsal/index.ts';
import { composeOwnWorkflows, listRules } from '../../scripts/generate.ts';
import { runCommand } from '../run-command.ts';
import { addEntry } from '../add-entry.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { connectBoard } from './board/client.ts';
import { startBoard } from './board/stand-in.ts';
import { describeConnection, makeRendition } from './connection-contract.ts';

// The two lines of the recipe, added to the registries as they are.
addEntry(targetKinds, 'board', async () => (await import('./board/index.ts')).board);
addEntry(standIns, 'board', async (options) => ({
  standIn: await startBoard({ ...options, key: 'invented' }),
  secrets: { key: 'invented' },
}));

const key = 'invented-board-key';

describeConnection({
  kind: 'board',
  observes: true,
  start: (folder, secret) => startBoard({ folder, key: secret }),
  connect: (url, secret, timeoutMs) => connectBoard({ url, timeoutMs }, { key: secret }),
  render: (body) =>
    makeRendition({ body, fields: { title: 'A notice', original: 'https://example.com/blog/on-ledgers' } }),
});

/** A blog with one post and a board for it. */
async function openBlog(title = 'Hello', options = '') {
  const standIn = await startBoard({ folder: openFolder(), key });
  onTestFinished(() => standIn.close());
  const target = `board: { kind: board, url: "${standIn.url}", sign: "An author"${options} }`;
  const blog = makeSmallBlog([target], { hello: writePost(`${title}\n\nHow it begins.`) });
  const run = (...words: readonly string[]) => blog.runWith({ BOARD_KEY: key }, ...words);
  return { standIn, blog, run };
}

describe('a kind of target that is one folder and one line', () => {
  it('is checked and rendered', async () => {
    const { run } = await openBlog();
    expect(await run('render', 'hello', '--target', 'board')).toMatchObject({
      stdout: 'Hello\n\nHow it begins.\nAn author\n',
      code: 0,
    });
    expect(await run('check')).toMatchObject({ code: 0 });
  });

  it('has its own rules reported', async () => {
    const { run } = await openBlog('A title that has more characters than a notice takes');
    const { stderr, stdout, code } = await run('check', 'hello');
    expect(stdout + stderr).toContain('board-title-length');
    expect(code).toBe(1);
  });

  it('is planned, published, and shown in status', async () => {
    const { standIn, run } = await openBlog();
    expect((await run('plan', 'hello')).stdout).toMatch(/^\+ board +hello +new$/m);
    expect(await run('publish', 'hello')).toMatchObject({ code: 0 });
    const notices = await fetch(`${standIn.url}/notices`, { headers: { authorization: `Bearer ${key}` } });
    expect(await notices.json()).toMatchObject([
      {
        title: 'Hello',
        text: 'Hello\n\nHow it begins.\nAn author',
        original: 'https://example.com/blog/hello',
      },
    ]);
    const { stdout } = await run('status', '--remote');
    expect(stdout).toMatch(/^\S* *board +hello +.*live/m);
    expect(stdout).toContain(`${standIn.url}/notices/1`);
    expect((await run('plan', 'hello')).stdout).toContain('Nothing to do: 1 copy is as it should be.');
  });

  it('is updated where the post or an option that shapes it changes, and taken down', async () => {
    const { standIn, blog, run } = await openBlog();
    await run('publish', 'hello');
    writeFiles(blog.folder, { 'posts/hello.md': writePost('Hello\n\nHow it begins now.') });
    expect((await run('plan')).stdout).toMatch(/^~ board +hello +changed/m);
    expect(await run('publish')).toMatchObject({ code: 0 });
    expect(await (await fetch(`${standIn.url}/notices/1`)).text()).toContain('How it begins now.');
    expect(await run('retract', 'hello', '--target', 'board')).toMatchObject({ code: 0 });
    expect((await fetch(`${standIn.url}/notices/1`)).status).toBe(404);
  });

  it('has its copies adopted, and its secret looked for', async () => {
    const { standIn, blog, run } = await openBlog();
    await run('publish', 'hello');
    const target = `board: { kind: board, url: "${standIn.url}", sign: "An author" }`;
    const other = makeSmallBlog([target], { hello: writePost('Hello\n\nHow it begins.') });
    expect(await other.runWith({ BOARD_KEY: key }, 'adopt')).toMatchObject({ code: 0 });
    expect((await other.runWith({}, 'status')).stdout).toContain(`${standIn.url}/notices/1`);
    expect((await blog.runWith({}, 'doctor')).stdout).toContain('BOARD_KEY is not set.');
  });

  it('is rehearsed against its stand-in, and built to disk', async () => {
    const { blog, run } = await openBlog();
    expect(await run('rehearse', 'hello')).toMatchObject({ code: 0 });
    const held = readFileSync(join(blog.folder, 'out/rehearsal/board/board.json'), 'utf8');
    expect(JSON.parse(held)).toMatchObject({ notices: [{ title: 'Hello' }] });
    await run('build');
    expect(existsSync(join(blog.folder, 'out/renditions/board/hello.txt'))).toBe(true);
  });

  it('has its secret handed over by every step of a workflow that hands over those of targets', async () => {
    const texts = Object.values(await composeOwnWorkflows());
    const counts = (secret: string) =>
      texts.map((text) => text.split(`${secret}: \${{ secrets.${secret} }}\n`).length - 1);
    expect(counts('BOARD_KEY')).toEqual(counts('DEVTO_API_KEY'));
    expect(counts('BOARD_KEY').filter((count) => count > 0)).toHaveLength(3);
    expect(texts.filter((text) => text.includes('      BOARD_KEY:\n        required: false\n'))).toHaveLength(
      1,
    );
  });

  it('is in what init writes, and its question is asked', async () => {
    const folder = openFolder();
    const commit = '0123456789'.repeat(4);
    const site = ['--url', 'https://example.com', '--offline'];
    const program = ['--repository', `https://git.example.com/example/broadside@${commit}`];
    const asked: string[] = [];
    const ask = (question: string, preset = ''): Promise<string> => {
      asked.push(question);
      return Promise.resolve(question.includes('notices') ? 'green' : preset);
    };
    const { code, stdout } = await runCommand(folder, {}, ['init', ...site, ...program], ask);
    expect(code).toBe(0);
    expect(asked.at(-1)).toBe('On which colour should notices be written: white or green?');
    expect(stdout).toContain('Store the secrets DEVTO_API_KEY, LINKEDIN_ACCESS_TOKEN and BOARD_KEY ');
    const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
    expect(read('config/broadside.yaml')).toContain(
      '  board:\n    kind: board\n    # Each notice is green.\n    sign: From a blog\n    opt_in: true\n',
    );
    expect(read('README.md')).toContain(
      'on dev.to, LinkedIn and the board and into the feeds, each at its\n',
    );
    expect(read('README.md')).toContain(
      'goes to the board when its front matter says `syndicate: { board: true }`, and stays at home',
    );
    const publish = read('.github/workflows/broadside-publish.yml');
    expect(publish).toContain('options: [all, devto, linkedin, feed, board]\n');
    expect(publish).toContain('BOARD_KEY: ${{ secrets.BOARD_KEY }}\n');
    expect(await runCommand(folder, {}, ['check'])).toMatchObject({ code: 0 });
  });

  it('is known to the config, its schema for editors and the page of rules', async () => {
    const { run } = await openBlog('Hello', ', singn: Me');
    expect((await run('check')).stderr).toContain('Did you mean "sign"?');
    expect(JSON.stringify(await describeConfig())).toContain('What each notice ends with.');
    expect((await listRules()).map(({ title }) => title)).toContain('Posts that go to a `board` target');
  });
});
