import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runAuth, type AuthArguments } from '../../src/commands/auth/auth.ts';
import type { LinkedinOptions } from '../../src/rehearsal/linkedin/start.ts';
import { formatError } from '../../src/report/diagnostics.ts';
import type { Shell } from '../../src/base/shell.ts';
import { authorizeLinkedin } from '../../src/targets/linkedin/client/authorize.ts';
import { askAs, catchError, findDeadUrl, showError, startLocalServer } from '../local-server.ts';
import { openLinkedin } from '../small-blog.ts';
import { openFolder, root, startBroadside, writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const token = 'AQX-lorem_ipsum-DOLOR-sit-42';
const client = { LINKEDIN_CLIENT_ID: 'invented-id', LINKEDIN_CLIENT_SECRET: 'WPL_AP1.invented+secret/of==' };
const day = 86_400_000;
const signedInAt = '2026-11-20T23:59:59.000Z';

/** What must be shown nowhere, in the forms it could take. */
const hidden = [token, client.LINKEDIN_CLIENT_SECRET, encodeURIComponent(client.LINKEDIN_CLIENT_SECRET)];

/** A gh that writes down its words, its standard input and which secrets it was given, and refuses what it is told to. */
const fakeGh = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const words = process.argv.slice(2);
const input = readFileSync(0, 'utf8');
const secrets = Object.keys(process.env).filter((name) => /^LINKEDIN_|_KEY$/.test(name));
appendFileSync(process.env.GH_CALLS, JSON.stringify({ words, input, secrets }) + '\\n');
if (process.env.GH_REFUSES === words[1]) {
  process.stderr.write('HTTP 404: Not Found\\u001B[31m ' + input + '\\n');
  process.exit(1);
}
`;

/** A browser whose owner allows everything: it follows the address, agrees, and keeps the page it ends on. */
const fakeBrowser = `#!/usr/bin/env node
const { writeFileSync } = require('node:fs');
if (Object.keys(process.env).some((name) => /^LINKEDIN_|_KEY$/.test(name))) process.exit(1);
fetch(process.argv[2], { method: 'POST', body: new URLSearchParams({ answer: 'allow' }) })
  .then((page) => page.text())
  .then((text) => writeFileSync(process.env.BROWSER_PAGE, text));
`;

interface Desk {
  readonly folder: string;
  readonly port: number;
  readonly linkedin: Awaited<ReturnType<typeof openLinkedin>>;
  readonly environment: Readonly<Record<string, string>>;
  /** What gh was called with. */
  readonly ghCalls: () => readonly { words: string[]; input: string; secrets: string[] }[];
}

/** A folder with a config, a LinkedIn whose app is set up, and a gh. */
async function makeDesk(options: Partial<LinkedinOptions> = {}, target = ''): Promise<Desk> {
  const port = Number(new URL(await findDeadUrl()).port);
  const linkedin = await openLinkedin({
    accessToken: token,
    clientId: client.LINKEDIN_CLIENT_ID,
    clientSecret: client.LINKEDIN_CLIENT_SECRET,
    redirectUris: [`http://localhost:${port}/callback`],
    ...options,
  });
  const folder = openFolder();
  writeFiles(folder, {
    'bin/gh': fakeGh,
    'bin/xdg-open': fakeBrowser,
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts }]
targets:
  linkedin: { kind: linkedin, url: "${linkedin.url}"${target} }
  devto: { kind: devto, ai_disclosure: no_ai, secrets: { apiKey: BLOG_KEY } }
  feed: { kind: feed }
