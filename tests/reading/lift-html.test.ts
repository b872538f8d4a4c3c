import type { Nodes, Root, RootContent } from 'mdast';
import { describe, expect, test } from 'vitest';
import { findOpening, toPlainText } from '../../src/transform/find-opening.ts';
import { liftHtml } from '../../src/reading/html/lift-html.ts';
import { parseHtml } from '../../src/reading/html/parse-html.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { isTag, readPieces, readTags, voidElements } from '../../src/reading/html/read-tags.ts';
import { printHtml } from '../../src/transform/to-html.ts';
import { walk } from '../../src/reading/walk.ts';
import { toString } from 'mdast-util-to-string';
import { fc } from '../random-input.ts';

/** A tree in short: `type(children)`, with what a node says of itself. */
function outline(node: Nodes): string {
  const own =
    'value' in node
      ? JSON.stringify(node.value)
      : 'url' in node
        ? `<${node.url}>${'title' in node && node.title ? ` "${node.title}"` : ''}`
        : '';
  const children = 'children' in node ? node.children.map((child) => outline(child)).join(' ') : '';
  return `${node.type}${own === '' ? '' : ` ${own}`}${children === '' ? '' : `(${children})`}`;
}

function lift(text: string): string {
  return parsePost(text)
    .children.map((node) => outline(node))
    .join('\n');
}

describe('raw HTML among blocks', () => {
  test('holds the markdown between its tags, however deep', () => {
    const text =
      '<details>\n<summary>A</summary>\n\n*x*\n\n<details><summary>B</summary>\n\n- y\n\n</details>\n\n</details>\n\nz';
    expect(lift(text)).toBe(
      [
        'details(summary(text "A") paragraph(emphasis(text "x"))',
        'details(summary(text "B") list(listItem(paragraph(text "y")))))\nparagraph(text "z")',
      ].join(' '),
    );
  });

  test('ends where the quote or the list around it ends', () => {
    expect(lift('> <details><summary>A</summary>\n>\n> x\n\ny')).toBe(
      'blockquote(details(summary(text "A") paragraph(text "x")))\nparagraph(text "y")',
    );
  });

  test('loses no markdown to tags that are not finished or hold no markdown', () => {
    for (const html of [
      '<div',
      '<div class="',
      '<!-- x',
      '<select>',
      '<svg>',
      '<title>',
      '<textarea>',
      '<iframe>',
    ]) {
      expect(lift(`> ${html}\n\n*kept*`)).toMatch(/paragraph\(emphasis\(text "kept"\)\)$/);
    }
    for (const html of [
      '<select>',
      '<svg>',
      '<iframe src="/x">',
      '<iframe src="/x"/>',
      '<template>',
      '<table>',
    ]) {
      expect(lift(`${html}\n\n*kept*\n\n</x>`)).toContain('paragraph(emphasis(text "kept"))');
    }
  });

  test('stays HTML around markdown where markdown has no words for it', () => {
    expect(lift('<aside lang="fr">\n\n*x*\n\n</aside>')).toBe(
      'html "<blockquote lang=\\"fr\\">"\nparagraph(emphasis(text "x"))\nhtml "</blockquote>"',
    );
    expect(lift('<ol type="a"><li>x</li></ol>')).toBe('html "<ol type=\\"a\\"><li>x</li></ol>"');
  });

  test('leaves its id on what is made of it', () => {
    const [first] = parsePost('<div id="here">\n\nx\n\n</div>').children;
    expect(first).toMatchObject({ type: 'paragraph', data: { id: 'here' } });
  });

  test('becomes a picture, unless it says more than one can', () => {
    expect(lift('<img src="a.png" alt="A" class="x" loading="lazy">')).toBe('paragraph(image <a.png>)');
    expect(lift('<img src="a.png" srcset="b.png 2x">')).toContain('html');
    expect(parsePost('<img src="a.png" width="20">').children[0]).toMatchObject({
      children: [{ type: 'image', data: { hProperties: { width: 20 } } }],
    });
  });
});

