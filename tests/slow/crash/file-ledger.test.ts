import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileLedger } from '../../../src/ledger/file.ts';
import { appendAtEnd, copy, makeIntent, readNames, runModule } from '../../ledger/ledger-contract.ts';
import { openFolder, root } from '../../workspace.ts';

const modules = new URL('src/ledger', root).href;

describe('a ledger of files whose writer is killed', () => {
  it('keeps every entry it has confirmed when a writer is killed again and again', async () => {
    const folder = join(openFolder(), 'ledger');
    const write = `
      import { openFileLedger } from '${modules}/file.ts';
      const ledger = openFileLedger({ folder: ${JSON.stringify(folder)} });
      const { copies } = await ledger.read();
      for (let length = copies[0]?.entries.length ?? 0; ; length += 1) {
        const entry = { ...${JSON.stringify(makeIntent('x'))}, fingerprint: String(length) };
        if ((await ledger.append(${JSON.stringify(copy)}, length, entry)) === 'ok') process.stdout.write(length + '\\n');
      }`;
    for (let round = 0; round < 3; round += 1) {
      let seen = 0;
      const { output } = await runModule(write, (kill) => {
        seen += 1;
        if (seen === 3 + round) kill();
      });
      const confirmed = output.trim().split('\n').map(Number);
      const entries = (await openFileLedger({ folder }).read()).copies[0]?.entries ?? [];
      expect(entries.length).toBeGreaterThan(Math.max(...confirmed));
      expect(entries.map((entry) => 'fingerprint' in entry && entry.fingerprint)).toEqual(
        entries.map((_, index) => String(index)),
      );
    }
    await appendAtEnd(openFileLedger({ folder }), copy, makeIntent('last'));
  });

  it('has a lock that is taken over from a process that was killed while it held it', async () => {
    const folder = openFolder();
    const lock = join(folder, '.lock');
    const hold = `
      import { createLock } from '${modules}/lock.ts';
      const hold = createLock({ path: ${JSON.stringify(lock)}, shown: '.lock' });
      await hold(() => new Promise(() => { process.stdout.write('held'); setInterval(() => {}, 1000); }));`;
    const { code, output } = await runModule(hold, (kill) => kill());
    expect([code, output, existsSync(lock)]).toEqual([null, 'held', true]);
    const writers = Array.from({ length: 4 }, () => openFileLedger({ folder, patience: 60_000 }));
    await Promise.all(writers.map((ledger, index) => appendAtEnd(ledger, copy, makeIntent(String(index)))));
    expect(await readNames(openFileLedger({ folder }), copy)).toHaveLength(4);
    expect(readdirSync(folder).toSorted()).toEqual(['devto', 'ledger.json']);
  });
});
