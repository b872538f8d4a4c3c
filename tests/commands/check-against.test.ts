import { expect, test } from 'vitest';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const targets = ['feed: { kind: feed, path: feed.xml, limit: 20 }'];

function page(slug: string, body: string, head = ''): string {
  return `<html><head>${head}</head><body><nav>Menu</nav><article><h1>${slug}</h1>${body}<p>Tell a friend.</p></article></body></html>`;
}

const kite =
  'A kite needs wind, and a hand that holds its line.\n\n- a frame\n- a tail\n\nWhen it falls, nobody is to blame.';
const kiteHtml =
  '<p>A kite needs wind, and a hand that holds its line.</p><ul><li>a frame</li><li>a tail</li></ul><p>When it falls, nobody is to blame.</p>';

test('posts that read as on the site are counted', async () => {
  const blog = makeSmallBlog(targets, { kite: writePost(kite) });
  writeFiles(blog.folder, { 'public/blog/kite/index.html': page('kite', kiteHtml) });
  expect(await blog.run('check', '--against', 'public')).toMatchObject({
    stdout: '1 post was compared with public: 1 reads as on the site.\n',
    code: 0,
  });
});

test('what a copy would lack, or say beside its page, is told by kind and line', async () => {
  const blog = makeSmallBlog(targets, {
    kite: writePost(`${kite}\n\nOnly in the file.\n\nThe end of all that there is.`),
  });
  const html = kiteHtml
    .replace('<li>a tail</li>', '<li>a tail</li><li>a line</li>')
    .replace('nobody', '<a href="/nobody/">nobody</a> <img src="/fall.png">')
    .concat('<p>The end of all that there is.</p>');
  writeFiles(blog.folder, { 'public/blog/kite/index.html': page('kite', html) });
  expect(await blog.run('check', '--against', 'public')).toMatchObject({
    stdout: [
      '1 post with words on the page that a copy would lack',
      '  posts/kite.md:9  a line',
      '',
      '1 post with links on the page that a copy would lack',
      '  posts/kite.md:11  nobody',
      '',
      '1 post with pictures on the page that a copy would lack',
      '  posts/kite.md:11  /fall.png',
      '',
      '1 post with words in the post that its page does not show',
      '  posts/kite.md:13  Only in the file.',
      '',
      '1 post was compared with public: 0 read as on the site.',
      '',
    ].join('\n'),
    code: 1,
  });
});

test('pages at another address are found, by the case, by a date, and by what they call themselves', async () => {
  const blog = makeSmallBlog(targets, {
    Kite: writePost(kite),
    rope: writePost(kite.replace('A kite', 'A rope')),
    tail: writePost(kite.replace('A kite', 'A tail')),
    gone: writePost(kite.replace('A kite', 'A gone')),
    plain: writePost(kite.replace('A kite', 'A plain')),
  });
  const of = (name: string, head = ''): string => page(name, kiteHtml.replace('A kite', `A ${name}`), head);
  writeFiles(blog.folder, {
    'public/blog/kite/index.html': of('kite'),
    'public/old/rope/2017-03-08-index.html': of('rope'),
    'public/blog/tail.html': of('tail', '<link rel="canonical" href="https://example.com/blog/tail.html">'),
    'public/blog/plain.html': of('plain'),
  });
  const { stdout, code } = await blog.run('check', '--against', 'public');
  expect(stdout).toBe(
    [
      '1 post without a page that can be compared',
      '  posts/gone.md  https://example.com/blog/gone: there is no page at its address',
      '',
      '3 posts at another address',
      '  posts/Kite.md  https://example.com/blog/Kite is /blog/kite/',
      '  posts/rope.md  https://example.com/blog/rope is /old/rope/2017-03-08-index.html',
      '  posts/tail.md  https://example.com/blog/tail is https://example.com/blog/tail.html',
      '',
      '5 posts were compared with public: 1 reads as on the site.',
      '',
    ].join('\n'),
  );
  expect(code).toBe(1);
});

test('a page is found by its title where neither its address nor its file says whose it is', async () => {
  const blog = makeSmallBlog(targets, {
    '0042': writePost(kite, 'title: How a kite stays up\n').replace(/^title: A kite.*\n/m, ''),
    '0043': writePost(kite.replace('A kite', 'A rope'), 'title: What a rope holds\n').replace(
      /^title: A rope.*\n/m,
      '',
    ),
  });
  writeFiles(blog.folder, {
    'public/articles/staying-up/index.html': page('How a kite stays up', kiteHtml),
    'public/articles/holding/index.html': page(
      'What a rope holds',
      '<p>Another text under the same title.</p>',
    ),
  });
  const { stdout } = await blog.run('check', '--against', 'public');
  expect(stdout).toContain('https://example.com/blog/0042 is /articles/staying-up/');
  expect(stdout).toContain('https://example.com/blog/0043: there is no page at its address');
});

test('json has every difference, and a folder that is not there is told', async () => {
  const blog = makeSmallBlog(targets, { kite: writePost(kite) });
  expect(await blog.run('check', '--against', 'public')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('USAGE'),
  });
  writeFiles(blog.folder, {
    'public/blog/kite/index.html': page('kite', kiteHtml.replace('that holds', 'that gently holds')),
  });
  const { stdout } = await blog.run('check', '--against', 'public', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    posts: [
      {
        id: 'kite',
        address: null,
        fault: null,
        share: 1,
        differences: [{ kind: 'words', what: 'gently', line: 6 }],
      },
    ],
  });
});
