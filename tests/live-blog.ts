import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDevto } from '../src/rehearsal/devto/start.ts';
import { startLinkedin } from '../src/rehearsal/linkedin/start.ts';
import type { StandIn, Troubles } from '../src/rehearsal/stand-in.ts';
import { openFolder, startBroadside, writeFiles, type Run } from './workspace.ts';
import { runCommand } from './run-command.ts';

export const devtoKey = 'aB3dE5fG7hJ9kL1mN3pQ5rS7';
export const linkedinToken = 'AQX-lorem_ipsum-DOLOR-sit-42';

/** What ends with a test; tests that run at the same time each have their own. */
interface TestContext {
  readonly onTestFinished: (work: () => void | Promise<void>) => void;
}

/** An article as the dev.to stand-in keeps it. */
interface KeptArticle {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly published: boolean;
  readonly canonicalUrl: string;
}

/** A post as the LinkedIn stand-in keeps it. */
interface KeptPost {
  readonly urn: string;
  readonly commentary: string;
  readonly card: { readonly source: string } | null;
}

/** A small blog, and stand-ins of the places it is published to. */
export interface LiveBlog {
  readonly folder: string;
  readonly devto: StandIn;
  readonly linkedin: StandIn;
  readonly secrets: Readonly<Record<string, string>>;
  /** Runs a command in the blog's folder, in this process, with the secrets unless others are given. */
  run(words: readonly string[], secrets?: Readonly<Record<string, string>>): Promise<Run>;
  /** Starts the program there, in a process of its own. */
  start(words: readonly string[]): ReturnType<typeof startBroadside>;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  articles(): readonly KeptArticle[];
  posts(): readonly KeptPost[];
  /** How many requests a stand-in took that changed what it holds. */
  writes(standIn: StandIn): number;
  /** Edits an article as its author could on the site. */
  editArticle(id: number, fields: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface LiveBlogOptions {
  /** Posts' bodies, or their whole text when it begins with front matter, by id. */
  readonly posts: Readonly<Record<string, string>>;
  /** The config's targets, instead of dev.to, LinkedIn and a feed. */
  readonly targets?: (urls: { readonly devto: string; readonly linkedin: string }) => string;
  /** More lines of the config. */
  readonly config?: string;
  /** What a test does while dev.to is asked. */
  readonly onDevtoRequest?: NonNullable<Troubles['onRequest']>;
}

/** A post's whole text; it has tags and a description, so that nobody warns of them. */
export function writePost(title: string, body: string, fields = ''): string {
  return `---\ntitle: ${title}\ndate: 2026-11-02T08:00:00Z\ntags: [testing]\ndescription: What ${title} is about.\n${fields}---\n\n${body}\n`;
}

/** Opens a blog whose targets have long been open, with stand-ins whose clocks run fast enough to never ask to wait. */
export async function openLiveBlog(context: TestContext, options: LiveBlogOptions): Promise<LiveBlog> {
  const folder = openFolder(context.onTestFinished);
  const memory = openFolder(context.onTestFinished);
  const { onDevtoRequest: onRequest } = options;
  const devto = await startDevto({
    folder: memory,
    apiKey: devtoKey,
    now: startClock(),
    ...(onRequest && { onRequest }),
  });
  const linkedin = await startLinkedin({ folder: memory, accessToken: linkedinToken, now: startClock() });
  context.onTestFinished(async () => {
    await Promise.all([devto.close(), linkedin.close()]);
  });
  const targets = (options.targets ?? describeTargets)({ devto: devto.url, linkedin: linkedin.url });
  writeFiles(folder, {
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts }]
targets:
${targets}
require_live: false
ledger: { kind: file, path: .broadside/ledger }
${options.config ?? ''}
`,
    ...Object.fromEntries(
      Object.entries(options.posts).map(([id, text]) => [
        `posts/${id}.md`,
        text.startsWith('---') ? text : writePost(`About ${id}`, text),
      ]),
    ),
  });
  const secrets = { DEVTO_API_KEY: devtoKey, LINKEDIN_ACCESS_TOKEN: linkedinToken };
  const readKept = (name: string): unknown => JSON.parse(readFileSync(join(memory, name), 'utf8'));
  return {
    folder,
    devto,
    linkedin,
    secrets,
    run: (words, given = secrets) => runCommand(folder, given, words),
    start: (words) => startBroadside(folder, words, secrets),
    write: (files) => writeFiles(folder, files),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    articles: () => (readKept('devto.json') as { articles: readonly KeptArticle[] }).articles,
    posts: () => (readKept('linkedin.json') as { posts: readonly KeptPost[] }).posts,
    writes: (standIn) =>
      standIn.requests.filter(({ method, status = 0 }) => method !== 'GET' && status < 300).length,
    async editArticle(id, fields) {
      const answer = await fetch(`${devto.url}/api/articles/${id}`, {
        method: 'PUT',
        headers: { 'api-key': devtoKey, 'content-type': 'application/json', 'user-agent': 'a person' },
        body: JSON.stringify({ article: fields }),
      });
      if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
    },
  };
}

/** The lines of all three kinds of target, dev.to and LinkedIn at these addresses. */
export function describeTargets(urls: { readonly devto: string; readonly linkedin: string }): string {
  return `  devto: { kind: devto, url: "${urls.devto}", ai_disclosure: no_ai, since: 2020-01-01 }
  linkedin: { kind: linkedin, url: "${urls.linkedin}", since: 2020-01-01 }
  feed: { kind: feed }`;
}

function startClock(): () => number {
  let time = Date.now() - 3_600_000;
  return () => (time += 2100);
}
