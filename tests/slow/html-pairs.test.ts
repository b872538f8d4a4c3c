import type { Nodes } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';
import { fc } from '../random-input.ts';

const inlines = 'b i del u sub mark kbd code samp span q a'.split(' ');
const blocks =
  'p div blockquote h2 h4 ul ol li dl dt dd pre table th td figure figcaption details summary'.split(' ');

/** Elements with what has to stand around their content. */
const frames: Readonly<Record<string, (inside: string) => string>> = {
  a: (inside) => `<a href="https://orchard.example/a">${inside}</a>`,
  ul: (inside) => `<ul><li>first</li><li>${inside}</li></ul>`,
  ol: (inside) => `<ol><li>first</li><li>${inside}</li></ol>`,
  dl: (inside) => `<dl><dt>term</dt><dd>${inside}</dd></dl>`,
  dt: (inside) => `<dl><dt>${inside}</dt><dd>told</dd></dl>`,
  dd: (inside) => `<dl><dt>term</dt><dd>told</dd><dd>${inside}</dd></dl>`,
  table: (inside) =>
    `<table><tr><th>top</th><th>next</th></tr><tr><td>${inside}</td><td>last</td></tr></table>`,
  th: (inside) => `<table><tr><th>${inside}</th><th>next</th></tr><tr><td>low</td><td>last</td></tr></table>`,
  td: (inside) => `<table><tr><td>${inside}</td><td>last</td></tr></table>`,
  figcaption: (inside) => `<figure><p>shown</p><figcaption>${inside}</figcaption></figure>`,
  details: (inside) => `<details><summary>closed</summary>${inside}</details>`,
  summary: (inside) => `<details><summary>${inside}</summary><p>open</p></details>`,
};

function frame(name: string, inside: string): string {
  return frames[name]?.(inside) ?? `<${name}>${inside}</${name}>`;
}

/** What an element says of the words in it, where it says anything that markdown knows. */
const meanings: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  s: 'del',
  strike: 'del',
  del: 'del',
  u: 'u',
  ins: 'ins',
  mark: 'mark',
  small: 'small',
  sup: 'sup',
  sub: 'sub',
  kbd: 'kbd',
  code: 'code',
  samp: 'code',
  tt: 'code',
  a: 'link',
  blockquote: 'quote',
  li: 'list',
  h2: 'h2',
  h4: 'h4',
  ul: 'list',
  ol: 'list',
  dl: 'list',
  pre: 'pre',
  td: 'cell',
  th: 'cell',
  details: 'details',
  summary: 'summary',
  figcaption: 'caption',
};

const blockNames: ReadonlySet<string> = new Set([
  ...blocks,
  'h1',
  'h3',
  'h5',
  'h6',
  'tr',
  'tbody',
  'thead',
  'br',
  'hr',
  'body',
]);

