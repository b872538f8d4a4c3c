import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

interface Index {
  readonly notes: readonly string[];
  readonly lengths: readonly number[];
}

/** Changes what a memo's file says of its values, so that it shows where the memo is believed. */
export function editMemo(path: string, change: (text: string) => string): void {
  const [header = '', ...lines] = readFileSync(path, 'utf8').split('\n').slice(0, -2);
  const written = [header];
  let at = 0;
  while (at < lines.length) {
    const index = JSON.parse(lines[at] ?? '') as Index;
    const values = lines.slice(at + 1, at + 1 + index.lengths.length).map(change);
    const notes = index.notes.map(change);
    const lengths = values.map((value) => Buffer.byteLength(value));
    written.push(JSON.stringify({ ...index, notes, lengths }), ...values);
    at += 1 + values.length;
  }
  expect(written).not.toEqual([header, ...lines]);
  const text = `${written.join('\n')}\n`;
  writeFileSync(path, `${text}${createHash('sha1').update(text).digest('hex')}\n`);
}
