import { expect, test } from 'vitest';
import { makeSmallBlog, today, writePost } from '../small-blog.ts';

const devto = 'devto: { kind: devto, url: "http://127.0.0.1:1", ai_disclosure: no_ai, schedule: {} }';
const now = `date: ${today}\ntags: [a]\n`;
const past = 'date: 2020-03-04\ntags: [a]\n';

test('a rehearsal says which of its copies publish would leave out as old', async () => {
  const posts = { old: writePost('Old.', past), new: writePost('New.', now) };
  const blog = makeSmallBlog([devto], posts);
  const { stderr, stdout, code } = await blog.run('rehearse');
  expect(stdout).toMatch(/^\+ devto {2}old {2}published /m);
  expect(stderr).toContain(
    'Of the copies rehearsed here, publish would leave out 1 copy on devto, because its post is dated before the target was opened: old. Name a post to publish it, or set "since" of the target to an earlier day.\n',
  );
  expect(code).toBe(0);
  expect((await blog.run('rehearse', 'old')).stderr).not.toContain('leave out');
  const held = makeSmallBlog([devto], { ...posts, held: writePost('A post\n\n{{< widget id=7 >}}', past) });
  const second = await held.run('rehearse');
  expect(second.stderr).toMatch(/^! devto {2}held {2}held: /m);
  expect(second.stderr).toContain('would leave out 1 copy on devto');
});

test('a rehearsal names the folder of the feeds only where there are any', async () => {
  const posts = { one: writePost('One.', now) };
  expect((await makeSmallBlog([devto], posts).run('rehearse')).stderr).not.toContain('feeds');
  expect((await makeSmallBlog(['feed: { kind: feed }'], posts).run('rehearse')).stderr).toContain(
    'The feeds are in out/rehearsal/site/.\n',
  );
});
