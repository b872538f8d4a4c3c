import { expect, test } from 'vitest';
import { capturePieces } from '../../src/pages/capture-pieces.ts';
import { compareWithPage } from '../../src/pages/compare-page.ts';
import { placePieces } from '../../src/pages/place-pieces.ts';
import { dressPage, learnInvented, pairPost } from './invented-blog.ts';

const first = 'A kite needs wind, and a hand that holds it.';
const second = 'When it falls, nobody is to blame for what the wind did.';

function compare(text: string, body: string) {
  return compareWithPage(pairPost(text, dressPage(body, 1)), learnInvented())?.differences;
}

test('words, links and pictures that only the page has are told with the line they follow', () => {
  const body = `<p>${first.replace('wind', '<a href="/wind/">wind</a>')} <img src="/w.png"></p><p>Calm.</p><img src="/c.png"><p>${second}</p>`;
  expect(compare(`${first}\n\n${second}`, body)).toStrictEqual([
    { kind: 'link', what: 'wind', line: 1 },
    { kind: 'picture', what: '/w.png', line: 1 },
    { kind: 'words', what: 'Calm.', line: 1 },
    { kind: 'picture', what: '/c.png', line: 1 },
  ]);
});

test('words that only the post has are told with their line', () => {
  expect(
    compare(`${first}\n\n{{ site.wind }}\n\n${second} So.`, `<p>${first}</p><p>9 knots</p><p>${second}</p>`),
  ).toStrictEqual([
    { kind: 'added', what: '{{ site.wind }}', line: 3 },
    { kind: 'words', what: '9 knots', line: 3 },
    { kind: 'added', what: 'so', line: 5 },
  ]);
});

test('nothing differs in links and anchors of the theme, in rules, and around an article', () => {
  const body = `<h2 id="w">Wind<a class="headerlink" href="#w">#</a></h2><p>${first}</p><hr><p>${second}</p><p>Tell us.</p>`;
  expect(compare(`## Wind\n\n${first}\n\n${second}`, body)).toStrictEqual([]);
});

test('what is to be taken from the page, or was, is no difference', () => {
  const text = `${first}\n\n{{< x-chart >}}\n\n${second}`;
  const page = dressPage(`<p>${first}</p><x-chart></x-chart><p>Calm.</p><p>${second}</p>`, 1);
  const post = pairPost(text, page);
  const chrome = learnInvented();
  expect(compareWithPage(post, chrome)?.differences).toStrictEqual([]);
  const tree = placePieces(post.tree, post.marks, capturePieces(post, chrome));
  expect(compareWithPage({ tree, marks: [], page: post.page }, chrome)?.differences).toStrictEqual([]);
});
