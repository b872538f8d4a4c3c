import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { CopyView, HandGuide } from '../../define.ts';
import { recordCopy } from '../data.ts';
import { Sign } from '../icons.tsx';
import { overview } from '../state.ts';
import { CopyButton } from './copy-button.tsx';

interface Given {
  readonly post: string;
  readonly copy: CopyView;
  readonly hand: HandGuide;
}

/** What a person does to make a copy, step by step, and the field for the address that it got. */
export function HandSteps({ post, copy, hand }: Given): JSX.Element {
  const { title, importUrl, command } = hand;
  const { url } = copy.state;
  const isThere = url !== undefined;
  return (
    <ol class="hand">
      {importUrl === undefined || isThere ? (
        <li>
          <span>
            {isThere
              ? `Copy it, and put it in the place of what is on ${title}.`
              : `Copy it, and paste it on ${title}.`}
          </span>
          <CopyButton
            text={copy.copyText ?? ''}
            label={copy.raw?.language === 'html' ? 'copy formatted' : 'copy text'}
            {...(copy.raw?.language === 'html' ? { html: copy.raw.text } : {})}
          />
        </li>
      ) : (
        <li>
          <span>Open the page of {title} that imports, which has the original's address.</span>
          <a class="button" href={importUrl} target="_blank" rel="noreferrer">
            <Sign name="out" /> import
          </a>
        </li>
      )}
      <li>
        <span>
          {isThere
            ? 'Say that it is done, even if you leave the copy as it is.'
            : 'Enter its address, so that it is remembered.'}
        </span>
        {overview.value?.token === undefined ? (
          <>
            <code>{isThere ? command.replace(/URL$/, url) : command}</code>
            <CopyButton text={isThere ? command.replace(/URL$/, url) : command} label="copy command" />
          </>
        ) : (
          <AddressField
            key={url}
            post={post}
            target={copy.target}
            fingerprint={hand.fingerprint}
            token={overview.value.token}
            known={url ?? ''}
          />
        )}
      </li>
    </ol>
  );
}

interface FieldGiven {
  readonly post: string;
  readonly target: string;
  readonly fingerprint: string;
  readonly token: string;
  /** Where the copy is as far as that is known; empty where it is not there yet. */
  readonly known: string;
}

function AddressField({ post, target, fingerprint, token, known }: FieldGiven): JSX.Element {
  const said = useSignal('');
  const isBusy = useSignal(false);
  const send = async (url: string): Promise<void> => {
    isBusy.value = true;
    try {
      const { message } = await recordCopy({ post, target, url, fingerprint, token });
      said.value = message;
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
    isBusy.value = false;
  };
  return (
    <form
      class="address"
      onSubmit={(event) => {
        event.preventDefault();
        const url = new FormData(event.currentTarget).get('url');
        if (typeof url === 'string' && url !== '') void send(url);
      }}
    >
      <input
        name="url"
        type="url"
        required
        defaultValue={known}
        placeholder="https://…"
        aria-label={`The address of the copy on ${target}`}
      />
      <button type="submit" class="button primary" disabled={isBusy.value}>
        Record
      </button>
      <p class="hint" role="status">
        {said.value}
      </p>
    </form>
  );
}
