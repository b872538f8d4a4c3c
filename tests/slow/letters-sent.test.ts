import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { State as ButtondownState } from '../../src/rehearsal/buttondown/held.ts';
import { startButtondown } from '../../src/rehearsal/buttondown/start.ts';
import type { State as KitState } from '../../src/rehearsal/kit/held.ts';
import { startKit } from '../../src/rehearsal/kit/start.ts';
import { makeClock } from '../targets/connection-contract.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const keys = { KIT_API_KEY: 'invented-kit-key', BUTTONDOWN_API_KEY: 'invented-buttondown-key' };

function writeLetter(place: number, more = '', text = `this is letter ${place}.`): string {
  const status = more.includes('status:') ? '' : 'status: ready\n';
  const head = `title: Letter ${place}\nsubject: Subject ${place}\npreview: Preview ${place}\n`;
  return `---\n${head}sequence: ${place}\n${status}${more}---\n\nHey {first_name|there},\n\n${text}\n`;
}

const three = {
  'letters/welcome-1.md': writeLetter(1),
  'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n'),
  'letters/welcome-3.md': writeLetter(3, 'delay: "7 days"\n'),
};

/** A blog with posts and letters, and the providers that mail them; `readers` are in every sequence of Kit's. */
async function openBlog(files: Readonly<Record<string, string>> = three) {
  const folder = openFolder();
  const home = openFolder();
  const readers = { count: 0 };
  const kit = await startKit({
    folder: home,
    apiKey: keys.KIT_API_KEY,
    now: makeClock(),
    readers: () => readers.count,
  });
  const buttondown = await startButtondown({
    folder: home,
    apiKey: keys.BUTTONDOWN_API_KEY,
    now: makeClock(),
  });
  onTestFinished(async () => {
    await Promise.all([kit.close(), buttondown.close()]);
  });
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
      'sources:',
      '  - { kind: markdown, path: posts, canonical: "/blog/{slug}" }',
      '  - { kind: markdown, path: letters, as: letters, name: welcome }',
      'targets:',
      `  kit: { kind: kit, url: "${kit.url}", sequence: welcome, title: Welcome }`,
      `  drip: { kind: buttondown, url: "${buttondown.url}", sequence: welcome, automation: Welcome }`,
      `  news: { kind: buttondown, url: "${buttondown.url}" }`,
      'require_live: false',
      'ledger: { kind: file, path: ledger }',
      '',
    ].join('\n'),
    'posts/hello.md': '---\ntitle: Hello\ndate: 2024-03-04\nsyndicate: { news: true }\n---\n\nHello.\n',
    'letters/.keep': '',
    ...files,
  });
  const read = (name: string): unknown => JSON.parse(readFileSync(join(home, `${name}.json`), 'utf8'));
  return {
    folder,
    readers,
    kit,
    buttondown,
    holdKit: () => read('kit') as KitState,
    holdButtondown: () => read('buttondown') as ButtondownState,
    countWrites: () =>
      [...kit.requests, ...buttondown.requests].filter(({ method }) => method !== 'GET').length,
    run: async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await runCommand(folder, keys, words);
      return { code, said: stdout + stderr };
    },
    /** Changes something at Kit, as a person does there. */
    askKit: (method: string, path: string, body: object) =>
      fetch(`${kit.url}/v4${path}`, {
        method,
        headers: { 'x-kit-api-key': keys.KIT_API_KEY, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(body) }),
      }),
  };
}

const emailsOf = ({ sequences }: KitState) => sequences.flatMap(({ emails }) => emails);

describe('a welcome sequence', () => {
  test('is one sequence in Kit and one automation on Buttondown, and a second run sends nothing', async () => {
    const blog = await openBlog();
    expect(await blog.run('publish')).toMatchObject({ code: 0 });
    expect(
      emailsOf(blog.holdKit()).map(({ subject, delayValue, delayUnit, published }) => [
        subject,
        delayValue,
        delayUnit,
        published,
      ]),
    ).toEqual([
      ['Subject 1', 0, 'days', true],
      ['Subject 2', 2, 'days', true],
      ['Subject 3', 7, 'days', true],
    ]);
    for (const { content } of emailsOf(blog.holdKit()))
      expect(content).toContain('Hey {{ subscriber.first_name | default: "there" }},');
    const { automations, emails } = blog.holdButtondown();
    expect(automations).toHaveLength(1);
    expect(automations[0]).toMatchObject({ name: 'Welcome', status: 'inactive' });
    expect(automations[0]?.actions.map(({ timing }) => timing?.delay?.value ?? 'at once')).toEqual([
      'at once',
      '2',
      '9',
    ]);
    expect(emails).toEqual([]);
    const sent = blog.countWrites();
    expect((await blog.run('publish')).said).toContain('Nothing to do: 6 copies are as they should be.');
    expect(blog.countWrites()).toBe(sent);
  });

  test('is not mailed as long as its letters are drafts', async () => {
    const blog = await openBlog({ ...three, 'letters/welcome-2.md': writeLetter(2, 'status: draft\n') });
    await blog.run('publish');
    expect(emailsOf(blog.holdKit()).map(({ subject }) => subject)).toEqual(['Subject 1']);
    await blog.run('publish', 'welcome-2');
    expect(emailsOf(blog.holdKit())).toHaveLength(1);
    writeFiles(blog.folder, three);
    await blog.run('publish');
    expect(emailsOf(blog.holdKit()).map(({ subject }) => subject)).toEqual([
      'Subject 1',
      'Subject 2',
      'Subject 3',
    ]);
  });

  test('that was changed is changed where it stands', async () => {
    const blog = await openBlog();
    await blog.run('publish');
    writeFiles(blog.folder, { 'letters/welcome-2.md': writeLetter(2, 'delay: "3 days"\n', 'changed.') });
    const { said, code } = await blog.run('publish');
    expect(code).toBe(0);
    expect(said).toMatch(/~ kit +welcome-2/);
    const [, second, last] = emailsOf(blog.holdKit());
    expect(second).toMatchObject({ delayValue: 3 });
    expect(second?.content).toContain('changed.');
    expect(last).toMatchObject({ delayValue: 7 });
    expect(
      blog.holdButtondown().automations[0]?.actions.map(({ timing }) => timing?.delay?.value ?? 'at once'),
    ).toEqual(['at once', '3', '10']);
    expect((await blog.run('plan')).said).toContain('Nothing to do');
  });
});

