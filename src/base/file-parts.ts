import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A file that is read in parts. It stays what it was when it was opened, even where another is put in its place. */
export interface FileParts {
  /** In bytes. */
  readonly size: number;
  /** Its bytes from `start` up to `end`, as far as it has them; they count until the next part is read. */
  bytes(start: number, end: number): Buffer;
  /** What `bytes` gives, as UTF-8. */
  text(start: number, end: number): string;
  /** Reads it whole and closes it: its parts can still be read. */
  detach(): void;
}

/** So much is read at a time, in bytes. */
const windowSize = 128 * 1024;

/** The parts of a file are handed on to whoever may ask for them, so that nobody knows when the last one was read. */
const unreachable = new FinalizationRegistry<number>(closeSync);

/**
 * Opens a file to be read in parts, all into the same piece of memory: a system takes longer to give a process more memory than to copy
 * into it what it has read before. Throws what `node:fs` throws.
 */
export function openParts(path: string): FileParts {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  let window = Buffer.allocUnsafeSlow(Math.min(size, windowSize));
  let first = 0;
  let last = 0;
  let isOpen = true;
  const load = (start: number, end: number): void => {
    if (end - start > window.length) window = Buffer.allocUnsafeSlow(end - start);
    first = start;
    last = start + readSync(handle, window, 0, window.length, start);
  };
  const bytes = (start: number, end: number): Buffer => {
    const wanted = Math.min(end, size);
    if (start < first || wanted > last) load(start, wanted);
    return window.subarray(start - first, wanted - first);
  };
  const parts: FileParts = {
    size,
    bytes,
    text: (start, end) => bytes(start, end).toString('utf8'),
    detach() {
      if (!isOpen) return;
      bytes(0, size);
      isOpen = false;
      unreachable.unregister(parts);
      closeSync(handle);
    },
  };
  unreachable.register(parts, handle, parts);
  return parts;
}
