import { describe, expect, test } from 'vitest';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const page = 'https://orchard.example/post/';
const print = (html: string) => printBody(htmlToTree(html, page).tree).trim();
const told = (html: string) => htmlToTree(html, page).missed;

describe('the language of code', () => {
  test.each([
    ['a class of the block', '<pre class="elixir"><code>x</code></pre>', 'elixir'],
    ['a class of the code', '<pre><code class="Ruby">x</code></pre>', 'ruby'],
    ['a class among others', '<pre class="wp-block-code terminal scala"><code>x</code></pre>', 'scala'],
    ['lang, as GitHub has it', '<pre lang="rust"><code>x</code></pre>', 'rust'],
    ['data-lang', '<pre><code data-lang="nix">x</code></pre>', 'nix'],
    ['data-language on the block', '<pre data-language="astro"><code>x</code></pre>', 'astro'],
    ['an attribute of a plugin', '<pre data-enlighter-language="csharp">x</pre>', 'csharp'],
    ['a brush', '<pre class="brush: js; toolbar: false">x</pre>', 'js'],
    ['a brush without a blank', '<pre class="brush:python;gutter:true">x</pre>', 'python'],
    ['a colon', '<pre class="lang:perl decode:true">x</pre>', 'perl'],
    ['language-', '<pre><code class="hljs language-c++">x</code></pre>', 'c++'],
    ['lang-', '<pre class="prettyprint lang-hs">x</pre>', 'hs'],
    ['SHJS', '<pre class="sh_java">x</pre>', 'java'],
    ['Org', '<pre class="src src-emacs-lisp">x</pre>', 'emacs-lisp'],
  ])('is read from %s', (_name, html, language) => {
    expect(print(html)).toBe(`\`\`\`${language}\nx\n\`\`\``);
  });

  test.each([
    '<pre class="wide dark">x</pre>',
    '<pre lang="en">x</pre>',
    '<pre class="language-plaintext">x</pre>',
    '<pre class="wp-block-preformatted">x</pre>',
  ])('is no word that names none: %s', (html) => {
    expect(print(html)).toBe('```\nx\n```');
  });
});

describe('blocks in code are lines of it', () => {
  test.each([
    [
      'a list of lines',
      '<ol class="linenums"><li class="L0"><span>a</span></li><li></li><li>  b</li></ol>',
      'a\n\n  b',
    ],
    ['boxes behind words', 'a<div>b</div><div>c</div>d', 'a\nb\nc\nd'],
    ['boxes with line ends', '<div>a\n</div><div>b\n</div>', 'a\nb'],
    ['a list among lines', 'a\n<ul><li>b</li>\n<li>c</li></ul>\nd', 'a\nb\nc\nd'],
    ['paragraphs', '<p>a</p><p>b</p>', 'a\nb'],
  ])('%s', (_name, inside, text) => {
    expect(print(`<pre>${inside}</pre>`)).toBe(`\`\`\`\n${text}\n\`\`\``);
  });
});

test.each(['<img alt="Pears">', '<img src="" alt="Pears">', '<img src=" ">', '<img srcset="" alt="Pears">'])(
  'a picture without an address is left out and told: %s',
  (html) => {
    expect(print(`<p>Ripe.${html}</p>`)).toBe('Ripe.');
    expect(told(`<p>Ripe.${html}</p>`)).toEqual(
      html.includes('Pears') ? ['an image that has no address of its own was left out'] : [],
    );
  },
);

