import { expect, it } from 'vitest';
import { readConfig, repository } from '../init/set-up-sample.ts';
import { measureCpu } from '../measure-cpu.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

// A machine at rest takes one and a half seconds of CPU; a busy one counts several times as much for the same work.
it('init finds its way about a blog of 1,000 posts in a few seconds of CPU', async () => {
  const folder = openFolder();
  const names = Array.from({ length: 1000 }, (_, index) => `${2010 + (index % 14)}/post-${index}`);
  const posts = names.map((name) => [
    `content/posts/${name}.md`,
    `---\ntitle: ${name} and more\ndate: ${name.slice(0, 4)}-03-04\ntags: [one, two]\n---\n\n${'Some words. '.repeat(300)}\n`,
  ]);
  const pages = names.map((name) => `<url><loc>https://many.example/posts/${name}/</loc></url>`);
  writeFiles(folder, {
    'hugo.toml': 'baseURL = "https://many.example"\n',
    'public/index.html': '',
    'public/sitemap.xml': `<urlset>${pages.join('')}</urlset>`,
    ...Object.fromEntries(posts),
  });
  const start = process.cpuUsage();
  const run = await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  const { user, system } = process.cpuUsage(start);
  expect(run.stdout).toContain('which public/sitemap.xml has for all 1000 posts');
  expect((user + system) / 1e6).toBeLessThan(10);
});

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'])
  bomb.push(`${to}: &${to} [${`*${from}, `.repeat(10)}]`);

it.each([
  ['a YAML bomb', '_config.yml', bomb.join('\n')],
  ['deep YAML', '_config.yml', '['.repeat(250_000)],
  ['deep YAML over lines', '_config.yml', '[\n'.repeat(120_000)],
  ['deep YAML in lists', '_config.yml', '-  '.repeat(80_000)],
  ['many keys', '_config.yml', Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')],
  ['many keys in TOML', 'hugo.toml', Array.from({ length: 20_000 }, (_, n) => `k${n} = 1`).join('\n')],
  ['deep TOML', 'hugo.toml', `a = ${'['.repeat(200_000)}`],
  ['deep JSON', 'hugo.json', '['.repeat(250_000)],
  ['deep braces', 'astro.config.mjs', '{a:'.repeat(80_000)],
  ['open patterns', 'astro.config.mjs', `${',/['.repeat(80_000)}\n`],
  ['open calls', 'eleventy.config.js', 'addPassthroughCopy({'.repeat(12_000)],
  ['open quotes', 'next.config.js', '"\n`'.repeat(80_000)],
  [
    'open expressions',
    'package.json',
    `{"dependencies":{"@11ty/eleventy":"1"},"x":"${'{{'.repeat(100_000)}"}`,
  ],
])('init finds %s: it is read in no time, or not at all', async (_what, file, text) => {
  const folder = openFolder();
  const words = ['init', '--offline', '--url', 'https://example.com', '--repository', repository];
  writeFiles(folder, {
    [file]: text,
    'posts/posts.json': JSON.stringify({ permalink: '{{'.repeat(20_000) }),
  });
  const milliseconds = await measureCpu(async () => {
    expect((await runCommand(folder, {}, words)).code).toBe(0);
  });
  expect(milliseconds).toBeLessThan(30_000);
  expect(readConfig(folder).site['url']).toBe('https://example.com');
});
