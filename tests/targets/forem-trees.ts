import type { PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { fc } from '../random-input.ts';

/** Words that mean something to Redcarpet, Liquid, Forem's fixers or HTML where they are not escaped. */
const words = [
  'word',
  'snake_case_name',
  '_lead',
  'trail_',
  '__init__',
  '2*3*4',
  '**not bold**',
  '*',
  '* star',
  '~~no~~',
  '~',
  '`tick',
  '```',
  '{{ x }}',
  '{% if %}',
  '{% endraw %}',
  '{',
  '}}',
  '%}',
  '<T>',
  '<div>',
  '</p>',
  'a < b',
  '&lt;',
  '&amp;',
  'AT&T',
  '@name',
  'me@example.com',
  'http://example.com/a_b',
  'www.example.com',
  ':tada:',
  '10:100:5',
  '[x]',
  '[^1]',
  '](y)',
  '![z]',
  '# hash',
  '#tag',
  '1. one',
  '- dash',
  '+ plus',
  '> quote',
  '---',
  '===',
  '| pipe |',
  'back\\slash',
  '\\*',
  'end\\',
  '"quoted"',
  "it's",
  'title: x',
  'tags: a #b',
  'Published: yes',
  'src="data:x"',
  '日本語',
  '🚀',
  'Ünïcode',
  '!',
  '(brackets)',
  '$5',
  'x^2',
  '==mark==',
];

const text = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
  .map((chosen): PhrasingContent => ({ type: 'text', value: chosen.join(' ') }));

const codes = [
  'x',
  'a`b',
  '``',
  'a | b',
  '{{ x }}',
  '{% raw %}',
  '{%endraw%}',
  '@types/node',
  '<b>',
  '_a_',
  'a\\',
  '*',
  '[0]',
  ':tada:',
  '&amp;',
  'http://a.b/',
];
const inlineCode = fc.constantFrom(...codes).map((value): PhrasingContent => ({ type: 'inlineCode', value }));

const tex = fc.constantFrom(
  'x',
  'a_1 * b_2',
  '\\frac{a}{b}',
  'a \\\\ b',
  'x < y',
  '{{a}}_b',
  '[a](b)',
  '\\{ x \\}',
  'a & b',
  'x^{2}',
  "f'(x) | y",
  '\\_',
  '\\left[ 0 \\right]',
  '\\, x',
);

const urls = [
  'https://example.com/',
  'https://example.com/a_b_(c)?d=e&f=g#h',
  'https://example.com/*x*',
  'https://example.com/{{x}}',
  'https://example.com/a:smile:b',
];
const url = fc.constantFrom(...urls);

const image = fc
  .tuple(
    url,
    fc.constantFrom(
      '',
      'Alt',
      'A "quote"',
      'a [b] _c_',
      '<x>',
      '{{ x }}',
      'Image description',
      '^a',
      'back\\',
    ),
  )
  .map(([address, alt]): PhrasingContent => ({ type: 'image', url: address, alt }));

const inlineMath = tex.map((value): PhrasingContent => ({ type: 'inlineMath', value }));

function mixIn(...parts: readonly fc.Arbitrary<PhrasingContent>[]): fc.Arbitrary<PhrasingContent[]> {
  return fc
    .array(fc.tuple(fc.oneof(...parts), fc.constantFrom(' ', '', 'x', '.', ', ')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((pairs) => tidy(pairs.flatMap(([node, gap]) => [node, { type: 'text' as const, value: gap }])));
}

/** Joins neighbouring texts, and takes white space from the ends, as a parser leaves no other. */
function tidy(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && node.value === '') continue;
    if (node.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { type: 'text', value: last.value + node.value };
    else joined.push(node);
  }
  const first = joined[0];
  if (first?.type === 'text') joined[0] = { type: 'text', value: first.value.trimStart() };
  const last = joined.at(-1);
  if (last?.type === 'text') joined[joined.length - 1] = { type: 'text', value: last.value.trimEnd() };
  const left = joined.filter((node) => node.type !== 'text' || node.value !== '');
  return left.length === joined.length ? left : tidy(left);
}

function mark(children: fc.Arbitrary<PhrasingContent[]>): fc.Arbitrary<PhrasingContent> {
  return fc
    .tuple(fc.constantFrom('emphasis' as const, 'strong' as const, 'delete' as const), children)
    .map(([type, content]): PhrasingContent => ({ type, children: content }));
}

function link(children: fc.Arbitrary<PhrasingContent[]>): fc.Arbitrary<PhrasingContent> {
  return fc
    .tuple(url, children)
    .map(([address, content]): PhrasingContent => ({ type: 'link', url: address, children: content }));
}

const autolink = url.map((address): PhrasingContent => ({
  type: 'link',
  url: address,
  children: [{ type: 'text', value: address }],
}));

const hardBreak = fc.constant<PhrasingContent[]>([
  { type: 'text', value: 'line' },
  { type: 'break' },
  { type: 'text', value: '- next' },
]);

const leaf = mixIn(text, text, inlineCode, inlineMath, image);
const linkText = mixIn(text, text, inlineCode);
const deeper = mixIn(
  text,
  mark(leaf),
  link(mixIn(text, mark(linkText), inlineCode, image)),
  inlineCode,
  autolink,
);
const phrasing: fc.Arbitrary<PhrasingContent[]> = fc.oneof(
  mixIn(text),
  mixIn(text, mark(deeper), link(linkText), inlineCode, inlineMath, image, autolink),
  hardBreak.chain((lines) => deeper.map((rest) => tidy([...rest, { type: 'text', value: ' ' }, ...lines]))),
);

const paragraph = phrasing.map((children): RootContent => ({ type: 'paragraph', children }));
const heading = fc
  .tuple(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), deeper)
  .map(([depth, children]): RootContent => ({ type: 'heading', depth, children }));

const codeLine = fc.constantFrom(
  'let a;',
  '',
  '  indented',
  '```',
  '~~~',
  '````',
  '---',
  'title: x',
  'tags: a #b',
  'Published: yes',
  '{{ x }}',
  '{% raw %}',
  '{%endraw%}',
  '<b>&amp;</b>',
  '</code></pre>',
  '# x',
  '- y',
  '`a` *b* _c_',
  '\\',
  '| a |',
  'src="data:',
  '@x :tada:',
);
const code = fc
  .tuple(fc.constantFrom('js', 'c++', undefined), fc.array(codeLine, { minLength: 1, maxLength: 4 }))
  .map(([lang, lines]): RootContent => ({
    type: 'code',
    ...(lang !== undefined && { lang }),
    value: lines.join('\n').replaceAll(/^\n+|\n+$/g, '') || 'x',
  }));

const cell = fc
  .oneof(mixIn(text), mixIn(text, mark(linkText), inlineCode, inlineMath, link(linkText)))
  .map((children): TableCell => ({ type: 'tableCell', children }));
const table = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.constantFrom('left' as const, 'right' as const, 'center' as const, null), {
      minLength: 3,
      maxLength: 3,
    }),
  )
  .chain(([columns, rows, align]) =>
    fc
      .array(fc.array(cell, { minLength: columns, maxLength: columns }), {
        minLength: rows + 1,
        maxLength: rows + 1,
      })
      .map((cells): RootContent => ({
        type: 'table',
        align: align.slice(0, columns),
        children: cells.map((children) => ({ type: 'tableRow', children })),
      })),
  );

