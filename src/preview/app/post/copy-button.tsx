import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { Sign } from '../icons.tsx';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const said = useSignal('');
  const copy = async (): Promise<void> => {
    said.value = (await putOnClipboard(text)) ? 'copied' : 'select and copy it by hand';
    setTimeout(() => (said.value = ''), 2000);
  };
  return (
    <>
      <button type="button" class="button copy-button" onClick={() => void copy()}>
        <Sign name={said.value === 'copied' ? 'done' : 'copy'} />
        {said.value === '' ? label : said.value}
      </button>
      <span class="unseen" role="status">
        {said.value}
      </span>
    </>
  );
}

/** A page from a folder has no clipboard of its own in some browsers: there the old way is tried. */
async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
