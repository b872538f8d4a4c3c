import { symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveFolder } from '../../src/rehearsal/serve-folder.ts';
import { openFolder, writeFiles } from '../workspace.ts';

test('a folder is served as a host does, and nothing beside it', async () => {
  const folder = openFolder();
  writeFiles(folder, {
    'site/feed.xml': '<rss/>',
    'site/feed.css': 'a {}',
    'site/.hidden/x.xml': 'hidden',
    'secret.xml': 'secret',
  });
  symlinkSync(join(folder, 'secret.xml'), join(folder, 'site', 'link.xml'));
  const site = await serveFolder(join(folder, 'site'));
  onTestFinished(() => site.close());
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(site.url);
      const outgoing = request({ host: hostname, port, path, headers, method }, (incoming) => {
        incoming.resume();
        incoming.on('end', () => resolve(`${incoming.statusCode} ${incoming.headers['content-type']}`));
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  expect(await ask('/feed.xml')).toBe('200 application/xml; charset=utf-8');
  expect(await ask('/feed.css?v=1')).toBe('200 text/css; charset=utf-8');
  for (const path of [
    '/',
    '/../secret.xml',
    '/%2e%2e/secret.xml',
    '/..%2fsecret.xml',
    '/link.xml',
    '/.hidden/x.xml',
    '/%',
  ])
    expect([path, await ask(path)]).toEqual([path, '404 text/plain; charset=utf-8']);
  expect(await ask('/feed.xml', { host: 'elsewhere.example' })).toMatch(/^404/);
  expect(await ask('/feed.xml', {}, 'POST')).toMatch(/^404/);
});