ledger: { kind: file }
`,
  });
  for (const name of ['gh', 'xdg-open']) chmodSync(join(folder, 'bin', name), 0o755);
  const calls = join(folder, 'gh-calls.jsonl');
  return {
    folder,
    port,
    linkedin,
    environment: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      GH_CALLS: calls,
      BROWSER_PAGE: join(folder, 'page.html'),
      BLOG_KEY: 'invented-key',
      DEVTO_API_KEY: 'invented-key-of-before',
      ...client,
    },
    ghCalls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as { words: string[]; input: string; secrets: string[] })
        : [],
  };
}

interface SignIn {
  /** The page that the author is sent to, once it is told. */
  readonly address: Promise<string>;
  readonly ended: Promise<Run>;
  readonly interrupt: () => void;
}

/** Runs `broadside auth linkedin` in this process, with someone at the terminal or nobody. */
function begin(desk: Desk, more: Partial<AuthArguments> = {}, given: Partial<Shell> = {}): SignIn {
  const { folder, port, environment } = desk;
  const told = Promise.withResolvers<string>();
  const interruption = new AbortController();
  let [stdout, stderr] = ['', ''];
  const shell: Shell = {
    cwd: folder,
    environment,
    signal: interruption.signal,
    now: () => signedInAt,
    format: 'human',
    print: (text) => void (stdout += text),
    report: (text) => {
      stderr += text;
      const address = /http:\S+\/oauth\/v2\/authorization\?\S+/.exec(stderr)?.[0];
      if (address !== undefined) told.resolve(address);
    },
    interactive: false,
    color: false,
    ...given,
  };
  const args: AuthArguments = {
    config: 'config/broadside.yaml',
    target: 'linkedin',
    gh: false,
    environment: 'broadside',
    print: false,
    browser: false,
    port,
    timeout: 300,
    ...more,
  };
  const ended = runAuth(args, shell)
    .catch((error: unknown) => {
      stderr += formatError(error, shell.format);
      return 1;
    })
    .then((code) => ({ stdout, stderr, code }));
  return { address: told.promise, ended, interrupt: () => interruption.abort() };
}

/** Answers LinkedIn's question, and gives the address that the browser is sent back to. */
async function answer(address: string, choice: 'allow' | 'cancel' = 'allow'): Promise<URL> {
  const body = new URLSearchParams({ answer: choice });
  const reply = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  return new URL(reply.headers.get('location') ?? `none:${await reply.text()}`);
}

/** Opens a page; it may hold nothing of what came in. */
async function open(address: URL): Promise<{ readonly status: number; readonly text: string }> {
  const reply = await fetch(address);
  const text = await reply.text();
  for (const value of [...hidden, ...address.searchParams.values()]) expect(text).not.toContain(value);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  return { status: reply.status, text };
}

function expectNothingShown({ stdout, stderr }: Run, ...more: readonly string[]): void {
  for (const value of [...hidden, ...more]) expect(stdout + stderr).not.toContain(value);
}

/** Signs in and allows it. */
async function complete(desk: Desk, more: Partial<AuthArguments>, given: Partial<Shell> = {}) {
  const signIn = begin(desk, more, given);
  const back = await answer(await Promise.race([signIn.address, signIn.ended.then(({ stderr }) => stderr)]));
  const page = await open(back);
  return { run: await signIn.ended, page, code: back.searchParams.get('code') ?? '' };
}

/** The day that is so many days after the one on which all sign in here. */
const showDay = (days: number): string =>
  new Date(Date.parse(signedInAt) + days * day).toISOString().slice(0, 10);
const [endsAt, renewFrom] = [showDay(60), showDay(46)];

/** Whether nothing listens on the port any more. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return free;
}

test('--store gh hands the token to gh on its standard input, and says what to do when', async () => {
  const desk = await makeDesk();
  const { run, page, code } = await complete(desk, { gh: true, repository: 'example/blog' });
  expect(page.status).toBe(200);
  expect(page.text).toContain('You are signed in. You can close this window.');
  expect(run.code).toBe(0);
  expectNothingShown(run, code);
  expect(run.stdout)
    .toBe(`linkedin gave a token for openid, profile, w_member_social, which ends on ${endsAt}.
It is stored as LINKEDIN_ACCESS_TOKEN in the environment "broadside" of example/blog on GitHub.

