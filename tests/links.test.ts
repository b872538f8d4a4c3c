import { describe, expect, it } from 'vitest';
import { openLiveBlog, writePost } from './live-blog.ts';

const native = (urls: { readonly devto: string }): string =>
  `  devto: { kind: devto, url: "${urls.devto}", ai_disclosure: no_ai, since: 2020-01-01, links: native }`;

const canonical = (urls: { readonly devto: string }): string => native(urls).replace(', links: native', '');

const both = { one: 'See [two](./two.md#end).\n\n## End', two: 'See [one](/blog/one/?utm_source=x).\n\n## End' };

describe.concurrent('links that lead to copies', () => {
  it('are sent once more in the same run, and never again', async (context) => {
    const blog = await openLiveBlog(context, { posts: both, targets: native });
    const first = await blog.run(['publish']);
    console.log(first.stdout, first.stderr);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^\+ devto {2}one .*\n\+ devto {2}two .*\n~ devto {2}one .*\n~ devto {2}two .*\n4 done\.\n$/);
    const [one, two] = blog.articles();
    expect(one?.body).toMatch(/\[two\]\(http:\/\/127\.0\.0\.1:\d+\/rehearsal\/about-two-[^)]*#end\)/);
    expect(two?.body).toMatch(/\[one\]\(http:\/\/127\.0\.0\.1:\d+\/rehearsal\/about-one-[^)#?]*\)/);
    const asked = blog.devto.requests.length;
    const second = await blog.run(['publish']);
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(blog.devto.requests.length).toBe(asked);
  });
});