/** What a tree says, each part behind what is said of it, and a mark between blocks. */
function tell(tree: Nodes): string {
  let told = '';
  let last = '';
  const breakOff = (): void => {
    told = told.trimEnd();
    if (told !== '' && !told.endsWith('\n')) told += '\n';
    last = '';
  };
  const addSpace = (): void => {
    if (told !== '' && !/\s$/.test(told)) told += ' ';
  };
  const look = (node: Nodes, said: readonly string[]): void => {
    if (node.type === 'text') {
      for (const [written] of node.value.matchAll(/\s+|\S+/g)) {
        // What stands for elements that markdown has no sign for.
        const part = written.replaceAll(/["·•]|^\d\.$/g, '');
        if (part === '') continue;
        if (part.trim() === '') {
          addSpace();
          continue;
        }
        const label = labelWord(said);
        if (label !== last) told += `[${label}]`;
        last = label;
        told += part;
      }
    } else if (node.type === 'element') {
      const meaning = meanings[node.tagName];
      const isFlat = said.some((one) => lines.has(one));
      const isCell = said.includes('cell') && /^t[dh]$/.test(node.tagName);
      const isBlock = blockNames.has(node.tagName) && !isCell;
      const isApart = isBlock && !(isFlat && flat.has(node.tagName));
      const around = isApart && node.tagName !== 'br' ? said.filter((one) => !lines.has(one)) : said;
      const part = isApart ? breakOff : isBlock || isCell ? addSpace : () => undefined;
      part();
      for (const child of node.children) look(child, meaning === undefined ? around : [...around, meaning]);
      part();
    } else if (node.type === 'root') {
      for (const child of node.children) look(child, said);
    }
  };
  look(tree, []);
  return told.trim();
}

/** What is one line, and holds no blocks. */
const lines: ReadonlySet<string> = new Set(['h2', 'h4', 'summary']);

/** Blocks of plain words, which a heading or a summary holds the words of. */
const flat: ReadonlySet<string> = new Set('p div section center address h2 h4'.split(' '));

/** Code is only its words; a cell holds no blocks, and a caption no heading; all else adds up. */
function labelWord(said: readonly string[]): string {
  const meant = new Set(said);
  const isCell = meant.has('cell');
  if (meant.has('pre') && !isCell) return 'pre';
  if (meant.has('pre')) meant.add('code');
  const lost = isCell
    ? ['pre', 'quote', 'h2', 'h4', 'list', 'details', 'summary', 'caption']
    : meant.has('summary') || meant.has('caption')
      ? ['summary', 'caption', 'h2', 'h4']
      : [];
  return [...meant]
    .filter((one) => !lost.includes(one))
    .toSorted()
    .join(' ');
}

const readHtml = unified().use(rehypeParse, { fragment: true });
const render = unified().use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw);
const readMarkdown = unified().use(remarkParse).use(remarkGfm);

/** Whether a pair is of elements that no text has so: blocks in code, and a figure in a line. */
function isOdd(outer: string, inner: string): boolean {
  return (outer === 'pre' && blocks.includes(inner)) || (lines.has(outer) && inner === 'figure');
}

const shapes: readonly (readonly [string, (outer: string, inner: string) => string])[] = [
  [
    'among words',
    (outer, inner) => `<p>before</p>${frame(outer, `one ${frame(inner, 'two')} three`)}<p>after</p>`,
  ],
  ['alone', (outer, inner) => `<p>before</p>${frame(outer, frame(inner, 'two'))}<p>after</p>`],
  ['without a blank', (outer, inner) => `x${frame(outer, `one${frame(inner, 'two')}three`)}y`],
];

const all = [...inlines, ...blocks];

describe.each(shapes)(
  'every element in another reads in markdown as it does in HTML, or is told: %s',
  (_name, shape) => {
    test.each(all)('<%s> around each', (outer) => {
      const wrong = all.flatMap((inner) => {
        if (isOdd(outer, inner)) return [];
        const html = shape(outer, inner);
        const { tree, missed } = htmlToTree(html);
        const text = printBody(tree);
        const right = tell(readHtml.parse(html));
        const read = tell(render.runSync(readMarkdown.parse(text)));
        return read === right || missed.length > 0 ? [] : [{ html, text, right, read }];
      });
      expect(wrong).toEqual([]);
    });
  },
);

/** Elements that people put in one another, three deep. */
const common = [...inlines, ...'p div blockquote ul ol li dd td th pre figcaption'.split(' ')];

test('three elements in one another read in markdown as they do in HTML, or are told', () => {
  const name = fc.constantFrom(...common);
  fc.assert(
    fc.property(name, name, name, fc.constantFrom(...shapes), (outer, middle, inner, [, shape]) => {
      fc.pre(!isOdd(outer, middle) && !isOdd(middle, inner) && !isOdd(outer, inner));
      const html = shape(outer, 'middle').replace(
        frame('middle', 'two'),
        frame(middle, `x ${frame(inner, 'two')} y`),
      );
      const { tree, missed } = htmlToTree(html);
      if (missed.length > 0) return;
      expect(tell(render.runSync(readMarkdown.parse(printBody(tree))))).toBe(tell(readHtml.parse(html)));
    }),
    { numRuns: 500 },
  );
});