describe('raw HTML in a line', () => {
  test('becomes marks, links, breaks and code around markdown', () => {
    expect(lift('<b>a *b*</b> <a href="/x">[c]</a><br>\n<code>d_e</code> <kbd>*f*</kbd>')).toBe(
      'paragraph(strong(text "a " emphasis(text "b")) text " " link </x>(text "[c]") break inlineCode "d_e" text " " html "<kbd>" emphasis(text "f") html "</kbd>")',
    );
  });

  test('an address that is what a link says has its ampersands as HTML writes them', () => {
    expect(
      lift(
        'x <a href="https://x.example/?a=1&amp;b=2"><b>https://x.example/?a=1&amp;b=2</b> or https://x.example/?c&amp;d</a>',
      ),
    ).toBe(
      'paragraph(text "x " link <https://x.example/?a=1&b=2>(strong(text "https://x.example/?a=1&b=2") text " or " text "https://x.example/?c&d"))',
    );
  });

  test('hides what a script holds, and nothing else', () => {
    expect(lift('a <script>x()</script> b <style>y</style> c')).toBe(
      'paragraph(text "a " html "<script></script>" text " b " html "<style></style>" text " c")',
    );
    expect(lift('a <script> b')).toBe('paragraph(text "a " html "<script></script>" text " b")');
  });

  test('drops comments without leaving two spaces', () => {
    expect(lift('a <!-- b --> c\n\n<!-- d -->')).toBe('paragraph(text "a c")');
  });

  test('runs no script from an address or a handler', () => {
    const text =
      '<a href="java&#9;script:x()">a</a> [b](javascript:x) <kbd onclick="x()">c</kbd> <area href="VBSCRIPT:x">\n\n<table onload="x()"><tr><td><a href=" javascript:x()">d</a></td></tr></table>';
    expect(lift(text)).not.toMatch(/script|onclick|onload/i);
  });
});

describe('boxes and tabs that authors write in HTML', () => {
  const show = (text: string): string => printHtml(parsePost(text)).replaceAll('\n', '');

  test.each([
    [
      'a box with its title, and markdown in it',
      '<div class="callout callout-warning">\n<p class="callout-title">Careful</p>\n\nMind *this*.\n\n</div>',
      '<blockquote><p><strong>Careful</strong></p><p>Mind <em>this</em>.</p></blockquote>',
    ],
    [
      'a title that is markdown',
      '<aside>\n<div class="aside-title">\n\nOn *rope*\n\n</div>\n\nIt frays.\n\n</aside>',
      '<blockquote><p><strong>On rope</strong></p><p>It frays.</p></blockquote>',
    ],
    ['an aside', '<aside>Mind the gap.</aside>', '<blockquote><p>Mind the gap.</p></blockquote>'],
    [
      'tabs',
      '<div role="tablist"><button role="tab" id="a">One</button><button role="tab" id="b">Two</button></div>\n<div role="tabpanel" aria-labelledby="a">\n\nFirst.\n\n</div>\n<div role="tabpanel" aria-labelledby="b"><p>Second.</p></div>',
      '<p><strong>One</strong></p><p>First.</p><p><strong>Two</strong></p><p>Second.</p>',
    ],
  ])('%s', (_, text, html) => {
    expect(show(text)).toBe(html);
  });

  test('a player that is loaded later is the film', () => {
    expect(outline(parsePost('<lite-youtube videoid="abcdefghijk"></lite-youtube>'))).toContain(
      'https://www.youtube.com/watch?v=abcdefghijk',
    );
  });

  test('links to a box still lead to it', () => {
    const { children } = parsePost('<aside id="rope">\n\nIt frays.\n\n</aside>');
    expect(children).toEqual([
      expect.objectContaining({ type: 'blockquote', data: expect.objectContaining({ id: 'rope' }) }),
    ]);
  });
});

