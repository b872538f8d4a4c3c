import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { mail } from '../../src/targets/mail/index.ts';
import { exampleLetter, letterSite, readBody } from '../mailing/read-letter.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { catchError } from '../local-server.ts';
import { runCommand } from '../run-command.ts';

const { signal } = new AbortController();

interface Manifest {
  readonly target: string;
  readonly sequence?: string;
  readonly letters: readonly Readonly<Record<string, unknown>>[];
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

async function openMail(given: object = {}, name = 'welcome', root = openFolder()) {
  const options = (await mail.options()).parse({ kind: 'mail', ...given });
  const target = mail.create(name, options, { siblings: {}, ids: {}, root });
  const connection = await target.connect({}, () => undefined);
  const render = async (text: string, letter = exampleLetter('ledgers')) =>
    (await target.render(letter, readBody(text), letterSite)).rendition;
  return { root, folder: join(root, 'mail'), target, connection, render };
}

describe('a folder of letters', () => {
  const sought = { postId: 'ledgers', canonicalUrl: '' };

  it('takes a letter, changes it, takes it down and brings it back', async () => {
    const { folder, connection, render } = await openMail();
    expect(await connection.observe([sought], signal)).toEqual([{ seen: 'absent' }]);
    const created = await connection.create(await render('First words.'), signal);
    expect(created).toMatchObject({ remoteId: 'ledgers.eml', url: '', state: 'live' });
    expect(await connection.observe([sought, { ...sought, remoteId: 'ledgers.eml' }], signal)).toMatchObject([
      { seen: 'present', ...created },
      { seen: 'present', ...created },
    ]);
    const updated = await connection.update(created.remoteId, await render('Second words.'), signal);
    expect(updated.remoteId).toBe(created.remoteId);
    expect(updated.echo).not.toBe(created.echo);
    expect(readFileSync(join(folder, 'ledgers.eml'), 'utf8')).toContain('Second words.');
    expect(await connection.retract(created.remoteId, signal)).toMatchObject({ state: 'gone' });
    expect(existsSync(join(folder, 'ledgers.eml'))).toBe(false);
    expect(readManifest(folder).letters).toEqual([]);
    expect(await connection.restore(created.remoteId, await render('First words.'), signal)).toEqual(created);
  });

  it('writes the same bytes of the same letter', async () => {
    const [one, other] = [await openMail(), await openMail()];
    for (const { connection, render } of [one, other])
      await connection.create(await render('Hello.'), signal);
    const [bytes, again] = [one, other].map(({ folder }) => readFileSync(join(folder, 'ledgers.eml')));
    expect(bytes).toEqual(again);
  });

  it('lists letters in the order in which they are mailed', async () => {
    const { folder, connection, render } = await openMail();
    const place = (position: number) => ({ sequence: { name: 'welcome', position }, day: position * 2 });
    const delay = { value: 1, unit: 'days', from: 'previous' } as const;
    for (const position of [2, 10, 1])
      await connection.create(
        await render('Hello.', exampleLetter(`letter-${position}`, { ...place(position), delay })),
        signal,
      );
    expect(readManifest(folder)).toEqual({
      target: 'welcome',
      letters: [1, 2, 10].map((position) => ({
        file: `letter-${position}.eml`,
        letter: `letter-${position}`,
        subject: `All about letter-${position}`,
        preview: 'Hello.',
        position,
        delay: '1 day',
        day: position * 2,
      })),
    });
  });

  it('has not got a letter that was cut short before the list named it', async () => {
    const { folder, connection, render } = await openMail();
    await connection.create(await render('Hello.'), signal);
    rmSync(join(folder, 'manifest.json'));
    expect(await connection.observe([sought], signal)).toEqual([{ seen: 'absent' }]);
  });

  it('is left alone where it is another target’s, or no list at all', async () => {
    const first = await openMail();
    await first.connection.create(await first.render('Hello.'), signal);
    const second = await openMail({}, 'digest', first.root);
    const clash = await catchError(second.connection.create(await second.render('Hello.'), signal));
    expect(clash).toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      sent: 'no',
      message: 'mail/manifest.json lists the letters of the target welcome.',
    });
    expect(await second.target.diagnose?.({}, { now: '', signal })).toMatchObject([
      { level: 'error' },
      { level: 'warning' },
    ]);
    writeFileSync(
      join(first.folder, 'manifest.json'),
      '{"target":"welcome","letters":[{"file":"../../a.eml"}]}',
    );
    expect(await catchError(first.connection.retract('ledgers.eml', signal))).toMatchObject({
      message: 'mail/manifest.json is not a list of letters.',
    });
  });

