import { expect, test } from 'vitest';
import { auditBody } from '../../src/blog/audit-body.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { examplePost } from '../examples.ts';

test.each([
  ['[Open](javascript:open())', ['1:1']],
  ['Text.\n\n<p>Text <a href="java&#10;script:open()">Open</a></p>', ['3:9']],
  ['A <a href="vbscript:x">b</a> and [c](data:text/html,x).', ['1:3', '1:34']],
  ['[Open][o]\n\n[o]: javascript:open()', ['3:1']],
  ['> - <div>\n>   <a href="javascript:x()">b</a>\n>   </div>', ['2:5']],
  ['`javascript:` and [a page](https://plum.example/javascript:x)', []],
])('the author is told of each link that runs a script: %j', (text, places) => {
  const found = auditBody(examplePost('one'), { tree: parsePost(text) });
  expect(found.map(({ rule }) => rule)).toEqual(places.map(() => 'post-link-script'));
  expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
});
