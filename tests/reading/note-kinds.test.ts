import { expect, test } from 'vitest';
import { mdx } from '../../src/reading/dialects/translate-mdx.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';

test.each([
  ['<Aside>Mind the oven.</Aside>', 'Note Mind the oven.'],
  ['<Aside type="caution">Mind the oven.</Aside>', 'Caution Mind the oven.'],
  ['<Aside title="Hot">Mind the oven.</Aside>', 'Hot Mind the oven.'],
  ['<Aside type="tip" title="Hot">Mind the oven.</Aside>', 'Hot Mind the oven.'],
])('%s is shown under the title that the site gives it', (text, shown) => {
  expect(toPlainText(parsePost(text, { mdx })).replaceAll(/\s+/g, ' ')).toBe(shown);
});
