import { describe, expect, test } from 'vitest';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const page = 'https://orchard.example/post/';
const print = (html: string) => printBody(htmlToTree(html, page).tree).trim();
const told = (html: string) => htmlToTree(html, page).missed;

describe('marks', () => {
  test.each([
    ['a break at the end goes behind', '<p><b>Pears<br></b>and plums</p>', '**Pears**\\\nand plums'],
    ['a break at the beginning goes before', '<p>Pears<i><br>and</i> plums</p>', 'Pears\\\n*and* plums'],
    ['nothing but a break is one', '<p>Pears<em><br></em>plums</p>', 'Pears\\\nplums'],
    ['breaks and blanks in turn', '<p>a<b> <br> <i> <br>b </i></b>c</p>', 'a\n\n**_b_** c'],
    ['in a link', '<p><a href="/a">Pears<br></a>plums</p>', '[Pears](https://orchard.example/a)\\\nplums'],
    ['in an element that stays HTML', '<p><sup>1<br></sup>2</p>', '<sup>1</sup>\\\n2'],
    ['in a heading', '<h3>One<strong><br>two</strong></h3>', '### One<br>**two**'],
    [
      'deep in a cell',
      '<table><tr><th>A<tr><td><b>x<br>y</b></table>',
      '| A          |\n| ---------- |\n| **x<br>y** |',
    ],
    ['blanks at the edges', '<p>a<b> b </b>c</p>', 'a **b** c'],
    ['two of a kind that touch', '<p><b>a</b><strong>b</strong></p>', '**ab**'],
    ['one in another of its kind', '<p><em>a<i>b</i></em></p>', '*ab*'],
    ['around a paragraph', '<b><p>One</p><p>two</p></b>', '**One**\n\n**two**'],
    ['around a list', '<i><ul><li>a</li></ul>b</i>', '- *a*\n\n*b*'],
    ['around a quotation in a mark', '<b>a<i><blockquote>b</blockquote></i></b>', '**a**\n\n> **_b_**'],
    [
      'a link around a heading and more',
      '<a href="/a"><h3>A</h3><div>b</div></a>',
      '### [A](https://orchard.example/a)\n\n[b](https://orchard.example/a)',
    ],
    ['around a table', '<b><table><tr><th>a<tr><td>b</table></b>', '| **a** |\n| ----- |\n| **b** |'],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });

  test('a link around code is told', () => {
    expect(told('<a href="/a"><pre>x</pre></a>')).toEqual(['a link around code was left out']);
    expect(told('<b><pre>x</pre></b>')).toEqual([]);
  });
});

