import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const post = (title: string): string =>
  `---\ntitle: ${title}\ndate: 2024-01-02\ntags: [a]\ndescription: About it.\n---\n\n${title}.\n`;

interface Kept {
  readonly canonical: string;
  readonly url?: string;
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A blog of three posts, made with Hugo. */
function makeBlog({ canonical, url = 'https://walls.example', more = '', files = {} }: Kept): string {
  const folder = openFolder();
  writeFiles(folder, {
    'hugo.toml': `baseURL = "${url}"\n`,
    'content/posts/brick.md': post('Brick'),
    'content/posts/flint.md': post('Flint'),
    'content/posts/mud.md': post('Mud'),
    'config/broadside.yaml': `version: 1
site: { url: "${url}", title: Walls, author: { name: Example Author }, timezone: UTC }
sources: [{ kind: markdown, path: ./content/posts/, canonical: "${canonical}" }]
targets: { feed: { kind: feed, path: feed.xml } }
ledger: { kind: file, path: ledger }
${more}`,
    ...files,
  });
  return folder;
}

async function warn(folder: string): Promise<readonly { readonly file: string; readonly message: string }[]> {
  const { stdout } = await runCommand(folder, {}, ['check', '--format', 'json']);
  const { diagnostics } = JSON.parse(stdout);
  return diagnostics.filter(({ rule }: { rule: string }) => rule === 'post-address-wrong');
}

const sitemap = (...paths: readonly string[]): string =>
  `<urlset>${paths.map((path) => `<url><loc>https://walls.example${path}</loc></url>`).join('')}</urlset>`;

test('check says again that a template is wrong for all posts, by what the generator makes', async () => {
  expect(await warn(makeBlog({ canonical: '/posts/{slug}/' }))).toEqual([]);
  expect(await warn(makeBlog({ canonical: '/blog/{slug}' }))).toMatchObject([
    {
      file: 'config/broadside.yaml',
      message:
        'The addresses of posts are wrong for all 3 posts tried: Hugo makes /posts/brick/ of content/posts/brick.md, and its canonical URL is https://walls.example/blog/brick.',
    },
  ]);
});

test('check names each post that a built site has elsewhere, with the line for the config', async () => {
  const folder = makeBlog({
    canonical: '/posts/{slug}/',
    files: {
      'public/index.html': '',
      'public/sitemap.xml': sitemap('/posts/brick/', '/posts/flint/', '/2024/mud.html'),
    },
  });
  expect(await warn(folder)).toMatchObject([
    {
      file: 'content/posts/mud.md',
      message:
        'public/sitemap.xml has this post at /2024/mud.html, and its canonical URL is https://walls.example/posts/mud/.',
      remedy:
        'Write { "content/posts/mud.md": "/2024/mud.html" } under "addresses" of the source in config/broadside.yaml.',
    },
  ]);
});

test('doctor looks at the live site where it has to be up, and at no other', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(sitemap('/posts/brick/', '/posts/flint/', '/w/mud/'));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const here = makeBlog({ canonical: '/posts/{slug}/', url, more: 'require_live: false\n' });
  expect((await runCommand(here, {}, ['doctor'])).stdout).toContain(
    'The addresses of 3 posts are as Hugo makes them.',
  );
  expect(asked).toEqual([]);

  const live = makeBlog({ canonical: '/posts/{slug}/', url });
  const run = await runCommand(live, {}, ['doctor']);
  expect(asked).toEqual(['/sitemap.xml']);
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toContain(
    `The addresses of 1 of 3 posts are not as ${url}/sitemap.xml has them: content/posts/mud.md is at /w/mud/`,
  );
});
