import { expect, test } from 'vitest';
import { describeReason } from '../../src/report/format-plan.ts';
import { exampleAction } from '../examples.ts';

test('a post from before its target was opened is called old and not held, since it waits for nobody', () => {
  const told = { timezone: 'UTC' };
  const note = 'dated before the target was opened';
  expect(describeReason(exampleAction('hold', 'one', { reason: 'old', note }), told)).toBe(`old, ${note}`);
  expect(describeReason(exampleAction('hold', 'one', { reason: 'drifted', note }), told)).toBe(
    `held: drifted, ${note}`,
  );
});
