import type { JSX } from 'preact';
import type { ShownDiagnostic } from '../../define.ts';
import { DiagnosticNote } from './diagnostics.tsx';

interface Given {
  readonly text: string;
  readonly diagnostics: readonly ShownDiagnostic[];
}

/** The post's file line by line, with each fault under the line that it speaks of. */
export function SourceText({ text, diagnostics }: Given): JSX.Element {
  const lines = text.replace(/\n$/, '').split('\n');
  const placeOf = ({ line }: ShownDiagnostic): number => Math.min(Math.max(line, 1), lines.length);
  return (
    <ol class="source" aria-label="The file">
      {lines.map((line, index) => {
        const own = diagnostics.filter((one) => placeOf(one) === index + 1);
        return (
          <li key={index} class={own.length > 0 ? 'is-marked' : undefined}>
            <code>{line === '' ? ' ' : line}</code>
            {own.map((one) => (
              <DiagnosticNote key={`${one.rule}:${one.column}:${one.target ?? ''}`} diagnostic={one} />
            ))}
          </li>
        );
      })}
    </ol>
  );
}
