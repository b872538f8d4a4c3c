import { describe, expect, test } from 'vitest';
import { parseBody, openDialect } from '../../src/sources/markdown/parse-body.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';

async function read(text: string, mdxInAll: boolean): Promise<string> {
  const dialect = mdxInAll ? { mdxInAll } : {};
  return toPlainText(parseBody(text, 'posts/a.md', await openDialect(dialect, mdxInAll)));
}

describe('a blog whose .md files are MDX', () => {
  test.each([
    ["import Tabs from '@theme/Tabs';\n\nText.", 'Text.'],
    ['Opening {/* not for readers */}words.', 'Opening words.'],
    ['One.\n\n{/* truncate */}\n\nTwo.', 'One.\n\nTwo.'],
    ['One.\n\n<!-- truncate -->\n\nTwo <!-- hidden\nover lines --> words.', 'One.\n\nTwo words.'],
    ['<Tabs><TabItem label="One">First.</TabItem></Tabs>', 'One\n\nFirst.'],
    ['## Heading {#its-id}', 'Heading'],
    ['{2 + 1 > 2 && "no"}', ''],
    ['`<!-- code -->` and {"text"}', '<!-- code --> and text'],
    ['> <!-- in a quote -->\n> Text.', 'Text.'],
    ['a <b>bold</b> word', 'a bold word'],
    [':::tip A title\n\nText.\n\n:::', 'A title\n\nText.'],
  ])('%j says %j', async (text, shown) => {
    expect(await read(text, true)).toBe(shown);
  });

  test('a comment that never ends, and braces that are none, are faults with a place', async () => {
    await expect(read('Text <!-- never', true)).rejects.toMatchObject({ code: 'POST_UNREADABLE', line: 1 });
    await expect(read('Text.\n\n{a b}', true)).rejects.toMatchObject({ code: 'POST_UNREADABLE', line: 3 });
  });

  test('is one only where the config says so', async () => {
    expect(await read('Opening {/* words */}.', false)).toBe('Opening {/* words */}.');
  });
});
