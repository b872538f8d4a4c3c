import { describe, expect, it } from 'vitest';
import { openLiveBlog, writePost } from '../live-blog.ts';

const native = (urls: { readonly devto: string }): string =>
  `  devto: { kind: devto, url: "${urls.devto}", ai_disclosure: no_ai, since: 2020-01-01, links: native }`;

const both = {
  one: 'See [two](./two.md#end).\n\n## End',
  two: 'See [one](/blog/one/?utm_source=x).\n\n## End',
};

const copyOf = (id: string): RegExp =>
  new RegExp(String.raw`\(http://127\.0\.0\.1:\d+/rehearsal/about-${id}-[^)?]*\)`);

describe.concurrent('publishing', () => {
  it('sends links to new copies in the same run, and never again', async (context) => {
    const blog = await openLiveBlog(context, { posts: both, targets: native });
    const first = await blog.run(['publish']);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(
      /^\+ devto {2}one .*\n\+ devto {2}two .*\n~ devto {2}one .*\n~ devto {2}two .*\n4 done\.\n$/,
    );
    const [article, other] = blog.articles();
    expect(article?.body).toMatch(copyOf('two'));
    expect(article?.body).toContain('#end)');
    expect(other?.body).toMatch(copyOf('one'));
    const asked = blog.devto.requests.length;
    expect(await blog.run(['publish'])).toMatchObject({ code: 0, stdout: '' });
    expect(blog.devto.requests.length).toBe(asked);

    blog.write({ 'posts/three.md': writePost('About three', 'See [one](one.md).') });
    const third = await blog.run(['publish']);
    expect(third.stdout).toMatch(/^\+ devto {2}three .*\n1 done\.\n$/);
    expect(blog.articles()[2]?.body).toMatch(copyOf('one'));
  });

  it('sends an update that shows a new copy once, with the link to it', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: writePost('About one', 'First.', 'series: Steps\n') },
      targets: native,
    });
    await blog.run(['publish']);
    blog.write({
      'posts/two.md': writePost('About two', 'Second.', 'series: Steps\n').replace('08:00', '09:00'),
    });
    const grown = await blog.run(['publish', '--format', 'json']);
    expect(grown.code).toBe(0);
    const { plan, outcomes } = JSON.parse(grown.stdout) as {
      readonly plan: { readonly actions: readonly { readonly verb: string; readonly post: string }[] };
      readonly outcomes: readonly {
        readonly verb: string;
        readonly post: string;
        readonly result: string;
      }[];
    };
    expect(outcomes.map(({ verb, post, result }) => `${verb} ${post} ${result}`)).toEqual([
      'create two done',
      'update one done',
    ]);
    expect(plan.actions.map(({ verb, post }) => `${verb} ${post}`)).toEqual(['create two', 'update one']);
    expect(blog.articles().map(({ body }) => copyOf('one').test(body) || copyOf('two').test(body))).toEqual([
      true,
      true,
    ]);
    expect(await blog.run(['publish'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('leaves the links to the next run where a plan file is applied, or where a run broke off', async (context) => {
    const blog = await openLiveBlog(context, { posts: both, targets: native });
    await blog.run(['plan', '--out', 'plan.json']);
    const applied = await blog.run(['publish', '--plan', 'plan.json']);
    expect(applied.stdout).toMatch(/\n2 done\.\n$/);
    expect(blog.articles()[0]?.body).toContain('https://example.com/blog/two#end');
    const plan = await blog.run(['plan']);
    expect(plan.stdout).toMatch(/^~ devto {2}one {2}changed: links\n~ devto {2}two {2}changed: links$/m);
    const next = await blog.run(['publish']);
    expect(next.stdout).toMatch(/^~ devto {2}one .*\n~ devto {2}two .*\n2 done\.\n$/);
    expect(await blog.run(['publish'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('counts the updates of both passes, and holds what is too many', async (context) => {
    const blog = await openLiveBlog(context, { posts: both, targets: native, config: 'max_updates: 1' });
    const run = await blog.run(['publish']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/\n2 done\.\n$/);
    expect(run.stderr).toContain('held: too-many, 2 updates in one run, max_updates is 1');
  });

  it('lets links lead to the original again once a copy is retracted', async (context) => {
    const blog = await openLiveBlog(context, { posts: both, targets: native });
    await blog.run(['publish']);
    await blog.run(['retract', 'two', '--target', 'devto']);
    const next = await blog.run(['publish']);
    expect(next.stdout).toMatch(/^~ devto {2}one .*\n1 done\.\n$/);
    expect(blog.articles()[0]?.body).toContain('[two](https://example.com/blog/two#end)');
  });

  it('lets links lead to the originals unless asked otherwise', async (context) => {
    const targets = (urls: { readonly devto: string }): string => native(urls).replace(', links: native', '');
    const blog = await openLiveBlog(context, { posts: both, targets });
    expect((await blog.run(['publish'])).stdout).toMatch(/\n2 done\.\n$/);
    expect(blog.articles()[0]?.body).toContain('[two](https://example.com/blog/two#end)');
  });

  it('holds a post whose link leads to a file that is no post, and shows the picture beside one', async (context) => {
    const blog = await openLiveBlog(context, {
      posts: { one: 'See [it](gone.md).', two: '![a](a.png)\n' },
      targets: native,
    });
    blog.write({ 'posts/a.png': 'x' });
    const run = await blog.run(['publish']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('! devto  one  held: unsupported, post-link-missing at posts/one.md:8');
    expect(blog.articles().map(({ body }) => body.trim().split('\n')[0])).toEqual([
      '![a](https://example.com/blog/a.png)',
    ]);
  });
});
