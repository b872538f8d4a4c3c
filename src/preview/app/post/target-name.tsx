import type { JSX } from 'preact';
import type { CopyView } from '../../define.ts';
import { StateIcon } from '../icons.tsx';
import { nameState } from '../words.ts';

/** A target's name with the sign of the copy's state. */
export function TargetName({ copy }: { readonly copy: CopyView }): JSX.Element {
  const { state } = copy.state;
  return (
    <>
      {copy.target}
      <span class={`state ${state}`} title={nameState(state)}>
        <StateIcon state={state} />
        <span class="unseen">{nameState(state)}</span>
      </span>
    </>
  );
}
