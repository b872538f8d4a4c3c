import { join } from 'node:path';
import { expect, it } from 'vitest';
import { watchFiles } from '../../src/blog/find-site-file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openFolder, writeFiles } from '../workspace.ts';

it('finds what the site serves from the folders that the config names, before the usual ones', async () => {
  const root = openFolder();
  writeFiles(root, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com/blog", title: Example, author: { name: Example Author } }',
      'sources: [{ kind: markdown, path: posts, static: [site/files] }]',
      'targets: { feed: { kind: feed } }',
      '',
    ].join('\n'),
    'site/files/img/kite.png': 'one',
    'static/img/kite.png': 'other',
    'static/img/rope.png': 'other',
    'posts/one.md': '',
  });
  const { findFile } = watchFiles(await loadConfig('config/broadside.yaml', root));
  expect(findFile('https://example.com/blog/img/kite.png')).toBe(join(root, 'site/files/img/kite.png'));
  expect(findFile('https://example.com/blog/img/rope.png')).toBe(join(root, 'static/img/rope.png'));
  expect(findFile('https://example.com/blog/img/sail.png')).toBeUndefined();
});
