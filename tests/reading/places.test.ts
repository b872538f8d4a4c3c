import { expect, it } from 'vitest';
import { placeBehind } from '../../src/reading/place-behind.ts';
import { placeOf } from '../../src/reading/place-of.ts';

it('a text ends in its last line, and on the line it began in only where it is one', () => {
  expect(placeBehind({ line: 3, column: 5 }, '')).toEqual({ line: 3, column: 5 });
  expect(placeBehind({ line: 3, column: 5 }, 'abc')).toEqual({ line: 3, column: 8 });
  expect(placeBehind({ line: 3, column: 5 }, 'abc\n\nde')).toEqual({ line: 5, column: 3 });
});

it('a node without a place stands at the top of its file', () => {
  const end = { line: 2, column: 9, offset: 12 };
  expect(placeOf({ position: { start: { line: 2, column: 4, offset: 7 }, end } })).toEqual({
    line: 2,
    column: 4,
  });
  expect(placeOf({})).toEqual({ line: 1, column: 1 });
});
