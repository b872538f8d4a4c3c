import { describe, expect, test } from 'vitest';
import { compareTexts } from '../../src/preview/compare-texts.ts';
import { composeEditorUrl } from '../../src/preview/editor-url.ts';
import { toLocalTime } from '../../src/preview/local-time.ts';
import { nameData } from '../../src/preview/show-overview.ts';

describe('a difference', () => {
  const marked = (before: string, after: string) =>
    compareTexts(before, after).flatMap(({ lines }) =>
      lines.map(({ kind, words }) => [
        kind,
        words.map(({ text, marked: isMarked }) => (isMarked ? `[${text}]` : text)).join(''),
      ]),
    );

  test('marks the words of a line that was edited, and leaves the lines around it', () => {
    expect(marked('one\n\nThe trees are tall.\n', 'one\r\n\r\nThe trees are very old.')).toEqual([
      ['same', 'one'],
      ['same', ''],
      ['removed', 'The trees are [tall].'],
      ['added', 'The trees are [very old].'],
    ]);
  });

  test('marks whole lines where others came than went', () => {
    expect(marked('a\n', 'b\nc\n')).toEqual([
      ['removed', '[a]'],
      ['added', '[b]'],
      ['added', '[c]'],
    ]);
  });

  test('pairs each line of a run with its own', () => {
    expect(marked('a one\nb two\n', 'a 1\nb 2\n')).toEqual([
      ['removed', 'a [one]'],
      ['removed', 'b [two]'],
      ['added', 'a [1]'],
      ['added', 'b [2]'],
    ]);
  });

  test('is none where only ends of line differ', () => {
    expect(compareTexts('a\r\nb', 'a\nb\n\n')).toEqual([]);
  });
});

describe('the address that opens a file in an editor', () => {
  const place = { line: 3, column: 7 };
  test.each([
    ['vscode', '/blog/my posts/a#b.md', 'vscode://file/blog/my%20posts/a%23b.md:3:7'],
    ['vscode', 'C:\\blog\\a.md', 'vscode://file/C:/blog/a.md:3:7'],
    ['textmate', '/blog/a.md', 'txmt://open?url=file:///blog/a.md&line=3&column=7'],
    ['mine://{file}?l={line}', '/blog/a.md', 'mine:///blog/a.md?l=3'],
    ['none', '/blog/a.md', undefined],
  ])('of %s', (editor, file, address) => {
    expect(composeEditorUrl(editor, file, place)).toBe(address);
  });
});

test('times are those of the site’s clocks, also where these are put on', () => {
  expect(toLocalTime('2026-03-29T00:30:00Z', 'Europe/London')).toBe('2026-03-29T00:30');
  expect(toLocalTime('2026-03-29T01:30:00.123Z', 'Europe/London')).toBe('2026-03-29T02:30');
});

test('a post’s data has a name that is a file’s on any system', () => {
  expect(nameData('my-post')).toBe('posts/my-post');
  for (const id of ['con', '../up', 'My post', 'ä', 'a'.repeat(100), 'a.b', ''])
    expect(nameData(id)).toMatch(/^posts\/_[\da-f]{32}$/);
});