describe('embedded pages', () => {
  test.each([
    [
      '<iframe src="https://www.youtube.com/embed/abc?start=9" title="YouTube video player"></iframe>',
      '<https://www.youtube.com/watch?v=abc&t=9s>',
    ],
    [
      '<iframe src="//www.youtube-nocookie.com/embed/abc" title="A talk"></iframe>',
      '<https://www.youtube.com/watch?v=abc> "A talk"',
    ],
    [
      '<iframe src="https://www.youtube.com/embed/videoseries?list=PL1"></iframe>',
      '<https://www.youtube.com/playlist?list=PL1>',
    ],
    ['<iframe src="https://player.vimeo.com/video/12?h=ab"></iframe>', '<https://vimeo.com/12/ab>'],
    ['<iframe src="https://codepen.io/u/embed/preview/xy"></iframe>', '<https://codepen.io/u/pen/xy>'],
    ['<iframe src="https://codepen.io/team/t/embed/xy"></iframe>', '<https://codepen.io/team/t/pen/xy>'],
    ['<iframe src="https://codesandbox.io/embed/xy?view=editor"></iframe>', '<https://codesandbox.io/s/xy>'],
    ['<iframe src="https://stackblitz.com/edit/xy?embed=1"></iframe>', '<https://stackblitz.com/edit/xy>'],
    ['<iframe src="https://jsfiddle.net/u/xy/embedded/"></iframe>', '<https://jsfiddle.net/u/xy/>'],
    [
      '<iframe src="https://open.spotify.com/embed-podcast/episode/xy"></iframe>',
      '<https://open.spotify.com/episode/xy>',
    ],
    [
      '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b"></iframe>',
      '<https://soundcloud.com/a/b>',
    ],
    ['<iframe src="https://www.loom.com/embed/xy"></iframe>', '<https://www.loom.com/share/xy>'],
    [
      '<iframe src="https://embed.bsky.app/embed/did:plc:a/app.bsky.feed.post/xy"></iframe>',
      '<https://bsky.app/profile/did:plc:a/post/xy>',
    ],
    ['<iframe src="https://www.instagram.com/p/xy/embed"></iframe>', '<https://www.instagram.com/p/xy/>'],
    ['<iframe src="https://asciinema.org/a/12/iframe"></iframe>', '<https://asciinema.org/a/12>'],
    ['<script src="https://asciinema.org/a/12.js" async></script>', '<https://asciinema.org/a/12>'],
    [
      '<script src="https://gist.github.com/u/12.js?file=a.rb"></script>',
      '<https://gist.github.com/u/12?file=a.rb#file-a-rb>',
    ],
    [
      '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=12"></iframe>',
      '<https://x.com/i/status/12>',
    ],
    [
      '<iframe src="https://player.twitch.tv/?video=v12&parent=x"></iframe>',
      '<https://www.twitch.tv/videos/12>',
    ],
    ['<iframe src="/own" title="Own"></iframe>', '</own> "Own"'],
    ['<iframe src="https://www.youtube.com/"></iframe>', '<https://www.youtube.com/>'],
  ])('%s', (html, page) => {
    expect(lift(html)).toBe(`embed ${page}`);
  });

  test('of a quoted post say what it says, without its script', () => {
    const html =
      '<blockquote class="twitter-tweet"><p>Hello<br>you</p>&mdash; N <a href="https://twitter.com/n/status/12?ref_src=x">May</a></blockquote> <script async src="https://platform.twitter.com/widgets.js"></script>';
    expect(lift(html)).toBe('embed <https://twitter.com/n/status/12> "Hello you — N May"');
  });

  test('without a web address are left for the audits, and show nothing', () => {
    const tree = parsePost('<iframe srcdoc="x"></iframe>');
    expect(tree.children[0]?.type).toBe('html');
    expect(printHtml(tree)).toBe('');
  });

  test('are links in a line and in tables', () => {
    const frame = '<iframe src="https://vimeo.com/1" title="A film"></iframe>';
    const link = '<a href="https://vimeo.com/1">A film</a>';
    expect(printHtml(parsePost(`See ${frame}.`))).toBe(`<p>See ${link}.</p>`);
    expect(printHtml(parsePost(`<table><tr><td>${frame}</td></tr></table>`))).toContain(`<td>${link}</td>`);
  });
});

describe('places', () => {
  test('are those of the file, in quotes and lists too', () => {
    const text =
      '---\ntitle: x\n---\n\n> - <figure>\n>   <img src="a.png">\n>   <figcaption>b <i>c</i></figcaption>\n>   </figure>\n';
    const found: string[] = [];
    walk(parsePost(text), (node) => {
      const { start } = node.position ?? {};
      if (start?.offset !== undefined && ['image', 'figcaption', 'emphasis'].includes(node.type)) {
        found.push(
          `${node.type} ${start.line}:${start.column} ${text.slice(start.offset, start.offset + 4)}`,
        );
      }
    });
    expect(found).toEqual(['image 6:5 <img', 'figcaption 7:5 <fig', 'emphasis 7:19 <i>c']);
  });
});

