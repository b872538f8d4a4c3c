import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { newAttempt } from '../../src/ledger/attempt.ts';
import type { Finding } from '../../src/model/target.ts';
import { diagnoseLinkedin } from '../../src/targets/linkedin/client/diagnose.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import { findDeadUrl, startLocalServer } from '../local-server.ts';
import { makeSmallBlog, openDevto, openLinkedin, secrets, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const day = 86_400_000;
const client = { LINKEDIN_CLIENT_ID: 'invented-id', LINKEDIN_CLIENT_SECRET: 'invented+secret/of=app' };
const clientOptions = { clientId: client.LINKEDIN_CLIENT_ID, clientSecret: client.LINKEDIN_CLIENT_SECRET };

interface Told extends Finding {
  readonly about: string;
}

/** What the doctor says of one thing. */
async function examine(blog: SmallBlog, about: string, environment: Readonly<Record<string, string>>) {
  const { stdout, stderr, code } = await blog.runWith(environment, 'doctor', '--format', 'json');
  for (const value of Object.values(environment)) expect(stdout + stderr).not.toContain(value);
  const { findings, errors, warnings } = JSON.parse(stdout) as {
    readonly findings: readonly Told[];
    readonly errors: number;
    readonly warnings: number;
  };
  expect(findings.filter(({ level }) => level === 'error')).toHaveLength(errors);
  expect(findings.filter(({ level }) => level === 'warning')).toHaveLength(warnings);
  expect(code).toBe(errors > 0 ? 1 : 0);
  expect(findings.filter(({ level, remedy }) => level !== 'ok' && remedy === undefined)).toEqual([]);
  return findings
    .filter((finding) => finding.about === about)
    .map(({ level, what, remedy }) => ({ level, what, remedy }));
}

function makeBlog(url: string, options = ''): SmallBlog {
  return makeSmallBlog([`linkedin: { kind: linkedin, url: "${url}"${options} }`], { one: writePost('One.') });
}

/** The version of a month some months ago, or to come. */
function versionOf(monthsAgo: number): string {
  const now = Temporal.Now.plainDateISO('UTC').toPlainYearMonth();
  return now.subtract({ months: monthsAgo }).toString().replace('-', '');
}

const version = `, version: "${versionOf(1)}"`;

test('all is well', async () => {
  const [devto, linkedin] = [await openDevto(), await openLinkedin(clientOptions)];
  const blog = makeSmallBlog(
    [
      `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`,
      `linkedin: { kind: linkedin, url: "${linkedin.url}"${version} }`,
      'feed: { kind: feed, path: feed.xml }',
    ],
    { one: writePost('One.') },
  );
  await blog.record('devto', 'one', [exampleReceipt()]);
  const { stdout, stderr, code } = await blog.runWith({ ...secrets, ...client }, 'doctor');
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(2)).toEqual([
    'ok       ledger    The ledger, files in ledger, can be read: 1 copy.',
    'ok       devto     DEVTO_API_KEY is set.',
    `ok       devto     The API key belongs to rehearsal on ${new URL(devto.url).host}.`,
    'ok       linkedin  LINKEDIN_ACCESS_TOKEN is set.',
    'ok       linkedin  LINKEDIN_CLIENT_ID is set.',
    'ok       linkedin  LINKEDIN_CLIENT_SECRET is set.',
    expect.stringMatching(/^ok {7}linkedin {2}API version \d{6} works until about \d{4}-\d\d-15\.$/),
    expect.stringMatching(/^ok {7}linkedin {2}The token lasts until \d{4}-\d\d-\d\d: 59 days left\.$/),
    'ok       linkedin  The token belongs to rehearsal (urn:li:person:rehearsal).',
    '0 errors, 0 warnings.',
  ]);
  expect(lines[0]).toMatch(/^ok {7}node {6}Node \d+\.\d+\.\d+ runs this\.$/);
  expect(lines[1]).toBe(
    'ok       config    config/broadside.yaml is as it should be; its targets are devto, linkedin, feed.',
  );
  expect(code).toBe(0);
  const asked = linkedin.requests.map(({ method, path, headers }) => [
    method,
    path,
    headers['linkedin-version'],
  ]);
  expect(asked).toEqual([
    ['POST', '/oauth/v2/introspectToken', undefined],
    ['GET', '/v2/userinfo', undefined],
  ]);
});

test('a token with eight days left is a warning that says so', async () => {
  const tokenMadeAt = Date.now() - 52 * day + 3_600_000;
  const linkedin = await openLinkedin({ ...clientOptions, tokenMadeAt });
  const ends = new Date(tokenMadeAt + 60 * day).toISOString().slice(0, 10);
  const found = await examine(makeBlog(linkedin.url, version), 'linkedin', { ...secrets, ...client });
  expect(found).toContainEqual({
    level: 'warning',
    what: `The token expires on ${ends}: 8 days left.`,
    remedy: 'Run "broadside auth linkedin" and store the new token.',
  });
  expect(found.filter(({ level }) => level === 'error')).toEqual([]);
});

