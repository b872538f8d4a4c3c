import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type * as targetRegistry from '../../src/targets/index.ts';
import { runCommand } from '../small-blog.ts';
import { startBoard } from '../targets/board/stand-in.ts';
import { openFolder, writeFiles } from '../workspace.ts';

vi.mock('../../src/targets/index.ts', async (load) => {
  const { targetKinds } = await load<typeof targetRegistry>();
  const mailbox = async () => (await import('../targets/mailbox/index.ts')).mailbox;
  return { targetKinds: { ...targetKinds, mailbox } };
});

const key = 'invented-board-key';

interface Notice {
  readonly title: string;
  readonly text: string;
  readonly original: string;
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
    ...files,
  });
  const list = async (): Promise<readonly Notice[]> => {
    const headers = { authorization: `Bearer ${key}` };
    const notices = await (await fetch(`${standIn.url}/notices`, { headers })).json();
    return notices as readonly Notice[];
  };
  const run = (...words: readonly string[]) => runCommand(folder, { BOARD_KEY: key }, words);
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
    expect((await run('publish')).stdout).toContain('Nothing to do');
    expect(await list()).toHaveLength(3);
  });
});
