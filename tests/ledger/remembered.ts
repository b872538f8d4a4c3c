import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openMemo } from '../../src/base/memo.ts';
import { sumUp } from '../../src/base/digest.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { stateKey, type CopyState, type Ledger } from '../../src/model/ledger.ts';
import { copy } from './ledger-contract.ts';
import { indexStates } from '../index-states.ts';

/** Another copy than the contract’s. */
export const other = { target: 'devto', postId: 'other' };

/** The memo of a blog’s ledger. */
export const open = (root: string) => openMemo<CopyState>(root, 'ledger', 'key');

/** Where the copies stand by their entries alone. */
export async function foldAll(ledger: Ledger) {
  const { copies, opened } = await ledger.read();
  return { opened, states: indexStates(copies.map(foldCopy)) };
}

/** Where the copies stand as a ledger remembers it, each state read. */
export async function readStanding(ledger: Ledger) {
  const { states, opened } = await ledger.readStates();
  return { opened, states: new Map(states) };
}

/** Writes into a memo what no ledger says, so that it shows where the memo is believed. */
export function markMemo(root: string): void {
  const folder = join(root, '.broadside/cache');
  const path = join(folder, readdirSync(folder).find((name) => name.startsWith('ledger')) ?? '');
  const [header = '', , ...lines] = readFileSync(path, 'utf8').split('\n');
  const values = lines.join('\n');
  const marked = values.replaceAll('"f-a"', '"remembered"');
  expect(marked).not.toBe(values);
  writeFileSync(path, `${header}\n${sumUp(marked)}\n${marked}`);
}

/** The fingerprint of a copy’s pending intent, as a ledger remembers it. */
export const fingerprintOf = async (ledger: Ledger, key = copy) =>
  (await ledger.readStates()).states.get(stateKey(key))?.pending?.fingerprint;
