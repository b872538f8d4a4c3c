import { expect, it } from 'vitest';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const devto = 'devto: { kind: devto, ai_disclosure: no_ai }';

/** What dev.to is to show of a post on a Hugo site that has this config and these pages beside its posts, and what is said. */
async function render(
  body: string,
  pages: Readonly<Record<string, string>>,
  config = 'baseURL = "https://example.com/"\n',
): Promise<string> {
  const blog = makeSmallBlog([devto], {});
  writeFiles(blog.folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
      'sources: [{ kind: markdown, path: content/posts, canonical: "/posts/{slug}/" }]',
      `targets: { ${devto} }`,
      'ledger: { kind: file, path: ledger }',
      '',
    ].join('\n'),
    'hugo.toml': config,
    'content/posts/first.md': writePost(body),
    ...pages,
  });
  const { stdout, stderr } = await blog.run('render', 'first', '--target', 'devto');
  return stdout + stderr;
}

it('leads a reference to a page of a Hugo site that is no post to its address', async () => {
  const copy = await render(
    'See [us]({{< relref "/about.md#team" >}}), [the boats]({{< ref "Our Boats" >}}), [a mooring]({{< ref "/harbour/mooring" >}}) and [a map]({{< ref "/maps" >}}).',
    {
      'content/about.md': '---\ntitle: About us\n---\n\nUs.\n',
      'content/Our Boats.md': '+++\ntitle = "Boats"\nslug = "fleet"\n+++\n\nBoats.\n',
      'content/harbour/mooring/index.md': '---\ntitle: Mooring\nurl: /moor/\n---\n\nMoor.\n',
      'content/maps/_index.md': '---\ntitle: Maps\n---\n',
    },
  );
  expect(copy).toContain(
    'See [us](https://example.com/about/#team), [the boats](https://example.com/fleet/), [a mooring](https://example.com/moor/) and [a map](https://example.com/maps/).',
  );
  expect(copy).not.toContain('post-link-missing');
});

it.each([
  ['is not there', {}, undefined],
  ['is a draft', { 'content/about.md': '---\ntitle: About\ndraft: true\n---\n' }, undefined],
  [
    'has an address by rules of the site',
    { 'content/about.md': '---\ntitle: About\n---\n' },
    'baseURL = "https://example.com/"\nuglyURLs = true\n',
  ],
])(
  'tells of a reference to a page that %s',
  async (_how, pages: Readonly<Record<string, string>>, config) => {
    const copy = await render('See [us]({{< ref "/about.md" >}}).', pages, config);
    expect(copy).toMatch(/first\.md:\d+:5 error post-link-missing No post is called "\/about\.md"/);
  },
);
