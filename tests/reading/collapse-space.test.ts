import { minifyWhitespace } from 'hast-util-minify-whitespace';
import { expect, test } from 'vitest';
import { collapseSpace } from '../../src/reading/html/collapse-space.ts';
import { parseBareHtml } from '../../src/reading/html/parse-html.ts';

const tags =
  'p div span b i a code pre br hr img td table tr li ul h2 input textarea script svg nobr details summary'.split(
    ' ',
  );
const blanks = ['', ' ', '\n', '  \t', '\u00A0', ' \n '];

/** The same sequence of numbers each time. */
function openChance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function makeHtml(chance: (below: number) => number, depth: number): string {
  return Array.from({ length: 1 + chance(4) }, () => {
    const blank = (): string => blanks[chance(blanks.length)] ?? '';
    if (depth === 0 || chance(3) === 0) return `${blank()}${chance(3) === 0 ? '' : 'word'}${blank()}`;
    const tag = tags[chance(tags.length)] ?? 'p';
    const attributes = chance(9) === 0 ? (chance(2) === 0 ? ' hidden' : ' nowrap') : '';
    return `<${tag}${attributes}>${makeHtml(chance, depth - 1)}</${tag}>`;
  }).join('');
}

test('blanks are collapsed as the library does, in mixes of elements and blanks', () => {
  for (let seed = 1; seed <= 120; seed += 1) {
    const html = makeHtml(openChance(seed), 4);
    const [own, expected] = [parseBareHtml(html), parseBareHtml(html)];
    collapseSpace(own);
    minifyWhitespace(expected);
    expect({ html, tree: own }).toEqual({ html, tree: expected });
  }
});
