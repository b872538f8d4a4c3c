import { expect, it } from 'vitest';
import { compareText } from '../../src/base/compare-text.ts';
import { countOf } from '../../src/base/count-of.ts';
import { decodePercent } from '../../src/base/decode-percent.ts';
import { isFields } from '../../src/base/is-fields.ts';
import { listWords } from '../../src/base/list-words.ts';
import { parseJson } from '../../src/base/parse-json.ts';
import { shorten } from '../../src/base/shorten.ts';

it('counts one, none and several', () => {
  expect([0, 1, 2].map((count) => countOf(count, 'post'))).toEqual(['0 posts', '1 post', '2 posts']);
  expect(countOf(2, 'copy is', 'copies are')).toBe('2 copies are');
});

it('lists words as a sentence does', () => {
  const lists = [[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((words) => listWords(words, 'and'));
  expect(lists).toEqual(['', 'a', 'a and b', 'a, b and c']);
  expect(listWords(['a', 'b'], 'or')).toBe('a or b');
});

it('shortens what is too long, and never to half a character', () => {
  expect([shorten('abcd', 4), shorten('abcde', 4)]).toEqual(['abcd', 'abc…']);
  expect(shorten('ab🌊de', 4).isWellFormed()).toBe(true);
});

it('compares texts by their code units, whatever the locale', () => {
  expect(['é', 'b', 'a', 'B', 'a'].toSorted(compareText)).toEqual(['B', 'a', 'a', 'b', 'é']);
});

it('tells a map of fields from a list, and from nothing', () => {
  expect([{}, [], null, undefined, 'a'].map(isFields)).toEqual([true, false, false, false, false]);
});

it('reads percent signs, and leaves a text in which one stands for no character', () => {
  expect(['a%20b', '%E2%82%AC', '100%', '%20%E2'].map(decodePercent)).toEqual(['a b', '€', '100%', '%20%E2']);
});

it('reads JSON, and nothing from what is none', () => {
  expect(['{"a":[1]}', 'null', '', '{'].map(parseJson)).toEqual([{ a: [1] }, null, undefined, undefined]);
});
