import { expect, it } from 'vitest';
import { formatGroups, groupFaults } from '../../src/report/fault-groups.ts';
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

it('proposes for the config what is inside a pair, and nothing for what stands alone', () => {
  const fault = (name: string, line: number, isPair?: true) =>
    ({
      rule: 'post-shortcode-unknown',
      severity: 'error',
      message: `There is ${name}.`,
      remedy: 'Say what it is.',
      file: 'posts/one.md',
      line,
      column: 1,
      syntax: { group: 'shortcodes', name, ...(isPair && { isPair }) },
    }) as const;
  const lines = formatGroups(groupFaults([fault('box', 1, true), fault('ad', 2), fault('box', 3)]));
  expect(lines).toContain('      shortcodes:\n        box: unwrap # 2\n        ad: drop # 1\n');
});