test('an expired token is an error that says when it expired', async () => {
  const tokenMadeAt = Date.now() - 63 * day;
  const linkedin = await openLinkedin({ ...clientOptions, tokenMadeAt });
  const ended = new Date(tokenMadeAt + 60 * day).toISOString().slice(0, 10);
  const found = await examine(makeBlog(linkedin.url, version), 'linkedin', { ...secrets, ...client });
  expect(found.filter(({ level }) => level === 'error')).toEqual([
    {
      level: 'error',
      what: `The token expired on ${ended}.`,
      remedy: 'Run "broadside auth linkedin" and store the new token.',
    },
  ]);
  const untold = await examine(makeBlog(linkedin.url, version), 'linkedin', secrets);
  expect(untold).toContainEqual({
    level: 'ok',
    what: 'LinkedIn says how long the token lasts only to those who have the id and secret of its app.',
    remedy:
      'Set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET to be told, or renew the token within 60 days of making it.',
  });
  expect(untold).toContainEqual(
    expect.objectContaining({ level: 'error', what: 'LinkedIn does not accept the token: it has expired.' }),
  );
});

test('a token that may not post, or is of another app, is told', async () => {
  const linkedin = await openLinkedin({ ...clientOptions, scopes: ['openid', 'profile'] });
  const blog = makeBlog(linkedin.url, version);
  expect(await examine(blog, 'linkedin', { ...secrets, ...client })).toContainEqual(
    expect.objectContaining({
      level: 'error',
      what: 'The token may not post: it lacks the scope w_member_social.',
    }),
  );
  const foreign = await examine(blog, 'linkedin', {
    ...secrets,
    ...client,
    LINKEDIN_CLIENT_SECRET: 'another-secret',
  });
  expect(foreign).toContainEqual({
    level: 'warning',
    what: 'How long the token still lasts could not be asked: LinkedIn answered 401.',
    remedy: 'Check that LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET belong to the app that made the token.',
  });
});

test('a token of another member than the author of the target is an error', async () => {
  const linkedin = await openLinkedin({ member: 'abc' });
  const blog = makeBlog(linkedin.url, `${version}, author: "urn:li:person:xyz"`);
  expect(await examine(blog, 'linkedin', secrets)).toContainEqual(
    expect.objectContaining({
      level: 'error',
      what: 'The token belongs to urn:li:person:abc, but `author` of the target is another member.',
    }),
  );
});

test.each([
  ['202609', '2026-11-20', 'ok', 'API version 202609 works until about 2027-09-15.'],
  ['202609', '2027-06-30', 'ok', 'API version 202609 works until about 2027-09-15.'],
  ['202609', '2027-07-01', 'warning', 'API version 202609 stops working about 2027-09-15, in 76 days.'],
  ['202609', '2027-09-14', 'warning', 'API version 202609 stops working about 2027-09-15, in 1 day.'],
  ['202511', '2026-11-20', 'error', 'API version 202511 stopped working about 2026-11-15.'],
  ['202612', '2026-11-20', 'error', 'API version 202612 is of a month that has not come yet.'],
])('version %s on %s is %s', async (version, date, level, what) => {
  const server = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(401).end('{}'));
  const { signal } = new AbortController();
  const given = { now: `${date}T12:00:00Z`, signal };
  const [first] = await diagnoseLinkedin({ url: server.url, version, clientVariables: [] }, {}, given);
  expect(first).toMatchObject({ level, what });
});

test('a version that is about to end is a warning of the command', async () => {
  const linkedin = await openLinkedin(clientOptions);
  const blog = makeBlog(linkedin.url, `, version: "${versionOf(11)}"`);
  const warnings = (await examine(blog, 'linkedin', { ...secrets, ...client })).filter(
    ({ level }) => level !== 'ok',
  );
  expect(warnings).toEqual([
    {
      level: 'warning',
      what: expect.stringMatching(/^API version \d{6} stops working about \d{4}-\d\d-15, in \d+ days\.$/),
      remedy: 'Raise `version` of the target in the config to a month of the last ten, written YYYYMM.',
    },
  ]);
});

