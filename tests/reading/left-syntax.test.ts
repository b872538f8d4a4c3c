import { describe, expect, test } from 'vitest';
import { auditBody } from '../../src/blog/audit-body.ts';
import type { Dialect } from '../../src/reading/dialects/dialect.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { examplePost } from '../examples.ts';

function find(text: string, dialect?: Dialect): readonly string[] {
  return auditBody(examplePost('one'), { tree: parsePost(text, dialect) })
    .filter(({ rule }) => rule === 'post-syntax-left')
    .map(({ line, column, message }) => `${line}:${column} ${/`(.*)` looks/.exec(message)?.[1]}`);
}

describe('syntax of other tools is named at its place', () => {
  const tick = '`';
  test.each([
    ['Org', 'Pears:\n\n#+BEGIN_SRC sh\nwater\n#+END_SRC', ['3:1 #+BEGIN_SRC sh', '5:1 #+END_SRC']],
    ['Org', 'See [[https://plum.example/][the plums]].', ['1:5 [[https://plum.example/][the plums]]']],
    ['AsciiDoc', '== Pears', ['1:1 == Pears']],
    ['AsciiDoc', '> [source,ruby]\n> puts', ['1:3 [source,ruby]']],
    ['AsciiDoc', 'image::pear.png[A pear]', ['1:1 image::pear.png[A pear]']],
    ['AsciiDoc', 'See link:https://plum.example/[plums].', ['1:5 link:https://plum.example/[plums]']],
    ['reStructuredText', '.. note:: Ripe', ['1:1 .. note:: Ripe']],
    ['reStructuredText', `See :ref:${tick}plums${tick}.`, [`1:5 :ref:${tick}plums${tick}`]],
    [
      'reStructuredText',
      `See ${tick}plums <https://plum.example/>${tick}_.`,
      [`1:5 ${tick}plums <https://plum.example/>${tick}_`],
    ],
    ['MyST', `Of {term}${tick}pear${tick}.`, [`1:4 {term}${tick}pear${tick}`]],
    ['MyST', '(the-plums)=\n## Plums', ['1:1 (the-plums)=']],
    ['MyST', '% to be done', ['1:1 % to be done']],
    ['MyST', '```{toctree}\na\n```', ['1:1 {toctree}']],
    ['Pandoc', 'As said [@plum2024, p. 3].', ['1:9 [@plum2024, p. 3]']],
    ['Pandoc', 'Pear\n~ A fruit', ['2:1 ~ A fruit']],
    ['Pandoc', '| Pears are\n| ripe', ['1:1 | Pears are']],
    ['Pandoc', 'H~2~O and 2^10^', ['1:2 ~2~']],
    ['Gollum', 'See [[https://plum.example/a|plums]].', ['1:5 [[https://plum.example/a|plums]]']],
    ['PyMdown', 'Then ++wheel+click++.', ['1:6 ++wheel+click++']],
    ['Critic Markup', 'Pears {++and plums++} {>>really?<<}', ['1:7 {++and plums++}']],
    ['Critic Markup', 'Pears {~~or~>and~~} plums', ['1:7 {~~or~>and~~}']],
    ['GitLab', 'Pears [+ and plums +] {- or none -}', ['1:7 [+ and plums +]']],
    ['GitLab', `So $${tick}x^2${tick}$.`, [`1:4 $${tick}x^2${tick}$`]],
    ['Obsidian', '- [?] Ripe', ['1:3 [?] Ripe']],
    ['Obsidian', 'Pears (ripe:: yes) are sweet.', ['1:7 (ripe:: yes)']],
    ['Obsidian', '```dataview\nLIST\n```', ['1:1 dataview']],
    ['Obsidian', `Of ${tick}= this.file.name${tick}.`, ['1:4 = this.file.name']],
    ['Discord', 'The end is ||plums||.', ['1:12 ||plums||']],
    ['includes', '<<include("a.md")>>', ['1:1 <<include("a.md")>>']],
    ['includes', 'Text.\n\n@include "a.md"', ['3:1 @include "a.md"']],
    ['includes', '{!a.md!}', ['1:1 {!a.md!}']],
    ['plugins', '@[youtube](abc)', ['1:1 @[youtube](abc)']],
    ['BBCode', 'So [b]ripe[/b].', ['1:4 [b]ripe[/b]']],
    ['Textile', 'h2. Pears', ['1:1 h2. Pears']],
    ['Textile', 'See "plums":https://plum.example/.', ['1:5 "plums":https://plum.example/.']],
    ['Jira', '{panel:title=Pears}ripe{panel}', ['1:1 {panel:title=Pears}ripe{panel}']],
    ['Confluence', 'See [plums|https://plum.example/].', ['1:5 [plums|https://plum.example/]']],
    ['MediaWiki', "'''Pears''' are ripe.", ["1:1 '''Pears'''"]],
    ['MediaWiki', 'See [[File:pear.png|thumb]].', ['1:5 [[File:pear.png|thumb]]']],
    ['TeX', String.raw`See \cite{plum} and \newpage`, [String.raw`1:5 \cite{plum}`]],
    ['Org', 'SCHEDULED: <2026-11-02 Mon>', ['1:1 SCHEDULED: <2026-11-02 Mon>']],
    ['Obsidian', 'Pears.\n%% to be said', ['2:1 %% to be said']],
    ['plugins', 'Then ^^plums^^.', ['1:6 ^^plums^^']],
    ['plugins', '![A pear](pear.png =30x20)', ['1:1 ![A pear](pear.png =30x20)']],
    ['WordPress', '[youtube https://plum.example/v]', ['1:1 [youtube https://plum.example/v]']],
    ['Nuxt Content', 'A :badge[new]{.ripe} pear', ['1:3 :badge[new]{.ripe}']],
    ['Vue', 'A <b @click="eat" class="x">pear</b>', ['1:3 <b @click="eat" class="x">']],
    ['templates', '<table><tr><td>{{ pear }} <code>{{ plum }}</code></td></tr></table>', ['1:1 {{ pear }}']],
    ['Typst', '#set text(size: 12pt)', ['1:1 #set text(size: 12pt)']],
    ['templates', 'At ${name} and @{place}', ['1:4 ${name}']],
    ['templates', '{@html pears}', ['1:1 {@html pears}']],
    ['templates', '{# not yet #}', ['1:1 {# not yet #}']],
    ['emoji', 'Ripe :pear: and :+1:', ['1:6 :pear:']],
    ['in a heading', '## Pears {{ name }} [b]x[/b]', ['1:10 {{ name }}']],
    ['in a cell', '| a |\n| - |\n| [b]x[/b] |', ['3:3 [b]x[/b]']],
    ['beside an address', 'https://plum.example/ {{ name }}', ['1:23 {{ name }}']],
  ])('%s: %j', (_tool, text, places) => {
    expect(find(text)).toEqual(places);
  });

  test.each([
    'At 10:30:45 in std::vector::size, "a": b, [1], {x}, (y), a || b, 5 > 3 ! 2, x^2, ~ 5 kg, =5, #1, 50 % off.',
    'Ask @plum2024, [@plum](https://plum.example/), [see](/b "c") and [a link]: it is <https://plum.example/a?b={c}>.',
    'Fixed by [@plum] in [#12](/12); see link:[a](/b) and image: [c].',
    '`[b]x[/b]`, `{++a++}`, `:ref:` and `${name}`.',
    '![{++a++}](/a.png "{++b++}") [x](/a_{++b++})',
    String.raw`\[b]x[/b], \{--a--}, \:pear:, \'''b'''`,
    'He said ‘‘no’’, ``no´´ and <<non>>; C:\\files, ¯\\_(ツ)_/¯.',
    '- [x] done\n- [ ] to do\n- [1] first',
    '```js\nconst a = `${b}`; // {++c++}\n```',
    '#table tennis, #set theory and #image search',
    'A list of\n- one ~ two\n\n1. two',
    'Set text in h1. and p. 5, e.g. in bq.',
  ])('%j is prose', (text) => {
    expect(find(text)).toEqual([]);
  });

  test('codes of emoji are named where they are not shown', () => {
    expect(find('Ripe :pear:', { emoji: { pear: '🍐' } })).toEqual([]);
  });
});

