import { resourceUsage } from 'node:process';
import type { Blog } from '../../src/blog/load.ts';
import { openPostRenderer } from '../../src/blog/render-posts.ts';
import type { Config } from '../../src/config/load.ts';
import { urlKey } from '../../src/reading/url-key.ts';
import { readTree } from '../../src/sources/markdown/parse-body.ts';
import { takesPosts } from '../../src/model/target.ts';
import { targetKinds } from '../../src/targets/index.ts';
import { examplePost } from '../examples.ts';
import { requiredOptions } from '../required-options.ts';
import { slowBodies } from './slow-bodies.ts';

/** What trying a body took, and the rule that refused it. */
export interface Tried {
  readonly name: string;
  readonly refused?: string;
  /** CPU time of the whole process, in seconds. */
  readonly time: number;
  /** The most memory of the process so far, in MB. */
  readonly memory: number;
}

const size = 100_000;
const targets = (
  await Promise.all(
    Object.values(targetKinds).map(async (load) => {
      const made = await load();
      const options = await made.options();
      return made.create(made.kind, options.parse({ kind: made.kind, ...requiredOptions[made.kind] }));
    }),
  )
).filter(takesPosts);
const post = examplePost('slow');
const site = {
  url: 'https://example.com',
  title: 'Example',
  description: 'A blog.',
  author: { name: 'Example Author' },
  language: 'en',
  timezone: 'UTC',
  navigation: 'bottom',
  postsByUrl: new Map([[urlKey(post.canonicalUrl), post]]),
  postsById: new Map(),
  postsByPath: new Map(),
  awaited: new Set<string>(),
  copies: new Map(),
  seriesByPost: new Map(),
} as const;

/** Holds a body against all rules and renders it for each target, as `check` and `build` do. */
async function tryBody(text: string, file: string): Promise<string | undefined> {
  const read = async () => ({
    tree: await readTree(`---\ntitle: Slow\n---\n\n${text}\n`, file, { math: true, emoji: true }),
    digest: '',
  });
  const render = openPostRenderer({ read } as unknown as Blog, { targets } as unknown as Config, site);
  const { diagnostics, shown } = await render(post, targets);
  for (const { byHand = {} } of shown.values()) for (const print of Object.values(byHand)) await print();
  return shown.size === 0 ? diagnostics[0]?.rule : undefined;
}

function readTime(): number {
  const { userCPUTime, systemCPUTime } = resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

await tryBody('Some *words* and `code`.', 'post.md');
const names = new Set(process.argv.slice(2));
for (const { name, make, extension = 'md' } of slowBodies.filter((body) => names.has(body.name))) {
  const text = make(size);
  const before = readTime();
  const refused = await tryBody(text, `post.${extension}`);
  const time = readTime() - before;
  const memory = resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ name, ...(refused !== undefined && { refused }), time, memory } satisfies Tried),
  );
}
