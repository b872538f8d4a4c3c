import { describe, expect, it } from 'vitest';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import { startLocalServer } from '../local-server.ts';
import {
  findWrites,
  makeSmallBlog,
  openDevto,
  openLinkedin,
  readEntries,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';

const post = writePost('One', `date: ${today}\n`);

function makeDevtoBlog(url: string): SmallBlog {
  return makeSmallBlog([`devto: { kind: devto, url: "${url}", ai_disclosure: no_ai }`], { one: post });
}

describe('a copy that was retracted', () => {
  it('is told how it comes back where it is kept: by retract, plan and status', async () => {
    const blog = makeDevtoBlog((await openDevto()).url);
    await blog.run('publish');
    const way = '"broadside publish one --target devto --again" brings it back';
    expect((await blog.run('retract', 'one', '--target', 'devto')).stderr).toBe(`To undo it: ${way}.\n`);
    expect((await blog.run('retract', 'one', '--target', 'devto')).stderr).toBe(`To undo it: ${way}.\n`);
    expect((await blog.run('plan')).stdout).toContain(`  devto  one  retracted; ${way}\n`);
    expect((await blog.run('status')).stdout).toMatch(new RegExp(`^devto  one  retracted  .*  ${way}$`, 'm'));
  });

  it('comes back on dev.to as the same article, once', async () => {
    const standIn = await openDevto();
    const blog = makeDevtoBlog(standIn.url);
    await blog.run('publish');
    const [, created] = await readEntries(blog.ledger, 'devto', 'one');
    await blog.run('retract', 'one', '--target', 'devto');
    await blog.run('publish', 'one');
    const url = created?.kind === 'receipt' ? created.url : '';
    expect(await (await fetch(url)).text()).toContain('Unpublished draft');

    const plan = await blog.run('plan', 'one', '--again');
    expect(plan.stdout).toContain('+ devto  one  again: it had been retracted\n');
    const { code, stdout } = await blog.run('publish', 'one', '--again');
    expect([code, stdout]).toEqual([0, `+ devto  one  published  ${url}\n1 done.\n`]);
    expect(await (await fetch(url)).text()).not.toContain('Unpublished draft');
    const entries = await readEntries(blog.ledger, 'devto', 'one');
    expect(entries.slice(4)).toMatchObject([
      { kind: 'intent', verb: 'create' },
      { kind: 'receipt', verb: 'create', state: 'live', url },
    ]);

    await blog.run('publish', 'one', '--again');
    expect((await blog.run('status')).stdout).toMatch(/^devto {2}one {2}live /m);
    expect(findWrites(standIn).map((request) => request.replace(/ .*/, ''))).toEqual(['POST', 'PUT', 'PUT']);
  });

  it('comes back on LinkedIn as a new post', async () => {
    const standIn = await openLinkedin();
    const blog = makeSmallBlog([`linkedin: { kind: linkedin, url: "${standIn.url}", opt_in: false }`], {
      one: post,
    });
    await blog.run('publish');
    await blog.run('retract', 'one', '--target', 'linkedin');
    expect((await blog.run('publish', 'one', '--target', 'linkedin', '--again')).code).toBe(0);
    const receipts = (await readEntries(blog.ledger, 'linkedin', 'one')).filter(
      (entry) => entry.kind === 'receipt',
    );
    expect(receipts.map(({ state }) => state)).toEqual(['live', 'gone', 'live']);
    expect(receipts[2]?.remoteId).not.toBe(receipts[0]?.remoteId);
    expect((await fetch(receipts[2]?.url ?? '')).status).toBe(200);
  });

  it('comes back only if its post is named, and only as the post is', async () => {
    const blog = makeDevtoBlog('http://127.0.0.1:9');
    for (const words of [['--again'], ['one', '--again', '--take', 'remote']]) {
      const { code, stderr } = await blog.run('publish', ...words);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^USAGE: /);
    }
  });
});

describe('a retraction', () => {
  /** A dev.to that asks to wait for a second before it takes a change. */
  async function openBusyDevto(): Promise<{ readonly blog: SmallBlog; readonly asked: () => number }> {
    let asked = 0;
    const server = await startLocalServer((_incoming, outgoing) => {
      asked += 1;
      if (asked === 1) {
        outgoing.writeHead(429, { 'retry-after': '1' }).end('Retry later');
        return;
      }
      const article = { id: 7, url: `${server.url}/author/one`, title: 'One', tag_list: [] };
      outgoing.end(JSON.stringify({ ...article, published: false }));
    });
    const blog = makeDevtoBlog(server.url);
    await blog.record('devto', 'one', [exampleReceipt({ url: `${server.url}/author/one` })]);
    return { blog, asked: () => asked };
  }

  it('waits for a limit as publish does', async () => {
    const { blog, asked } = await openBusyDevto();
    const { code, stdout } = await blog.run('retract', 'one', '--target', 'devto');
    expect([code, stdout, asked()]).toEqual([0, '- devto  one  retracted\n', 2]);
    const kinds = (await readEntries(blog.ledger, 'devto', 'one')).map(({ kind }) => kind);
    expect(kinds).toEqual(['receipt', 'intent', 'failure', 'intent', 'receipt']);
  });

  it('waits no longer than it may', async () => {
    const { blog, asked } = await openBusyDevto();
    const { code, stderr } = await blog.run('retract', 'one', '--target', 'devto', '--max-wait', '0');
    expect([code, asked()]).toEqual([1, 1]);
    expect(stderr).toMatch(/^RATE_LIMITED: /);
  });

  it('waits until another run has recorded what it sends', async () => {
    const { blog, asked } = await openBusyDevto();
    const copy = { target: 'devto', postId: 'one' };
    await blog.ledger.append(copy, 1, exampleIntent({ verb: 'update', at: new Date().toISOString() }));
    const { code, stderr } = await blog.run('retract', 'one', '--target', 'devto');
    expect([code, asked()]).toEqual([1, 0]);
    expect(stderr).toMatch(/^COPY_IN_FLIGHT: one may be on its way to devto right now: /);
  });

  it('says so when nobody knows whether what was retracted is back', async () => {
    const { blog, asked } = await openBusyDevto();
    const gone = exampleReceipt({ verb: 'retract', state: 'gone' });
    await blog.record('devto', 'two', [gone, exampleIntent(), exampleFailure('unknown')]);
    const { code, stderr } = await blog.run('retract', 'two', '--target', 'devto');
    expect([code, asked()]).toEqual([1, 0]);
    expect(stderr).toMatch(/^COPY_UNKNOWN: Nobody knows whether two is back on devto\.\n/);
    expect(stderr).toContain('broadside resolve two devto --url URL, or --not-posted');
  });
});
