import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileLedger } from '../../src/ledger/file.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { foldFiles } from '../../src/ledger/fold-files.ts';
import { readKnown } from '../../src/ledger/known.ts';
import { stateKey, type CopyEntries } from '../../src/model/ledger.ts';
import { openFolder } from '../workspace.ts';
import { copy, makeIntent } from './ledger-contract.ts';
import { fingerprintOf, foldAll, markMemo, open, other, readStanding } from './remembered.ts';
import { indexStates } from '../index-states.ts';

describe('a file of the ledger', () => {
  const one: CopyEntries = { copy, entries: [makeIntent('a')] };
  const two: CopyEntries = { copy: other, entries: [makeIntent('b')] };
  const unreadable = { message: 'Line 2 is damaged.', remedy: 'Restore it.' };

  it.each([
    ['is read once while it is the same version', 'v1', one, []],
    ['is read again once it is another version', 'v2', one, ['a']],
    ['is read again while its version is not certain', undefined, one, ['a']],
    ['is read again while it is damaged', 'v1', { ...one, entries: [], unreadable }, ['a']],
  ])('%s', async (_what, version, held, again) => {
    const root = openFolder();
    const asked: string[] = [];
    const fold = (a: string | undefined, first: CopyEntries) => {
      const files = new Map([
        ['a', a],
        ['b', 'v1'],
      ]);
      const read = async (paths: readonly string[]) => {
        asked.push(...paths);
        return paths.map((path) => [path === 'a' ? first : two]);
      };
      return foldFiles({ versions: files, read }, open(root));
    };
    await fold('v1', held);
    expect(asked.splice(0)).toEqual(['a', 'b']);
    expect(new Map(await fold(version, held))).toEqual(indexStates([held, two].map(foldCopy)));
    expect(asked).toEqual(again);
  });

  it('that is gone is forgotten', async () => {
    const root = openFolder();
    const read = async (paths: readonly string[]) => paths.map((path) => [path === 'a' ? one : two]);
    const fold = (...paths: readonly string[]) =>
      foldFiles({ versions: new Map(paths.map((path) => [path, 'v1'])), read }, open(root));
    await fold('a', 'b');
    expect([...(await fold('b')).keys()]).toEqual([stateKey(other)]);
  });
});

describe('a ledger of files', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 3_600_000);
    return () => vi.useRealTimers();
  });

  async function fill() {
    const root = openFolder();
    const folder = join(root, 'ledger');
    const ledger = () => openFileLedger({ folder, memo: open(root) });
    await ledger().open('devto', '2026-01-01T00:00:00Z');
    await ledger().append(copy, 0, makeIntent('a'));
    await ledger().append(other, 0, makeIntent('b'));
    return { root, ledger, file: join(folder, 'devto/how-plans-work.jsonl') };
  }

  it('is folded from its files, whatever was remembered of them', async () => {
    const { root, ledger } = await fill();
    const before = await readStanding(ledger());
    expect(before).toEqual(await foldAll(ledger()));
    expect(await readStanding(ledger())).toEqual(before);
    rmSync(join(root, '.broadside'), { recursive: true });
    expect(await readStanding(ledger())).toEqual(before);
  });

  it('is remembered while its files are what they were, and no longer', async () => {
    const { root, ledger, file } = await fill();
    await readStanding(ledger());
    markMemo(root);
    expect(await fingerprintOf(ledger())).toBe('remembered');
    writeFileSync(file, readFileSync(file));
    expect(await fingerprintOf(ledger())).toBe('f-a');
  });

  it('is remembered for those who only look at it, too', async () => {
    const { root, file } = await fill();
    const choice = { kind: 'file', path: 'ledger', branch: 'syndication-ledger' } as const;
    const look = async () => {
      const known = await readKnown(choice, { root, environment: {}, secrets: [] });
      return known?.states.get(stateKey(copy))?.pending?.fingerprint;
    };
    expect(await look()).toBe('f-a');
    markMemo(root);
    expect(await look()).toBe('remembered');
    writeFileSync(file, readFileSync(file));
    expect(await look()).toBe('f-a');
  });

  it('takes an entry by what its file says, not by what is remembered of it', async () => {
    const { root, ledger, file } = await fill();
    await readStanding(ledger());
    const writer = ledger();
    expect(await fingerprintOf(writer)).toBe('f-a');
    writeFileSync(file, `${readFileSync(file, 'utf8')}${JSON.stringify(makeIntent('c'))}\n`);
    expect(await writer.append(copy, 1, makeIntent('d'))).toBe('moved');
    expect(await fingerprintOf(ledger())).toBe('f-c');
    rmSync(join(root, '.broadside'), { recursive: true });
    expect(await fingerprintOf(ledger())).toBe('f-c');
  });

  it('counts no half line that a crash left, remembered or not', async () => {
    const { ledger, file } = await fill();
    await readStanding(ledger());
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"v":1,"kind":"rece`);
    const after = await readStanding(ledger());
    expect(after).toEqual(await foldAll(ledger()));
    expect(await readStanding(ledger())).toEqual(after);
    expect(await ledger().append(copy, 1, makeIntent('c'))).toBe('ok');
    expect(await fingerprintOf(ledger())).toBe('f-c');
  });
});