test('no network is told of each target, with and without secrets', async () => {
  const dead = await findDeadUrl();
  const { host } = new URL(dead);
  const blog = makeSmallBlog(
    [
      `devto: { kind: devto, url: "${dead}", ai_disclosure: no_ai }`,
      `linkedin: { kind: linkedin, url: "${dead}"${version} }`,
    ],
    { one: writePost('One.') },
  );
  const remedy = 'Run the command again when the server can be reached.';
  const devto = { level: 'error', what: `GET ${host}/api/users/me: ${host} refuses connections.`, remedy };
  const linkedin = { level: 'error', what: `GET ${host}/v2/userinfo: ${host} refuses connections.`, remedy };
  expect(await examine(blog, 'devto', { ...secrets, ...client })).toContainEqual(devto);
  expect(await examine(blog, 'linkedin', { ...secrets, ...client })).toContainEqual(linkedin);
  expect(await examine(blog, 'devto', {})).toContainEqual(devto);
});

test('a wrong key, and secrets that are missing, are errors that name what to set', async () => {
  const [devto, linkedin] = [await openDevto(), await openLinkedin()];
  const blog = makeSmallBlog(
    [
      `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, secrets: { apiKey: FOREM_KEY } }`,
      `linkedin: { kind: linkedin, url: "${linkedin.url}"${version} }`,
      'other: { kind: devto, url: "https://0.0.0.0:1", ai_disclosure: no_ai }',
    ],
    { one: writePost('One.') },
  );
  const environment = { FOREM_KEY: 'not-the-key' };
  expect(await examine(blog, 'devto', environment)).toEqual([
    { level: 'ok', what: 'FOREM_KEY is set.', remedy: undefined },
    {
      level: 'error',
      what: `${new URL(devto.url).host} does not accept the API key: unauthorized.`,
      remedy: `Make a new key at ${devto.url}/settings/extensions, and check that the account is not suspended.`,
    },
  ]);
  expect(await examine(blog, 'linkedin', environment)).toEqual([
    {
      level: 'error',
      what: 'LINKEDIN_ACCESS_TOKEN is not set.',
      remedy: 'Set LINKEDIN_ACCESS_TOKEN in the environment.',
    },
    expect.objectContaining({ level: 'ok', what: expect.stringContaining('API version') }),
    { level: 'ok', what: `${new URL(linkedin.url).host} answers.`, remedy: undefined },
  ]);
  expect(await examine(blog, 'other', environment)).toContainEqual({
    level: 'error',
    what: 'No environment variable is named for the secret of 0.0.0.0:1.',
    remedy: 'Name one in the config: targets.other.secrets.apiKey.',
  });
});

test('the ledger tells its copies and what is in doubt, and what is in flight is not', async () => {
  const blog = makeSmallBlog(['feed: { kind: feed, path: feed.xml }'], { one: writePost('One.') }, [
    'paused: true',
  ]);
  await blog.record('linkedin', 'one', [exampleReceipt()]);
  await blog.record('linkedin', 'two', [exampleIntent(), exampleFailure('unknown')]);
  await blog.record('linkedin', 'three', [
    exampleIntent({ at: new Date().toISOString(), attempt: newAttempt() }),
  ]);
  expect(await examine(blog, 'ledger', {})).toEqual([
    { level: 'ok', what: 'The ledger, files in ledger, can be read: 1 copy.', remedy: undefined },
    {
      level: 'warning',
      what: 'Nobody knows whether these were taken: two on linkedin.',
      remedy: 'Run "broadside plan", which looks up what it can. Settle the rest with "broadside resolve".',
    },
  ]);
  expect(await examine(blog, 'config', {})).toContainEqual({
    level: 'warning',
    what: 'Publishing is paused: nothing is sent.',
    remedy: 'Set "paused: false" in the config to go on.',
  });
  writeFiles(blog.folder, { 'ledger/ledger.json': 'not JSON' });
  expect(await examine(blog, 'ledger', {})).toEqual([
    expect.objectContaining({ level: 'error', what: 'Line 1 of ledger/ledger.json is not a JSON object.' }),
  ]);
});

test('a config that cannot be read, and a git that is not there, are errors among the others', async () => {
  const blog = makeSmallBlog(['feed: { kind: feed, pat: feed.xml }'], { one: writePost('One.') });
  const { stdout, code } = await blog.run('doctor', '--format', 'github');
  expect(stdout).toMatch(
    /^ok {7}node .*\n::error title=config::config\/broadside\.yaml:5:\d+ "pat" is not an option/,
  );
  expect(code).toBe(1);

  const git = makeSmallBlog(['feed: { kind: feed, path: feed.xml }'], { one: writePost('One.') });
  const config = 'config/broadside.yaml';
  const text = readFileSync(`${git.folder}/${config}`, 'utf8');
  writeFiles(git.folder, { [config]: text.replace('kind: file', 'kind: git') });
  const found = await examine(git, 'git', { PATH: '/nowhere' });
  expect(found).toEqual([
    expect.objectContaining({
      level: 'error',
      what: 'The ledger is kept with git, and git cannot be started.',
    }),
  ]);
});
