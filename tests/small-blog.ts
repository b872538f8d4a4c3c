import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openFileLedger } from '../src/ledger/file.ts';
import type { Ledger, LedgerEntry } from '../src/model/ledger.ts';
import { startDevto, type DevtoOptions } from '../src/rehearsal/devto/start.ts';
import { startLinkedin, type LinkedinOptions } from '../src/rehearsal/linkedin/start.ts';
import type { StandIn } from '../src/rehearsal/stand-in.ts';
import { makeClock } from './targets/connection-contract.ts';
import { openFolder, writeFiles, type Run } from './workspace.ts';
import { runCommand } from './run-command.ts';

/** The secrets that the stand-ins of a small blog take. */
export const secrets = {
  DEVTO_API_KEY: 'invented-devto-key',
  LINKEDIN_ACCESS_TOKEN: 'invented-linkedin-token',
};

/** A blog in a folder of its own, with a ledger of files. */
export interface SmallBlog {
  readonly folder: string;
  readonly ledger: Ledger;
  /** Runs a command there, with all secrets unless others are given. */
  run(...words: readonly string[]): Promise<Run>;
  runWith(environment: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Run>;
  /** Adds entries to a copy that has none. */
  record(target: string, postId: string, entries: readonly LedgerEntry[]): Promise<void>;
}

/** A post's file; one that is not given a date has a past. */
export function writePost(body: string, matter = ''): string {
  const date = matter.includes('date:') ? '' : 'date: 2024-03-04\n';
  return `---\ntitle: ${body.split('\n')[0]}\n${date}${matter}---\n\n${body}\n`;
}

/** The day in UTC on which the tests began, on which the targets of a blog with posts of today are opened, also if midnight passes. */
export const today = new Date().toISOString().slice(0, 10);

/** The line of a target with the day on which it was opened. A feed takes posts of any day. */
function openToday(line: string): string {
  return /since:|kind: feed\b/.test(line) ? line : line.replace(/\bkind: [a-z]+/, `$&, since: ${today}`);
}

/** Makes a blog. `targets` is YAML of one line per target; `posts` are files' texts by slug. */
export function makeSmallBlog(
  targets: readonly string[],
  posts: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): SmallBlog {
  const folder = openFolder();
  const isOfToday = Object.values(posts).some((text) => text.includes(`date: ${today}`));
  const config = [
    'version: 1',
    'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
    'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]',
    'targets:',
    ...targets.map((line) => `  ${isOfToday ? openToday(line) : line}`),
    'require_live: false',
    'ledger: { kind: file, path: ledger }',
    ...more,
  ];
  const files = Object.entries(posts).map(([slug, text]) => [`posts/${slug}.md`, text]);
  writeFiles(folder, { 'config/broadside.yaml': `${config.join('\n')}\n`, ...Object.fromEntries(files) });
  const ledger = openFileLedger({ folder: join(folder, 'ledger') });
  return {
    folder,
    ledger,
    run: (...words) => runCommand(folder, secrets, words),
    runWith: (environment, ...words) => runCommand(folder, environment, words),
    async record(target, postId, entries) {
      for (const [index, entry] of entries.entries()) await ledger.append({ target, postId }, index, entry);
    },
  };
}

/** A dev.to that asks for no patience, with articles that are there already. */
export async function openDevto(
  articles: readonly object[] = [],
  options: Partial<DevtoOptions> = {},
): Promise<StandIn> {
  const folder = openFolder();
  const state = { nextId: 1000, collections: {}, articles };
  writeFiles(folder, { 'devto.json': JSON.stringify(state) });
  const standIn = await startDevto({ folder, apiKey: secrets.DEVTO_API_KEY, now: makeClock(), ...options });
  onTestFinished(() => standIn.close());
  return standIn;
}

/** A LinkedIn whose clock is the real one. */
export async function openLinkedin(options: Partial<LinkedinOptions> = {}): Promise<StandIn> {
  const standIn = await startLinkedin({
    folder: openFolder(),
    accessToken: secrets.LINKEDIN_ACCESS_TOKEN,
    ...options,
  });
  onTestFinished(() => standIn.close());
  return standIn;
}

/** An article as the stand-in keeps it. */
export function makeArticle(id: number, canonicalUrl: string, more: object = {}): object {
  return {
    id,
    owner: 'rehearsal',
    title: `Article ${id}`,
    body: `What article ${id} said.`,
    published: true,
    publishedAt: '2024-03-04T08:00:00Z',
    createdAt: '2024-03-04T08:00:00Z',
    editedAt: null,
    slug: `article-${id}`,
    tags: [],
    canonicalUrl,
    mainImage: null,
    description: '',
    series: null,
    disclosure: null,
    organizationId: null,
    html: `<p>What article ${id} said.</p>`,
    ...more,
  };
}

/** The requests that may have changed something. */
export function findWrites(standIn: StandIn): readonly string[] {
  return standIn.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
}

/** One copy's entries. */
export async function readEntries(
  ledger: Ledger,
  target: string,
  postId: string,
): Promise<readonly LedgerEntry[]> {
  const { copies } = await ledger.read();
  return copies.find(({ copy }) => copy.target === target && copy.postId === postId)?.entries ?? [];
}