  it('has files that a mail program reads, with both parts', async () => {
    const { folder, connection, render } = await openMail({
      from: 'Me Myself <me@example.com>',
      unsubscribe: 'https://example.com/unsubscribe',
      merge_tags: { first_name: '*|FNAME:{fallback}|*' },
    });
    const letter = exampleLetter('ledgers', {
      subject: 'Grüße, {first_name|you}',
      publishAt: '2026-11-02T08:00:00Z',
    });
    await connection.create(await render('Hello {first_name|there}, *really*. And {email}.', letter), signal);
    const read = await simpleParser(readFileSync(join(folder, 'ledgers.eml')));
    expect(read.subject).toBe('Grüße, *|FNAME:you|*');
    expect(read.from?.value).toEqual([{ name: 'Me Myself', address: 'me@example.com' }]);
    expect(read.date?.toISOString()).toBe('2026-11-02T08:00:00.000Z');
    expect(read.messageId).toMatch(/^<[\da-f]{32}@example\.com>$/);
    expect(read.headers.get('list')).toMatchObject({
      unsubscribe: { url: 'https://example.com/unsubscribe' },
    });
    expect(read.headers.get('x-unsent')).toBe('1');
    expect(read.text).toContain('Hello *|FNAME:there|*, really. And {email}.');
    expect(read.html).toContain('Hello *|FNAME:there|*, <em>really</em>. And {email}.');
    expect(read.attachments).toEqual([]);
  });

  it('has no date where the letter has none', async () => {
    const { folder, connection, render } = await openMail();
    await connection.create(await render('Date: none.'), signal);
    const read = await simpleParser(readFileSync(join(folder, 'ledgers.eml')));
    expect(read.headers.has('date')).toBe(false);
    expect(read.text).toBe('Date: none.\n');
  });

  it('is looked at with what merge tags fall back on, but for those in code', async () => {
    const { target, render } = await openMail();
    const letter = exampleLetter('ledgers', { subject: 'For {first_name|you}' });
    const rendition = await render('Hello {first_name|there} and {email}, as in `{email}`.', letter);
    const view = await target.preview?.({ rendition }, letter, letterSite);
    const [html, plain] = (view?.frames ?? []).map((frame) => frame.html);
    expect(html).toContain('<strong>For you</strong>');
    expect(html).toContain('Hello there and [email], as in <code');
    expect(html).toContain('>{email}</code>');
    expect(plain).toContain('Hello there and [email], as in');
  });
});

/** A letter's file; ready unless it says otherwise. */
function writeLetter(
  place: number,
  matter = '',
  body = `Hello {first_name|there}, letter ${place}.`,
): string {
  const status = matter.includes('status:') ? '' : 'status: ready\n';
  const head = `title: Letter ${place}\nsubject: Subject ${place}\npreview: Preview ${place}\nsequence: ${place}\n`;
  return `---\n${head}${status}${matter}---\n\n${body}\n`;
}

const three = {
  'letters/welcome-1.md': writeLetter(1),
  'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n'),
  'letters/welcome-3.md': writeLetter(3, 'delay: "7 days"\n'),
};

