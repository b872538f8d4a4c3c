import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startDevto } from '../../../src/rehearsal/devto/start.ts';
import type { Mishap } from '../../../src/rehearsal/mishaps.ts';
import { startLinkedin } from '../../../src/rehearsal/linkedin/start.ts';
import type { RequestMoment, StandIn } from '../../../src/rehearsal/stand-in.ts';
import { writeFiles } from '../../workspace.ts';
import { clock, now, scratch, type Surroundings } from './machine.ts';

export type TargetName = 'devto' | 'linkedin';

/** A create as it came in at a stand-in. */
export interface Arrival {
  readonly target: TargetName;
  readonly post: string;
  readonly number: number;
  /** Whether the stand-in took it. */
  taken: boolean;
  /** Whether a person has looked, and said that it was not taken. */
  denied: boolean;
}

/** A blog, its targets, and what came in at them. */
export interface World extends Surroundings {
  readonly time: { ahead: number };
  /** The posts' ids, oldest first. */
  readonly posts: readonly string[];
  readonly ledger: string;
  readonly devto: StandIn;
  readonly linkedin: StandIn;
  /** Where the stand-ins keep what they hold. */
  readonly homes: Readonly<Record<TargetName, string>>;
  readonly creates: readonly Arrival[];
  /** Requests that change something at a target, since the start. */
  countSent(): number;
  /** From now on, nothing goes wrong at the stand-ins any more. */
  calm(): void;
  /** Ends the stand-ins and removes everything. */
  close(): Promise<void>;
}

export interface WorldOptions {
  /** A post whose name ends in a number is a part of the series `Pair`. */
  readonly posts?: readonly string[];
  /** The blog's folder; a new one by default. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ledger?: string;
  /** What stand-ins held before, as their homes. */
  readonly before?: string;
  readonly mishaps?: Partial<Readonly<Record<TargetName, readonly Mishap[]>>>;
  readonly onRequest?: (target: TargetName, moment: RequestMoment) => void | Promise<void>;
  /** Whether dev.to's copies go out as drafts, which dev.to itself lets anyone make twice. */
  readonly drafts?: boolean;
}

/** What the stand-ins accept. */
export const secrets = { DEVTO_API_KEY: 'invented-key', LINKEDIN_ACCESS_TOKEN: 'invented-token' };