const math = tex.chain((first) =>
  fc
    .constantFrom('', '\n- y', '\n= z', '\n\\begin{a}\n1. b')
    .map((rest): RootContent => ({ type: 'math', value: first + rest })),
);
const embed = fc
  .constantFrom('https://www.youtube.com/watch?v=a_b-c_d-e_f', 'https://github.com/example/a_b_c')
  .map((address): RootContent => ({ type: 'embed', url: address, title: 'A page' }));
const rule = fc.constant<RootContent>({ type: 'thematicBreak' });

function quote(children: fc.Arbitrary<RootContent[]>): fc.Arbitrary<RootContent> {
  return children.map((blocks) => ({ type: 'blockquote', children: blocks }) as RootContent);
}

function list(children: fc.Arbitrary<RootContent[]>): fc.Arbitrary<RootContent> {
  const item = fc.tuple(paragraph, children, fc.constantFrom(null, null, null, true, false));
  return fc
    .tuple(
      fc.boolean(),
      fc.constantFrom(1, 1, 1, 3, 0),
      fc.boolean(),
      fc.array(item, { minLength: 1, maxLength: 3 }),
    )
    .map(
      ([ordered, start, spread, items]) =>
        ({
          type: 'list',
          ordered,
          ...(ordered && { start }),
          spread,
          children: items.map(([first, blocks, checked]) => ({
            type: 'listItem',
            spread,
            checked,
            children: [first, ...blocks],
          })),
        }) as RootContent,
    );
}

