import { diffWordsWithSpace, structuredPatch } from 'diff';
import type { ChangedLine, Hunk } from './define.ts';

/** How many lines around a change are shown with it. */
const contextLines = 2;

/** Lines longer than this are marked as a whole: finding the words that differ would take too long. */
const longestLine = 5000;

/** The lines that differ between two texts, with the words that do. Ends of line are not told apart. */
export function compareTexts(before: string, after: string): readonly Hunk[] {
  const patch = structuredPatch('', '', endLines(before), endLines(after), '', '', { context: contextLines });
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    before: oldStart,
    after: newStart,
    lines: markLines(lines.filter((line) => !line.startsWith('\\'))),
  }));
}

function endLines(text: string): string {
  return `${text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '')}\n`;
}

/** A run of removed lines and the added ones after it are told apart by their words. */
function markLines(lines: readonly string[]): readonly ChangedLine[] {
  const marked: ChangedLine[] = [];
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? '';
    if (line.startsWith(' ')) {
      marked.push({ kind: 'same', words: [{ text: line.slice(1), marked: false }] });
      index += 1;
      continue;
    }
    const removed = takeRun(lines, index, '-');
    const added = takeRun(lines, index + removed.length, '+');
    marked.push(...markWords(removed, added));
    index += removed.length + added.length;
  }
  return marked;
}

function takeRun(lines: readonly string[], from: number, sign: string): readonly string[] {
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => !line.startsWith(sign));
  return (end === -1 ? rest : rest.slice(0, end)).map((line) => line.slice(1));
}

/** Lines are compared one by one where as many came as went, which is how people edit. */
function markWords(removed: readonly string[], added: readonly string[]): readonly ChangedLine[] {
  const pairs =
    removed.length === added.length
      ? removed.map((line, index) => compareLines(line, added[index] ?? ''))
      : [];
  const whole = (kind: 'removed' | 'added', lines: readonly string[]) =>
    lines.map((text): ChangedLine => ({ kind, words: [{ text, marked: true }] }));
  return pairs.length > 0
    ? [...pairs.map(({ before }) => before), ...pairs.map(({ after }) => after)]
    : [...whole('removed', removed), ...whole('added', added)];
}

function compareLines(
  before: string,
  after: string,
): { readonly before: ChangedLine; readonly after: ChangedLine } {
  const words =
    before.length > longestLine || after.length > longestLine
      ? [
          { value: before, removed: true, added: false },
          { value: after, removed: false, added: true },
        ]
      : diffWordsWithSpace(before, after);
  const side = (kind: 'removed' | 'added'): ChangedLine => ({
    kind,
    words: words
      .filter((word) => (kind === 'removed' ? !word.added : !word.removed))
      .map((word) => ({ text: word.value, marked: word[kind] })),
  });
  return { before: side('removed'), after: side('added') };
}
