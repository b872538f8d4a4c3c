import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const devto = 'devto: { kind: devto, ai_disclosure: no_ai }';

/** A blog with one post whose site was built into a folder with such a page, and these files. */
function openBlog(shown: string, files: Readonly<Record<string, string>> = {}) {
  const body = 'The kite.\n\n![A kite](./kite.png)\n\n![Rope](../common/rope.png)';
  const blog = makeSmallBlog([devto], { 'one/index': writePost(body, 'cover_image: ./sail.jpg\n') });
  writeFiles(blog.folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }',
      'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}/", pages: { from: dist } }]',
      `targets: { ${devto} }`,
      'ledger: { kind: file, path: ledger }',
      '',
    ].join('\n'),
    'posts/one/kite.png': '',
    'posts/one/sail.jpg': '',
    'posts/common/rope.png': '',
    'dist/blog/one/index.html': `<html><head><meta property="og:image" content="https://example.com/_built/sail.B7xq92_Zk.jpg"></head><body><main><p>The kite.</p>${shown}</main></body></html>`,
    ...files,
  });
  return blog;
}

/** What dev.to is to show of that post. */
async function render(...given: Parameters<typeof openBlog>): Promise<string> {
  const { stdout, stderr } = await openBlog(...given).run('render', 'one', '--target', 'devto');
  return stdout + stderr;
}

it('shows pictures and the cover where the page has them, in the widest size, where a generator has renamed them', async () => {
  const copy = await render(
    '<img src="/_built/kite.Cx8Yq1Zr_small.webp" srcset="/_built/kite.Cx8Yq1Zr_Za.webp 400w, /_built/kite.Cx8Yq1Zr_Zb.webp 900w"><img src="/_built/rope-4f5e6d7c.png">',
  );
  expect(copy).toContain('![A kite](https://example.com/_built/kite.Cx8Yq1Zr_Zb.webp)');
  expect(copy).toContain('![Rope](https://example.com/_built/rope-4f5e6d7c.png)');
  expect(copy).toContain('main_image: https://example.com/_built/sail.B7xq92_Zk.jpg');
});

it('leaves a picture where it is, where the site has the file', async () => {
  const copy = await render('<img src="/_built/kite.Cx8Yq1Zr.webp">', { 'dist/blog/one/kite.png': '' });
  expect(copy).toContain('![A kite](https://example.com/blog/one/kite.png)');
});

it('takes none that the page has twice, or not at all', async () => {
  const copy = await render('<img src="/_built/kite.Cx8Yq1Zr.webp"><img src="/_built/kite.D09Zs2As.webp">');
  expect(copy).toContain('![A kite](https://example.com/blog/one/kite.png)');
  expect(copy).toContain('![Rope](https://example.com/blog/common/rope.png)');
});

it('takes a picture from the page where nothing of its name is left', async () => {
  const blog = makeSmallBlog([devto], {
    one: writePost('The kite.\n\n{% image "./src/img/kite.png", "A kite" %}\n\nIt flies well.'),
  });
  const page = '<p>The kite.</p><p><img src="/img/Zx9Yw8Vu-600.webp" alt="A kite"></p><p>It flies well.</p>';
  const config = readFileSync(join(blog.folder, 'config/broadside.yaml'), 'utf8');
  writeFiles(blog.folder, {
    'config/broadside.yaml': config.replace('"/blog/{slug}" }', '"/blog/{slug}/", pages: { from: dist } }'),
    'src/img/kite.png': '',
    'eleventy.config.js': '',
    'dist/blog/one/index.html': `<html><body><main>${page}</main></body></html>`,
    'dist/img/Zx9Yw8Vu-600.webp': '',
  });
  const { stdout } = await blog.run('render', 'one', '--target', 'devto');
  expect(stdout).toContain('![A kite](https://example.com/img/Zx9Yw8Vu-600.webp)');
});

it('shows a link whose label nobody defines as it is written, and tells of it', async () => {
  const blog = makeSmallBlog([devto], {
    one: writePost('Read [the guide][guide] first.\n\n{{< x-chart >}}'),
  });
  const config = readFileSync(join(blog.folder, 'config/broadside.yaml'), 'utf8');
  writeFiles(blog.folder, {
    'config/broadside.yaml': config.replace('"/blog/{slug}" }', '"/blog/{slug}/", pages: { from: dist } }'),
  });
  const { stdout, stderr } = await blog.run('render', 'one', '--target', 'devto');
  expect(stdout).toContain('Read \\[the guide\\]\\[guide\\] first.');
  expect(stderr).toMatch(
    /one\.md:\d+:6 warning post-syntax-left Neither the post nor its page says where `\[the guide\]\[guide\]` leads/,
  );
});

it('tells of a cover and of pictures that the built site has nowhere, and shows no dead cover', async () => {
  const copy = await render('<img src="/_built/kite.Cx8Yq1Zr.webp">', {
    'dist/blog/one/index.html': '<html><body><main><p>The kite.</p></main></body></html>',
  });
  expect(copy).toContain('main_image: null');
  expect(copy).toMatch(
    /one\/index\.md:\d+:\d+ warning post-file-renamed The built site has no file \/blog\/one\/sail\.jpg, and the page of the post shows no picture of that name, so it is shown without a cover\./,
  );
  expect(copy).toMatch(
    /one\/index\.md:\d+:\d+ warning post-file-renamed The built site has no file for \.\/kite\.png/,
  );
});

it('shows a cover that is no file of the built site, where its page names it', async () => {
  const copy = await render('', {
    'dist/blog/one/index.html':
      '<html><head><meta name="twitter:image" content="https://example.com/blog/one/sail.jpg"></head><body><main><p>The kite.</p></main></body></html>',
  });
  expect(copy).toContain('main_image: https://example.com/blog/one/sail.jpg');
  expect(copy).not.toContain('sail.jpg, and the page');
});

it('tells no more of a picture that the site was built with since', async () => {
  const page = 'dist/blog/one/index.html';
  const blog = openBlog('', { [page]: '<html><body><main><p>The kite.</p></main></body></html>' });
  const long = new Date('2026-01-01');
  utimesSync(join(blog.folder, page), long, long);
  const check = async (): Promise<string> => {
    const { stdout, stderr } = await blog.run('check', '--all');
    return stdout + stderr;
  };
  expect(await check()).toContain('sail.jpg, and the page');
  writeFiles(blog.folder, { 'dist/blog/one/sail.jpg': '' });
  expect(await check()).not.toContain('sail.jpg, and the page');
});
