import { describe, expect, it } from 'vitest';
import { describeSite } from '../../src/blog/describe-site.ts';
import { loadBlog, type Blog } from '../../src/blog/load.ts';
import { openPostRenderer } from '../../src/blog/render-posts.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import type { PostTarget } from '../../src/model/target.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';

const targets = [
  'devto: { kind: devto, ai_disclosure: no_ai }',
  'linkedin: { kind: linkedin, opt_in: false }',
  'feed: { kind: feed }',
];

/** A long post, which links into the text of another. */
const posts = {
  one: writePost(
    `One\n\nSee [there](two.md#part), {{FIRST_NAME}}.\n\n${'Words of a long post. '.repeat(3000)}`,
  ),
  two: writePost('Two\n\n## Part\n\nWords.'),
};

/** A blog that counts what is asked of it: bodies that are read, and renderings. */
async function openCounted() {
  const { folder } = makeSmallBlog(targets, posts);
  const { signal } = new AbortController();
  const config = await loadConfig('config/broadside.yaml', folder);
  const blog = await loadBlog(config, signal);
  const asked: string[] = [];
  const counted: Blog = {
    ...blog,
    read: (post) => {
      asked.push(`read ${post.id}`);
      return blog.read(post);
    },
  };
  const watched = config.postTargets.map((target): PostTarget => ({
    ...target,
    render: (post, content, site) => {
      asked.push(`render ${post.id} for ${target.name}`);
      return target.render(post, content, site);
    },
  }));
  const around: Config = { ...config, targets: watched, postTargets: watched };
  const site = describeSite(around, blog.posts, () => true);
  const one = blog.posts.find(({ id }) => id === 'one');
  if (one === undefined) throw new Error('there are two posts');
  return { asked, one, targets: watched, render: openPostRenderer(counted, around, site) };
}

describe('a post that goes to three targets', () => {
  it('is read once, rendered once for each, and looked at once for all', async () => {
    const { asked, one, targets: all, render } = await openCounted();
    const { diagnostics, shown } = await render(one, all);
    expect(asked).toEqual([
      'read one',
      'read two',
      'render one for devto',
      'render one for linkedin',
      'render one for feed',
    ]);
    expect([...shown.keys()]).toEqual(['devto', 'linkedin', 'feed']);
    expect(diagnostics.filter(({ rule }) => rule === 'post-merge-tag')).toHaveLength(1);
  });

  it('is looked at once though its targets are planned one after the other', async () => {
    const { asked, one, targets: all, render } = await openCounted();
    for (const target of all) await render(one, [target]);
    expect(asked.filter((what) => what === 'read two')).toHaveLength(1);
    expect(asked.filter((what) => what.startsWith('render'))).toHaveLength(3);
  });
});
