import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readServer } from '../../src/commands/send-test/send-mail.ts';
import { findDeadUrl } from '../local-server.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const password = 'invented/pass@word';

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly mail: ParsedMail;
}

/** A server that takes mail on loopback, from whoever knows the password. */
async function startMailServer(given: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password: said }, _session, done) =>
      username === 'me@example.com' && said === password
        ? done(undefined, { user: username })
        : done(new Error(`wrong: ${String(said)}`)),
    onData(stream, { envelope }, done) {
      simpleParser(stream, (error, mail) => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        received.push({ from, to: rcptTo.map(({ address }) => address), mail });
        done(error, 'queued as 42');
      });
    },
    ...given,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  );
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const url = (pass = password): string =>
    `smtp://me%40example.com:${encodeURIComponent(pass)}@127.0.0.1:${address.port}`;
  return { received, url };
}

const letter = `---
title: Welcome
subject: Welcome, {first_name|friend}
preview: What you will get
sequence: 1
status: draft
---

Subject: Welcome

Hello {first_name|there}, you are {last_name}. Code stays: \`{first_name}\`.
`;

function openBlog() {
  const folder = openFolder();
  writeFiles(folder, {
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }
sources:
  - { kind: markdown, path: posts, canonical: "/blog/{slug}" }
  - { kind: markdown, path: letters, as: letters, name: welcome }
targets: {}
ledger: { kind: file, path: ledger }
`,
    'posts/hello.md': '---\ntitle: Hello\ndate: 2024-03-04\n---\n\nFrom the blog.\n',
    'letters/welcome-1.md': letter,
  });
  const run = (url: string | undefined, ...words: readonly string[]) =>
    runCommand(folder, url === undefined ? {} : { SMTP_URL: url }, ['send-test', ...words]);
  return { folder, run };
}

const toMe = ['--to', 'reader@example.com'];

describe('a test of a letter', () => {
  it('arrives once, in both parts, with what merge tags fall back on', async () => {
    const { received, url } = await startMailServer();
    const { folder, run } = openBlog();
    const { stdout, stderr, code } = await run(url(), 'welcome-1', ...toMe, '--from', 'me@example.com');
    expect(code).toBe(0);
    expect(stdout).toContain('welcome-1 was mailed to reader@example.com as a test.');
    expect(stdout).toContain('queued as 42');
    expect(stderr).toContain('mail-subject-repeated');
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'me@example.com', to: ['reader@example.com'] });
    const { mail } = received[0] ?? {};
    expect(mail?.subject).toBe('Welcome, friend');
    expect(mail?.text).toBe('Hello there, you are [last_name]. Code stays: {first_name}.\n');
    expect(mail?.html).toContain('Hello there, you are [last_name]. Code stays: <code');
    expect(mail?.html).toContain('What you will get');
    expect(mail?.attachments).toEqual([]);
    expect(existsSync(join(folder, 'ledger'))).toBe(false);
  });

  it('can be of a post, with the address of its original, and be told as JSON', async () => {
    const { received, url } = await startMailServer();
    const { stdout } = await openBlog().run(url(), 'hello', ...toMe, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ letter: 'hello', to: 'reader@example.com', subject: 'Hello' });
    expect(received[0]?.from).toBe('reader@example.com');
    expect(received[0]?.mail.text).toContain('Read it on Example (https://example.com/blog/hello)');
  });

  it('arrives at a server on this machine whose certificate nobody can check', async () => {
    const { received, url } = await startMailServer({ disabledCommands: [] });
    expect(await openBlog().run(url(), 'welcome-1', ...toMe)).toMatchObject({ code: 0 });
    expect(received).toHaveLength(1);
  });

  it('shows no password, whatever the server says', async () => {
    const { received, url } = await startMailServer();
    const wrong = 'another/pass@word';
    const { stdout, stderr, code } = await openBlog().run(url(wrong), 'welcome-1', ...toMe);
    expect(code).toBe(1);
    expect(stderr).toContain('CREDENTIAL_REFUSED');
    for (const form of [wrong, encodeURIComponent(wrong), Buffer.from(wrong).toString('base64').slice(0, 12)])
      expect(stdout + stderr).not.toContain(form);
    expect(received).toEqual([]);
  });

  it.each([
    ['takes no mail for the address', 'REQUEST_REFUSED', 'onRcptTo'],
    ['takes no mail from the address', 'REQUEST_REFUSED', 'onMailFrom'],
  ] as const)('is not sent where the server %s', async (_what, code, step) => {
    const { url } = await startMailServer({
      [step]: (_address: unknown, _session: unknown, done: (error: Error) => void) =>
        done(new Error('not here')),
    });
    const { stderr } = await openBlog().run(url(), 'welcome-1', ...toMe);
    expect(stderr).toContain(code);
    expect(stderr).toContain('not here');
  });

  it('is not sent where there is no server', async () => {
    const { port } = new URL(await findDeadUrl());
    const { stderr, code } = await openBlog().run(
      `smtp://me:${encodeURIComponent(password)}@127.0.0.1:${port}`,
      'welcome-1',
      ...toMe,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('HOST_UNREACHABLE');
    expect(stderr).not.toContain('pass@word');
  });

  it('needs an address of a server, a letter that there is, and one mail address', async () => {
    const { run } = openBlog();
    expect((await run(undefined, 'welcome-1', ...toMe)).stderr).toContain('SMTP_URL is not set');
    const odd = await run(`https://me:${encodeURIComponent(password)}@mail.example`, 'welcome-1', ...toMe);
    expect(odd.stderr).toContain('URL_REFUSED');
    expect(odd.stderr).not.toContain('invented');
    expect((await run('smtp://127.0.0.1:9', 'welcom-1', ...toMe)).stderr).toContain(
      'Did you mean "welcome-1"?',
    );
    expect((await run('smtp://127.0.0.1:9', 'welcome-1', '--to', 'a@example.com, b@example.com')).code).toBe(
      1,
    );
  });
});

describe('the address of a mail server', () => {
  it('says host, port, TLS and who mails', () => {
    expect(readServer('smtps://me%40a.example:p%2Fw@mail.example')).toEqual({
      host: 'mail.example',
      port: 465,
      isSecure: true,
      login: { user: 'me@a.example', pass: 'p/w' },
    });
    expect(readServer('smtp://[::1]:2525')).toEqual({
      host: '[::1]',
      port: 2525,
      isSecure: false,
    });
    expect(readServer('smtp://mail.example')).toMatchObject({ port: 587 });
    expect(readServer('mail.example:25')).toBeUndefined();
  });
});
