import { execFile } from 'node:child_process';
import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findElement } from '../../src/reading/html/hast.ts';
import { parsePage } from '../../src/reading/html/parse-html.ts';
import { restoreCode } from '../../src/reading/html/restore-code.ts';
import { type Leaf, listLeaves } from '../../src/pages/leaves.ts';
import { stemOf } from '../../src/pages/likeness.ts';
import { runCommand } from '../small-blog.ts';
import { openFolder, root, writeFiles } from '../workspace.ts';

const runFile = promisify(execFile);

/** A site that is built by a generator as its author would build it. */
interface Site {
  readonly generator: string;
  readonly posts: string;
  readonly canonical: string;
  /** The folder it is built into. */
  readonly built: string;
  /** Names the element that holds the article, by its class. */
  readonly article: string;
  build(folder: string): Promise<unknown>;
}

const sites: readonly Site[] = [
  {
    generator: 'hugo',
    posts: 'content/posts',
    canonical: '/{year}/{slug}/',
    built: 'public',
    article: 'post-body',
    build: (folder) => runFile('hugo', ['--quiet'], { cwd: folder }),
  },
];

function writeConfig({ posts, canonical, built }: Site): string {
  return [
    'version: 1',
    'site: { url: "https://blog.example", title: Kites and Ropes, author: { name: Example Author }, timezone: UTC }',
    `sources: [{ kind: markdown, path: ${posts}, canonical: "${canonical}", pages: { from: ${built} } }]`,
    'targets:',
    '  feed: { kind: feed, path: feed.xml, limit: 20 }',
    'ledger: { kind: file, path: ledger }',
    'require_live: false',
    '',
  ].join('\n');
}

/** What readers see of the elements of an article, in order. */
function listSeen(html: string, article?: string): readonly string[] {
  const page = parsePage(html);
  restoreCode(page);
  const holder = findElement(page, ({ properties, tagName }) =>
    article === undefined ? tagName === 'body' : String(properties['className']).split(',').includes(article),
  );
  return holder === undefined ? [] : listLeaves({ type: 'root', children: [holder] }).map(describeLeaf);
}

function describeLeaf({ kind, key, address }: Leaf): string {
  return kind === 'media' ? `picture ${stemOf(address)}` : `${kind} ${key}`;
}

const unfilled = /^text seethispartontheoriginalpage$/;

describe.each(sites)('a site made by $generator', (site) => {
  test('has copies that show what its pages show, element by element', { timeout: 600_000 }, async () => {
    const folder = openFolder();
    cpSync(fileURLToPath(new URL(`tests/slow/sites/${site.generator}`, root)), folder, { recursive: true });
    await site.build(folder);
    writeFiles(folder, { 'config/broadside.yaml': writeConfig(site) });
    const run = (...words: readonly string[]) => runCommand(folder, {}, words);

    expect(await run('check')).toMatchObject({ stdout: expect.stringContaining('0 errors'), code: 0 });
    expect(await run('check', '--against', site.built)).toMatchObject({
      stdout: expect.stringMatching(/^(\d+) posts were held against \S+: \1 read as on the site\.\n$/),
      code: 0,
    });
    const ids = globSync('*.{md,mdx}', { cwd: join(folder, site.posts) }).map((file) =>
      file.replace(/\.mdx?$/, ''),
    );
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) {
      const { stdout } = await run('render', id, '--target', 'feed');
      const [file = ''] = globSync(`**/${id}{.html,/index.html}`, { cwd: join(folder, site.built) });
      const page = listSeen(readFileSync(join(folder, site.built, file), 'utf8'), site.article);
      const copy = listSeen(stdout).filter((leaf) => !unfilled.test(leaf));
      expect({ id, shown: copy }).toStrictEqual({ id, shown: page });
    }
  });
});
