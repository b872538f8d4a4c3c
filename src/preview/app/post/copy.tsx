import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ShownState, CopyView, Overview, PostView } from '../../define.ts';
import { Sign, StateIcon } from '../icons.tsx';
import { targets } from '../state.ts';
import { describeState, nameState, shortenReason, tellState } from '../words.ts';
import { ChangePanel } from './change.tsx';
import { Choices } from './choices.tsx';
import { CopyButton } from './copy-button.tsx';
import { DiagnosticList } from './diagnostics.tsx';
import { FrameBox } from './frame.tsx';
import { HandSteps } from './hand.tsx';
import { RawBody } from './raw.tsx';

/** What of a copy is looked at, by target: kept while the person goes from post to post, and while files change. */
const ways = signal<ReadonlyMap<string, string>>(new Map());

interface Given {
  readonly copy: CopyView;
  readonly view: PostView;
  readonly all: Overview;
}

/** A copy as its readers see it, the body that is sent, and what would change. */
export function Copy({ copy, view, all }: Given): JSX.Element {
  const { target, state } = copy;
  const frames = copy.view?.frames ?? [];
  const asks = targets.value.get(target)?.asks === true && state.url !== undefined;
  const choices = [
    ...frames.map(({ name }) => ({ key: `see ${name}`, label: name })),
    ...(copy.raw === undefined ? [] : [{ key: 'sent', label: 'sent' }]),
    ...(copy.change === undefined && !asks
      ? []
      : [{ key: 'changes', label: 'changes', number: copy.change?.hunks?.length ?? 0 }]),
  ];
  const wanted = ways.value.get(target);
  const way = choices.find(({ key }) => key === wanted)?.key ?? choices[0]?.key ?? '';
  const frame = frames.find(({ name }) => way === `see ${name}`);
  return (
    <>
      <div class="column-top">
        <CopyHead copy={copy} all={all} />
        <Choices
          name={`What of ${target}`}
          all={choices}
          chosen={way}
          choose={(key) => (ways.value = new Map([...ways.value, [target, key]]))}
        />
      </div>
      {copy.hand !== undefined && state.state === 'by-hand' && (
        <HandSteps post={view.id} copy={copy} hand={copy.hand} />
      )}
      <DiagnosticList diagnostics={view.diagnostics.filter((one) => one.target === target)} />
      {frame !== undefined && (
        <FrameBox
          key={frame.name}
          title={`${view.original.title} on ${target}, ${frame.name}`}
          html={frame.html}
          widths={frame.widths ?? []}
          marks={frame.marks ?? []}
          diagrams={frame.diagrams ?? []}
        />
      )}
      {way === 'sent' && <RawBody copy={copy} />}
      {way === 'changes' && <ChangePanel post={view.id} copy={copy} asks={asks} />}
      {way === '' && (
        <p class="nothing">{state.reason === '' ? 'It does not go there.' : `${state.reason}.`}</p>
      )}
    </>
  );
}

function CopyHead({ copy, all }: { readonly copy: CopyView; readonly all: Overview }): JSX.Element {
  const { target, state, copyText } = copy;
  const detail = describeState(state, all.local);
  return (
    <>
      <header class="copy-head">
        <h2>{target}</h2>
        {copy.kind !== target && <span class="kind">{copy.kind}</span>}
        <span class={`state ${state.state}`} title={tellState(state, all.local)}>
          <StateIcon state={state.state} />
          {nameState(state.state)}
        </span>
        <span class="actions">
          {copyText !== undefined && state.state !== 'by-hand' && (
            <CopyButton text={copyText} label="copy text" />
          )}
          {state.url !== undefined && (
            <a class="tool" href={state.url} target="_blank" rel="noreferrer" title="Open the copy">
              <Sign name="out" />
              <span class="unseen">Open the copy on {target}</span>
            </a>
          )}
        </span>
      </header>
      <p class="why" title={detail}>
        {detail === '' ? describeReason(state) : state.state === 'changed' ? `changed: ${detail}` : detail}
      </p>
    </>
  );
}

function describeReason({ state, reason }: ShownState): string {
  return state === 'new' ? 'the next publish sends it' : shortenReason(reason);
}
