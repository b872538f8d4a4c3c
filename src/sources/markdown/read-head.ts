import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { Place } from '../../model/diagnostic.ts';
import { normaliseText, splitFrontMatter, type SplitText } from '../../reading/front-matter/split.ts';

const firstRead = 4 * 1024;
const frontMatterLimit = 256 * 1024;

/** The start of a file. */
export interface Head {
  readonly frontMatter: Omit<SplitText, 'body'>;
  /** Whether nothing stands there but white space. */
  readonly isBlank: boolean;
  /** What the disk said of the file before it was read. */
  readonly stats: Stats;
}

/** Bytes that are not UTF-8, and where the first of them stands. */
export interface EncodingFault {
  readonly badBytes: Place;
}

const firstBytes = new Uint8Array(firstRead);

/**
 * Reads 4 KB of a file, and more only while the front matter that starts there is not closed, up to 256 KB.
 * Throws what `node:fs` throws.
 */
export function readHead(path: string): Head | EncodingFault {
  const handle = openSync(path, 'r');
  try {
    const stats = fstatSync(handle);
    let bytes = firstBytes.subarray(0, 0);
    for (let wanted = firstRead; ; wanted *= 2) {
      const before = bytes.length;
      bytes = readMore(handle, bytes, wanted === firstRead ? firstBytes : new Uint8Array(wanted));
      const whole = bytes.length < wanted || bytes.length === before;
      const fenced = splitFenced(bytes);
      if (fenced !== undefined) return { frontMatter: fenced, isBlank: false, stats };
      const text = decodeText(bytes, whole);
      if (typeof text !== 'string') return text;
      const lines = whole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
      const split = splitFrontMatter(lines);
      if (whole || wanted >= frontMatterLimit || split.closed) {
        return { frontMatter: detach(split), isBlank: text.trim() === '', stats };
      }
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * The front matter of a file that begins with three hyphens, as nearly all do, if all its bytes so far are UTF-8. Only the lines up
 * to its last fence are made text of.
 */
function splitFenced(bytes: Uint8Array): Head['frontMatter'] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const fence = buffer.indexOf('\n---', 3, 'latin1');
  const end = fence === -1 ? -1 : buffer.indexOf('\n', fence + 4, 'latin1');
  if (end === -1 || buffer.indexOf('---', 0, 'latin1') !== 0 || !isUtf8(buffer)) return undefined;
  const split = splitFrontMatter(buffer.toString('utf8', 0, end + 1));
  if (!split.closed) return undefined;
  const { body: _, ...frontMatter } = split;
  return frontMatter;
}

/** A front matter in memory of its own, so that no part of it keeps the whole body in memory. */
function detach(split: SplitText): Head['frontMatter'] {
  const { body: _, ...frontMatter } = split;
  return { ...frontMatter, raw: Buffer.from(split.raw).toString() };
}

function readMore(
  handle: number,
  start: Uint8Array,
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  bytes.set(start);
  let length = start.length;
  while (length < bytes.length) {
    const count = readSync(handle, bytes, length, bytes.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8; `whole` is false while a character may be cut at the end. */
export function decodeText(bytes: Uint8Array, whole: boolean): string | EncodingFault {
  const isCut = !whole && (bytes.at(-1) ?? 0) >= 0x80;
  try {
    return isCut
      ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
      : decoder.decode(bytes);
  } catch {
    const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD')[0] ?? '';
    const lines = normaliseText(before).split('\n');
    return { badBytes: { line: lines.length, column: (lines.at(-1) ?? '').length + 1 } };
  }
}
