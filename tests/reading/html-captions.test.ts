import { describe, expect, test } from 'vitest';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const page = 'https://orchard.example/post/';
const print = (html: string) => printBody(htmlToTree(html, page).tree).trim();

const rows = '<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>';
const table = '| a | b |\n| - | - |\n| 1 | 2 |';
const picture = '![Pears](https://orchard.example/a.png)';
const figure = (caption: string) =>
  `<figure>\n\n${picture}\n\n<figcaption>\n\n${caption}\n\n</figcaption>\n</figure>`;

describe('a heading in a caption is a line of it', () => {
  test.each([
    ['of a picture', '<h3>Ripe <em>pears</em></h3>', figure('Ripe *pears*')],
    ['in boxes', '<div><div><h2>Ripe</h2></div></div>', figure('Ripe')],
    ['with a line behind it', '<h4>One</h4><p>Ripe</p>', `${picture}\n\nOne\n\nRipe`],
    ['with words around it', 'No. <b>1</b><h5>Ripe</h5>', `${picture}\n\nNo. **1**\n\nRipe`],
    ['with a list', '<h3>One</h3><ul><li>Ripe</li></ul>', `${picture}\n\nOne\n\n- Ripe`],
  ])('%s', (_name, caption, text) => {
    expect(print(`<figure><img src="/a.png" alt="Pears"><figcaption>${caption}</figcaption></figure>`)).toBe(
      text,
    );
  });

  test.each([
    ['of a table', '<h3>Prices</h3>', `Prices\n\n${table}`],
    [
      'of a table, with a list',
      '<h2>Prices</h2>of<ul><li>2026</li></ul>',
      `Prices\n\nof\n\n- 2026\n\n${table}`,
    ],
  ])('%s', (_name, caption, text) => {
    expect(print(`<table><caption>${caption}</caption>${rows}</table>`)).toBe(text);
  });

  test('and links still lead to it', () => {
    const link = '<p><a href="#one">Above</a></p>';
    expect(
      print(`<figure><p>Pears</p><figcaption><h3 id="one">One</h3></figcaption></figure>${link}`),
    ).toContain('\n<a id="one"></a>One\n');
    expect(print(`<table><caption id="one">One</caption>${rows}</table>${link}`)).toBe(
      `<a id="one"></a>One\n\n${table}\n\n[Above](#one)`,
    );
  });
});

describe('code in a cell, however deep, keeps its lines and their indentation', () => {
  const code = '<pre>if ripe:\n    pick()</pre>';
  const shown = '`if ripe:`<br>`\u00A0\u00A0\u00A0\u00A0pick()`';
  test.each([
    ['boxes', `<div><div><div>${code}</div></div></div>`, shown],
    [
      'lists',
      `<ul><li>one<ol><li>two<pre>if ripe:\n    pick()</pre></li></ol></li></ul>`,
      `• one<br>1. two<br>${shown}`,
    ],
    [
      'tables of one cell',
      `<table><tr><td><table><tr><td>${code}</td></tr></table></td></tr></table>`,
      shown,
    ],
    [
      'tables',
      `<table><tr><td>x</td><td><table><tr><td>${code}</td><td>y</td></tr></table></td></tr></table>`,
      `x · ${shown} · y`,
    ],
    [
      'a folded part',
      `<details><summary>One</summary><blockquote>${code}</blockquote></details>`,
      `One<br>${shown}`,
    ],
  ])('in %s', (_name, inside, text) => {
    expect(
      print(`<table><tr><td>${inside}</td><td>z</td></tr></table>`)
        .split('\n')
        .at(-1)
        ?.replaceAll(/ +(?=\|)/g, ' '),
    ).toBe(`| ${text} | z |`);
  });
});

test.each([
  [
    '<a href="/x"><span style="text-decoration: underline">pears</span></a>',
    '[pears](https://orchard.example/x)',
  ],
  [
    '<a href="/x">of <span style="font-weight:bold; text-decoration: underline">pears</span></a>',
    '[of **pears**](https://orchard.example/x)',
  ],
  ['<span style="text-decoration: underline">pears</span>', '<u>pears</u>'],
])('a style that underlines is a mark outside links: %s', (html, text) => {
  expect(print(html)).toBe(text);
});
