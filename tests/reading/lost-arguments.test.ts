import { describe, expect, test } from 'vitest';
import type { Unknown } from '../../src/reading/nodes.ts';
import { parsePost } from '../../src/reading/parse.ts';
import type { Dialect } from '../../src/reading/dialects/dialect.ts';
import { mdx } from '../../src/reading/dialects/translate-mdx.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';
import { walk } from '../../src/reading/walk.ts';

function read(text: string, dialect: Dialect) {
  const tree = parsePost(text, dialect);
  const left: Unknown[] = [];
  walk(tree, (node) => {
    if (node.type === 'unknown') left.push(node);
  });
  return { text: toPlainText(tree), left: left.map(({ name, fault }) => `${name} ${fault ?? ''}`.trim()) };
}

describe('a mapping that would lose what is written is refused', () => {
  test.each([
    ['{{< keys "Ctrl+C" >}}', { keys: 'unwrap' }],
    ['Press {{< keys "Ctrl+C" >}} now.', { keys: 'unwrap' }],
    ['{{< keys combo="Ctrl+C" />}}', { keys: 'unwrap' }],
    ['{% keys Ctrl+C %}', { keys: 'tab' }],
  ] as const)('%s as %j', (text, shortcodes) => {
    expect(read(text, { shortcodes }).left).toEqual(['keys incomplete']);
  });

  test.each([
    ['<Keys combo="Ctrl+C" />', 'unwrap'],
    ['Press <Keys combo="Ctrl+C" /> now.', 'unwrap'],
    ['<Keys label="Ctrl+C" />', 'tab'],
  ] as const)('%s as %s', (text, meaning) => {
    expect(read(text, { mdx, components: { Keys: meaning } }).left).toHaveLength(1);
  });

  test('a directive is refused, too', () => {
    const { left } = read('::keys{combo="Ctrl+C"}', { directives: { keys: 'unwrap' } });
    expect(left).toEqual(['keys incomplete']);
  });
});

describe('what shows what is written is taken', () => {
  test.each([
    ['Press {{< keys "Ctrl+C" >}} now.', { keys: 'text' }, 'Press Ctrl+C now.'],
    ['Press {{< keys >}}Ctrl+C{{< /keys >}} now.', { keys: 'unwrap' }, 'Press Ctrl+C now.'],
    ['{{< keys "Ctrl+C" >}}', { keys: 'text' }, 'Ctrl+C'],
    ['{{< keys "Ctrl+C" >}}', { keys: 'drop' }, ''],
    ['{{< keys >}}', { keys: 'unwrap' }, ''],
    ['{{< go "/docs" "the docs" >}}', { go: 'link' }, 'the docs'],
  ] as const)('%s as %j', (text, shortcodes, shown) => {
    expect(read(text, { shortcodes })).toEqual({ text: shown, left: [] });
  });

  test.each([
    ['Press <Keys label="Ctrl+C" /> now.', 'text', 'Press Ctrl+C now.'],
    ['Press <Keys>Ctrl+C</Keys> now.', 'unwrap', 'Press Ctrl+C now.'],
    ['<Keys combo="Ctrl+C" />', 'drop', ''],
    ['<Keys className="x" />', 'unwrap', ''],
    ['See <Keys href="/docs" title="the docs" />.', 'link', 'See the docs.'],
  ] as const)('%s as %s', (text, meaning, shown) => {
    expect(read(text, { mdx, components: { Keys: meaning } })).toEqual({ text: shown, left: [] });
  });
});
