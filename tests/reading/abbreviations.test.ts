import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';

test.each([
  ['*[HTML]: Hyper Text', ''],
  ['Read HTML.\n*[HTML]: Hyper Text', 'Read HTML.'],
  ['> Read HTML.\n>\n> *[HTML]: Hyper Text', 'Read HTML.'],
  [String.raw`\*\[x]: y`, '*[x]: y'],
  [String.raw`\*[x]: y`, '*[x]: y'],
  ['One\n' + String.raw`\*[x]: y` + '\n*[HTML]: Hyper Text', 'One *[x]: y'],
])('%j says %j', (text, right) => {
  expect(toPlainText(parsePost(text)).trim()).toBe(right);
});