You can find it in the repository’s Settings > Environments > broadside (https://github.com/example/blog/settings/environments).
Store LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET there too: with them broadside warns before the token ends.
Between ${renewFrom} and ${endsAt}, run "broadside auth linkedin" again and store the new token.
`);
  const place = ['--env=broadside', '--repo=example/blog'];
  expect(desk.ghCalls()).toEqual([
    { words: ['secret', 'list', ...place], input: '', secrets: [] },
    { words: ['secret', 'set', 'LINKEDIN_ACCESS_TOKEN', ...place], input: token, secrets: [] },
  ]);
  expect(desk.linkedin.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
    'POST /oauth/v2/authorization',
    'POST /oauth/v2/accessToken',
  ]);
  expect(await isFree(desk.port)).toBe(true);
});

test('--out writes a new file that only its owner reads', async () => {
  const desk = await makeDesk();
  const { run, code } = await complete(desk, { out: 'token.env' });
  expect(run.code).toBe(0);
  expectNothingShown(run, code);
  const file = join(desk.folder, 'token.env');
  expect(readFileSync(file, 'utf8')).toBe(
    `# The token of linkedin, which ends on ${endsAt}.\nLINKEDIN_ACCESS_TOKEN=${token}\n`,
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(run.stdout).toContain(
    'It is in token.env, as LINKEDIN_ACCESS_TOKEN, which only you can read. Keep that file out of git.\n',
  );
  expect(run.stdout).toContain('Settings > Environments > broadside.\n');
  expect(desk.ghCalls()).toEqual([]);

  const again = await begin(desk, { out: 'token.env' }).ended;
  expect(again.stderr).toBe(
    'FILE_EXISTS: token.env exists already, and a token overwrites nothing.\nName another file with --out, or remove that one first.\n',
  );
  const lost = await begin(desk, { out: 'none/token.env' }).ended;
  expect(lost.stderr).toMatch(/^OUTPUT_UNWRITABLE: The token cannot be written to none\/token\.env/);
});

test('--print puts the token alone on standard output', async () => {
  const { run } = await complete(await makeDesk(), { print: true });
  expect(run).toMatchObject({ stdout: `${token}\n`, code: 0 });
  expectNothingShown({ ...run, stdout: '' });
  expect(run.stderr).toContain('It is printed below. Keep it as LINKEDIN_ACCESS_TOKEN.\n');
});

test('as JSON it tells the same, and the token only with --print', async () => {
  const desk = await makeDesk();
  const { run } = await complete(desk, { out: 'a.env' }, { format: 'json' });
  expect(JSON.parse(run.stdout)).toEqual({
    target: 'linkedin',
    secret: 'LINKEDIN_ACCESS_TOKEN',
    scopes: ['openid', 'profile', 'w_member_social'],
    endsAt: expect.stringContaining(endsAt),
    renewFrom: expect.stringContaining(renewFrom),
    stored: { github: null, file: 'a.env' },
  });
  const printed = await complete(desk, { print: true }, { format: 'json' });
  expect(JSON.parse(printed.run.stdout)).toMatchObject({ token });
  const logged = await begin(desk, { print: true }, { format: 'github' }).ended;
  expect(logged.stderr).toContain('--print with --format github would put the token into a log.');
});

test('where nothing says where the token goes, whoever is there is asked', async () => {
  const desk = await makeDesk();
  const asked: string[] = [];
  const answers = ['what?', 'FILE', 'mine.env'];
  const ask: Shell['ask'] = async (question, preset) => {
    asked.push(`${question} [${preset ?? ''}]`);
    return answers.shift() ?? '';
  };
  const { run } = await complete(desk, {}, { ask });
  expect(asked).toEqual([
    'gh, file or print? []',
    'gh, file or print? []',
    'The name of the file: [.env.local]',
  ]);
  expect(run.code).toBe(0);
  expect(readFileSync(join(desk.folder, 'mine.env'), 'utf8')).toContain(token);
});

test('where nobody can be asked, the flags are told before anyone signs in', async () => {
  const desk = await makeDesk();
  const run = await runCommand(desk.folder, desk.environment, ['auth', 'linkedin', '--no-browser']);
  expect(run).toEqual({
    code: 1,
    stdout: '',
    stderr: `USAGE: Nothing says where the token should go, and there is nobody to ask.
Add --store gh (the environment "broadside" of this repository on GitHub), --out FILE (a new file) or --print.
`,
  });
  expect(desk.linkedin.requests).toEqual([]);
});

