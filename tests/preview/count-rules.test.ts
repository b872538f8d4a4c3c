import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { countRules } from '../../src/preview/count-rules.ts';

const fault = (rule: Diagnostic['rule'], severity: Diagnostic['severity'], postId: string): Diagnostic => ({
  rule,
  severity,
  message: '',
  remedy: '',
  file: `${postId}.md`,
  line: 1,
  column: 1,
  postId,
});

test('an error comes before a warning that is more frequent, and a frequent one before a rare one', () => {
  const found = [
    fault('post-merge-tag', 'warning', 'one'),
    fault('devto-tags-missing', 'warning', 'one'),
    fault('devto-tags-missing', 'warning', 'two'),
    fault('post-file-missing', 'error', 'two'),
  ];
  expect(countRules(found, [fault('post-empty', 'error', 'three')])).toEqual([
    { rule: 'post-empty', severity: 'error', count: 1, posts: ['three'] },
    { rule: 'post-file-missing', severity: 'error', count: 1, posts: ['two'] },
    { rule: 'devto-tags-missing', severity: 'warning', count: 2, posts: ['one', 'two'] },
    { rule: 'post-merge-tag', severity: 'warning', count: 1, posts: ['one'] },
  ]);
});
