import { fc } from './random-input.ts';

/** Markdown and HTML in one another, each word of it another one. */
export type Mix = readonly Part[];

/** A part of a mix: text between words, where each `\u0000` is the place of a word. */
type Part = string;

const word = '\0';

/** Gives each word a name of its own, so that one that is lost can be told. */
export function showMix(mix: Mix): string {
  let count = 0;
  return `${mix.join('\n\n')}\n`.replaceAll(word, () => `pear${String((count += 1)).padStart(2, '0')}`);
}

const marks: readonly (readonly [string, string])[] = [
  ['*', '*'],
  ['**', '**'],
  ['~~', '~~'],
  ['[', '](https://plum.example/a)'],
  ...'b i s sub sup small cite kbd q u ins mark abbr var samp tt dfn bdi font span strong em del'
    .split(' ')
    .map((name) => [`<${name}>`, `</${name}>`] as const),
  ['<a href="https://plum.example/b">', '</a>'],
  ['<a name="here">', '</a>'],
  ['<span id="there">', '</span>'],
  ['<span lang="fr">', '</span>'],
  ['<ruby>', '</ruby>'],
  ['<Wave color="red">', '</Wave>'],
  ['<my-note>', '</my-note>'],
];

const leaves: readonly string[] = [
  word,
  word,
  `\`${word}\``,
  `<code>${word}</code>`,
  `![${word}](https://plum.example/c.png)`,
  `<img src="https://plum.example/c.png" alt="${word}">`,
  `<a href="https://plum.example/d">https://plum.example/d</a>`,
  `https://plum.example/${word}`,
  `${word}<br>${word}`,
  `${word}<!-- hidden -->`,
  `${word} <script>hidden()</script>`,
  `<kbd>${word}</kbd>+<kbd>${word}</kbd>`,
  `<List${word}`,
  `${word}<sup>2</sup>`,
  `<picture><source srcset="https://plum.example/g.webp"><img src="https://plum.example/g.png" alt="${word}"></picture>`,
  `<iframe src="https://plum.example/h" title="hidden"></iframe>${word}`,
  `<span>${word}\n${word}</span>`,
  `${word} [${word}]: ${word}`,
  `${word}\\\n${word}`,
  `<label><input type="checkbox"> ${word}</label>`,
];

const { line } = fc.letrec<{ line: string; piece: string }>((tie) => ({
  line: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(' ')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...leaves),
    fc
      .tuple(fc.constantFrom(...marks), tie('line'), fc.constantFrom('', '', '\n'))
      .map(([[open, close], inside, gap]) => `${open}${inside}${gap}${close}`),
  ),
}));

const gap = fc.constantFrom('', '\n', '\n\n');

/** Elements that hold blocks, as they are opened and closed. */
const holders: readonly (readonly [string, string])[] = [
  ...'div section blockquote details article center aside figure Box'
    .split(' ')
    .map((name) => [`<${name}>`, `</${name}>`] as const),
  ['<ul><li>', '</li></ul>'],
  ['<ol><li>', `</li><li>${word}</li></ol>`],
  ['<table><tr><td>', `</td><td>${word}</td></tr></table>`],
  ['<dl><dt>', `</dt><dd>${word}</dd></dl>`],
  [`<details><summary>${word}</summary>`, '</details>'],
  ['<div>\n<style scoped>\n.a { color: red }\n\n.b { color: red }\n</style>\n', '</div>'],
  ['<div dir="rtl">', '</div>'],
];

const lineHolders: readonly (readonly [string, string])[] = [
  ['', ''],
  ['## ', ''],
  ['- ', ''],
  ['> ', ''],
  ...'p h3 b small'.split(' ').map((name) => [`<${name}>`, `</${name}>`] as const),
  ['<p align="center">', '</p>'],
  ['<figure><img src="https://plum.example/e.png"><figcaption>', '</figcaption></figure>'],
];

const codes: readonly string[] = [
  `\`\`\`\n${word}\n[${word}]: ${word}\n\n${word}\n\`\`\``,
  `<pre>\n${word}\n\n    ${word}\n</pre>`,
  `<pre><code>${word} &lt;b&gt;\n\n${word}</code></pre>`,
  `<pre>${word} <b>${word}</b>\n\n${word}</pre>`,
  `    ${word}\n\n    ${word}`,
  `| ${word} | ${word} |\n| - | - |\n| ${word} | <b>${word}</b> |`,
  `| ${word} | <small>${word}</small> | ${word} |\n| - | - | - |\n| ${word}<br>${word} | [${word}](https://plum.example/i) | <Foo>${word}</Foo> |`,
  `<table>\n  <caption>${word}</caption>\n  <thead>\n    <tr><th>${word}</th></tr>\n  </thead>\n\n  <tr><td>${word} *${word}*</td></tr>\n</table>`,
  `<dl>\n<dt>${word}</dt>\n<dd>\n\n${word} **${word}**\n\n</dd>\n</dl>`,
  `<p>${word}\n<p>${word}`,
  `<ul>\n<li>${word}\n<li>${word}\n</ul>`,
];

const { block } = fc.letrec<{ block: string; blocks: string }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((blocks) => blocks.join('\n\n')),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(fc.constantFrom(...lineHolders), line).map(([[open, close], inside]) => open + inside + close),
    fc.constantFrom(...codes),
    fc
      .tuple(fc.constantFrom(...holders), gap, tie('blocks'), gap)
      .map(([[open, close], before, inside, after]) => open + before + inside + after + close),
    tie('blocks').map((inside) => inside.replaceAll(/^/gm, '> ')),
    tie('blocks').map((inside) => `- ${word}\n\n${inside.replaceAll(/^(?=.)/gm, '  ')}`),
    fc
      .tuple(tie('blocks'), gap)
      .map(([inside, after]) => `<a href="https://plum.example/f">\n${inside}${after}</a>`),
    fc
      .tuple(fc.constantFrom(...lineHolders.slice(4)), line, fc.constantFrom('\n', '\n\n'), line)
      .map(([[open, close], first, between, second]) => open + first + between + second + close),
  ),
}));

/** Mixes of HTML and markdown as authors write them, blank lines at any place of them. */
export const anyMix: fc.Arbitrary<Mix> = fc.array(block, { minLength: 1, maxLength: 3 });