test('an answer with another state is refused, and the right one still counts', async () => {
  const desk = await makeDesk();
  const signIn = begin(desk, { out: 'token.env' });
  const back = await answer(await signIn.address);
  const forged = new URL(back);
  forged.searchParams.set('state', 'A'.repeat(43));
  const stateless = new URL(back);
  stateless.searchParams.delete('state');
  const doubled = new URL(`${back.href}&state=another`);
  for (const wrong of [forged, stateless, doubled]) {
    const page = await open(wrong);
    expect(page.status).toBe(400);
    expect(page.text).toContain('This is not the answer to the sign-in that was begun.');
  }
  expect((await fetch(new URL('/favicon.ico', back))).status).toBe(404);
  expect((await fetch(back, { method: 'POST' })).status).toBe(405);
  expect(desk.linkedin.requests.filter(({ path }) => path.includes('accessToken'))).toEqual([]);
  expect((await open(back)).status).toBe(200);
  expect((await signIn.ended).code).toBe(0);
});

test('only one answer is taken', async () => {
  const held = Promise.withResolvers<void>();
  const desk = await makeDesk({
    onRequest: ({ request, when }) =>
      request.path.endsWith('accessToken') && when === 'before' ? held.promise : undefined,
  });
  const signIn = begin(desk, { out: 'token.env' });
  const back = await answer(await signIn.address);
  const first = open(back);
  await expect.poll(() => desk.linkedin.requests.length).toBe(2);
  expect((await open(back)).status).toBe(410);
  held.resolve();
  expect((await first).status).toBe(200);
  expect((await signIn.ended).code).toBe(0);
  expect(desk.linkedin.requests).toHaveLength(2);
});

test('who declines is told so, and nothing is stored', async () => {
  const desk = await makeDesk();
  const signIn = begin(desk, { gh: true });
  const page = await open(await answer(await signIn.address, 'cancel'));
  expect(page.text).toContain('The sign-in did not work: the terminal says why. You can close this window.');
  const run = await signIn.ended;
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain(
    `SIGN_IN_REFUSED: LinkedIn gave no token: the permission was refused in the browser.
Run "broadside auth linkedin" again, log in, and choose Allow.
`,
  );
  expect(desk.ghCalls().map(({ words }) => words[1])).toEqual(['list']);
});

test.each([
  [
    'user_cancelled_login',
    'the login was cancelled in the browser.\nRun "broadside auth linkedin" again, log in',
  ],
  ['server_error', 'It broke.\nRun "broadside auth linkedin" again.\n'],
])('the answer %s is explained', async (error, said) => {
  const signIn = begin(await makeDesk(), { print: true });
  const back = await answer(await signIn.address);
  back.searchParams.delete('code');
  back.searchParams.set('error', error);
  back.searchParams.set('error_description', 'It\u001B[31m\nbroke.');
  await open(back);
  expect((await signIn.ended).stderr).toContain(`SIGN_IN_REFUSED: LinkedIn gave no token: ${said}`);
});

test('an app without the products is told which to add', async () => {
  const desk = await makeDesk({ scopes: ['openid', 'profile'] });
  const { run } = await complete(desk, { print: true });
  expect(run.stderr).toContain(
    `SIGN_IN_REFUSED: LinkedIn gave no token: Scope "w_member_social" is not authorized for your application
Add "Share on LinkedIn" and "Sign In with LinkedIn using OpenID Connect" under Products of the app. Run "broadside auth linkedin" again.
`,
  );
});

test('a target of an organisation asks for the scope of its own product', async () => {
  const desk = await makeDesk({ scopes: ['w_organization_social'] }, ', author: "urn:li:organization:123"');
  const { run } = await complete(desk, { out: 'token.env' });
  expect(run.stdout).toContain('linkedin gave a token for w_organization_social,');
});

test('an answer by a name that is not this machine’s own is none', async () => {
  const desk = await makeDesk();
  const signIn = begin(desk, { out: 'token.env' });
  const back = await answer(await signIn.address);
  expect(await askAs('rebound.example', back)).toBe(421);
  await open(back);
  expect((await signIn.ended).code).toBe(0);
});

