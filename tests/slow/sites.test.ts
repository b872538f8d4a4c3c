import { execFile } from 'node:child_process';
import { cpSync, globSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findElement, rewriteElements } from '../../src/reading/html/hast.ts';
import { parsePage } from '../../src/reading/html/parse-html.ts';
import { restoreCode } from '../../src/reading/html/restore-code.ts';
import { type Leaf, listLeaves } from '../../src/pages/leaves.ts';
import { stemOf } from '../../src/pages/likeness.ts';
import { openFolder, root, writeFiles } from '../workspace.ts';
import { installLocked } from './install-locked.ts';
import { runCommand } from '../run-command.ts';

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
  /** What a copy says where its page has a button or an element for a script, by post. */
  readonly added?: Readonly<Record<string, readonly string[]>>;
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
  {
    generator: 'eleventy',
    posts: 'posts',
    canonical: '/notes/{slug}/',
    built: '_site',
    article: 'e-content',
    added: { 'letting-go': ['text byhand', 'text bywinch'] },
    build: (folder) => buildWithNode(folder, '@11ty/eleventy/cmd.cjs', ['--quiet']),
  },
  {
    generator: 'astro',
    posts: 'src/pages/notes',
    canonical: '/notes/{slug}/',
    built: 'dist',
    article: 'prose',
    added: { 'where-to-fly': ['wheretofly'] },
    build: (folder) => buildWithNode(folder, 'astro/bin/astro.mjs', ['build', '--silent']),
  },
  {
    generator: 'docusaurus',
    posts: 'blog',
    canonical: '/blog/{slug}',
    built: 'build',
    article: 'markdown',
    build: (folder) => buildWithNode(folder, '@docusaurus/core/bin/docusaurus.mjs', ['build']),
  },
];

/** Builds a site with a generator from npm, as the sample's own lockfile has it. */
async function buildWithNode(folder: string, program: string, words: readonly string[]): Promise<void> {
  symlinkSync(await installLocked(folder), join(folder, 'node_modules'));
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NODE_ENV: 'production' };
  await runFile(process.execPath, [join(folder, 'node_modules', program), ...words], { cwd: folder, env });
}

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

/** What readers see of the elements of an article, in order; what a layout puts around it in the same element says so. */
function listSeen(html: string, article?: string): readonly string[] {
  const page = parsePage(html);
  restoreCode(page);
  rewriteElements(page, (element) => ('dataAround' in element.properties ? [] : [element]));
  const holder = findElement(page, ({ properties, tagName }) =>
    article === undefined ? tagName === 'body' : String(properties['className']).split(',').includes(article),
  );
  const leaves = holder === undefined ? [] : listLeaves({ type: 'root', children: [holder] });
  return leaves.filter((leaf) => !isUnfilled(leaf)).map(describeLeaf);
}

function describeLeaf({ kind, key, address }: Leaf): string {
  return address === '' ? `${kind} ${key}` : stemOf(address);
}

/** Of what only a script shows there is nothing on the page. */
const isUnfilled = ({ key }: Leaf): boolean => key === 'seethispartontheoriginalpage';

describe.each(sites)('a site made by $generator', (site) => {
  test('has copies that show what its pages show, element by element', { timeout: 1_800_000 }, async () => {
    const folder = openFolder();
    cpSync(fileURLToPath(new URL(`tests/slow/sites/${site.generator}`, root)), folder, { recursive: true });
    await site.build(folder);
    writeFiles(folder, { 'config/broadside.yaml': writeConfig(site) });
    const run = (...words: readonly string[]) => runCommand(folder, {}, words);

    expect(await run('check')).toMatchObject({ stdout: expect.stringContaining('0 errors'), code: 0 });
    expect(await run('check', '--against', site.built)).toMatchObject({
      stdout: expect.stringMatching(/^(\d+) posts were compared with \S+: \1 read as on the site\.\n$/),
      code: 0,
    });
    const ids = globSync('*.{md,mdx}', { cwd: join(folder, site.posts) }).map((file) =>
      file.replace(/^\d{4}-\d{2}-\d{2}-|\.mdx?$/g, ''),
    );
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) {
      const { stdout } = await run('render', id, '--target', 'feed');
      const [file = ''] = globSync(`**/${id}{.html,/index.html}`, { cwd: join(folder, site.built) });
      const page = listSeen(readFileSync(join(folder, site.built, file), 'utf8'), site.article);
      const copy = listSeen(stdout).filter((leaf) => site.added?.[id]?.includes(leaf) !== true);
      expect({ id, shown: copy }).toStrictEqual({ id, shown: page });
    }
  });
});
