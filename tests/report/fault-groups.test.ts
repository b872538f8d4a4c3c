import { expect, it } from 'vitest';
import { makeSmallBlog, writePost } from '../small-blog.ts';

it.each(['plan', 'build'])(
  '%s says once what is wrong in one way in many places, and what lists all of them',
  async (command) => {
    const posts = ['one', 'two', 'three', 'four', 'five'].map((slug) => [
      slug,
      writePost(`About ${slug}.\n\n{{< x-chart >}}\n\nMore text.`),
    ]);
    const { stderr } = await makeSmallBlog(['feed: { kind: feed }'], Object.fromEntries(posts)).run(command);
    const lines = stderr.split('\n').filter((line) => line.includes('x-chart'));
    expect(lines).toEqual([expect.stringMatching(/^5 warnings post-item-short in 5 files: /)]);
    expect(stderr).toContain('  and 2 more; "broadside check --all" lists them\n');
  },
);
