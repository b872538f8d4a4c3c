import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openMemo } from '../../src/base/memo.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { stateKey, type CopyState, type Ledger } from '../../src/model/ledger.ts';
import { editMemo } from '../edit-memo.ts';
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
  editMemo(path, (text) => text.replaceAll('"f-a"', '"remembered"'));
}

/** The fingerprint of a copy’s pending intent, as a ledger remembers it. */
export const fingerprintOf = async (ledger: Ledger, key = copy) =>
  (await ledger.readStates()).states.get(stateKey(key))?.pending?.fingerprint;
