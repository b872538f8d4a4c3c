import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';
import { spellScriptsInHtml } from '../../src/transform/plain-scripts-in-html.ts';

test.each([
  ['10<sup>2</sup>', '10²'],
  ['10<sup>-12</sup> m', '10⁻¹² m'],
  ['H<sub>2</sub>O', 'H₂O'],
  ['2<sup>n</sup>', '2ⁿ'],
  ['x<sup>i</sup>', 'x^i'],
  ['x<sup>i + 1</sup>', 'x^(i + 1)'],
  ['a<sub>max</sub>', 'a_max'],
  ['the 1<sup>st</sup> and the 2<sup>nd</sup>', 'the 1st and the 2nd'],
  ['Plum<sup>TM</sup>', 'PlumTM'],
  ['le 19<SUP class="x">e</SUP>', 'le 19e'],
  ['10<sup title="a > b">2</sup>', '10²'],
])('%s as plain text is %s', (written, right) => {
  expect(toPlainText(parsePost(written))).toBe(right);
  expect(spellScriptsInHtml(written)).toBe(right);
});

test('a raised link stays a link', () => {
  const written = 'word<sup>[1](https://plum.example/a)</sup>';
  expect(toPlainText(parsePost(written))).toBe('word1');
  expect(spellScriptsInHtml('word<sup><a href="#a">1</a></sup>')).toBe('word<sup><a href="#a">1</a></sup>');
});
