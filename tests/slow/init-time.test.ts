import { expect, it } from 'vitest';
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
