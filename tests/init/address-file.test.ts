import { expect, it } from 'vitest';
import { openFolder, writeFiles } from '../workspace.ts';
import { post } from './blogs/define.ts';
import { runCommand } from '../run-command.ts';

it.each([
  ['the generator’s own config, which needs no word', { 'hugo.toml': 'baseURL = "https://h.example"\n' }, ''],
  [
    'CNAME',
    { 'hugo.toml': 'title = "H"\ncontentDir = "content"\n', 'static/CNAME': 'h.example\n' },
    ' (by CNAME)',
  ],
  [
    'package.json',
    { 'hugo.toml': 'title = "H"\n', 'package.json': '{ "homepage": "https://h.example" }\n' },
    ' (by package.json)',
  ],
  [
    'what deploys it',
    { 'hugo.toml': 'title = "H"\n', 'netlify.toml': '[build.environment]\nURL = "https://h.example"\n' },
    ' (by what deploys it)',
  ],
])('init says where it found the site’s address: %s', async (_, files, said) => {
  const folder = openFolder();
  writeFiles(folder, { ...files, 'content/posts/one.md': post('One', '2024-01-02') });
  const { stdout } = await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  expect(stdout).toContain(`  site   https://h.example${said}  `);
});
