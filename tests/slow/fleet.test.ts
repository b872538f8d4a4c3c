import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { openDevto, secrets } from '../small-blog.ts';
import { runBroadside, writeFiles } from '../workspace.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const today = new Date().toISOString().slice(0, 10);

/** A blog of a fleet: its own schema in the database of all, and the account of all. */
function writeBlog(index: number, devto: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-fleet-'));
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      `site: { url: "https://blog-${index}.example", title: Blog ${index}, author: { name: Example Author } }`,
      'sources: [{ kind: markdown, path: posts, canonical: "/{slug}" }]',
      `targets: { devto: { kind: devto, url: "${devto}", ai_disclosure: no_ai, since: ${today} } }`,
      'require_live: false',
      `ledger: { kind: postgres, schema: blog_${index} }`,
      '',
    ].join('\n'),
    'posts/hello.md': `---\ntitle: Hello from ${index}\ndate: ${today}\n---\n\nOne of many, number ${index}.\n`,
  });
  return folder;
}

test('blogs that publish at the same time with one account keep to its limits together, each with its own ledger', async () => {
  const devto = await openDevto();
  const folders = Array.from({ length: 8 }, (_, index) => writeBlog(index, devto.url));
  const environment = { ...secrets, BROADSIDE_LEDGER_URL: server.address };
  const runs = await Promise.all(folders.map((folder) => runBroadside(folder, ['publish'], environment)));
  expect(runs.map(({ code, stderr }) => ({ code, stderr: code === 0 ? '' : stderr }))).toEqual(
    folders.map(() => ({ code: 0, stderr: '' })),
  );
  const creates = devto.requests.filter(({ method }) => method === 'POST');
  expect(creates.map(({ status }) => status)).toEqual(folders.map(() => 201));
  expect(devto.requests.filter(({ method, status }) => method !== 'GET' && status === 429)).toEqual([]);
  const rows = await server.query(
    "select table_schema as name from information_schema.tables where table_name = 'ledger' order by 1",
  );
  expect(rows.map(({ name }) => name)).toEqual(folders.map((_, index) => `blog_${index}`));
  const [turns] = await server.query(
    'select count(*)::int as queues, min(queue) as queue from broadside.turns',
  );
  expect(turns?.['queues']).toBe(2);
  expect(String(turns?.['queue'])).not.toContain(secrets.DEVTO_API_KEY);
});
