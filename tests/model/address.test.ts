import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../src/workbench/connect.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { isSitePath, isWebAddress } from '../../src/model/address.ts';
import type { Connection, ConnectedTarget, Observation, Taken } from '../../src/model/target.ts';
import { exampleReceipt, exampleRendition } from '../examples.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';

const sound = [
  'https://dev.to/author/how-plans-work-4a2c',
  'http://127.0.0.1:3000/author/x',
  'https://www.linkedin.com/feed/update/urn:li:share:7000000000000000000/',
  'https://mastodon.example/@author/1',
  'https://example.com/ü?a=b&c=d#e',
];

const hostile = [
  '',
  'dev.to/author/x',
  '//dev.to/x',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://dev.to@evil.example/x',
  'https://dev.to:443@evil.example/',
  'https:///dev.to@evil.example/x',
  'https://dev.to\\@evil.example/x',
  'https://dev.to/\u001B]8;;https://evil.example\u0007x',
  'https://dev.to/a\nb',
  'https://dev.to/a b',
  'https://dev.to/a\u00A0b',
  'https://dev.to/\u202Etxt.exe',
  'https://dev.to/\u200Bx',
  'https://dev.to/\uD800',
  'https://dev.to/"><script>',
  "https://dev.to/'`id`",
  'https://[dev.to/x',
  `https://dev.to/${'x'.repeat(3000)}`,
];

describe('an address from outside', () => {
  test.each(sound)('may be shown: %s', (address) => {
    expect(isWebAddress(address)).toBe(true);
  });

  test.each(hostile)('may not be shown: %j', (address) => {
    expect(isWebAddress(address)).toBe(false);
  });

  test('in a receipt is left out of the copy’s state unless it may be shown', () => {
    const copy = { target: 'devto', postId: 'a' };
    const urlOf = (url: string) => foldCopy({ copy, entries: [{ ...exampleReceipt(), url }] }).receipt?.url;
    expect(sound.map(urlOf)).toEqual(sound);
    expect(new Set(hostile.map(urlOf))).toEqual(new Set(['']));
  });

  test('in a decision is left out likewise', () => {
    const copy = { target: 'devto', postId: 'a' };
    const { v, at, attempt, inputs, fingerprint } = exampleReceipt();
    const stamp = { v, at, attempt };
    const { receipt } = foldCopy({
      copy,
      entries: [
        { ...stamp, kind: 'intent', verb: 'create', inputs, fingerprint },
        {
          ...stamp,
          kind: 'decision',
          what: 'posted',
          by: 'author',
          remoteId: '7',
          url: 'javascript:alert(1)',
        },
      ],
    });
    expect(receipt).toMatchObject({ remoteId: '7', url: '' });
  });

  test('that a target answers is left out before it is recorded, and what it says is cleaned', async () => {
    const url = hostile.find((one) => one.includes('\u001B')) ?? '';
    const taken: Taken = { remoteId: '7', url, state: 'live', echo: '' };
    const seen: Observation = { ...taken, seen: 'present', canonicalUrl: 'https://example.com/a' };
    const connection: Connection = {
      observe: async () => [seen, { seen: 'absent' }],
      create: async () => taken,
      update: async () => taken,
      restore: async () => taken,
      retract: async () => taken,
    };
    const warned: string[] = [];
    const target: Pick<ConnectedTarget, 'name' | 'secrets' | 'connect'> = {
      name: 'devto',
      secrets: [],
      async connect(_secrets, warn) {
        warn(`${url}: has no tags`);
        return connection;
      },
    };
    const opened = await connectTarget(target as ConnectedTarget, {}, (message) => void warned.push(message));
    const { signal } = new AbortController();
    const clean = { ...taken, url: '' };
    expect(await opened.observe([], signal)).toEqual([{ ...seen, url: '' }, { seen: 'absent' }]);
    expect(await opened.create(exampleRendition('a'), signal)).toEqual(clean);
    expect(await opened.update('7', exampleRendition('a'), signal)).toEqual(clean);
    expect(await opened.restore('7', exampleRendition('a'), signal)).toEqual(clean);
    expect(await opened.retract('7', signal)).toEqual(clean);
    expect(warned).toEqual(['devto: https://dev.to/x: has no tags\n']);
  });

  test('is neither shown by status nor linked from another copy', async () => {
    const blog = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai, links: native }'], {
      one: writePost('One'),
      two: writePost('Two. [One](/blog/one)'),
    });
    await blog.record('devto', 'one', [{ ...exampleReceipt(), url: 'https://dev.to@evil.example/x' }]);
    const { stdout } = await blog.run('status', 'one', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      copies: [{ post: 'one', state: 'live', remoteId: exampleReceipt().remoteId }],
    });
    expect(stdout).not.toContain('evil');
    const planned = await blog.run('plan', 'two', '--format', 'json');
    expect(planned.stdout).toContain('(https://example.com/blog/one)');
    expect(planned.stdout).not.toContain('evil');
  });
});

test.each(['feed.xml', 'blog/feed.xml', 'a..b/c', '...'])('%s is a path inside a site', (path) => {
  expect(isSitePath(path)).toBe(true);
});
