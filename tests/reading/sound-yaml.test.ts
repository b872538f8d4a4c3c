import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readBlock } from '../../src/reading/front-matter/block.ts';
import type { Block } from '../../src/reading/front-matter/define.ts';
import { readSoundBlock } from '../../src/reading/front-matter/sound-yaml.ts';
import { parseYamlBlock } from '../../src/reading/front-matter/yaml-block.ts';
import { splitFrontMatter } from '../../src/reading/front-matter/split.ts';
import { root } from '../workspace.ts';
import { measureCpu } from '../measure-cpu.ts';
import { fc } from '../random-input.ts';

/** As text, so that the order of keys counts. */
const readYaml = (raw: string) => readBlock({ kind: 'yaml', raw, firstLine: 2 });

function show(block: ReturnType<typeof parseYamlBlock>): string {
  return JSON.stringify('message' in block ? block : { values: block.values, places: [...block.places] });
}

function agrees(raw: string): boolean {
  const plain = readSoundBlock(raw, 2);
  return plain === undefined || show(plain) === show(parseYamlBlock(raw, 2));
}

const read = [
  '',
  '# nothing\n',
  'title: A walk in the park\ndate: 2026-11-21T08:30:00Z',
  "title: \"One: two\"\nsubtitle: 'It''s' # a comment\n\ndraft: false",
  'tags: [one, C#, "two, three", \'four\' , true, 1]\nempty: []',
  'tags:\n  - one\n  - two:three',
  'tags:\n- one\n- two\nseries:\n  name: Walks\n  part: 2\n  more:\n    deep: ~',
  'authors:\n  - name: A\n    url: https://example.com/a\n  -   name: B\n      links:\n      - x',
  'a:\nb: null\nc: 0x1F\nd: 1e3\ne: 2026-01-01\nf: yes\ng: "1"\nh: 10:30',
  'a:\n  b:\n    c:\n      d:\n        e:\n          f: 1',
  'Title: Größe 日本語 😀\ntitle: second',
  'constructor: a\ntoString: b',
  'a: |\n  text',
  'a: >-\n  text',
  'a: one\n  two',
  'a: "one\n  two"',
  'a: "\\u0041"',
  'a: {b: 1}',
  'a: [b: 1]',
  'a: [[b]]',
  'a: [b,\n  c]',
  '<<: {a: 1}',
  '? a\n: b',
  '1: a',
  '"a": 1',
  'true: 1',
  'a b: 1',
  ' a: 1',
  'a: -1',
  'a:\n  -',
  'a:\n  - - b',
];

const left = [
  'a:\t1',
  'a: b\u2028c',
  'a: 1\na: 2',
  'a: b: c',
  'a:b',
  'a: [b] c',
  'a: [b #c]',
  'a: &x 1\nb: *x',
  'a: !!str 1',
  '__proto__: 1',
  'a:\u00a01',
  'a:\n    b: 1\n  c: 2',
  'a: 1\n...\nb: 2',
  '---\na: 1',
  '%YAML 1.1\na: 1',
  'a: @b',
  'a: "b" c',
  '- a',
  'just text',
];

describe('front matter of the common form', () => {
  test.each(read)('%j is read at once, and as the parser reads it', (raw) => {
    const plain = readSoundBlock(raw, 2);
    expect(plain).toBeDefined();
    expect(show(plain as Block)).toBe(show(parseYamlBlock(raw, 2)));
  });

  test.each(left)('%j is left to the parser', async (raw) => {
    expect(readSoundBlock(raw, 2)).toBeUndefined();
    expect(show(await readYaml(raw))).toBe(show(parseYamlBlock(raw, 2)));
  });

  test('maps in more maps than anybody writes are left to the parser', () => {
    const deep = Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    expect(readSoundBlock(deep, 2)).toBeUndefined();
  });

  test('the posts of this repository agree, and most are of that form', () => {
    const blocks = ['posts/', 'tests/fixtures/', 'tests/renditions/']
      .map((folder) => new URL(folder, root))
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((path) => path.endsWith('.md') && !path.endsWith('folder.md'))
          .map((path) => splitFrontMatter(readFileSync(new URL(path, folder), 'utf8'))),
      )
      .filter(({ kind }) => kind === 'yaml')
      .map(({ raw }) => raw);
    expect(blocks.filter((raw) => !agrees(raw))).toEqual([]);
    const plain = blocks.filter((raw) => readSoundBlock(raw, 2) !== undefined);
    expect(plain.length).toBeGreaterThan(blocks.length * 0.8);
  });
});