/** Makes a small blog, and stand-ins for its targets. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const {
    posts = ['alone', 'pair-1', 'pair-2'],
    folder = mkdtempSync(join(scratch, 'blog-')),
    environment = { PATH: process.env['PATH'] ?? '', HOME: scratch },
    ledger = '{ kind: file, path: .broadside/ledger }',
    mishaps = {},
  } = options;
  const home = mkdtempSync(join(scratch, 'stand-ins-'));
  if (options.before !== undefined) cpSync(options.before, home, { recursive: true });
  const creates: Arrival[] = [];
  const pending = new Map<string, Arrival>();
  const watch =
    (target: TargetName) =>
    async (moment: RequestMoment): Promise<void> => {
      const post = readCreate(target, moment);
      const key = `${target} ${moment.number}`;
      if (post !== undefined && moment.when === 'before') {
        const arrival = { target, post, number: moment.number, taken: false, denied: false };
        creates.push(arrival);
        pending.set(key, arrival);
      }
      const arrival = pending.get(key);
      if (arrival !== undefined) arrival.taken = moment.taken;
      await options.onRequest?.(target, moment);
    };
  const homes = { devto: home, linkedin: home };
  const time = { ahead: 0 };
  const tellTime = (): number => now() + time.ahead;
  const mishapsOf = { devto: [...(mishaps.devto ?? [])], linkedin: [...(mishaps.linkedin ?? [])] };
  const devto = await startDevto({
    folder: home,
    apiKey: secrets.DEVTO_API_KEY,
    now,
    tellTime,
    mishaps: mishapsOf.devto,
    onRequest: watch('devto'),
  });
  const linkedin = await startLinkedin({
    folder: home,
    accessToken: secrets.LINKEDIN_ACCESS_TOKEN,
    now,
    mishaps: mishapsOf.linkedin,
    onRequest: watch('linkedin'),
  });
  writeFiles(folder, {
    'config/broadside.yaml': writeConfig(devto, linkedin, ledger, options.drafts === true),
    ...Object.fromEntries(posts.map((post, index) => [`posts/${post}.md`, formatPost(post, index)])),
  });
  const world: World = {
    folder,
    environment: { ...environment, ...secrets },
    time,
    posts,
    ledger: join(folder, '.broadside', 'ledger'),
    devto,
    linkedin,
    homes,
    creates,
    countSent: () =>
      [...devto.requests, ...linkedin.requests].filter(({ method }) => method !== 'GET').length,
    calm: () => {
      for (const list of Object.values(mishapsOf)) list.length = 0;
    },
    close: async () => {
      await Promise.all([devto.close(), linkedin.close()]);
      await Promise.all([folder, home].map((path) => rm(path, { recursive: true, force: true })));
    },
  };
  for (const target of ['devto', 'linkedin'] as const) {
    for (const [post, urls] of readCopies(world, target)) {
      creates.push(...urls.map(() => ({ target, post, number: 0, taken: true, denied: false })));
    }
  }
  return world;
}

/** What a stand-in holds of each post: the addresses of its copies, drafts included. */
export function readCopies(world: World, target: TargetName): ReadonlyMap<string, readonly string[]> {
  const file = join(world.homes[target], `${target}.json`);
  const state = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as {
    readonly articles?: readonly {
      readonly canonicalUrl: string;
      readonly owner: string;
      readonly slug: string;
    }[];
    readonly posts?: readonly { readonly urn: string; readonly card: { readonly source: string } }[];
  };
  const copies =
    target === 'devto'
      ? (state.articles ?? []).map(({ canonicalUrl, owner, slug }) => ({
          post: nameOf(canonicalUrl),
          url: `${world.devto.url}/${owner}/${slug}`,
        }))
      : (state.posts ?? []).map(({ card, urn }) => ({
          post: nameOf(card.source),
          url: `${world.linkedin.url}/feed/update/${urn}/`,
        }));
  return new Map(
    world.posts.map((post) => [post, copies.filter((copy) => copy.post === post).map(({ url }) => url)]),
  );
}

/** Which post a request would make a copy of, if it is one that makes copies. */
function readCreate(target: TargetName, { request }: RequestMoment): string | undefined {
  const { method, path, bytes } = request;
  if (method !== 'POST' || path !== (target === 'devto' ? '/api/articles' : '/rest/posts')) return undefined;
  const sent = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly article?: { readonly canonical_url: string };
    readonly content?: { readonly article: { readonly source: string } };
  };
  return nameOf(sent.article?.canonical_url ?? sent.content?.article.source ?? '');
}

function nameOf(canonicalUrl: string): string {
  return canonicalUrl.replace('https://example.com/blog/', '').replace(/\/$/, '');
}

function writeConfig(devto: StandIn, linkedin: StandIn, ledger: string, drafts: boolean): string {
  const yesterday = new Date(clock.zero - 86_400_000).toISOString().slice(0, 10);
  return `version: 1
site:
  url: 'https://example.com'
  title: An example
  description: A blog that is published over and over.
  author: { name: Example Author, url: 'https://example.com/about' }
  language: en
  timezone: UTC
sources:
  - { kind: markdown, path: posts, canonical: '/blog/{slug}' }
targets:
  devto: { kind: devto, url: '${devto.url}', ai_disclosure: no_ai, published: ${!drafts}, since: ${yesterday} }
  linkedin: { kind: linkedin, url: '${linkedin.url}', opt_in: false, since: ${yesterday} }
  feed: { kind: feed, path: feed.xml }
require_live: false
ledger: ${ledger}
`;
}

/** Rewrites a post: its text ends in the version. */
export function editPost(world: World, post: string, version: number): void {
  const text = formatPost(post, world.posts.indexOf(post), version);
  writeFiles(world.folder, { [`posts/${post}.md`]: text });
}

function formatPost(name: string, index: number, version = 1): string {
  const part = /\d+$/.exec(name)?.[0];
  const date = new Date(clock.zero - 3 * 3_600_000 + index * 1000).toISOString();
  return `---
title: The post ${name}
date: ${date}
description: What ${name} is about.
tags: [testing]
${part === undefined ? '' : `series: Pair\npart: ${part}\n`}---

Some words about ${name}, version ${version}.
`;
}
