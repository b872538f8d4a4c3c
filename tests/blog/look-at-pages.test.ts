import { expect, it } from 'vitest';
import { lacksFile } from '../../src/blog/look-at-pages.ts';
import { loadConfig } from '../../src/config/load.ts';
import { makePiece } from '../../src/pages/make-piece.ts';
import { openPage } from '../../src/pages/open-page.ts';
import { examplePost } from '../examples.ts';
import { makeSmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

it.each([
  ['a picture that is there', '<img src="/img/sea.png">', false],
  ['a picture that is not', '<img alt="a > b" src="/img/old.png">', true],
  [
    'what stands for a film, and is not there',
    '<video poster="/img/old.png" src="/img/sea.png"></video>',
    true,
  ],
  ['a name with a sign that HTML writes as a reference', '<img src="/img/salt&sand.png">', false],
  [
    'words that show a tag',
    '<pre><code>&lt;img src="https://example.com/img/old.png"&gt;</code></pre>',
    false,
  ],
  [
    'a description with quotes',
    `<img alt='an "old" src="https://example.com/img/old.png"' src="/img/sea.png">`,
    false,
  ],
])('tells whether the site still has the files of a piece: %s', async (_, html, isLacking) => {
  const { folder } = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai }'], {});
  const post = examplePost('tide');
  writeFiles(folder, {
    '_site/blog/tide/index.html': '',
    '_site/img/sea.png': '',
    '_site/img/salt&sand.png': '',
  });
  const config = await loadConfig('config/broadside.yaml', folder);
  const root = openPage(html)?.root;
  const piece = root && makePiece(root.children, { root, url: post.canonicalUrl });
  if (piece?.seen !== 'content') throw new Error('no piece');
  expect(lacksFile(piece, post, { from: '_site' }, config)).toBe(isLacking);
});