describe('tags', () => {
  const tags = (html: string) =>
    readTags(html).map(
      ({ name, kind, selfClosing }) => `${kind === 'close' ? '/' : ''}${name}${selfClosing ? '/' : ''}`,
    );

  test('are found as a browser finds them', () => {
    expect(
      tags('a < b <A x=">" y=\'<i>\' z=a/> <br/> <x-y z /> </A > <!-- <b> --> <!doctype html> </ p> <?x?>'),
    ).toEqual(['a', 'br/', 'x-y/', '/a']);
    expect(tags('<script>"<b>"</scripts></script><i>')).toEqual(['script', '/script', 'i']);
    expect(tags('<script>"<b>"')).toEqual(['script', 'b']);
  });

  test.each([
    ['x <i> <b y="', 6],
    ['x <!-- y >', 2],
    ['x <!y', 2],
    ['x </', 2],
    ['x <', 3],
    ['x <i>', 5],
  ])('what is never finished is left out: %j', (html, end) => {
    expect(readPieces(html).end).toBe(end);
  });

  test('have attributes with their places, decoded', () => {
    const html = '<A HREF="?a=1&amp;b" x=\'"\' y>';
    expect(
      readTags(html).map(({ attributes }) =>
        attributes.map(({ name, value, start, end }) => [name, value, html.slice(start, end)]),
      ),
    ).toEqual([
      [
        ['href', '?a=1&b', 'HREF="?a=1&amp;b"'],
        ['x', '"', "x='\"'"],
        ['y', '', 'y'],
      ],
    ]);
  });
});

describe('hostile HTML', () => {
  test('nested beyond reason leaves its words', () => {
    expect(printHtml(parsePost(`${'<div>'.repeat(200)}words`))).toBe('<p>words</p>');
  });
});

describe('in plain text', () => {
  const tree = parsePost(
    '<details><summary>More</summary>\n\nInside.\n\n</details>\n\n<figure><img src="a.png" alt="A"><figcaption>Caption</figcaption></figure>\n\n<iframe src="/x" title="Film"></iframe>\n\nOpening <b>words</b>.',
  );

  test('details say all they hold, figures and embedded pages nothing', () => {
    expect(toPlainText(tree)).toBe('More\n\nInside.\n\nOpening words.');
  });

  test('a post opens with its first paragraph', () => {
    expect(findOpening(tree)).toBe('Opening words.');
  });

  test('TeX is as it is', () => {
    const math: Root = {
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'So ' },
            { type: 'inlineMath', value: 'x^2' },
          ],
        },
        { type: 'math', value: String.raw`\sum x` },
      ],
    };
    expect(toPlainText(math)).toBe(String.raw`So x^2${'\n\n'}\sum x`);
  });
});

const openings = [
  '<b>',
  '<a href="javascript:x">',
  '<a href="https://example.com" id="x" onclick="x()">',
  '<kbd style="x">',
  '<div class="x" align="center">',
  '<details open>',
  '<summary>',
  '<figure>',
  '<figcaption>',
  '<table>',
  '<tr>',
  '<td style="x" align="right">',
  '<ul type="x">',
  '<li value="2">',
  '<p>',
  '<h2 id="x">',
  '<pre>',
  '<blockquote cite="javascript:x">',
  '<video src="data:x" autoplay>',
  '<svg>',
  '<math>',
  '<form action="x">',
  '<select>',
  '<script>',
  '<style>',
  '<template>',
  '<object data="x">',
  '<custom-tag x="y">',
  '<dl>',
  '<section class="footnotes">',
  '<ruby>',
  '<iframe srcdoc="<p>">',
  '<textarea>',
  '<title>',
];
const closings = [
  '</b>',
  '</a>',
  '</div>',
  '</details>',
  '</summary>',
  '</figure>',
  '</table>',
  '</td>',
  '</p>',
  '</ul>',
  '</svg>',
  '</form>',
  '</script>',
  '</x>',
];
const wholes = [
  '<!-- c -->',
  '<br>',
  '<img src="x.png" onerror="x()" srcset="javascript:x 2x">',
  '<input type="checkbox" checked>',
  '<hr/>',
  '<iframe src="https://www.youtube.com/embed/x"></iframe>',
  '<embed src="x">',
  '<meta charset="x">',
  '<link rel="x">',
  '<base href="x">',
  '<source src="x">',
  'text & <',
  '<div',
  '<!-- ',
  '<p x="',
  '<?x?>',
  '<![CDATA[x]]>',
  '\u0000\u001B',
];