test('a code that has expired is refused, and not tried again', async () => {
  let late = 0;
  const desk = await makeDesk({ now: () => Date.now() + late });
  const signIn = begin(desk, { out: 'token.env' });
  const back = await answer(await signIn.address);
  late = 30 * 60_000;
  await open(back);
  const run = await signIn.ended;
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(
    /SIGN_IN_REFUSED: LinkedIn does not accept the code that it sent: .+ Or authorization code expired\. .+\nA code works once, for 30 minutes, with one redirect address\. Run "broadside auth linkedin" again\.\n$/,
  );
  expectNothingShown(run, back.searchParams.get('code') ?? '');
  expect(existsSync(join(desk.folder, 'token.env'))).toBe(false);
  expect(desk.linkedin.requests).toHaveLength(2);
});

test('a code that someone else has used is refused', async () => {
  const desk = await makeDesk();
  const signIn = begin(desk, { print: true });
  const back = await answer(await signIn.address);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    client_id: client.LINKEDIN_CLIENT_ID,
    client_secret: client.LINKEDIN_CLIENT_SECRET,
    redirect_uri: `http://localhost:${desk.port}/callback`,
  });
  expect((await fetch(`${desk.linkedin.url}/oauth/v2/accessToken`, { method: 'POST', body })).status).toBe(
    200,
  );
  await open(back);
  const run = await signIn.ended;
  expect(run.stderr).toContain('Unable to retrieve access token: authorization code not found\n');
  expectNothingShown(run, back.searchParams.get('code') ?? '');
});

test('a wrong client secret is told, and not shown', async () => {
  const desk = await makeDesk({ clientSecret: 'another' });
  const { run } = await complete(desk, { print: true });
  expect(run.stderr).toContain(
    `CREDENTIAL_REFUSED: LinkedIn does not accept the id and secret of the app: Client authentication failed
Copy both anew from the Auth page of the app into LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET. Run "broadside auth linkedin" again.
`,
  );
  expectNothingShown(run);
});

test.each([
  [
    'a server that fails',
    { kind: 'error', when: 'before', status: 500 },
    'REQUEST_REFUSED: LinkedIn answered 500',
  ],
  ['a broken connection', { kind: 'reset', when: 'after' }, 'REQUEST_FAILED: POST'],
  [
    'a redirect',
    { kind: 'redirect', when: 'before', status: 307, to: 'https://example.com/' },
    'REQUEST_FAILED: POST',
  ],
  ['a page instead of a token', { kind: 'page' }, 'RESPONSE_UNUSABLE: POST'],
] as const)('%s ends it after one try', async (_what, does, said) => {
  const desk = await makeDesk({ mishaps: [{ at: { nth: 1, path: 'accessToken' }, does }] });
  const { run, code } = await complete(desk, { print: true });
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain(said);
  expect(run.stderr).toContain('Run "broadside auth linkedin" again.\n');
  expectNothingShown(run, code);
  expect(desk.linkedin.requests).toHaveLength(2);
});

test('a port that is taken is told before anyone signs in', async () => {
  const desk = await makeDesk();
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(desk.port, '127.0.0.1', resolve);
  });
  onTestFinished(() => void other.close());
  const run = await begin(desk, { print: true }).ended;
  expect(run.stderr).toBe(
    `PORT_UNAVAILABLE: Cannot listen on port ${desk.port}: another program listens on it.
End that program, or choose a port with --port N and register its redirect address too.
`,
  );
});

test('nobody comes in time', async () => {
  const desk = await makeDesk();
  const run = await begin(desk, { print: true, timeout: 0.05 }).ended;
  expect(run.code).toBe(1);
  expect(run.stderr).toContain(`SIGN_IN_TIMED_OUT: Nobody signed in within 0.05 seconds.
If the browser complained about the redirect address, register exactly http://localhost:${desk.port}/callback at https://www.linkedin.com/developers/apps > your app > Auth > Authorized redirect URLs. Then run the command again.
`);
  expect(await isFree(desk.port)).toBe(true);
});

test('a redirect address that is not registered, and the app of another, never come back', async () => {
  const desk = await makeDesk({ redirectUris: ['http://localhost:8917/callback'] });
  const signIn = begin(desk, { print: true });
  const address = new URL(await signIn.address);
  const page = await fetch(address);
  expect(page.status).toBe(400);
  expect(await page.text()).toContain('The redirect_uri does not match the registered value');
  address.searchParams.set('client_id', 'another');
  expect(await (await fetch(address)).text()).toContain('The passed in client_id is invalid');
  signIn.interrupt();
  expect((await signIn.ended).code).toBe(130);
});

