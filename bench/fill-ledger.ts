import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeSite } from '../src/blog/describe-site.ts';
import { loadBlog } from '../src/blog/load.ts';
import { openPostRenderer } from '../src/blog/render-posts.ts';
import { loadConfig } from '../src/config/load.ts';
import { digestText } from '../src/base/digest.ts';
import { newAttempt } from '../src/ledger/attempt.ts';
import { layoutFile, pathOfCopy } from '../src/ledger/copy-path.ts';
import { composeReceipt } from '../src/ledger/receipts.ts';
import { formatEntry, formatHeader, formatLayout } from '../src/ledger/lines.ts';
import { isOutAt } from '../src/blog/eligibility.ts';

/** Writes a ledger in which every post of a blog has its copy, made as it would be made now; nothing is sent. */
export async function fillLedger(folder: string): Promise<void> {
  const { signal } = new AbortController();
  const config = await loadConfig('config/broadside.yaml', folder);
  const blog = await loadBlog(config, signal);
  const at = new Date().toISOString();
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, at));
  const render = openPostRenderer(blog, config, site);
  const ledger = join(config.root, config.ledger.path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(ledger, path)), { recursive: true });
    writeFileSync(join(ledger, path), text);
  };
  rmSync(ledger, { recursive: true, force: true });
  const stamp = { v: 1, at, attempt: newAttempt() } as const;
  for (const target of config.postTargets.filter(({ granularity }) => granularity === 'copy')) {
    for (const [index, post] of blog.posts.entries()) {
      const copy = { target: target.name, postId: post.id };
      const own = (await render(post, [target])).shown.get(target.name);
      if (own === undefined) throw new Error(`${post.id} cannot be rendered`);
      const { inputs, fingerprint } = own.rendition;
      const remoteId = String(index + 1);
      const url = `http://127.0.0.1:9/author/${post.id}`;
      const taken = { state: 'live', remoteId, url, echo: digestText(post.id) } as const;
      const lines = [
        formatHeader(copy),
        formatEntry({ ...stamp, kind: 'intent', verb: 'create', inputs, fingerprint }),
        formatEntry(composeReceipt(stamp, 'create', taken, own.rendition)),
      ];
      write(pathOfCopy(copy), lines.join(''));
    }
  }
  write(layoutFile, formatLayout(Object.fromEntries(config.targets.map(({ name }) => [name, at]))));
}