/** A list of lists with nothing else in them, which is printed as markdown. */
function plainList(depth: number): fc.Arbitrary<RootContent> {
  const inner =
    depth === 0 ? fc.constant<RootContent[]>([]) : fc.array(plainList(depth - 1), { maxLength: 1 });
  return fc
    .tuple(fc.boolean(), fc.array(fc.tuple(mixIn(text, inlineCode), inner), { minLength: 1, maxLength: 3 }))
    .map(
      ([ordered, items]) =>
        ({
          type: 'list',
          ordered,
          spread: false,
          children: items.map(([children, lists]) => ({
            type: 'listItem',
            spread: false,
            children: [{ type: 'paragraph', children }, ...lists],
          })),
        }) as RootContent,
    );
}

function details(children: fc.Arbitrary<RootContent[]>): fc.Arbitrary<RootContent> {
  return fc.tuple(deeper, children).map(([summary, blocks]): RootContent => ({
    type: 'details',
    children: [{ type: 'summary', children: summary }, ...blocks],
  }));
}

const figure = fc.tuple(image, deeper, fc.boolean()).map(([picture, caption, first]) => {
  const parts = [
    { type: 'paragraph', children: [picture] },
    { type: 'figcaption', children: caption },
  ];
  return { type: 'figure', children: first ? parts.toReversed() : parts } as RootContent;
});

const leafBlock = fc.oneof(
  paragraph,
  paragraph,
  plainList(2),
  heading,
  code,
  table,
  math,
  embed,
  rule,
  figure,
);

function blocksOf(depth: number): fc.Arbitrary<RootContent[]> {
  const inner = depth === 0 ? fc.constant<RootContent[]>([]) : blocksOf(depth - 1);
  const some = fc.oneof(
    { weight: 3, arbitrary: leafBlock },
    {
      weight: 4,
      arbitrary:
        depth === 0
          ? leafBlock
          : fc.oneof(
              quote(inner.filter((blocks) => blocks.length > 0)),
              list(inner),
              list(inner),
              details(inner.filter((blocks) => blocks.length > 0)),
            ),
    },
  );
  return fc.array(some, { minLength: depth === 3 ? 1 : 0, maxLength: depth === 3 ? 4 : 2 });
}

const footnote = fc.tuple(paragraph, fc.array(fc.oneof(paragraph, code), { maxLength: 2 }));

/** Trees of every kind of node that a post can hold, their blocks nested three deep. */
export const anyTree: fc.Arbitrary<Root> = fc
  .tuple(blocksOf(3), fc.option(footnote))
  .map(([blocks, note]): Root => {
    if (note === null) return { type: 'root', children: blocks };
    const [first, rest] = note;
    const reference: RootContent = {
      type: 'paragraph',
      children: [
        { type: 'text', value: 'A claim' },
        { type: 'footnoteReference', identifier: 'n' },
      ],
    };
    return {
      type: 'root',
      children: [
        ...blocks,
        reference,
        { type: 'footnoteDefinition', identifier: 'n', children: [first, ...rest] } as RootContent,
      ],
    };
  });
