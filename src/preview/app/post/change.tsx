import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Change, ChangedLine, CopyView, RemoteView } from '../../define.ts';
import { askRemote } from '../data.ts';

interface Given {
  readonly post: string;
  readonly copy: CopyView;
  /** Whether the target can be asked what it holds. */
  readonly asks: boolean;
}

/** What the copy would get now against what it last took and, when asked, against what the target holds. */
export function ChangePanel({ post, copy, asks }: Given): JSX.Element {
  const remote = useSignal<RemoteView | undefined>(undefined);
  const said = useSignal('');
  const isAsking = useSignal(false);
  const ask = async (): Promise<void> => {
    isAsking.value = true;
    try {
      remote.value = await askRemote(post, copy.target);
      said.value = remote.value.message;
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
    isAsking.value = false;
  };
  return (
    <div class="changes">
      {copy.change === undefined ? (
        <p class="nothing">It would get what it last took.</p>
      ) : (
        <>
          <p class="hint">What changed: {copy.change.what}.</p>
          <ChangeText change={copy.change} />
        </>
      )}
      {asks && (
        <div class="remote">
          <button type="button" class="button" disabled={isAsking.value} onClick={() => void ask()}>
            Against what {copy.target} holds now
          </button>
          <div role="status">
            <p class="hint">{isAsking.value ? `Asking ${copy.target} …` : said.value}</p>
          </div>
          {remote.value?.change !== undefined && (
            <>
              <p class="hint">What it holds now, against what it would get:</p>
              <ChangeText change={remote.value.change} />
            </>
          )}
        </div>
      )}
    </div>
  );
}

function ChangeText({ change }: { readonly change: Change }): JSX.Element {
  return (
    <>
      {change.hunks === undefined ? (
        <p class="hint">What was last sent is not kept, so its words cannot be compared.</p>
      ) : (
        change.hunks.map((hunk) => (
          <div key={`${hunk.before}:${hunk.after}`} class="hunk">
            <p class="hunk-head">line {hunk.after}</p>
            <ol>
              {hunk.lines.map((line, index) => (
                <li key={index} class={line.kind}>
                  <Line line={line} />
                </li>
              ))}
            </ol>
          </div>
        ))
      )}
    </>
  );
}

const told = { same: '', removed: 'removed: ', added: 'added: ' } as const;

function Line({ line }: { readonly line: ChangedLine }): JSX.Element {
  const Marked = line.kind === 'removed' ? 'del' : 'ins';
  return (
    <>
      {line.kind !== 'same' && <span class="unseen">{told[line.kind]}</span>}
      {line.words.map(({ text, marked }, index) => (marked ? <Marked key={index}>{text}</Marked> : text))}
      {line.words.length === 0 && ' '}
    </>
  );
}