test('what gh will not take is told before the sign-in, and else without the token', async () => {
  const desk = await makeDesk();
  const refusing = (what: string): Desk => ({
    ...desk,
    environment: { ...desk.environment, GH_REFUSES: what },
  });
  const early = await begin(refusing('list'), { gh: true }).ended;
  expect(early.stderr).toContain(
    'STORE_FAILED: No secret of the environment "broadside" of this repository on GitHub can be stored: gh says: HTTP 404: Not Found.\n',
  );
  expect(desk.linkedin.requests).toEqual([]);
  const { run } = await complete(refusing('set'), { gh: true });
  expect(run.stderr).toContain(
    'STORE_FAILED: LINKEDIN_ACCESS_TOKEN was not stored in the environment "broadside" of this repository on GitHub: gh says: HTTP 404: Not Found ***.\n',
  );
  expectNothingShown(run);
  const without = await begin({ ...desk, environment: { ...desk.environment, PATH: '/none' } }, { gh: true })
    .ended;
  expect(without.stderr).toContain(
    'gh, GitHub’s program for the command line, cannot be started (ENOENT).\n',
  );
});

test('the app’s id and secret are needed, and come by the names of the target', async () => {
  const desk = await makeDesk();
  const { LINKEDIN_CLIENT_SECRET: _secret, ...without } = desk.environment;
  const missing = await begin({ ...desk, environment: without }, { print: true }).ended;
  expect(missing.stderr).toBe(
    `CREDENTIAL_MISSING: To sign in, the id and secret of a LinkedIn app have to be in the environment: LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET.
Copy both from the Auth page of your app at https://www.linkedin.com/developers/apps.
`,
  );
  const config = readFileSync(join(desk.folder, 'config/broadside.yaml'), 'utf8');
  writeFiles(desk.folder, {
    'config/broadside.yaml': config.replace(desk.linkedin.url, 'https://api.example.com'),
  });
  const foreign = await begin(desk, { print: true }).ended;
  expect(foreign.stderr).toContain(
    'have to be in the environment: targets.linkedin.secrets.clientId and targets.linkedin.secrets.clientSecret.\n',
  );
});

test('a kind serves where there is no config, and what has no sign-in says so', async () => {
  const desk = await makeDesk();
  const bare = { ...desk, folder: openFolder() };
  const told: string[] = [];
  const signIn = begin(bare, { print: true }, { report: (text) => void told.push(text) });
  await expect
    .poll(() => told.join(''))
    .toContain('https://www.linkedin.com/oauth/v2/authorization?response_type=code');
  expect(told.join('')).toContain(`&redirect_uri=http%3A%2F%2Flocalhost%3A${desk.port}%2Fcallback&state=`);
  expect(told.join('')).toContain('&scope=openid%20profile%20w_member_social\n');
  signIn.interrupt();
  expect((await signIn.ended).code).toBe(130);
  expect(await isFree(desk.port)).toBe(true);

  const feed = await begin(desk, { target: 'feed', print: true }).ended;
  expect(feed.stderr).toBe('USAGE: feed has no sign-in in a browser.\nIt needs no secret.\n');
  const devto = await begin(bare, { target: 'devto', print: true }).ended;
  expect(devto.stderr).toBe(
    'TARGET_UNKNOWN: No target is of the kind devto.\nAdd one to the config first.\n',
  );
  const near = await begin(desk, { target: 'linkdin', print: true }).ended;
  expect(near.stderr).toContain('Did you mean "linkedin"?');
  const lost = await begin(bare, { target: 'linkdin', print: true }).ended;
  expect(lost.stderr).toMatch(/^CONFIG_MISSING/);
});

