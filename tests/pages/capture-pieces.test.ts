import { describe, expect, test } from 'vitest';
import { capturePieces } from '../../src/pages/capture-pieces.ts';
import { toString } from 'mdast-util-to-string';
import { capture, dressPage, learnInvented, pairPost, showPieces } from './invented-blog.ts';

const first = 'A kite needs wind, and a hand that holds it.';
const second = 'When it falls, nobody is to blame.';
const paragraphs = (...texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n');
const around = (inside: string): string => dressPage(`<p>${first}</p>${inside}<p>${second}</p>`, 1);

describe('what a page shows between two blocks that the post has', () => {
  const text = `${first}\n\n{{< x-chart wind >}}\n\n${second}`;

  test('is taken whole, with its addresses made absolute', () => {
    expect(
      capture(
        text,
        around('<figure><img src="../wind.png" alt="Wind"><figcaption>By month</figcaption></figure>'),
      ),
    ).toStrictEqual([
      '<figure><img src="https://blog.example/wind.png" alt="Wind"><figcaption>By month</figcaption></figure>',
    ]);
  });

  test('is taken without scripts, and without what stands in every post', () => {
    const page = around('<p class="ad">Buy a rope.</p><script>draw()</script><p>Calm in May.</p>');
    const withAd = (body: string, number: number): string =>
      dressPage(body.replaceAll('</h2>', '</h2><p class="ad">Buy a rope.</p>'), number);
    expect(capture(text, page, learnInvented(withAd))).toStrictEqual(['<p>Calm in May.</p>']);
  });

  test('is taken without what would run when a reader does something', () => {
    const page = around(
      '<p onclick="steal()">Calm <a href="javascript:steal()" onMouseOver=x>in</a> May.</p>',
    );
    expect(capture(text, page)).toStrictEqual(['<p>Calm <a>in</a> May.</p>']);
  });

  test('is taken with links into the page whose percent signs stand for no character', () => {
    expect(capture(text, around('<p>Calm <a href="#100%">always</a>.</p>'))).toStrictEqual([
      '<p>Calm <a href="https://blog.example/one/#100%">always</a>.</p>',
    ]);
  });

  test('is taken from a page of five megabytes', () => {
    const data = `<script>const all = "${'x'.repeat(5_000_000)}"</script>`;
    expect(capture(text, around(`${data}<p>Calm in May.</p>`))).toStrictEqual(['<p>Calm in May.</p>']);
  });

  test('is a link to the page where a script fills it', () => {
    const post = pairPost(text, around('<wind-chart id="wind"></wind-chart>'));
    const [piece] = capturePieces(post, learnInvented()).values();
    expect(piece).toMatchObject({
      seen: 'content',
      html: '<p><a href="https://blog.example/one/#wind">See this part on the original page.</a></p>',
      told: ['what a script shows in <wind-chart> became a link to the page'],
    });
  });

  test('is missing where there is nothing', () => {
    expect(capture(text, around(''))).toStrictEqual(['empty: The page shows nothing in its place.']);
  });

  test('brings the footnotes that it refers to', () => {
    const notes =
      '<section class="footnotes"><ol><li id="fn:1"><p>Near the sea.</p></li><li id="fn:2"><p>Else.</p></li></ol></section>';
    const page = dressPage(
      `<p>${first}</p><p>Calm<sup><a href="#fn:1">1</a></sup>, see <a href="#top">above</a>.</p><p>${second}</p>${notes}`,
      1,
    );
    expect(capture(text, page)).toStrictEqual([
      '<p>Calm<sup><a href="#fn:1">1</a></sup>, see <a href="https://blog.example/one/#top">above</a>.</p>' +
        '<section class="footnotes"><ol><li id="fn:1"><p>Near the sea.</p></li></ol></section>',
    ]);
  });
});

describe('what a page shows for a pair', () => {
  test('is taken with all that is in it', () => {
    const text = `${first}\n\n{{< x-box >}}\n\nHold it **tight**.\n\n{{< /x-box >}}\n\n${second}`;
    expect(
      capture(text, around('<div class="box"><p>Box</p><p>Hold it <b>tight</b>.</p></div>')),
    ).toStrictEqual(['<div class="box"><p>Box</p><p>Hold it <b>tight</b>.</p></div>']);
  });
});

describe('a line of text with a construct in it', () => {
  test('is taken whole, found by the words around it', () => {
    const text = `${first}\n\nPress {{< x-key up >}} to let the line go.\n\n${second}`;
    const page = around('<p>Press <kbd>Up</kbd> to let the line go.</p>');
    expect(capture(text, page)).toStrictEqual(['<p>Press <kbd>Up</kbd> to let the line go.</p>']);
  });

  test('is held where two lines could be meant', () => {
    const text = `${first}\n\nWritten as {{< x-v >}}.\n\n${second}`;
    const page = around('<p>Written as one.</p><p>Written as two.</p>');
    expect(capture(text, page)).toStrictEqual([
      'uncertain: The page has more than one line that could be meant: "Written as ….".',
    ]);
  });

  test('is a paragraph of its own where it is an item', () => {
    const text = `${first}\n\n- Take {{< x-v >}} of the longest rope there is\n- Go\n\n${second}`;
    const page = around('<ul><li>Take <i>3 m</i> of the longest rope there is</li><li>Go</li></ul>');
    expect(capture(text, page)).toStrictEqual(['<p>Take <i>3 m</i> of the longest rope there is</p>']);
  });
});

test('a table with a construct in it is taken whole', () => {
  const text = `${first}\n\n| Rope | Holds |\n| - | - |\n| thin | {{< x-v >}} |\n\n${second}`;
  const table =
    '<table><thead><tr><th>Rope</th><th>Holds</th></tr></thead><tbody><tr><td>thin</td><td>9 kg</td></tr></tbody></table>';
  expect(capture(text, around(table))).toStrictEqual([table]);
});

describe('at the edge of an article', () => {
  const text = `${first}\n\n${second}\n\n{{< x-chart >}}`;

  test('what other posts do not have is taken, and told', () => {
    const post = pairPost(text, dressPage(`${paragraphs(first, second)}<p>Calm in May.</p>`, 1));
    const [piece] = capturePieces(post, learnInvented()).values();
    expect(piece).toMatchObject({
      html: '<p>Calm in May.</p>',
      told: ['it stands where the article ends: check whether it is whole'],
    });
  });

  test('nothing is taken where the other posts do not show where an article ends', () => {
    const page = dressPage(`${paragraphs(first, second)}<p>Calm in May.</p>`, 1);
    expect(capture(text, page, { before: {}, after: {}, inside: {} })).toStrictEqual([
      'uncertain: It is at the edge of the article, and too few other pages show where an article ends.',
    ]);
  });
});

describe('nothing is taken, and it is said why, where', () => {
  const text = `${first}\n\n{{< x-chart >}}\n\n${second}\n\nA third text says much more than the others do.`;

  test('a page says less than four fifths of what the post says', () => {
    const [why] = capture(text, dressPage(paragraphs(first, 'Calm.', 'Other words by far.'), 1));
    expect(why).toMatch(/^stale: Only \d+ % of what the post says is on its page/);
  });

  test('a page is in another language', () => {
    const translated = paragraphs(
      'Ein Drachen braucht Wind und eine Hand, die ihn hält.',
      'Windstill im Mai.',
      'Wenn er fällt, ist niemand schuld.',
      'Ein dritter Text sagt viel mehr als die anderen.',
    );
    expect(capture(text, dressPage(translated, 1))[0]).toMatch(/^stale: Only 0 %/);
  });

  test('a page has not even the words around it in the only line there is', () => {
    const line = 'Press {{< x-key w >}} to let the kite rise above the trees.';
    const shown = '<p>Press <kbd>W</kbd> to let the kite rise above the trees.</p>';
    expect(capture(line, dressPage(shown, 1))).toStrictEqual([shown]);
    expect(capture(line, dressPage('<p>Press <kbd>W</kbd> and run.</p>', 1))[0]).toMatch(/^stale: Only 0 %/);
  });

  test('a page asks for consent, or is of something else', () => {
    expect(capture(text, '<p>We value your privacy.</p><button>Accept</button>')[0]).toMatch(
      /^stale: Only 0 %/,
    );
    expect(capture(text, '')[0]).toMatch(/^stale: Only 0 %/);
  });

  test('what stands beside it was not found', () => {
    const long = `${first}\n\n{{< x-chart >}}\n\nShort.\n\n${second}\n\n${second.repeat(5)}`;
    const page = dressPage(paragraphs(first, 'Calm in May.', second, second.repeat(5)), 1);
    expect(capture(long, page)).toStrictEqual([
      'not-found: What stands after it in the post was not found on the page: "Short.".',
    ]);
  });

  test('what stands beside it is there twice', () => {
    const long = `${first}\n\nSo.\n\n{{< x-chart >}}\n\n${second}`;
    const page = dressPage(paragraphs(first, 'So.', 'Calm in May.', 'So.', second), 1);
    expect(capture(long, page)).toStrictEqual([
      'uncertain: The page has more than one thing that could stand beside it: "So.".',
    ]);
  });

  test('a page is nested beyond reason, or too long', () => {
    const deep = `${'<div>'.repeat(20_000)}${first}`;
    const long = ' '.repeat(8_000_001);
    for (const page of [deep, long]) {
      expect(capture(text, page)).toStrictEqual([
        'too-large: The page is too large, or too deep, to be looked at.',
      ]);
    }
  });
});

test('a page with two articles is read where the post is', () => {
  const text = `${first}\n\n{{< x-chart >}}\n\n${second}`;
  const other = '<article class="entry"><p>Another post.</p><p>Calm in June.</p></article>';
  const page = around('<p>Calm in May.</p>').replace('<article', `${other}<article`);
  expect(capture(text, page)).toStrictEqual(['<p>Calm in May.</p>']);
});

test('a page in another theme is read as long as its words are the same', () => {
  const text = `${first}\n\n{{< x-chart >}}\n\n${second}`;
  const page = `<body><table><tr><td>Menu</td><td><div id="c"><font>${first}</font><br><div>Calm in May.</div><div>${second}</div></div></td></tr></table></body>`;
  expect(capture(text, page)).toStrictEqual(['<div>Calm in May.</div>']);
});

describe('links whose labels something else defines', () => {
  const takesValues = { takesValues: true };
  const take = (text: string, html: string): readonly string[] => {
    const post = pairPost(text, html, takesValues);
    return showPieces(post.marks, capturePieces(post, learnInvented()));
  };
  const line = 'Read the [guide to `rope`][guide] and [knots][] first, says [the book][1].';
  const shown =
    '<p>Read the <a href="/guide/">guide to <code>rope</code></a> and <a href="/knots/">knots</a> first, says <a href="/book/">the book</a>.</p>';

  test('are taken from the page, and what includes the definitions shows nothing', () => {
    const text = `${first}\n\n${line}\n\n${second}\n\n{% include links.md %}`;
    expect(take(text, around(shown))).toStrictEqual([
      shown.replaceAll('href="/', 'href="https://blog.example/'),
      '',
    ]);
  });

  test('are taken where no other page shows where an article ends', () => {
    const text = `${first}\n\n${line}\n\n${second}\n\n{% include links.md %}`;
    const post = pairPost(text, `<main><p>${first}</p>${shown}<p>${second}</p></main>`, takesValues);
    const chrome = { before: {}, after: {}, inside: {} };
    expect(showPieces(post.marks, capturePieces(post, chrome)).at(-1)).toBe('');
  });

  test('are left to the post where it defines them, and in what is no link', () => {
    const text = `${first}\n\nThe [guide][g] at a[i][j], \`[x][y]\`.\n\n${second}\n\n[g]: /guide/`;
    const page = around('<p>The <a href="/guide/">guide</a> at a[i][j], <code>[x][y]</code>.</p>');
    expect(take(text, page)).toStrictEqual([]);
    expect(toString(pairPost(text, page, takesValues).tree)).toContain('a[i][j], [x][y]');
  });

  test('an include that shows nothing is told of where no link needs it', () => {
    const text = `${first}\n\n{% include links.md %}\n\n${second}`;
    expect(take(text, around(''))).toStrictEqual(['empty: The page shows nothing in its place.']);
  });
});