describe('formulas', () => {
  const tex = (source: string, encoding = 'application/x-tex') =>
    `<semantics><mrow><mi>n</mi></mrow><annotation encoding="${encoding}">${source}</annotation></semantics>`;
  test.each([
    ['an annotation', `<p>a <math>${tex('n^2')}</math> b</p>`, 'a `n^2` b'],
    ['an annotation called LaTeX', `<p>a <math>${tex('n_1', 'LaTeX')}</math></p>`, 'a `n_1`'],
    ['a block', `<math display="block">${tex('n')}</math>`, '```math\nn\n```'],
    [
      'a block in a paragraph',
      `<p>So <math display="block">${tex('n')}</math> it is.</p>`,
      'So\n\n```math\nn\n```\n\nit is.',
    ],
    ['the other text', '<p>a <math alttext="k"><mi>k</mi></math></p>', 'a `k`'],
    ['marks for MathJax', '<p>a \\(k_1\\), \\(n\\) and $$k^2$$ b</p>', 'a `k_1`, `n` and `k^2` b'],
    [
      'marks around a block',
      '<p>\\[ \\sum_i\n x \\]</p><p>$$k = 1$$</p>',
      '```math\n\\sum_i\n x\n```\n\n```math\nk = 1\n```',
    ],
    [
      'marks that are none',
      '<p>find \\( -name x \\) for $$5 to $$6</p>',
      'find \\\\( -name x \\\\) for $$5 to $$6',
    ],
    ['marks in code', '<p><code>\\(k_1\\)</code></p>', '`\\(k_1\\)`'],
    ['a script', '<p>a <script type="math/tex">k_1</script> b</p>', 'a `k_1` b'],
    [
      'a script for a block',
      '<script type="math/tex; mode=display">\\sum x</script>',
      '```math\n\\sum x\n```',
    ],
    [
      'what MathJax drew beside it',
      '<p><span class="MathJax_Preview">k</span><span class="MathJax"><span>k</span></span><script type="math/tex">k</script></p>',
      '`k`',
    ],
    [
      'KaTeX',
      `<p><span class="katex"><span class="katex-mathml"><math>${tex('n')}</math></span><span class="katex-html" aria-hidden="true">n</span></span></p>`,
      '`n`',
    ],
    [
      'KaTeX for a block',
      `<span class="katex-display"><span class="katex"><span class="katex-mathml"><math display="block">${tex('n')}</math></span><span class="katex-html">n</span></span></span>`,
      '```math\nn\n```',
    ],
    [
      'Wikipedia',
      `<p><span class="mwe-math-element"><span><math>${tex('{\\displaystyle n+1}')}</math></span><img class="mwe-math-fallback-image-inline" src="/m.svg" alt="{\\displaystyle n+1}"></span></p>`,
      '`n+1`',
    ],
    [
      'the words of its picture alone',
      '<p><img class="mwe-math-fallback-image-display" src="/m.svg" alt="{\\displaystyle n}"></p>',
      '```math\nn\n```',
    ],
  ])('become their TeX: %s', (_name, html, right) => {
    expect(print(html)).toBe(right);
    expect(told(html)).toEqual([]);
  });

  test('that have none are told', () => {
    expect(told('<p><math><mi>x</mi></math></p>')).toEqual(['a formula (MathML) was left out']);
  });
});

describe('films, sounds and frames', () => {
  const link = (path: string) => `<https://orchard.example/${path}>`;
  test.each([
    ['a source', '<video controls><source src="/a.mp4" type="video/mp4"></video>', link('a.mp4')],
    ['the first of several', '<audio><source src="/a.ogg"><source src="/a.mp3"></audio>', link('a.ogg')],
    ['its own', '<video src="/a.mp4"><source src="/b.mp4"></video>', link('a.mp4')],
    [
      'a source that has none, and one that has',
      '<video><source src=""><source src="/b.mp4"></video>',
      link('b.mp4'),
    ],
    ['one for later', '<video data-src="/a.mp4"></video>', link('a.mp4')],
    ['one for later in a source', '<video><source data-src="/a.mp4"></video>', link('a.mp4')],
    ['a frame that loads later', '<iframe src="about:blank" data-src="/a"></iframe>', link('a')],
    ['AMP', '<amp-video src="/a.mp4"></amp-video>', link('a.mp4')],
  ])('have the address of %s', (_name, html, right) => {
    expect(print(html)).toBe(right);
    expect(told(html)).toMatchObject([expect.stringContaining(right.slice(1, -1))]);
  });

  test.each([
    ['<video></video>', 'a video was left out'],
    ['<audio><source></audio>', 'a sound was left out'],
    ['<iframe></iframe>', 'an embedded frame was left out'],
    ['<iframe src=""></iframe>', 'an embedded frame was left out'],
    ['<iframe srcdoc="x"></iframe>', 'an embedded frame was left out'],
    ['<iframe src="about:blank"></iframe>', 'an embedded frame was left out'],
  ])('without one are told as such: %s', (html, right) => {
    expect(told(`<p>x</p>${html}`)).toEqual([right]);
  });
});