test.each([
  ['A plan. ^the-plan', 'A plan.'],
  ['- One ^a1b2c3\n- Two', 'One Two'],
  ['> A quote\n\n^quote-of-it\n\nMore.', 'A quote More.'],
  ['2 ^8', '2 ^8'],
  ['Smile ^_^', 'Smile ^_^'],
])('the name of a block goes: %j', (text, right) => {
  const { children } = parsePost(text);
  expect(JSON.stringify(children)).not.toContain('the-plan');
  const words = [...JSON.stringify(children).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value);
  expect(words.join(' ')).toBe(right);
});

test('fences of MyST that name a note or a figure are what they name', () => {
  const types = (text: string) => parsePost(text).children.map(({ type }) => type);
  expect(types('```{note}\nWords.\n```')).toEqual(['blockquote']);
  expect(types('```{admonition} A title\n:class: tip\nWords.\n```')).toEqual(['blockquote']);
  expect(types('```{figure} a.png\n:alt: A pear\n\nIts caption.\n```')).toEqual(['figure']);
  expect(parsePost('```{code-block} python\n:linenos:\n\nx = 1\n```').children).toMatchObject([
    { type: 'code', lang: 'python', value: 'x = 1' },
  ]);
  expect(parsePost('```{python}\nx = 1\n```').children).toMatchObject([{ type: 'code', value: 'x = 1' }]);
});

test("a table of contents as GitLab writes it, and a division of Pandoc's that has but an id, are not shown", () => {
  expect(parsePost('[[_TOC_]]').children).toEqual([]);
  expect(parsePost('::: {#pears layout-ncol=2}\nWords.\n:::').children).toMatchObject([
    { type: 'paragraph' },
  ]);
});

test('what stands behind words of note takers is named where it stands', () => {
  expect(
    find('One %%or not%%\n==pear== and {.red} x\n\nA ^[note\nof two] and {#b} x\n\nOne\n{: .x}\ntwo {.y z}'),
  ).toEqual(['2:14 {.red}', '5:13 {#b}', '9:5 {.y z}']);
});

test('what a backslash stands before is shown, and the size of a picture is no word for it', () => {
  const { children } = parsePost('\\[TOC]\n\n![[pear.png|A pear|300x200]]\n\n![[plum.png|A plum, 3]]');
  expect(children.map((child) => 'children' in child && child.children)).toMatchObject([
    [{ type: 'text', value: '[TOC]' }],
    [{ type: 'image', alt: 'A pear' }],
    [{ type: 'image', alt: 'A plum, 3' }],
  ]);
});
