import type { JSX } from 'preact';
import type { ShownDiagnostic } from '../../define.ts';
import { Sign } from '../icons.tsx';

/** How many faults are shown at once, so that the copy below them stays in sight. */
const mostShown = 4;

/** What is wrong, each with the place that opens in the author's editor. */
export function DiagnosticList({
  diagnostics,
}: {
  readonly diagnostics: readonly ShownDiagnostic[];
}): JSX.Element | null {
  if (diagnostics.length === 0) return null;
  const shown = diagnostics.length > mostShown + 1 ? diagnostics.slice(0, mostShown) : diagnostics;
  const more = diagnostics.slice(shown.length);
  return (
    <>
      <Notes name="What is wrong" diagnostics={shown} />
      {more.length > 0 && (
        <details class="more-diagnostics">
          <summary>{more.length} more</summary>
          <Notes name="What else is wrong" diagnostics={more} />
        </details>
      )}
    </>
  );
}

function Notes(props: {
  readonly name: string;
  readonly diagnostics: readonly ShownDiagnostic[];
}): JSX.Element {
  return (
    <ul class="diagnostics" aria-label={props.name}>
      {props.diagnostics.map((one) => (
        <li key={`${one.rule}:${one.line}:${one.column}:${one.target ?? ''}:${one.message}`}>
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