describe('a letter that could mail readers at once', () => {
  test('is held until it is named, and what comes after it waits', async () => {
    const blog = await openBlog();
    await blog.askKit('POST', '/sequences', { name: 'Welcome' });
    blog.readers.count = 5;
    const held = await blog.run('publish', '--target', 'kit');
    expect(held.said).toMatch(/! kit +welcome-1 +held: sends-now, .*the first of the sequence/);
    expect(emailsOf(blog.holdKit())).toEqual([]);
    await blog.run('publish', 'welcome-1', '--target', 'kit');
    expect(emailsOf(blog.holdKit())).toHaveLength(1);
    await blog.run('publish', '--target', 'kit');
    expect(emailsOf(blog.holdKit())).toHaveLength(3);
    expect(blog.holdKit().mailed).toMatchObject([{ why: 'the first was published' }]);

    writeFiles(blog.folder, {
      'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\nid: new\n').replace('Subject 2', 'Between'),
      'letters/two.md': writeLetter(3, 'delay: "2 days"\nid: welcome-2\n').replace('Subject 3', 'Subject 2'),
      'letters/welcome-3.md': writeLetter(4, 'delay: "7 days"\n').replace('Subject 4', 'Subject 3'),
    });
    const between = await blog.run('publish', '--target', 'kit');
    expect(between.said).toMatch(/! kit +new +held: sends-now, .*before 2 others/);
    expect(between.said).toMatch(/! kit +welcome-2 +held: sends-now, .*from place 2 to place 3/);
    expect(blog.holdKit().mailed).toHaveLength(1);
    await blog.run('publish', 'new', '--target', 'kit');
    expect(blog.holdKit().mailed).toMatchObject([{}, { why: 'it was inserted before others' }]);
    await blog.run('publish', '--target', 'kit');
    expect(emailsOf(blog.holdKit()).map(({ subject }) => subject)).toEqual([
      'Subject 1',
      'Between',
      'Subject 2',
      'Subject 3',
    ]);
    expect(blog.holdKit().mailed).toHaveLength(2);
    expect((await blog.run('plan', '--target', 'kit')).said).toContain('Nothing to do');
  });
});

test('a letter that somebody edited is held, and overwritten only when asked', async () => {
  const blog = await openBlog();
  await blog.run('publish');
  const id = emailsOf(blog.holdKit())[1]?.id;
  await blog.askKit('PUT', `/sequences/1/emails/${id}`, { content: '<p>By hand.</p>' });
  const status = await blog.run('status', '--remote');
  expect(status.said).toMatch(/kit +welcome-2 .*drifted/);
  writeFiles(blog.folder, { 'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n', 'changed.') });
  const { said, code } = await blog.run('publish');
  expect(code).toBe(1);
  expect(said).toMatch(/! kit +welcome-2 +held: drifted/);
  expect(emailsOf(blog.holdKit())[1]?.content).toBe('<p>By hand.</p>');
  expect(await blog.run('publish', 'welcome-2', '--take', 'source')).toMatchObject({ code: 0 });
  expect(emailsOf(blog.holdKit())[1]?.content).toContain('changed.');
});

test('letters that are there already are adopted by their subject, and none is made again', async () => {
  const blog = await openBlog();
  await blog.askKit('POST', '/sequences', { name: 'Welcome' });
  for (const [index, days] of [0, 2].entries()) {
    const email = { subject: `Subject ${index + 1}`, delay_value: days, delay_unit: 'days', published: true };
    await blog.askKit('POST', '/sequences/1/emails', email);
  }
  expect(await blog.run('adopt', '--target', 'kit')).toMatchObject({ code: 0 });
  await blog.run('publish', '--target', 'kit');
  expect(emailsOf(blog.holdKit()).map(({ subject }) => subject)).toEqual([
    'Subject 1',
    'Subject 2',
    'Subject 3',
  ]);
});