describe('pictures', () => {
  const at = (name: string) => `![](https://orchard.example/${name}.jpg)`;
  test.each([
    ['a placeholder', '<img src="/blank.gif" data-src="/a.jpg">', at('a')],
    ['a placeholder in the address', '<img src="data:image/gif;base64,R0" data-lazy-src="/a.jpg">', at('a')],
    ['sizes alone', '<img srcset="/a.jpg 400w, /b.jpg 800w">', at('b')],
    ['densities', '<img srcset="/a.jpg 1x, /b.jpg 1.5x">', at('b')],
    ['one size', '<img data-srcset="/a.jpg">', at('a')],
    ['sizes that load later', '<img src="/blank.gif" data-lazy-srcset="/a.jpg 400w">', at('a')],
    [
      'a picture element whose image has none',
      '<picture><source srcset="/a.jpg 1x"><img alt=""></picture>',
      at('a'),
    ],
    [
      'readers without scripts',
      '<img class="lazy" src="/blank.gif"><noscript><img src="/a.jpg"></noscript>',
      at('a'),
    ],
    [
      'them, before the picture',
      '<noscript><img src="/a.jpg"></noscript><img class="lazyload" src="/blank.gif">',
      at('a'),
    ],
    ['them alone', '<noscript><img src="/a.jpg"></noscript>', at('a')],
    ['AMP', '<amp-img src="/a.jpg"></amp-img>', at('a')],
  ])('are found behind %s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });

  test('a page without scripts says nothing but what it shows', () => {
    expect(print('<p>a</p><noscript>Please switch on scripts.</noscript>')).toBe('a');
    const pixel = '<noscript><img height="1" width="1" src="https://t.example/p"></noscript>';
    expect(print(`<p><img src="https://orchard.example/a.jpg">${pixel}</p>`)).toBe(at('a'));
  });

  test.each([
    [
      'WordPress',
      '<div class="wp-caption"><a href="/b"><img src="/a.jpg"></a><p class="wp-caption-text">Ripe</p></div>',
    ],
    [
      'Blogger',
      '<table class="tr-caption-container"><tr><td><a href="/b"><img src="/a.jpg"></a></td></tr><tr><td class="tr-caption">Ripe</td></tr></table>',
    ],
  ])('have the captions of %s', (_name, html) => {
    expect(print(html)).toBe(
      '<figure>\n\n[![](https://orchard.example/a.jpg)](https://orchard.example/b)\n\n<figcaption>\n\nRipe\n\n</figcaption>\n</figure>',
    );
  });
});

describe('links within the page', () => {
  test.each([
    [
      'a heading by its own id',
      '<p><a href="#x">a</a></p><h2 id="x">Ripe Pears!</h2>',
      '[a](#ripe-pears)\n\n## Ripe Pears!',
    ],
    [
      'a heading by the id of an anchor in it',
      '<p><a href="#x">a</a></p><h2><a name="x"></a>Ripe</h2>',
      '[a](#ripe)\n\n## Ripe',
    ],
    [
      'the second of its name',
      '<h2>A</h2><h3 id="x">A</h3><p><a href="#x">a</a></p>',
      '## A\n\n### A\n\n[a](#a-1)',
    ],
    [
      'a heading by the address of the page',
      `<p><a href="${page}#x">a</a></p><h2 id="x">B</h2>`,
      '[a](#b)\n\n## B',
    ],
    [
      'a heading with a sign beside it',
      '<p><a href="#x">a</a></p><h2 id="x">B <a class="anchor" href="#x">#</a></h2>',
      '[a](#b)\n\n## B',
    ],
    [
      'an id that is encoded',
      '<p><a href="#caf%C3%A9">a</a></p><h2 id="café">Tea</h2>',
      '[a](#tea)\n\n## Tea',
    ],
    ['a paragraph', '<p><a href="#x">a</a></p><p id="x">b</p>', '[a](#x)\n\n<a id="x"></a>b'],
    ['words', '<p><a href="#x">a</a> <em id="x">b</em></p>', '[a](#x) <a id="x"></a>*b*'],
    ['a list', '<p><a href="#x">a</a></p><ul id="x"><li>b</li></ul>', '[a](#x)\n\n<a id="x"></a>\n\n- b'],
    ['an item', '<p><a href="#x">a</a></p><ul><li id="x">b</li></ul>', '[a](#x)\n\n- <a id="x"></a>b'],
    ['nothing, which is left', '<p id="y"><a href="#x">a</a></p>', '[a](#x)'],
    [
      'another page',
      '<p><a href="/other/#x">a</a></p><p id="x">b</p>',
      '[a](https://orchard.example/other/#x)\n\nb',
    ],
  ])('lead to %s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('footnotes', () => {
  const right = 'Pears[^1] ripen.\n\n[^1]: In *October*.';
  const mark = (link: string) => `<p>Pears${link} ripen.</p>`;
  test.each([
    [
      'in a list without a class',
      `${mark('<sup id="r"><a href="#n">1</a></sup>')}<ol><li id="n">In <i>October</i>. <a href="#r">↩</a></li></ol>`,
    ],
    [
      'in paragraphs',
      `${mark('<a id="r" href="#n">[1]</a>')}<p id="n"><a href="#r">[1]</a> In <i>October</i>.</p>`,
    ],
    [
      'of Word',
      `${mark('<a name="_ftnref1" href="#_ftn1">[1]</a>')}<div><p><a name="_ftn1" href="#_ftnref1">[1]</a> In <i>October</i>.</p></div>`,
    ],
    [
      'with the address of the page',
      `${mark(`<sup id="r"><a href="${page}#n">1</a></sup>`)}<p id="n">1. In <i>October</i>. <a href="${page}#r">back</a></p>`,
    ],
    [
      'with an address from elsewhere',
      `${mark('<sup id="fnref1"><a href="https://mirror.example/x#fn1">1</a></sup>')}<div class="footnotes"><ol><li id="fn1"><p>In <i>October</i>. <a href="https://mirror.example/x#fnref1">↩</a></p></li></ol></div>`,
    ],
    [
      'of pulldown-cmark',
      `${mark('<sup class="footnote-reference"><a href="#1">1</a></sup>')}<div class="footnote-definition" id="1"><sup class="footnote-definition-label">1</sup><p>In <i>October</i>.</p></div>`,
    ],
    ['of a star', `${mark('<a id="r" href="#n">*</a>')}<p id="n"><a href="#r">*</a> In <i>October</i>.</p>`],
    [
      'in asides',
      `${mark('<a id="r" href="#n">1</a>')}<aside id="n">In <i>October</i>. <a href="#r">↑</a></aside>`,
    ],
  ])('are found: %s', (_name, html) => {
    expect(print(html)).toBe(right);
  });

  test('a link to a heading, or to what leads nowhere back, is no mark', () => {
    expect(print('<p id="r"><a href="#x">1</a></p><h2 id="x">A <a href="#r">b</a></h2>')).toContain(
      '[1](#a-b)',
    );
    expect(print('<p><a href="#x">1</a></p><p id="x">b</p>')).toContain('[1](#x)');
  });
});

describe('a finding says what is so', () => {
  test.each([
    [
      '<p><a href="magnet:?xt=1">m</a></p>',
      'a link to an address that begins with "magnet:" became plain text',
    ],
    [
      '<p><a href=" VSCode://x">m</a></p>',
      'a link to an address that begins with "vscode:" became plain text',
    ],
    ['<p><a href="javascript:x()">m</a></p>', 'a link that runs a script or holds a page became plain text'],
    [
      '<p><a href="data:text/html,x">m</a></p>',
      'a link that runs a script or holds a page became plain text',
    ],
    ['<ol reversed><li>a</li></ol>', 'a list that counts down counts up'],
    ['<object data="/x.pdf"></object>', 'an embedded object was left out'],
  ])('%s', (html, right) => {
    expect(told(html)).toEqual([right]);
  });

  test('what an object has for those who cannot see it is shown', () => {
    expect(print('<object data="/x.pdf"><a href="/x.pdf">Read</a></object>')).toBe(
      '[Read](https://orchard.example/x.pdf)',
    );
  });
});

describe('preformatted text', () => {
  test('that is no code keeps its links and marks', () => {
    expect(print('<pre>See <a href="/a">plums</a>\n\n  and <b>pears</b></pre>')).toBe(
      '<pre>See <a href="https://orchard.example/a">plums</a>\n\n  and <b>pears</b></pre>',
    );
    expect(told('<pre>See <a href="/a">plums</a></pre>')).toEqual([]);
    expect(print('<pre>a <a href="javascript:x()">b</a> <b onclick="x()">c</b></pre>')).toBe(
      '<pre>a b <b>c</b></pre>',
    );
  });

  test.each([
    [
      '<pre><code>a <a href="https://plum.example/a">b</a></code></pre>',
      'a link in code became plain text: https://plum.example/a',
    ],
    ['<pre><code>a <b>b</b></code></pre>', 'the marks in code, such as bold, were left out'],
    ['<pre><code>a <img src="/a.png" alt="b"></code></pre>', 'a picture in code was left out'],
  ])('of code is told what is lost: %s', (html, phrase) => {
    expect(told(html)).toEqual([phrase]);
  });

  test.each([
    '<pre class="language-js"><code><b>let</b> a</code></pre>',
    '<pre><span class="k">let</span> <i>a</i></pre>',
    '<pre><code><a href="#line-1">a</a></code></pre>',
  ])('loses nothing that only colours it or counts its lines: %s', (html) => {
    expect(told(html)).toEqual([]);
  });
});

describe('styles that say what a mark does', () => {
  test.each([
    ['<span style="font-weight: bold">a</span>', '**a**'],
    ['<span style="color:red;font-weight:700">a</span>', '**a**'],
    ['<span style="font-style:italic">a</span>', '*a*'],
    ['<span style="font-weight:600; font-style: oblique">a</span>', '**_a_**'],
    ['<span style="text-decoration: line-through">a</span>', '~~a~~'],
    ['<span style="text-decoration:underline solid">a</span>', '<u>a</u>'],
    ['10<span style="vertical-align:super;font-size:60%">2</span>', '10<sup>2</sup>'],
    ['H<span style="vertical-align: sub">2</span>O', 'H<sub>2</sub>O'],
    ['<span style="font-family: Courier New, monospace">a</span>', '`a`'],
    ['<p style="font-weight:bold">a</p>', '**a**'],
    ['<div style="font-weight:bold"><p>a</p><p>b</p></div>', '**a**\n\n**b**'],
    ['<b style="font-weight:normal"><p>a</p><p>b</p></b>', 'a\n\nb'],
    ['<a href="https://plum.example/" style="text-decoration:underline">a</a>', '[a](https://plum.example/)'],
    ['<span style="font-weight:400">a</span>', 'a'],
    ['<span style="x-font-weight: bold">a</span>', 'a'],
    ['<h2><span style="font-weight:bold">a</span></h2>', '## a'],
    ['<span style="font-weight:bold"> </span>a', 'a'],
  ])('%s', (html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('numbers of lists', () => {
  test.each([
    ['<ol start="3"><li>a<li>b</ol>', '3. a\n4. b', []],
    ['<ol><li value="5">a<li>b</ol>', '5. a\n6. b', []],
    ['<ol><li>a<li value="2">b</ol>', '1. a\n2. b', []],
    ['<ol><li>a<li value="7">b</ol>', '1. a\n2. b', ["a list's item lost its own number, 7"]],
    ['<ol start="-2"><li>a</ol>', '0. a', ['a list that counts from -2 counts from 0']],
    ['<ol type="a"><li>a</ol>', '1. a', ['a list with letters or Roman numerals has digits']],
    ['<ol reversed><li>a</ol>', '1. a', ['a list that counts down counts up']],
    ['<ul><li value="4">a</ul>', '- a', []],
  ])('%s', (html, right, phrases) => {
    expect(print(html)).toBe(right);
    expect(told(html)).toEqual(phrases);
  });
});

test.each([
  ['<p>Set <?php echo 1; ?> here.</p>', '<?php'],
  ['<pre><?= $pear ?></pre>', '<?='],
  ['<p>Ripe <![CDATA[pears]]> here.</p>', '<![CDATA['],
])('what browsers take for a comment is told: %s', (html, begins) => {
  expect(htmlToTree(html).missed).toEqual([
    `what browsers hide, as it begins with "${begins}", was left out`,
  ]);
});

test('what Word leaves in its texts, and comments, are nothing that is missed', () => {
  expect(htmlToTree('<p>Pears<?xml:namespace prefix = o /?><!-- old --><o:p></o:p></p>').missed).toEqual([]);
});

test.each([
  [String.raw`<p>So <span class="math inline">\(a_b\)</span> ripens.</p>`, 'So `a_b` ripens.\n'],
  [String.raw`<p>So <span class="arithmatex">$n^2$</span>.</p>`, 'So `n^2`.\n'],
  [String.raw`<span class="math display">\[\sum x\]</span>`, '```math\n\\sum x\n```\n'],
  [String.raw`<div class="arithmatex">$$\int y$$</div>`, '```math\n\\int y\n```\n'],
  ['<p>So <script type="math/asciimath">x/y</script>.</p>', 'So `x/y`.\n'],
  ['<p><span class="math">no formula</span></p>', 'no formula\n'],
])('TeX between the marks that MathJax looks for is a formula: %s', (html, text) => {
  expect(printBody(htmlToTree(html).tree)).toBe(text);
});

test.each([
  ['<table><tr><td>one <u>x<pre>two</pre></u></td><td>last</td></tr></table>', /<u>`two`<\/u>/],
  ['<i><table><tr><td><pre>a\nb</pre></td><td>c</td></tr></table></i>', /\*`a`<br>`b`\*|\*`a`\*<br>\*`b`\*/],
  [
    '<figure><p>shown</p><figcaption>one <b>x <p>two</p> y</b></figcaption></figure>',
    /\*\*x\*\*\n\n\*\*two\*\*\n\n\*\*y\*\*/,
  ],
])('a mark is around code in a cell, and lines in a mark of a caption stay apart: %s', (html, text) => {
  expect(printBody(htmlToTree(html).tree)).toMatch(text);
});

describe('what pages hide', () => {
  test.each([
    '<span style="display:none">unseen</span>',
    '<span hidden>unseen</span>',
    '<div style="display:none;max-height:0px;overflow:hidden">unseen</div>',
  ])('is left out where nothing opens it, and told: %s', (html) => {
    expect(print(`<p>Ripe</p>${html}`)).toBe('Ripe');
    expect(told(`<p>Ripe</p>${html}`)).toEqual(['what the page hides was left out']);
  });

  test('stays where a reader may open it', () => {
    expect(print('<div hidden>one</div><section style="display: none">two</section>')).toBe('one\n\ntwo');
  });
});

describe('tables', () => {
  test('of nothing are nothing', () => {
    expect(print('<p>a</p><table><tbody></tbody></table><table><caption>b</caption></table>')).toBe('a\n\nb');
  });

  test('whose rows have headings have none over their columns', () => {
    expect(
      print(
        '<table><tr><th scope="row">a</th><td>1</td></tr><tr><th scope="row">b</th><td>2</td></tr></table>',
      ),
    ).toBe('|   |   |\n| - | - |\n| a | 1 |\n| b | 2 |');
  });
});

test.each([
  ['<amp-youtube data-videoid="abc-1"></amp-youtube>', 'https://www.youtube.com/watch?v=abc-1'],
  ['<amp-vimeo data-videoid="12"></amp-vimeo>', 'https://vimeo.com/12'],
  ['<amp-video><source src="/a.mp4"></amp-video>', 'https://orchard.example/a.mp4'],
])('a film of AMP is a link: %s', (html, url) => {
  expect(print(html)).toBe(`<${url}>`);
});

test('the words of a quoted post stay apart', () => {
  const quoted =
    '<blockquote class="twitter-tweet"><p>Ripe pears</p>&mdash; Rowan (@rowan) <a href="https://twitter.com/rowan/status/12">Feb 4</a></blockquote>';
  expect(print(quoted)).toBe('[Ripe pears — Rowan (@rowan) Feb 4](https://twitter.com/rowan/status/12)');
});
