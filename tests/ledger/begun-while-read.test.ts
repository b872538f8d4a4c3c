import type * as Files from 'node:fs';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openFileLedger } from '../../src/ledger/file.ts';
import { readStanding } from './remembered.ts';
import { openFolder } from '../workspace.ts';
import { copy, makeIntent } from './ledger-contract.ts';

vi.mock('node:fs', async (load) => {
  const real = await load<typeof Files>();
  return { ...real, openSync: vi.fn<typeof Files.openSync>(real.openSync) };
});

test('a ledger that another process begins while it is read is empty, or has what that process wrote', async () => {
  const folder = openFolder();
  await openFileLedger({ folder }).append(copy, 0, makeIntent('a'));
  const files = ['ledger.json', 'devto/how-plans-work.jsonl'].map(
    (path) => [path, readFileSync(join(folder, path))] as const,
  );
  const other = openFolder();
  const { openSync: open } = await vi.importActual<typeof Files>('node:fs');
  vi.mocked(openSync).mockImplementationOnce((...words) => {
    try {
      return open(...words);
    } finally {
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(other, path)), { recursive: true });
        writeFileSync(join(other, path), bytes);
      }
    }
  });
  const ledger = openFileLedger({ folder: other });
  expect(await readStanding(ledger)).toEqual({ opened: {}, states: new Map() });
  expect((await ledger.read()).copies).toHaveLength(1);
});
