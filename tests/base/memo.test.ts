import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openMemo } from '../../src/base/memo.ts';
import { openFolder } from '../workspace.ts';

interface Kept {
  readonly text: string;
}

const count = 50;

/** A folder with a memo of many values in it. */
function fillMemo(): string {
  const root = openFolder();
  const memo = openMemo<Kept>(root, 'posts', 'key');
  for (let index = 0; index < count; index += 1)
    memo.remember(`post ${index}`, `digest ${index}`, { text: `line ${index}\n"\u2028\uD800` });
  memo.save();
  return root;
}

const open = (root: string, key = 'key') => openMemo<Kept>(root, 'posts', key);
const fileOf = (root: string) => join(root, '.broadside/cache/posts.json');

test('a value is given back as it was, under what it was made from alone', () => {
  const memo = open(fillMemo());
  expect(memo.find('post 7', 'digest 7')).toEqual({ text: 'line 7\n"\u2028\uD800' });
  expect(memo.find('post 7', 'digest 8')).toBeUndefined();
  expect(memo.find('post 7', undefined)).toBeUndefined();
  expect(memo.find('post 99', 'digest 99')).toBeUndefined();
  expect([memo.knows('post 7'), memo.knows('post 99')]).toEqual([true, false]);
});

test('only the values that are asked for are parsed, each once', () => {
  const root = fillMemo();
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => parse.mockRestore());
  const memo = open(root);
  expect(memo.knows('post 1')).toBe(true);
  const before = parse.mock.calls.length;
  const found = memo.find('post 1', 'digest 1');
  expect(memo.find('post 1', 'digest 1')).toBe(found);
  expect(memo.find('post 2', 'another digest')).toBeUndefined();
  expect(parse.mock.calls.length - before).toBe(1);
});

test('what was asked for is kept beside what is new, and the rest is forgotten', () => {
  const root = fillMemo();
  const memo = open(root);
  const found = memo.find('post 3', 'digest 3');
  memo.remember('post 4', 'new digest', { text: 'new' });
  memo.save();
  const after = open(root);
  expect(after.find('post 3', 'digest 3')).toEqual(found);
  expect(after.find('post 4', 'new digest')).toEqual({ text: 'new' });
  expect(after.knows('post 5')).toBe(false);
});

test('a value can be read after another file was put in the place of its own', () => {
  const root = fillMemo();
  const memo = open(root);
  const recalled = memo.recall('post 3', 'digest 3');
  writeFileSync(`${fileOf(root)}.new`, 'another');
  renameSync(`${fileOf(root)}.new`, fileOf(root));
  expect(recalled?.read()).toEqual({ text: 'line 3\n"\u2028\uD800' });
});

test('many values, long ones among them, and old beside new, are told apart', () => {
  const root = openFolder();
  const name = (index: number) => `post ${index}`;
  const textOf = (index: number) => `${index} `.repeat(index % 97 === 0 ? 60_000 : 3);
  const all = Array.from({ length: 1200 }, (_, index) => index);
  const memo = open(root);
  for (const index of all) memo.remember(name(index), 'from', { text: textOf(index) }, `note ${index}`);
  memo.save();
  const later = open(root);
  for (const index of all) later.recall(name(index), 'from');
  for (const index of all.slice(0, 20)) later.remember(name(index), 'from', { text: 'new' });
  later.save();
  expect(later.find(name(1100), 'from')?.text).toBe(textOf(1100));
  const last = open(root);
  for (const index of all.toReversed())
    expect(last.find(name(index), 'from')?.text).toBe(index < 20 ? 'new' : textOf(index));
  expect(last.recall(name(700), 'from')?.note).toBe('note 700');
});

test('a file that was damaged, cut or made with another key counts for nothing', () => {
  const root = fillMemo();
  const whole = readFileSync(fileOf(root), 'utf8');
  const find = (key?: string) => open(root, key).find('post 1', 'digest 1');
  expect(find()).toBeDefined();
  expect(find('another key')).toBeUndefined();
  for (const damaged of [whole.slice(0, -20), whole.replace('line 1', 'line 2'), 'nothing', '']) {
    writeFileSync(fileOf(root), damaged);
    expect(find()).toBeUndefined();
  }
  writeFileSync(fileOf(root), whole);
  appendFileSync(fileOf(root), 'x');
  expect(find()).toBeUndefined();
});
