import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const targets = ['devto: { kind: devto, ai_disclosure: no_ai }', 'feed: { kind: feed }'];
const broken = writePost('Look.\n\n![A hive](hive.png)');

const readFeed = ({ folder }: SmallBlog): string => readFileSync(join(folder, 'out/site/feed.xml'), 'utf8');

describe('a post with an error, in a feed', () => {
  it('is a short item, which keeps no other post out, as check says', async () => {
    const blog = makeSmallBlog(targets, { broken, fine: writePost('All is well.') });
    expect(await blog.run('check')).toMatchObject({ code: 0 });
    const planned = await blog.run('plan');
    expect(planned.stdout).toMatch(/^\+ feed {2}feed\.xml {2}2 items$/m);
    expect(planned.stderr).toMatch(
      /^posts\/broken\.md:8:1 warning post-item-short .* no file hive\.png beside .* Add the file, or correct the path\. Then it is whole/m,
    );
    expect(planned.code).toBe(0);
    await blog.run('publish');
    expect(readFeed(blog)).toContain('All is well.');
    expect(readFeed(blog)).not.toContain('hive.png');
  });

  it('is whole once the error is mended', async () => {
    const blog = makeSmallBlog(targets, { broken });
    await blog.run('publish');
    writeFiles(blog.folder, { 'posts/hive.png': 'png' });
    await blog.run('publish');
    expect(readFeed(blog)).toContain('https://example.com/blog/hive.png');
  });

  it('is whole where its author silenced the rule', async () => {
    const silenced = broken.replace('\n---\n', '\nsilence: { post-file-missing: it comes later }\n---\n');
    const blog = makeSmallBlog(targets, { silenced });
    await blog.run('publish');
    expect(readFeed(blog)).toContain('hive.png');
  });
});

test('a body that cannot be read holds the feed as it is, as check says', async () => {
  const blog = makeSmallBlog(targets, { one: writePost('One.') });
  await blog.run('publish');
  const before = readFeed(blog);
  writeFiles(blog.folder, { 'posts/broken.mdx': writePost('Broken.\n\n<Aside') });
  const check = await blog.run('check');
  expect(check).toMatchObject({ code: 1, stderr: expect.stringContaining(' error post-') });
  const { stderr, code } = await blog.run('publish');
  expect(stderr).toMatch(/^! feed {2}feed {2}held: unsupported, post-unreadable at posts\/broken\.mdx:\d+$/m);
  expect({ code, feed: readFeed(blog) }).toEqual({ code: 1, feed: before });
});
