import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { Sign } from '../icons.tsx';

interface Given {
  readonly text: string;
  /** The same as HTML, for editors that take formatted text. */
  readonly html?: string;
  readonly label: string;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, html, label }: Given): JSX.Element {
  const said = useSignal('');
  const copy = async (): Promise<void> => {
    said.value = (await putOnClipboard(text, html)) ? 'copied' : 'select and copy it by hand';
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

/** What a field gets that takes no formatted text: its words, without a tag. */
function readText(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return (body.textContent ?? '').replaceAll(/\n{3,}/g, '\n\n').trim();
}

/** A page from a folder has no clipboard of its own in some browsers: there the old way is tried. */
async function putOnClipboard(text: string, html: string | undefined): Promise<boolean> {
  try {
    if (html === undefined) await navigator.clipboard.writeText(text);
    else {
      const kinds = { 'text/html': html, 'text/plain': readText(html) };
      const blobs = Object.entries(kinds).map(([type, one]) => [type, new Blob([one], { type })] as const);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    }
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
