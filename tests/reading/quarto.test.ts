import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/reading/dialects/dialect.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { walk } from '../../src/reading/walk.ts';

/** What is in a post: words as they are, and in brackets what is more than words. */
function show(text: string, dialect: Dialect = { isQuarto: true }): string {
  const parts: string[] = [];
  walk(parsePost(text, dialect), (node) => {
    const said = name(node);
    if (said !== undefined) parts.push(said);
  });
  return parts.join(' ');
}

function name(node: Nodes): string | undefined {
  if (node.type === 'text' || node.type === 'html') return node.value.trim();
  if (node.type === 'code') return `[${node.lang}: ${node.value}]`;
  if (node.type === 'image') return `[picture: ${node.alt}]`;
  if (node.type !== 'unknown') return undefined;
  const inside = (node.wrapped ?? []).map((one) => (one.type === 'code' ? one.value : toString(one)));
  return `[unknown ${node.name}${inside.length > 0 ? `: ${inside.join()}` : ''}]`;
}

describe('a post of Quarto', () => {
  test.each([
    ['code that is run has results', '```{r}\n#| label: rain\nplot(rain)\n```', '[unknown r: plot(rain)]'],
    [
      'options in the line that opens it',
      '```{r rain, echo=TRUE}\nplot(rain)\n```',
      '[unknown r: plot(rain)]',
    ],
    ['results alone', '```{python}\n#| echo: false\nplot(rain)\n```', '[unknown python]'],
    ['code that is not run', '```{r}\n#| eval: false\nplot(rain)\n```', '[r: plot(rain)]'],
    ['code that is hidden', '```{r}\n#| include: false\nlibrary(rain)\n```\n\nRain.', 'Rain.'],
    [
      'code that is hidden by the line that opens it',
      '```{r setup, include=FALSE}\nx\n```\n\nRain.',
      'Rain.',
    ],
    ['code of others is left', '```{.json filename="a.json"}\n1\n```', 'a.json [{.json: 1]'],
    [
      'HTML is HTML, and TeX is not for pages',
      '```{=html}\n<p>Rain.</p>\n```\n\n```{=latex}\nx\n```',
      'Rain.',
    ],
    [
      'code in a line',
      'It was `r mean(rain)` and `{python} x`.',
      'It was [unknown r mean(rain)] and [unknown {python} x] .',
    ],
    ['code in a line that is none', 'Use `r` and `rain`.', 'Use and .'],
    [
      'figures and what refers to them',
      '```{r}\n#| label: fig-one\nplot()\n```\n\n![Two](two.png){#fig-two fig-alt="A cloud"}\n\nSee @fig-two, not @fig-one.',
      '[unknown r: plot()] [picture: A cloud] Figure 2: Two See Figure 2 , not Figure 1 .',
    ],
    [
      'tables, their captions and what refers to them',
      '| a |\n|---|\n| 1 |\n\n: Rain by *month* {#tbl-rain .striped}\n\n| b |\n|---|\n| 2 |\n\nTable: Wind\n\nSee @tbl-rain.',
      'a 1 Table 1: Rain by month  b 2 Wind See Table 1 .',
    ],
    ['equations', '$$ y $$ {#eq-a}\n\nBy @eq-a, but @eq-b.', '$$ y $$ By Equation 1 , but [unknown @eq-b] .'],
    ['what is quoted', 'As in [@reed2020, p. 3].', 'As in [unknown [@reed2020, p. 3]] .'],
    ['addresses of people', 'Ask me@fig-tree.example or @figaro.', 'Ask me@fig-tree.example or @figaro.'],
    ['a picture among words', 'A ![cloud](c.png) there.', 'A [picture: cloud] there.'],
    ['tabs', '::: {.panel-tabset}\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n\n:::', 'One First. Two Second.'],
    ['a layout', '::: {layout-ncol=2}\n\n![](a.png)\n\n:::', '[picture: ]'],
    ['a div that nobody knows', '::: {.column-margin}\n\nAside.\n\n:::', '[unknown column-margin] Aside.'],
    [
      'indices',
      'H~2~O, 2^10^, ^^new^^ and ~~old~~.',
      'H <sub> 2 </sub> O, 2 <sup> 10 </sup> , <ins> new </ins> and old .',
    ],
  ])('%s', (_, text, shown) => {
    expect(show(text)).toBe(shown);
  });

  test('tells of nothing twice, and of nothing that it reads', () => {
    const listLeft = (text: string, dialect: Dialect): readonly string[] => {
      const left: string[] = [];
      walk(parsePost(text, dialect), (node) => {
        left.push(...(node.data?.leftSyntax ?? []).map(({ written }) => written));
      });
      return left;
    };
    const text = 'H~2~O and 2^10^, as in [@reed2020, p. 3].';
    expect(listLeft(text, { isQuarto: true })).toEqual([]);
    expect(listLeft(text, { scripts: true })).toEqual(['[@reed2020, p. 3]']);
    expect(listLeft(text, {}).toSorted()).toEqual(['[@reed2020, p. 3]', '^10^', '~2~']);
  });

  test('is no other', () => {
    expect(show('```{r}\nplot(rain)\n```\n\nSee @fig-two.', {})).toBe('[{r}: plot(rain)] See @fig-two.');
    expect(show('H~2~O and 2^10^.', { scripts: true })).toBe('H <sub> 2 </sub> O and 2 <sup> 10 </sup> .');
    expect(show('H~2~O and 2^10^.', {})).toBe('H 2 O and 2^10^.');
  });
});

test('raw text may begin on the line that opens a fence', () => {
  expect(show('```css{% raw %}\n{{ rain }}\n{% endraw %}\n```', {})).toBe('[css: {{ rain }}]');
  expect(show('```html {% raw %} title="a.html"\n{{ rain }}\n{% endraw %}\n```', {})).toBe(
    'a.html [html: {{ rain }}]',
  );
  expect(show('```liquid\n{% raw %}\n{{ rain }}\n{% endraw %}\n```', {})).toBe('[liquid: {{ rain }}]');
});

describe('what Quarto says by itself in a post', () => {
  const note = '::: {.callout-note}\nRain.\n:::\n\nSee @fig-rain.\n\n![Rain](rain.png){#fig-rain}';

  test.each([
    ['de-AT', 'Hinweis Rain. See Abbildung 1 .'],
    ['fr', 'Note Rain. See Figure 1 .'],
    ['ja', 'ノート Rain. See 図 1 .'],
    ['en', 'Note Rain. See Figure 1 .'],
    ['xx', 'Note Rain. See Figure 1 .'],
  ])('is in the language %s', (lang, shown) => {
    expect(show(note, { isQuarto: true, lang })).toContain(shown);
  });

  test('gives way to the heading that a callout begins with, and to a title of its own', () => {
    const text =
      '::: {.callout-tip}\n## Take a coat\n\nRain.\n:::\n\n::: {.callout-tip title="Boots"}\nMud.\n:::';
    expect(show(text, { isQuarto: true, lang: 'de' })).toBe('Take a coat Rain. Boots Mud.');
  });
});