test.each([
  [['--port', '0'], 'It is not a port from 1 to 65535.'],
  [['--port', '8917x'], 'It is not a port from 1 to 65535.'],
  [['--timeout', '0'], 'It is not a number of seconds from 1 to 3600.'],
  [['--store', 'vault'], 'Allowed choices are gh.'],
  [['--store', 'gh', '--repo', 'blog'], 'USAGE: --repo is "blog", which is not the name of a repository.'],
  [['--store', 'gh', '--env', ''], 'USAGE: --env is empty.'],
])('%j is refused', async (words, said) => {
  const { folder, environment } = await makeDesk();
  const run = await runCommand(folder, environment, ['auth', 'linkedin', ...words]);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain(said);
});

test('the program opens the browser, and a sign-in from end to end leaves nothing open', async () => {
  const desk = await makeDesk();
  const words = ['auth', 'linkedin', '--store', 'gh', '--port', String(desk.port), '--timeout', '300'];
  const run = await startBroadside(desk.folder, words, { ...desk.environment, DISPLAY: ':0' }).ended;
  expect(run.code).toBe(0);
  expectNothingShown(run);
  expect(run.stderr).toContain('Your browser opens.');
  expect(desk.ghCalls().at(-1)).toMatchObject({ input: token, secrets: [] });
  await expect.poll(() => existsSync(join(desk.folder, 'page.html'))).toBe(true);
  expect(readFileSync(join(desk.folder, 'page.html'), 'utf8')).toContain('You can close this window.');
});

test('without a screen no browser is promised, and Ctrl-C ends it with 130', async () => {
  const desk = await makeDesk();
  const words = ['auth', 'linkedin', '--print', '--port', String(desk.port)];
  const { child, ended } = startBroadside(desk.folder, words, { ...desk.environment, DISPLAY: '' });
  let said = '';
  child.stderr?.on('data', (text: string) => {
    said += text;
    if (!child.killed && said.includes('Ctrl-C ends it')) child.kill('SIGINT');
  });
  const run = await ended;
  expect(run).toMatchObject({ code: 130, stdout: '' });
  expect(run.stderr).toContain(`Register it once, exactly so, at
https://www.linkedin.com/developers/apps > your app > Auth > Authorized redirect URLs:
  http://localhost:${desk.port}/callback

Open this address in a browser on this machine:
  ${desk.linkedin.url}/oauth/v2/authorization?response_type=code&client_id=invented-id&`);
  expect(run.stderr).toContain('Waiting 5 minutes for you to sign in. Ctrl-C ends it.\n');
  expect(await isFree(desk.port)).toBe(true);
});

test('a browser that fails is told, and the wait goes on', async () => {
  const desk = await makeDesk();
  writeFiles(desk.folder, { 'bin/xdg-open': '#!/bin/sh\nexit 3\n' });
  const environment = { ...desk.environment, WAYLAND_DISPLAY: 'wayland-0' };
  let said = '';
  const report = (text: string): void => void (said += text);
  const signIn = begin({ ...desk, environment }, { print: true, browser: true }, { report });
  await expect.poll(() => said).toContain('The browser could not be opened: open the address by hand.\n');
  await open(await answer(/http:\S+authorization\S+/.exec(said)?.[0] ?? ''));
  expect(await signIn.ended).toMatchObject({ code: 0, stdout: `${token}\n` });
});

test.each([
  [{ access_token: token, expires_in: 5_184_000, scope: 'openid,profile' }, 'it lacks w_member_social'],
  [{ access_token: `${token}\nOTHER=1`, expires_in: 5_184_000 }, 'without a token that can be used'],
  [{ expires_in: 5_184_000 }, 'without a token that can be used'],
])('a token that does not serve is refused: %#', async (told, said) => {
  const server = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  });
  const options = { name: 'linkedin', url: server.url, clientVariables: [] };
  const signIn = authorizeLinkedin(options, { clientId: 'a', clientSecret: 'b' });
  const { signal } = new AbortController();
  const given = { redirectUri: 'http://localhost:1/callback', now: '2026-11-20T12:00:00Z', signal };
  const error = await catchError(signIn.finish({ code: 'c' }, given));
  expect(String(error)).toContain(said);
  expect(showError(error)).not.toContain(token);
});

test('the command is loaded only when it is called', () => {
  const catalogue = readFileSync(new URL('src/commands/catalogue.ts', root), 'utf8');
  expect(catalogue).not.toMatch(/^import .*auth\.ts/m);
});
