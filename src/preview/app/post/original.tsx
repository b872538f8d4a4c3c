import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { PostLine, PostView } from '../../define.ts';
import { Sign } from '../icons.tsx';
import { Choices } from './choices.tsx';
import { DiagnosticList } from './diagnostics.tsx';
import { FrameBox } from './frame.tsx';
import { SourceText } from './source.tsx';

const mode = signal<'page' | 'source'>('page');

/** The original as the author wrote it: as it reads, or its file with what is wrong beside the lines. */
export function Original({ line, view }: { readonly line: PostLine; readonly view: PostView }): JSX.Element {
  const { source, url, html } = view.original;
  const shown = source === undefined ? 'page' : mode.value;
  return (
    <>
      <div class="column-top">
        <header class="copy-head">
          <h2>{url === '' ? 'Letter' : 'Original'}</h2>
          {url !== '' && (
            <span class="actions">
              <a class="tool" href={url} target="_blank" rel="noreferrer" title="Open the original">
                <Sign name="out" />
                <span class="unseen">Open the original</span>
              </a>
            </span>
          )}
        </header>
        <p class="why" title={url}>
          {url === '' ? 'as it is written' : url.replace(/^https?:\/\//, '')}
        </p>
        <Choices
          name="The original"
          all={[
            { key: 'page', label: 'as it reads' },
            ...(source === undefined
              ? []
              : [{ key: 'source' as const, label: 'file', number: view.diagnostics.length }]),
          ]}
          chosen={shown}
          choose={(key) => (mode.value = key)}
        />
      </div>
      {shown === 'source' && source !== undefined ? (
        <SourceText text={source.text} diagnostics={view.diagnostics} />
      ) : (
        <>
          <DiagnosticList diagnostics={view.diagnostics.filter(({ target }) => target === undefined)} />
          <FrameBox title={`${line.title}, the original`} html={html} widths={[]} marks={[]} diagrams={[]} />
        </>
      )}
    </>
  );
}
