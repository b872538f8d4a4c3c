import type { JSX } from 'preact';
import type { CopyView } from '../../define.ts';
import { CopyButton } from './copy-button.tsx';

/** The body that is sent, letter by letter, and what is sent beside it. */
export function RawBody({ copy }: { readonly copy: CopyView }): JSX.Element {
  const { raw, fields } = copy;
  return (
    <div class="raw">
      {fields.length > 0 && (
        <dl class="fields">
          {fields.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {raw !== undefined && (
        <>
          <div class="raw-head">
            <span class="detail">
              {raw.language}, {raw.text.length.toLocaleString('en')} characters
            </span>
            <CopyButton text={raw.text} label="copy" />
          </div>
          <pre tabIndex={0} role="region" aria-label={`What ${copy.target} is sent`}>
            <code>{raw.text}</code>
          </pre>
        </>
      )}
    </div>
  );
}