const htmlNode = fc
  .array(fc.constantFrom(...openings, ...closings, ...wholes), { minLength: 1, maxLength: 4 })
  .map((parts): { type: 'html'; value: string } => ({ type: 'html', value: parts.join('') }));

const { block } = fc.letrec<{ line: never; block: never }>((tie) => {
  const lines = fc.array(tie('line'), { maxLength: 4 });
  const blocks = fc.array(tie('block'), { maxLength: 4 });
  const url = fc.constantFrom(
    'https://example.com/x',
    'javascript:x',
    '#x',
    '/x?a&b',
    'data:x',
    'mailto:a@example.com',
  );
  const value = fc.constantFrom('x', '</p>', ']]>', '<script>', '\n', '&amp;', '\u0000');
  const shape = (type: string, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.record({ type: fc.constant(type), ...more });
  return {
    line: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      shape('text', { value }),
      htmlNode,
      shape('break'),
      shape('inlineCode', { value }),
      shape('inlineMath', { value }),
      shape('image', { url, alt: value, title: value }),
      shape('imageReference', { identifier: fc.constant('d'), alt: value }),
      shape('footnoteReference', { identifier: fc.constant('n') }),
      shape('embed', { url, title: value }),
      shape('unknown', { name: value }),
      shape('emphasis', { children: lines }),
      shape('strong', { children: lines }),
      shape('delete', { children: lines }),
      shape('link', { url, title: value, children: lines }),
      shape('linkReference', { identifier: fc.constant('d'), children: lines }),
    ) as fc.Arbitrary<never>,
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      shape('paragraph', { children: lines }),
      htmlNode,
      shape('thematicBreak'),
      shape('code', { value, lang: fc.constantFrom('js', '" onclick="x', null) }),
      shape('math', { value }),
      shape('embed', { url, title: value }),
      shape('unknown', { name: value }),
      shape('definition', { identifier: fc.constant('d'), url }),
      shape('heading', {
        depth: fc.constantFrom(1, 6),
        children: lines,
        data: fc.constant({ id: 'x', hProperties: { id: 'x' } }),
      }),
      shape('blockquote', { children: blocks }),
      shape('only', { targets: fc.constant([]), except: fc.boolean(), children: blocks }),
      shape('figure', {
        children: fc
          .tuple(blocks, shape('figcaption', { children: lines }))
          .map(([all, caption]) => [...all, caption]),
      }),
      shape('details', {
        children: fc
          .tuple(shape('summary', { children: lines }), blocks)
          .map(([summary, all]) => [summary, ...all]),
      }),
      shape('footnoteDefinition', { identifier: fc.constant('n'), children: blocks }),
      shape('list', {
        ordered: fc.boolean(),
        start: fc.constantFrom(1, 3),
        children: fc.array(shape('listItem', { checked: fc.constantFrom(null, true), children: blocks }), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      shape('table', {
        align: fc.constant(['right']),
        children: fc.array(
          shape('tableRow', {
            children: fc.array(shape('tableCell', { children: lines }), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    ) as fc.Arbitrary<never>,
  };
});

const trees = fc
  .array(block as fc.Arbitrary<RootContent>, { maxLength: 5 })
  .map((children): Root => ({ type: 'root', children }));
const shown = new Set(
  `a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1
  h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub
  summary sup table tbody td tfoot th thead time tr u ul var video wbr`.split(/\s+/),
);
const attributes =
  /^(?:align|alt|checked|cite|colSpan|controls|dateTime|dir|headers|height|href|lang|media|open|poster|reversed|rowSpan|scope|sizes|span|src|srcSet|start|title|type|value|width)$/;

/** What is not for readers in HTML, each as it stands there. */
function listForbidden(html: string): readonly string[] {
  const found: string[] = [];
  walk(parseHtml(html), (node) => {
    if (node.type !== 'element') return;
    const { tagName, properties } = node;
    if (!shown.has(tagName)) found.push(tagName);
    for (const [name, value] of Object.entries(properties)) {
      const allowed =
        name === 'id'
          ? /^note-/
          : name === 'className'
            ? /^(?:language-\S+|footnotes)$/
            : /^(?!\s*(?:javascript|data|vbscript):)/i;
      if ((!attributes.test(name) && !/^(?:id|className)$/.test(name)) || !allowed.test(String(value)))
        found.push(`${name}=${String(value)}`);
    }
  });
  return found;
}

/** The tags that do not end as XML has it: every element ends, and none before those in it. */
function listUnbalanced(html: string): readonly string[] {
  const open: string[] = [];
  const { pieces, end } = readPieces(html);
  const wrong = pieces.filter(isTag).filter(({ kind, name }) => {
    if (kind === 'close') return open.pop() !== name;
    if (!voidElements.has(name)) open.push(name);
    return false;
  });
  return [...wrong.map(({ name }) => `/${name}`), ...open, ...(end < html.length ? [html.slice(end)] : [])];
}

describe('for any tree, HTML for readers', () => {
  test('holds only what they show, and every element ends', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const given = structuredClone(tree);
        liftHtml(given);
        const html = printHtml(given, { id: 'p', canonicalUrl: 'https://example.com/p' });
        expect(listForbidden(html)).toEqual([]);
        expect(listUnbalanced(html)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('loses no words to raw HTML around them', () => {
    const fragile =
      /<(?:pre|script|style|template|select|textarea|title|iframe|svg|math|form|object|!|\?|div$|p x)/;
    const snippet = fc.constantFrom(...[...openings, ...closings].filter((html) => !fragile.test(html)));
    fc.assert(
      fc.property(fc.array(snippet, { maxLength: 6 }), (parts) => {
        const text = parts.map((html, index) => `${html}\n\nword${index} *and* more`).join('\n\n');
        const html = printHtml(parsePost(text));
        for (const index of parts.keys()) expect(html).toContain(`word${index} <em>and</em> more`);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a picture that is lost', () => {
  test.each([
    ['<img alt="a pear">', 'a pear'],
    ['<img src="" alt="a pear">', 'a pear'],
    ['<img src="javascript:x()" alt="a pear">', 'a pear'],
    ['<picture><source srcset="/a.webp"><img alt="a pear"></picture>', 'a pear'],
    ['<img alt="">', ''],
  ])('leaves its words: %s', (html, words) => {
    expect(toString(parsePost(`One ${html} two.`)).replaceAll(/\s+/g, ' ')).toBe(
      `One ${words} two.`.replaceAll(/\s+/g, ' '),
    );
  });

  test('is found where it is loaded later', () => {
    const [paragraph] = parsePost(
      '<img data-src="/a.png" src="data:image/gif;base64,AA" alt="a"> b',
    ).children;
    expect(paragraph).toMatchObject({ children: [{ type: 'image', url: '/a.png' }, {}] });
  });
});

describe('blocks in elements of a line', () => {
  const show = (text: string) => printHtml(parsePost(text));

  test.each([
    ['a<b><p>one</p><div>two</div></b>z', '<p>a <strong>one two</strong> z</p>'],
    ['- <b>one <p>two</p></b>', '<ul>\n<li><strong>one two</strong></li>\n</ul>'],
    ['> <s><p>one</p></s>', '<blockquote>\n<p><del>one</del></p>\n</blockquote>'],
    ['| a |\n| - |\n| <em><li>one</li></em> |', '<td><em>one</em></td>'],
    ['<small><p>one</p></small> two', '<p><small>one</small> two</p>'],
    [
      '<a href="https://plum.example/"><li>one</li></a>',
      '<ul>\n<li><a href="https://plum.example/">one</a></li>\n</ul>',
    ],
    [
      '<a href="https://plum.example/"><ul><li>one</li></ul></a>',
      '<li><a href="https://plum.example/">one</a></li>',
    ],
    ['<b><blockquote><p>one</p></blockquote></b>', '<p><strong>one</strong></p>'],
    ['<li>one</li>\n<li>two</li>', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>'],
    ['<i><pre>one\n\ntwo</pre></i>', '<pre><i>one\n\ntwo</i></pre>'],
  ])('%j', (text, html) => {
    expect(show(text)).toContain(html);
  });

  test('no mark is left without words', () => {
    expect(show('<sup><p>one</p></sup>')).not.toContain('<sup></sup>');
    expect(show('<i><pre>one\n\ntwo</pre></i>')).not.toContain('<em>');
    expect(show('one <span id="here"></span> two')).toContain('one');
  });
});
