import { expect, test } from 'vitest';
import { exampleReceipt } from '../examples.ts';
import { makeSmallBlog, secrets } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const post = (date: string, more = ''): string =>
  `---\ntitle: News\ndate: ${date}\n${more}---\n\nNews of ${date}.\n`;

function makeBlog(posts: Readonly<Record<string, string>>) {
  const blog = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }'], {});
  writeFiles(blog.folder, {
    ...posts,
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }
sources: [{ kind: markdown, path: posts, canonical: "/{year}/{slug}" }]
targets: { devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 } }
require_live: false
ledger: { kind: file, path: ledger }
`,
  });
  return blog;
}

test('an id in the ledger stays its post’s, even when an older post of the same name is added', async () => {
  const blog = makeBlog({
    'posts/2024/news.md': post('2024-03-04'),
    'posts/2021/news.md': post('2021-03-04'),
  });
  await blog.record('devto', 'news', [exampleReceipt({ canonicalUrl: 'https://example.com/2024/news' })]);
  const { stdout } = await blog.runWith(secrets, 'status', '--format', 'json');
  const copies: readonly { readonly post: string; readonly canonicalUrl: string }[] =
    JSON.parse(stdout).copies;
  expect(copies.map(({ post: id, canonicalUrl }) => `${id} ${canonicalUrl}`).toSorted()).toEqual([
    'news https://example.com/2024/news',
    'news-2021 https://example.com/2021/news',
  ]);
  const check = await blog.run('check');
  expect(check.stdout).toContain('2 posts checked: 0 errors');
});

test('a post that has expired goes nowhere, and says so when it is named', async () => {
  const blog = makeBlog({
    'posts/offer.md': post('2024-03-04', 'expiryDate: 2024-04-05\n'),
    'posts/lasting.md': post('2024-03-04', 'expiryDate: 2199-04-05\n'),
  });
  const plan = await blog.runWith({}, 'plan', '--format', 'json');
  expect(JSON.parse(plan.stdout).actions.map((one: { post: string }) => one.post)).toEqual(['lasting']);
  const named = await blog.runWith({}, 'plan', 'offer');
  expect(`${named.stdout}${named.stderr}`).toContain(
    'posts/offer.md does not go to devto: past its expiry date.',
  );
});
