import type { Nodes } from 'mdast';
import { expect, test } from 'vitest';
import type { Dialect } from '../../src/reading/dialects/dialect.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { walk } from '../../src/reading/walk.ts';

/** The words of a post, and in brackets what they are in. */
function show(text: string, dialect: Dialect = {}): string {
  const parts: string[] = [];
  walk(parsePost(text, dialect), (node) => {
    parts.push(...name(node));
  });
  return parts.join(' ');
}

function name(node: Nodes): readonly string[] {
  if (node.type === 'text' || node.type === 'html') return [node.value.trim()];
  if (node.type === 'code') return [`[${node.lang}: ${node.value}]`];
  if (node.type === 'image') return [`[${node.url}: ${node.alt}]`];
  if (node.type === 'link') return [`[to ${node.url}]`];
  if (node.type === 'unknown') return [`[unknown ${node.name}]`];
  return node.type === 'break' || node.type === 'strong' || node.type === 'blockquote'
    ? [`[${node.type}]`]
    : [];
}

test.each([
  ['a link to a post', '{% post_link low-tide Low tide %}', '[to broadside-ref:low-tide] Low tide'],
  ['a link to a post, which has its title', '{% post_link low-tide %}', '[unknown post_link]'],
  ['a link to a file', 'See {% asset_link tides.pdf The tides %}.', 'See [to tides.pdf] The tides .'],
  ['a picture', '{% asset_img left boat.jpg 500 A boat %}', '[boat.jpg: A boat]'],
  ['a picture with a title', `{% asset_img boat.jpg "Boats 'A boat'" %}`, '[boat.jpg: A boat]'],
  ['a button', '{% btn https://tide.example, Read on, book fa-fw %}', '[to https://tide.example] Read on'],
  ['a label', 'It is {% label primary@very low %} now.', 'It is very low now.'],
  ['a quote', '{% cq %}\nLow *tide*.\n{% endcq %}', '[blockquote] Low tide .'],
  ['a diagram', '{% mermaid graph TD %}\nA --> B\n{% endmermaid %}', '[mermaid: graph TD\nA --> B]'],
  [
    'tabs',
    '{% tabs Tides %}\n<!-- tab -->\nOne.\n<!-- endtab -->\n\n<!-- tab Second@fire -->\nTwo.\n<!-- endtab -->\n{% endtabs %}',
    'One. [strong] Second Two.',
  ],
])('Hexo and NexT: %s', (_, text, shown) => {
  expect(show(text)).toBe(shown);
});

test('lines end where they do in the file only where the site shows them so', () => {
  expect(show('Low\ntide, *and\nhigh*.', { breaks: true })).toBe('Low [break] tide, and [break] high .');
  expect(show('Low\ntide.')).toBe('Low\ntide.');
});

test('a script that brings components into a post shows nothing', () => {
  expect(show("<script>\n  import Boat from './Boat.svelte';\n</script>\n\nLow tide.")).toBe('Low tide.');
  expect(show('<script setup lang="ts">\nconst a = 1;\n</script>\n\nLow tide.')).toBe('Low tide.');
  expect(show('<script src="https://tide.example/a.js"></script>\n\nLow tide.')).toContain(
    'tide.example/a.js',
  );
  expect(show('<script>\nshowTide();\n</script>\n\nLow tide.')).toContain('showTide');
  expect(
    show('<script generic="T extends Map<string, Tide>" setup>\nconst a = 1;\n</script>\n\nLow tide.'),
  ).toBe('Low tide.');
  expect(show('<script data-a="for setup">\nshowTide();\n</script>\n\nLow tide.')).toContain('showTide');
  expect(show('<script setup></script><p>High tide.</p><script></script>')).toContain('High tide.');
});

test('a diagram is found by its class, and is what browsers read in its element', () => {
  expect(show('<div title="a > b" class="wide mermaid">\nA --&gt; B &rarr; C<br>D\n</div>')).toBe(
    '[mermaid: A --> B → C<br/>D]',
  );
  expect(show('<pre class="mermaid"><code class="a > b">A --> B</code></pre>')).toBe('[mermaid: A --> B]');
  expect(show('<p><i class="mermaid"></i>Low tide.</p>')).not.toContain('[mermaid');
  expect(show('<div title=\'class="mermaid"\'>Low tide.</div>')).not.toContain('[mermaid');
});
