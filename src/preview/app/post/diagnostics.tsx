import type { JSX } from 'preact';
import type { ShownDiagnostic } from '../../define.ts';
import { Sign } from '../icons.tsx';

/** What is wrong, each with the place that opens in the author's editor. */
export function DiagnosticList({
  diagnostics,
}: {
  readonly diagnostics: readonly ShownDiagnostic[];
}): JSX.Element | null {
  if (diagnostics.length === 0) return null;
  return (
    <ul class="diagnostics" aria-label="What is wrong">
      {diagnostics.map((one) => (
        <li key={`${one.rule}:${one.line}:${one.column}:${one.target ?? ''}`}>
          <DiagnosticNote diagnostic={one} />
        </li>
      ))}
    </ul>
  );
}

/** One fault: what a reader would see, and what the author can do. */
export function DiagnosticNote({ diagnostic }: { readonly diagnostic: ShownDiagnostic }): JSX.Element {
  const { severity, message, remedy, rule, target, file, line, column, editorUrl } = diagnostic;
  const place = `${line}:${column}`;
  return (
    <div class={`diagnostic ${severity}`}>
      <Sign name={severity} />
      <div>
        <p>
          <span class="unseen">{severity}: </span>
          {target !== undefined && <span class="of">{target}: </span>}
          {message}
        </p>
        <p class="remedy">{remedy}</p>
        <p class="where">
          {editorUrl === undefined ? (
            <span title={file}>line {place}</span>
          ) : (
            <a href={editorUrl} title={`Open ${file} in the editor`}>
              <Sign name="edit" /> <span class="unseen">Open {file} at </span>line {place}
            </a>
          )}
          <code>{rule}</code>
        </p>
      </div>
    </div>
  );
}
