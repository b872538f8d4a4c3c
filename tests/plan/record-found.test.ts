import { expect, test } from 'vitest';
import { openFileLedger } from '../../src/ledger/file.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { compareBodies } from '../../src/plan/compare-bodies.ts';
import { asSent, recordFound } from '../../src/plan/record-found.ts';
import { exampleAttempt, exampleIntent, exampleReceipt, exampleRendition } from '../examples.ts';
import { openFolder } from '../workspace.ts';

const copy = { target: 'devto', postId: 'a' };
const place = { remoteId: '7', url: 'https://dev.to/author/a', state: 'live' } as const;

function openRecorder() {
  const ledger = openFileLedger({ folder: openFolder() });
  const now = (): string => '2026-11-21T09:00:00Z';
  return { ledger, now, newAttempt: () => exampleAttempt, by: 'author' };
}

test.each([
  ['elsewhere', 'adopt'],
  ['own', 'create'],
] as const)('what is there of a copy %s is what a later edit is compared with', async (origin, verb) => {
  const recorder = openRecorder();
  const rendition = exampleRendition('a', { fingerprint: 'as-sent' });
  const found = { ...place, echo: 'echo-there', body: 'As it is there.' };
  expect(await recordFound(recorder, { copy, length: 0, origin, found, rendition })).toBe('ok');
  const { copies } = await recorder.ledger.read();
  const { receipt } = foldCopy({ copy, entries: copies[0]?.entries ?? [] });
  if (receipt === undefined) throw new Error('nothing was recorded');
  expect(receipt).toMatchObject({ verb, echo: 'echo-there', fingerprint: 'as-sent' });
  const edited = { seen: 'present', ...place, canonicalUrl: '', echo: 'other', body: 'Edited.' } as const;
  const diff = await compareBodies(recorder.ledger, receipt, edited);
  expect(diff).toContain('-As it is there.');
  expect(diff).toContain('+Edited.');
});

test('a copy that somebody else recorded meanwhile is not recorded again', async () => {
  const recorder = openRecorder();
  await recorder.ledger.append(copy, 0, exampleReceipt());
  const found = { ...place, echo: 'echo-there' };
  const late = { copy, length: 0, origin: 'elsewhere', found, rendition: exampleRendition('a') } as const;
  expect(await recordFound(recorder, late)).toBe('moved');
});

test('a copy of our own counts as made of what was sent, unless that reads as the post does now', () => {
  const now = exampleRendition('a', { inputs: { source: 'now' }, fingerprint: 'now', references: ['b'] });
  const sent = { inputs: { source: 'then' }, fingerprint: 'then' };
  expect(asSent(now, exampleIntent(sent))).toEqual({ ...now, ...sent });
  expect(asSent(now, exampleIntent({ ...sent, fingerprint: 'now' }))).toEqual(now);
});
