import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeSite } from '../../src/blog/describe-site.ts';
import { loadBlog, type Blog } from '../../src/blog/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { rememberRenditions } from '../../src/preview/remember-renditions.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';

/** Renders every post for dev.to again and again, and tells each time whose bodies were read for it, and what came of it. */
function openRounds(folder: string) {
  const remembered = rememberRenditions();
  return async () => {
    const config = await loadConfig('config/broadside.yaml', folder);
    const blog = await loadBlog(config, new AbortController().signal);
    const read: string[] = [];
    const watched: Blog = {
      ...blog,
      read(post) {
        read.push(post.id);
        return blog.read(post);
      },
    };
    const { find, render } = remembered.open(
      watched,
      config,
      describeSite(config, blog.posts, () => true),
    );
    const fingerprints: Record<string, string | undefined> = {};
    const rules: string[] = [];
    for (const target of config.postTargets) {
      if (target.granularity !== 'copy' || target.by === 'hand') continue;
      for (const post of blog.posts) {
        const { shown, diagnostics } = find(post, [target]) ?? (await render(post, [target]));
        fingerprints[post.id] = shown.get(target.name)?.rendition.fingerprint;
        rules.push(...diagnostics.map(({ rule, postId }) => `${String(postId)} ${rule}`));
      }
    }
    return { read: [...new Set(read)].toSorted(), fingerprints, rules };
  };
}

test('only what changed is rendered again', async () => {
  const { folder } = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai }'], {
    trees: writePost('Trees\n\nThey are tall. See [moss](moss.md#soft).\n\n![A tree](tree.png)'),
    moss: writePost('Moss\n\n## Soft\n\nIt is.'),
    stones: writePost('Stones\n\nThey are old.'),
  });
  const write = (name: string, text: string): void => writeFileSync(join(folder, 'posts', name), text);
  const round = openRounds(folder);
  const first = await round();
  expect(first.read).toEqual(['moss', 'stones', 'trees']);
  expect(first.rules).toContain('trees post-file-missing');
  expect(await round()).toEqual({ ...first, read: [] });

  write('stones.md', writePost('Stones\n\nThey are very old.'));
  const edited = await round();
  expect(edited.read).toEqual(['stones']);
  expect(edited.fingerprints['stones']).not.toBe(first.fingerprints['stones']);
  expect(edited.fingerprints['trees']).toBe(first.fingerprints['trees']);

  write('tree.png', 'a picture');
  const pictured = await round();
  expect(pictured.read).toContain('trees');
  expect(pictured.read).not.toContain('stones');
  expect(pictured.rules).not.toContain('trees post-file-missing');

  write('moss.md', writePost('Moss\n\n## Softer\n\nIt is.'));
  const linked = await round();
  expect(linked.read).toEqual(['moss', 'trees']);
  expect(linked.rules).toContain('trees post-link-fragment');

  write('stones.md', writePost('Pebbles\n\nThey are very old.'));
  expect((await round()).read).toEqual(['moss', 'stones', 'trees']);
});
