import { describe, expect, test } from 'vitest';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printMarkdown } from '../../src/sources/feed/print-markdown.ts';

function read(html: string): { readonly markdown: string; readonly missed: readonly string[] } {
  const { tree, missed } = htmlToTree(html, 'https://blog.example/one/');
  return {
    markdown: printMarkdown({}, tree)
      .replace(/^---\n---\n\n/, '')
      .trimEnd(),
    missed,
  };
}

const noted = '> **Note**\n>\n> Wait.';

describe('a box that is set apart is a quotation under its title', () => {
  test.each([
    [
      'GitHub',
      '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title"><svg aria-hidden="true"></svg>Note</p><p>Wait.</p></div>',
    ],
    [
      'Docusaurus',
      '<div class="theme-admonition theme-admonition-note admonition_x1 alert alert--secondary"><div class="admonitionHeading_x2"><span class="admonitionIcon_x3"><svg aria-hidden="true"></svg></span>Note</div><div class="admonitionContent_x4"><p>Wait.</p></div></div>',
    ],
    [
      'Starlight',
      '<aside class="starlight-aside starlight-aside--note"><p class="starlight-aside__title" aria-hidden="true">Note</p><div class="starlight-aside__content"><p>Wait.</p></div></aside>',
    ],
    ['MkDocs', '<div class="admonition note"><p class="admonition-title">Note</p><p>Wait.</p></div>'],
    ['VitePress', '<div class="info custom-block"><p class="custom-block-title">Note</p><p>Wait.</p></div>'],
    [
      'Quarto',
      '<div class="callout callout-note callout-titled"><div class="callout-header"><div class="callout-icon-container"><i class="callout-icon"></i></div><div class="callout-title-container">Note</div></div><div class="callout-body-container callout-body"><p>Wait.</p></div></div>',
    ],
  ])('%s', (_, html) => expect(read(html)).toStrictEqual({ markdown: noted, missed: [] }));

  test('a paragraph is none by its class, and a quotation in a box stays one', () => {
    expect(read('<p class="note">Wait.</p>').markdown).toBe('Wait.');
    expect(read('<aside><blockquote><p>Wait.</p></blockquote></aside>').markdown).toBe('> Wait.');
  });
});

describe('parts that readers choose by tabs follow each other under the names of the tabs', () => {
  const both = '**C**\n\ncat\n\n**Go**\n\ngopher';

  test.each([
    [
      'in turn',
      '<ul role="tablist"><li role="tab">C</li><li role="tab">Go</li></ul><div role="tabpanel"><p>cat</p></div><div role="tabpanel" hidden><p>gopher</p></div>',
    ],
    [
      'by the panels they name',
      '<div role="tablist"><a role="tab" href="#go">Go</a><button role="tab" id="c">C</button></div><div role="tabpanel" aria-labelledby="c"><p>cat</p></div><div role="tabpanel" id="go"><p>gopher</p></div>',
    ],
    [
      'of MkDocs',
      '<div class="tabbed-set"><input type="radio" id="a"><input type="radio" id="b"><div class="tabbed-labels"><label for="a">C</label><label for="b">Go</label></div><div class="tabbed-content"><div class="tabbed-block"><p>cat</p></div><div class="tabbed-block"><p>gopher</p></div></div></div>',
    ],
  ])('%s', (_, html) => expect(read(html).markdown).toBe(both));
});

describe('code keeps its lines and its language', () => {
  test.each([
    [
      'Chroma, in a table',
      '<div class="highlight"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-go" data-lang="go"><span class="line">one\n</span><span class="line">\n</span><span class="line">  two\n</span></code></pre></td></tr></table></div>',
    ],
    [
      'Chroma, in lines',
      '<pre class="chroma"><code class="language-go"><span class="line"><span class="ln">1</span><span class="cl">one\n</span></span><span class="line"><span class="ln">2</span><span class="cl">\n</span></span><span class="line"><span class="ln">3</span><span class="cl">  two\n</span></span></code></pre>',
    ],
    [
      'Shiki',
      '<pre class="astro-code" data-language="go"><code><span class="line"><span>one</span></span>\n<span class="line"></span>\n<span class="line"><span>  two</span></span></code></pre>',
    ],
    [
      'Prism',
      '<pre class="prism-code language-go"><code><span class="token-line"><span class="token">one</span><br></span><span class="token-line"><br></span><span class="token-line"><span>  two</span><br></span></code></pre>',
    ],
    [
      'Rouge',
      '<div class="language-go highlighter-rouge"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1\n2\n3\n</pre></td><td class="rouge-code"><pre>one\n\n  two\n</pre></td></tr></tbody></table></code></pre></div>',
    ],
    [
      'Expressive Code',
      '<div class="expressive-code"><pre data-language="go"><code><div class="ec-line"><div class="gutter"><div class="ln">1</div></div><div class="code">one</div></div><div class="ec-line"><div class="gutter"></div><div class="code">\n</div></div><div class="ec-line"><div class="gutter"></div><div class="code"><span>  two</span></div></div></code></pre></div>',
    ],
    [
      'VitePress',
      '<div class="language-go"><button class="copy"></button><span class="lang">go</span><pre class="shiki"><code><span class="line">one</span>\n<span class="line"></span>\n<span class="line">  two</span></code></pre></div>',
    ],
    [
      'a bar with the language and a button above it',
      '<div class="highlight"><div class="bar"><span>Go</span><button>Copy</button></div><pre><code class="language-go">one\n\n  two\n</code></pre></div>',
    ],
  ])('%s', (_, html) => expect(read(html).markdown).toBe('```go\none\n\n  two\n```'));
});

describe('pictures', () => {
  test('are as large as the site has them, and those that are loaded later are shown', () => {
    const html =
      '<p><img alt="A" src="/a.png" srcset="/a-300.png 300w, /a-1200.png 1200w, /a-600.png 600w"> <img alt="B" src="data:image/gif;base64,R0" data-src="/b.png"></p>';
    expect(read(html).markdown).toBe(
      '![A](https://blog.example/a-1200.png) ![B](https://blog.example/b.png)',
    );
  });

  test('that are icons or faces are left out, and told; drawings are their words', () => {
    expect(
      read(
        '<p><img class="avatar" src="/me.png" alt="Me"> By me. <svg role="img" aria-label="Yes"><path/></svg> <svg aria-hidden="true"><path/></svg></p>',
      ),
    ).toStrictEqual({
      markdown: 'By me. Yes',
      missed: ['a small picture was left out: Me', 'a drawing (SVG) became its words, "Yes"'],
    });
  });
});

test('a film that is loaded by a click is a link to it', () => {
  expect(read('<lite-youtube videoid="abcdefghijk" playlabel="A talk"></lite-youtube>').markdown).toBe(
    '[A talk](https://www.youtube.com/watch?v=abcdefghijk)',
  );
});

test('what speaks to visitors of the site alone is left out, and told', () => {
  expect(
    read(
      '<form><label>Mail</label><input type="email"></form><p>One <span data-nosnippet>secret</span> word.</p>',
    ),
  ).toStrictEqual({
    markdown: 'One word.',
    missed: ['a form was left out', 'a part that the site keeps from quotations was left out'],
  });
});

test('a note beside a text is a footnote', () => {
  const html =
    '<p>One<label for="n" class="margin-toggle sidenote-number"></label><input type="checkbox" id="n" class="margin-toggle"><span class="sidenote">A note.</span> word.</p>';
  expect(read(html).markdown).toBe('One[^side-1] word.\n\n[^side-1]: A note.');
});
