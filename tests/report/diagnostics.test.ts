import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { countFaults, sortDiagnostics } from '../../src/report/diagnostics.ts';

function tagFault(file: string, tag: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const words = { message: `The tag "${tag}" goes by another name.`, remedy: 'Say which.' };
  return { rule: 'devto-tag-characters', severity: 'warning', ...words, file, line: 4, column: 1, ...more };
}

describe('what several posts have in common', () => {
  it('is told at the first of them alone, where the same words say nothing new of another', () => {
    const faults = [
      tagFault('posts/b.md', 'C#', { once: true }),
      tagFault('posts/a.md', 'C#', { once: true }),
      tagFault('posts/b.md', 'F#', { once: true }),
    ];
    expect(sortDiagnostics(faults).map(({ file, message }) => `${file} ${message.slice(8, 12)}`)).toEqual([
      'posts/a.md "C#"',
      'posts/b.md "F#"',
    ]);
    expect(countFaults(faults)).toEqual({ errors: 0, warnings: 2 });
  });

  it('is told of each post everywhere else, and of each place once for all targets', () => {
    const faults = [
      tagFault('posts/a.md', 'C#'),
      tagFault('posts/b.md', 'C#'),
      tagFault('posts/a.md', 'C#', { target: 'forem' }),
    ];
    expect(sortDiagnostics(faults)).toHaveLength(2);
  });
});