function openBlog(files: Readonly<Record<string, string>> = three) {
  const folder = openFolder();
  const config = [
    'version: 1',
    'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
    'sources:',
    '  - { kind: markdown, path: posts, canonical: "/blog/{slug}" }',
    '  - { kind: markdown, path: letters, as: letters, name: welcome }',
    'targets:',
    '  welcome: { kind: mail, sequence: welcome }',
    'require_live: false',
    'ledger: { kind: file, path: ledger }',
  ];
  writeFiles(folder, {
    'config/broadside.yaml': `${config.join('\n')}\n`,
    'posts/hello.md': '---\ntitle: Hello\ndate: 2024-03-04\n---\n\nHello.\n',
    ...files,
  });
  return {
    folder,
    mail: join(folder, 'mail'),
    run: (...words: readonly string[]) => runCommand(folder, {}, words),
  };
}

describe('a sequence that is written as files', () => {
  it('is planned and written once, with the day on which each letter arrives', async () => {
    const { mail: written, run } = openBlog();
    expect((await run('plan')).stdout).toMatch(/^\+ welcome +welcome-3 +new, day 9$/m);
    expect(await run('publish')).toMatchObject({ code: 0 });
    const { sequence, letters } = readManifest(written);
    expect(sequence).toBe('welcome');
    expect(letters.map(({ position, day, subject }) => [position, day, subject])).toEqual([
      [1, 0, 'Subject 1'],
      [2, 2, 'Subject 2'],
      [3, 9, 'Subject 3'],
    ]);
    expect((await run('plan')).stdout).toContain('Nothing to do: 3 copies are as they should be.');
  });

  it('is written again where a letter changes, and not over what somebody changed', async () => {
    const { folder, mail: written, run } = openBlog();
    await run('publish');
    writeFiles(folder, { 'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n', 'Other words.') });
    expect(await run('publish')).toMatchObject({ code: 0 });
    expect(readFileSync(join(written, 'welcome-2.eml'), 'utf8')).toContain('Other words.');
    writeFileSync(join(written, 'welcome-2.eml'), 'Mine.');
    writeFiles(folder, { 'letters/welcome-2.md': writeLetter(2, 'delay: "2 days"\n', 'Words again.') });
    const held = await run('publish');
    expect(held.stderr).toContain('edited by hand');
    expect(held.code).toBe(1);
    expect(readFileSync(join(written, 'welcome-2.eml'), 'utf8')).toBe('Mine.');
    expect(await run('publish', '--take', 'source')).toMatchObject({ code: 0 });
    expect(readFileSync(join(written, 'welcome-2.eml'), 'utf8')).toContain('Words again.');
  });

  it('is adopted where it is there already, and taken down one by one', async () => {
    const { folder, mail: written, run } = openBlog();
    await run('publish');
    rmSync(join(folder, 'ledger'), { recursive: true });
    expect(await run('adopt')).toMatchObject({ code: 0 });
    expect((await run('plan')).stdout).toContain('Nothing to do: 3 copies');
    expect(await run('retract', 'welcome-3', '--target', 'welcome')).toMatchObject({ code: 0 });
    expect(readManifest(written).letters).toHaveLength(2);
  });

  it('leaves out a draft, and refuses a letter whose merge tag nobody fills in', async () => {
    const { mail: written, run } = openBlog({
      'letters/welcome-1.md': writeLetter(1, '', 'Hello {shoe_size}.'),
      'letters/welcome-2.md': writeLetter(2, 'status: draft\ndelay: "2 days"\n'),
    });
    const { stderr } = await run('publish');
    expect(stderr).toContain('letters/welcome-1.md:9:7');
    expect(stderr).toContain('mail-merge-tag-unknown');
    expect(existsSync(written)).toBe(false);
  });

  it('is rehearsed beside the blog, and looked at by doctor', async () => {
    const { folder, mail: written, run } = openBlog();
    const rehearsed = await run('rehearse');
    expect(rehearsed.code).toBe(0);
    expect(rehearsed.stderr).toContain('What welcome writes is below out/rehearsal/.');
    expect(existsSync(written)).toBe(false);
    expect(readManifest(join(folder, 'out/rehearsal/mail')).letters).toHaveLength(3);
    expect((await run('doctor')).stdout).toMatch(
      /mail\/ can be written to, and holds 0 of its letters\.[^]*Nothing says where readers unsubscribe/,
    );
  });
});