const keys = fc.constantFrom(
  ...'title Title a b c x-y _z null true constructor __proto__ 1 "q"'.split(' '),
  'a b',
);
const bits = fc.constantFrom(
  ..."a B foo : - ? [ ] { } , \" ' '' \\ &a *a ! !!str | > % @ ` ~ null True 0x1F -1 .5 2026-01-01 10:30 é 😀 << = ... --- / # C# //".split(
    ' ',
  ),
  ' ',
  '  ',
  ': ',
  ' #',
  '- ',
  ', ',
  '\n',
  '\n  ',
  '\n- ',
  '\t',
  '\r',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u200d',
);
const soup = fc.array(bits, { maxLength: 8 }).map((parts) => parts.join(''));
const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'foo',
      'bar baz',
      '"a: b"',
      "'it''s'",
      '"a" # c',
      'x # c',
      'true',
      '~',
      '12',
      '[]',
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom('a', 'C#', '"b, c"', "'d' ", ' e f', '1', 'null'), { minLength: 1 })
      .map((list) => `[${list.join(',')}]`),
  },
  soup,
);

/** Maps and lists by indentation, sound but for the values. */
const { lines } = fc.letrec<{ lines: readonly string[] }>((tie) => {
  const indent = (by: number) => tie('lines').map((below) => below.map((line) => `${' '.repeat(by)}${line}`));
  const entry = fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(keys, value).map(([key, written]) => [`${key}: ${written}`]),
    fc.tuple(keys, fc.constantFrom('', ' ', ' # c')).map(([key, rest]) => [`${key}:${rest}`]),
    fc.constantFrom([''], ['# c'], ['   # c']),
    fc
      .tuple(keys, fc.constantFrom('', ' ', ' # c'), fc.oneof(indent(1), indent(2), indent(4)))
      .map(([key, rest, below]) => [`${key}:${rest}`, ...below]),
    fc
      .tuple(
        keys,
        fc.constantFrom('', '  '),
        fc.array(
          fc.oneof(
            value.map((one) => [one]),
            tie('lines'),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      )
      .map(([key, margin, items]) => [
        `${key}:`,
        ...items.flatMap((item) => item.map((line, index) => `${margin}${index === 0 ? '-' : ' '} ${line}`)),
      ]),
  );
  return { lines: fc.array(entry, { minLength: 1, maxLength: 4 }).map((entries) => entries.flat()) };
});

test('whatever stands in a block, it is read as the parser reads it', () => {
  const sound = lines.map((all) => all.join('\n'));
  const torn = fc.tuple(sound, fc.nat(), bits).map(([raw, at, bit]) => {
    const place = at % (raw.length + 1);
    return `${raw.slice(0, place)}${bit}${raw.slice(place)}`;
  });
  fc.assert(
    fc.property(fc.oneof(sound, torn, soup, fc.string()), (raw) => {
      expect(agrees(raw)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

describe('a block of very many keys', () => {
  const many = Array.from({ length: 40_000 }, (_, index) => `key${index}: "\\t"`);

  test('takes time in proportion to them', async () => {
    const milliseconds = await measureCpu(async () => {
      expect(await readYaml(many.join('\n'))).toHaveProperty('values.key39999', '\t');
    });
    expect(milliseconds).toBeLessThan(10_000);
  });

  test('says which of them is there twice', async () => {
    const block = [...many.slice(0, 2000), 'a:', '  b: 1', '  b: 2', 'key7: 1'].join('\n');
    const fault = { place: { line: 2004, column: 3 }, message: 'the same key stands twice' };
    expect(await readYaml(block)).toEqual(fault);
  });
});
