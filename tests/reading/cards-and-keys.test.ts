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

test('a drawing of folders and files is a list in lists', () => {
  const drawn = [
    '{{< filetree/container >}}',
    '  {{< filetree/folder name="content" >}}',
    '    {{< filetree/file name="_index.md" >}}',
    '    {{< filetree/folder name="docs" state="closed" >}}',
    '      {{< filetree/file name="a b.md" >}}',
    '    {{< /filetree/folder >}}',
    '  {{< /filetree/folder >}}',
    '  {{< filetree/file name="hugo.toml" >}}',
    '{{< /filetree/container >}}',
  ].join('\n');
  const html = printHtml(parsePost(`Before.\n\n${drawn}\n\nAfter.`, { shortcodes: {} }));
  const file = (name: string, inside = ''): string => `<li><code>${name}</code>${inside}</li>`;
  expect(html.replaceAll('\n', '')).toBe(
    `<p>Before.</p><ul>${file('content/', `<ul>${file('_index.md')}${file('docs/', `<ul>${file('a b.md')}</ul>`)}</ul>`)}${file('hugo.toml')}</ul><p>After.</p>`,
  );
  const [first] = parsePost(drawn.replace('_index.md" >}}', '_index.md" >}} and words'), {
    shortcodes: {},
  }).children;
  expect(first?.type).toBe('unknown');
});

test('a card of which a picture would be lost is told', () => {
  const [first] = parsePost('{{< card title="A" image="/a.png" >}}', { shortcodes: {} }).children;
  expect(first).toMatchObject({ type: 'unknown', name: 'card', fault: 'incomplete' });
});