test('a letter with the subject of another is made, and neither is written over the other', async () => {
  const reminders = (file: string): string => file.replace(/Subject \d/, 'A reminder');
  const blog = await openBlog({
    'letters/welcome-1.md': reminders(writeLetter(1)),
    'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n'),
  });
  await blog.run('publish', '--target', 'kit');
  writeFiles(blog.folder, { 'letters/welcome-3.md': reminders(writeLetter(3, 'delay: "7 days"\n')) });
  expect((await blog.run('publish', '--target', 'kit')).said).toMatch(/\+ kit +welcome-3/);
  const emails = emailsOf(blog.holdKit());
  expect(emails.map(({ subject }) => subject)).toEqual(['A reminder', 'Subject 2', 'A reminder']);
  expect(emails[0]?.content).toContain('this is letter 1.');
  expect(emails[2]?.content).toContain('this is letter 3.');
});

test.each([
  ['as it was', 2, (text: string) => text],
  [
    'with other words in its place',
    2,
    (text: string) => text.replace('letter 2', 'new').replace('Subject 2', 'New'),
  ],
  ['with its subject in another place', 3, (text: string) => text.replace('letter 2', 'new')],
])('a letter whose file was renamed is not mailed twice, %s', async (_how, days, edit) => {
  const text = (more: string): string => writeLetter(2, more, 'this is letter 2.[^a]\n\n[^a]: A note.');
  const blog = await openBlog({ ...three, 'letters/welcome-2.md': text('delay: "2 days"\n') });
  await blog.run('publish');
  rmSync(join(blog.folder, 'letters/welcome-2.md'));
  writeFiles(blog.folder, { 'letters/second.md': edit(text(`delay: "${days} days"\n`)) });
  const { said } = await blog.run('publish');
  for (const target of ['kit', 'drip'])
    expect(said).toMatch(new RegExp(`! ${target} +second +held: renamed, .*recorded under "welcome-2"`));
  expect(emailsOf(blog.holdKit())).toHaveLength(3);
  expect(blog.holdButtondown().automations[0]?.actions).toHaveLength(3);
});

test('a letter is taken back and brought back, and stays one', async () => {
  const blog = await openBlog();
  await blog.run('publish');
  for (const target of ['kit', 'drip']) {
    expect(await blog.run('retract', 'welcome-3', '--target', target)).toMatchObject({ code: 0 });
  }
  expect(emailsOf(blog.holdKit()).map(({ published }) => published)).toEqual([true, true, false]);
  expect(blog.holdButtondown().automations[0]?.actions).toHaveLength(2);
  expect((await blog.run('publish')).said).toContain('Nothing to do');
  await blog.run('publish', 'welcome-3', '--again');
  expect(emailsOf(blog.holdKit()).map(({ published }) => published)).toEqual([true, true, true]);
  expect(blog.holdButtondown().automations[0]?.actions).toHaveLength(3);
});

test('a post that is mailed becomes a draft with the address of its original; once sent, it is final', async () => {
  const blog = await openBlog({});
  const first = await blog.run('publish', 'hello', '--target', 'news');
  expect(first.said).toMatch(/\+ news +hello +there as a draft /);
  const [email] = blog.holdButtondown().emails;
  expect(email).toMatchObject({
    status: 'draft',
    slug: 'hello',
    canonicalUrl: 'https://example.com/blog/hello',
  });
  expect(email?.body).toContain('Read it on Example');
  const post = '---\ntitle: Hello\ndate: 2024-03-04\nsyndicate: { news: true }\n---\n\nHello again.\n';
  writeFiles(blog.folder, { 'posts/hello.md': post });
  await blog.run('publish');
  expect(blog.holdButtondown().emails[0]?.body).toContain('Hello again.');

  const home = new URL(blog.buttondown.url);
  const sent = { ...blog.holdButtondown().emails[0], status: 'sent' };
  await blog.buttondown.close();
  const folder = openFolder();
  writeFiles(folder, {
    'buttondown.json': JSON.stringify({ nextId: 9, emails: [sent], automations: [] }),
  });
  const after = await startButtondown({
    folder,
    apiKey: keys.BUTTONDOWN_API_KEY,
    port: Number(home.port),
    now: makeClock(),
  });
  onTestFinished(() => after.close());
  writeFiles(blog.folder, { 'posts/hello.md': post.replace('again', 'once more') });
  const { said, code } = await blog.run('publish');
  expect(code).toBe(0);
  expect(said).toMatch(/news +hello +changed, but readers have been mailed it/);
  expect(after.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(await blog.run('retract', 'hello', '--target', 'news')).toMatchObject({ code: 1 });
  expect(after.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the doctor tells of both accounts, and shows no key', async () => {
  const blog = await openBlog();
  await blog.run('publish');
  const { said } = await blog.run('doctor');
  expect(said).toContain('The sequence “Welcome” is active');
  expect(said).toContain('The automation “Welcome” is not active, so nobody is mailed.');
  for (const key of Object.values(keys)) expect(said).not.toContain(key);
});
