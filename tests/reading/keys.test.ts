import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { printHtml } from '../../src/transform/to-html.ts';

test.each([
  ['Press ++ctrl+alt+f12++ now', 'Press <kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>F12</kbd> now'],
  ['++page-up++ or *++shift+a++*', '<kbd>Page Up</kbd> or <em><kbd>Shift</kbd>+<kbd>A</kbd></em>'],
  ['==x== then ++esc++', '<mark>x</mark> then <kbd>Esc</kbd>'],
  ['C++ and ++i++ and a++b++', 'C++ and ++i++ and a++b++'],
  ['\\++ctrl+c++', '++ctrl+c++'],
  ['`++ctrl+c++`', '<code>++ctrl+c++</code>'],
])('keys as MkDocs has them: %s', (text, html) => {
  expect(printHtml(parsePost(text)).trim()).toBe(`<p>${html}</p>`);
});

test.each([
  [
    '{{< cards >}}\n{{< card link="/a" title="Start" icon="book" subtitle="The *first* steps" >}}\n{{< card link="/b" title="B" >}}\n{{< /cards >}}',
    '<p><a href="/a">Start</a>: The <em>first</em> steps</p>\n<p><a href="/b">B</a></p>',
  ],
  ['{{< card title="Alone" >}}', '<p>Alone</p>'],
])('a card that nothing stands in is its title and what is below it: %s', (text, html) => {
  expect(printHtml(parsePost(text, { shortcodes: {} })).trim()).toBe(html);
});

test('a card of which a picture would be lost is told', () => {
  const [first] = parsePost('{{< card title="A" image="/a.png" >}}', { shortcodes: {} }).children;
  expect(first).toMatchObject({ type: 'unknown', name: 'card', fault: 'incomplete' });
});