describe('code in a line', () => {
  test.each([
    ['a mark around blocks in it', '<code><i>x <p>two</p></i></code>', '*`x`*\n\n*`two`*'],
    ['a link', '<code><a href="/t">Tree</a></code>', '[`Tree`](https://orchard.example/t)'],
    [
      'a link among more',
      '<code>Vec&lt;<a href="/t">Twig</a>&gt;</code>',
      '`Vec<`[`Twig`](https://orchard.example/t)`>`',
    ],
    ['a break', '<code>a<br>b</code>', '`a`\\\n`b`'],
    ['marks', '<code>a <em>b</em> <b>c</b></code>', '`a `*`b`*` `**`c`**'],
    [
      'what a highlighter writes',
      '<code class="x"><span class="k">let</span> <span>a</span></code>',
      '`let a`',
    ],
    ['code in it', '<code>a<code>b</code></code>', '`ab`'],
    ['a picture', '<code>a<img src="/b.png" alt="b"></code>', '`a`![b](https://orchard.example/b.png)'],
    ['lines', '<code>a\n  b</code>', '`a b`'],
    ['in a cell', '<table><tr><th><code>a<br>b</code></table><p>x', '`a`\\\n`b`\n\nx'],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('lists', () => {
  test.each([
    ['a list directly in a list', '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
    ['and first of all', '<ol><ol><li>a</li></ol><li>b</li></ol>', '1. 1. a\n2. b'],
    ['words directly in a list', '<ul>a<li>b</li></ul>', '- a\n- b'],
    ['words behind an item', '<ul><li>a</li>b</ul>', '- a\n\n  b'],
    ['items without a list', '<p>x</p><li>a</li> <li>b</li><p>y</p>', 'x\n\n- a\n- b\n\ny'],
    ['terms without a list', '<dt>a</dt><dd>b</dd>', '- a\n\n  b'],
    ['menus', '<menu><li>a</li></menu>', '- a'],
    [
      'tasks',
      '<ul><li><input type="checkbox" checked> a</li><li><label><input type="checkbox"> b</label></li></ul>',
      '- [x] a\n- [ ] b',
    ],
    ['tasks in paragraphs', '<ul><li><p><input type="checkbox" disabled> a</p></li></ul>', '- [ ] a'],
    ['a number to begin with', '<ol start="7"><li>a</li></ol>', '7. a'],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('headings and summaries', () => {
  test.each([
    ['a paragraph in one', '<h2><p>A</p></h2>', '## A'],
    ['two of them', '<h2><div>A</div><div>b</div></h2>', '## A b'],
    ['a list in one', '<h2>A<ul><li>b</li></ul></h2>', '## A\n\n- b'],
    ['what follows is one again', '<h2>A<pre>b</pre>c</h2>', '## A\n\n```\nb\n```\n\n## c'],
    [
      'marks in a summary',
      '<details><summary><b>A</b> <code>&lt;b&gt;</code></summary>c</details>',
      '<details>\n<summary><strong>A</strong> <code>&lt;b&gt;</code></summary>\n\nc\n\n</details>',
    ],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('tables', () => {
  test.each([
    [
      'of one cell are what it holds',
      '<table><tr><td><pre>def f():\n    return 1</pre></td></tr></table>',
      '```\ndef f():\n    return 1\n```',
    ],
    [
      'of one cell in one cell too',
      '<table><tr><td><table><tr><td><p>a</p><p>b</p></table></table>',
      'a\n\nb',
    ],
    [
      'keep the indentation of code',
      '<table><tr><th>A<tr><td><pre>if a:\n  b()</pre></table>',
      '| A                  |\n| ------------------ |\n| `if a:`<br>`\u00A0\u00A0b()` |',
    ],
    [
      'have their caption before them',
      '<table><caption>Of <b>pears</b></caption><tr><th>A<th>B</table>',
      'Of **pears**\n\n| A | B |\n| - | - |',
    ],
    [
      'are aligned by style',
      '<table><tr><th style="text-align: right">A<th style="color:red;text-align:center">B</table>',
      '|  A |  B  |\n| -: | :-: |',
    ],
    [
      'or by class',
      '<table><tr><th class="has-text-align-right">A<th class="text-center">B</table>',
      '|  A |  B  |\n| -: | :-: |',
    ],
    [
      'hold a table as lines',
      '<table><tr><th>A<td><table><tr><td>b<td>c<tr><td>d<td>e</table></table>',
      '| A | b · c<br>d · e |\n| - | -------------- |',
    ],
    [
      'hold quotations and headings as lines',
      '<table><tr><th>A<td>b<h4>c</h4><blockquote>d</blockquote></table>',
      '| A | b<br>c<br>d |\n| - | ----------- |',
    ],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

describe('figures', () => {
  test.each([
    ['without a caption are what they show', '<b>a<figure>b</figure>c</b>', '**a**\n\n**b**\n\n**c**'],
    [
      'with a list for a caption too',
      '<figure><p>a</p><figcaption>b<ul><li>c</li></ul></figcaption></figure>',
      'a\n\nb\n\n- c',
    ],
  ])('%s', (_name, html, right) => {
    expect(print(html)).toBe(right);
  });
});

test('an empty block parts the words around it', () => {
  expect(print('a<p></p>b')).toBe('a\n\nb');
  expect(print('<div>a<div> </div>b</div>')).toBe('a\n\nb');
});
