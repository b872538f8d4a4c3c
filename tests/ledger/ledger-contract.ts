import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CopyKey, Intent, StoredPiece, Ledger, LedgerEntry } from '../../src/model/ledger.ts';
import { damages, layoutDamages } from '../damages.ts';

/** One kind of ledger, set up anew for a test. */
export interface LedgerSetting {
  /** Another connection to the same ledger, as another process or machine would have it. */
  open(): Ledger;
  /** A module's text that opens the same ledger as `ledger`, for a process of its own. */
  readonly opening: string;
  /** Changes files of the ledger behind its back, by path. */
  edit(changes: Readonly<Record<string, (text: string) => string>>): Promise<void>;
  /** The paths of all files in the ledger. */
  list(): Promise<readonly string[]>;
  /** How many entries each of eight writers appends in a race, and how long it pauses when beaten: milliseconds. */
  readonly race: { readonly turns: number; readonly pause: number };
}

export const copy: CopyKey = { target: 'devto', postId: 'how-plans-work' };

/** An intent that differs from others by its name. */
export function makeIntent(name: string): Intent {
  return {
    v: 1,
    at: '2026-11-21T08:30:00Z',
    attempt: { id: `attempt-${name}`, machine: 'test', process: 1 },
    kind: 'intent',
    verb: 'create',
    inputs: { source: name },
    fingerprint: `f-${name}`,
  };
}

const receipt: LedgerEntry = {
  v: 1,
  at: '2026-11-21T08:30:01Z',
  attempt: { id: 'attempt-a', machine: 'test', process: 1 },
  kind: 'receipt',
  verb: 'create',
  state: 'live',
  remoteId: '17',
  url: 'https://dev.example/17',
  canonicalUrl: 'https://example.com/blog/how-plans-work',
  inputs: { source: 'a — “quoted”\u2028line' },
  fingerprint: 'f-a',
  references: ['what-is-posse'],
  echo: 'e-a',
};

const failure: LedgerEntry = {
  v: 1,
  at: '2026-11-21T08:30:02Z',
  attempt: { id: 'attempt-b', machine: 'test', process: 1 },
  kind: 'failure',
  sent: 'unknown',
  code: 'REQUEST_TIMED_OUT',
  message: 'two\nlines',
};

const decision: LedgerEntry = {
  v: 1,
  at: '2026-11-21T08:30:03Z',
  attempt: { id: 'attempt-c', machine: 'test', process: 1 },
  kind: 'decision',
  what: 'posted',
  by: 'author',
  url: 'https://example.com/17',
};

/** A piece that differs from others by what it shows. */
export function makePiece(key: string, html: string, at = '2026-11-21T08:30:00Z'): StoredPiece {
  const page = 'https://example.com/blog/how-plans-work/';
  return { v: 1, kind: 'piece', at, key, name: 'chart', page, piece: { seen: 'content', html, told: [] } };
}

/** Appends until the ledger takes it, as a caller does that decides again whenever someone else was quicker, a
 * while later: at most `longest` milliseconds. */
export async function appendAtEnd(
  ledger: Ledger,
  key: CopyKey,
  entry: LedgerEntry,
  longest = 50,
): Promise<void> {
  for (;;) {
    const { copies } = await ledger.read();
    const held = copies.find(({ copy }) => copy.target === key.target && copy.postId === key.postId);
    if ((await ledger.append(key, held?.entries.length ?? 0, entry)) === 'ok') return;
    await pause(Math.random() * longest);
  }
}

/** The names of the intents that one copy holds, in order. */
export async function readNames(ledger: Ledger, key: CopyKey): Promise<readonly string[]> {
  const { copies } = await ledger.read();
  const held = copies.find(({ copy }) => copy.target === key.target && copy.postId === key.postId);
  return (held?.entries ?? []).map(({ attempt }) => attempt.id.replace('attempt-', ''));
}

/** Runs a module in a process of its own; `onOutput` may end it early. Returns its exit code and what it printed. */
export function runModule(
  text: string,
  onOutput?: (kill: () => void) => void,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', text], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      onOutput?.(() => child.kill('SIGKILL'));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** What every ledger has to do, whatever it is kept in. */
export function testLedger(name: string, set: () => Promise<LedgerSetting>): void {
  describe(`${name}: every ledger`, () => {
    it('is empty at first, and reading makes nothing', async () => {
      const setting = await set();
      expect(await setting.open().read()).toEqual({ copies: [], opened: {} });
      expect(await setting.open().readBody('f-a')).toBeUndefined();
      expect(await setting.list()).toEqual([]);
    });

    it('gives back every kind of entry, as it was and in order', async () => {
      const setting = await set();
      const ledger = setting.open();
      const entries = [makeIntent('a'), receipt, failure, decision];
      for (const [length, entry] of entries.entries()) {
        expect(await ledger.append(copy, length, entry)).toBe('ok');
      }
      const feed = { target: 'feed', postId: 'feed' };
      expect(await ledger.append(feed, 0, receipt)).toBe('ok');
      const expected = [
        { copy, entries },
        { copy: feed, entries: [receipt] },
      ];
      expect((await ledger.read()).copies).toEqual(expected);
      expect((await setting.open().read()).copies).toEqual(expected);
      expect(await setting.list()).toEqual(['devto/how-plans-work.jsonl', 'feed/feed.jsonl', 'ledger.json']);
    });

    it('refuses an entry for a copy that has moved, and leaves the copy as it was', async () => {
      const setting = await set();
      const [one, two] = [setting.open(), setting.open()];
      expect(await one.append(copy, 1, makeIntent('early'))).toBe('moved');
      expect(await one.append(copy, 0, makeIntent('a'))).toBe('ok');
      expect(await two.append(copy, 0, makeIntent('b'))).toBe('moved');
      expect(await two.append(copy, 1, makeIntent('c'))).toBe('ok');
      expect(await one.append(copy, 1, makeIntent('d'))).toBe('moved');
      expect(await one.append(copy, 3, makeIntent('e'))).toBe('moved');
      expect(await readNames(setting.open(), copy)).toEqual(['a', 'c']);
    });

    it('has one winner for each length when one process asks for the same twice at once', async () => {
      const ledger = (await set()).open();
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((one) => ledger.append(copy, 0, makeIntent(one))),
      );
      expect(answers.toSorted()).toEqual(['moved', 'moved', 'ok']);
      expect(await readNames(ledger, copy)).toHaveLength(1);
    });

    it('refuses to write what it could not read back', async () => {
      const setting = await set();
      const broken = { ...makeIntent('a'), verb: 'publish' } as unknown as LedgerEntry;
      await expect(setting.open().append(copy, 0, broken)).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(await setting.list()).toEqual([]);
    });

    it('loses nothing when eight writers append to one copy', async () => {
      const setting = await set();
      const { race } = setting;
      const names = Array.from({ length: 8 }, (_, writer) =>
        Array.from({ length: race.turns }, (__, turn) => `${writer}-${turn}`),
      );
      await Promise.all(
        names.map(async (own) => {
          const ledger = setting.open();
          for (const one of own) await appendAtEnd(ledger, copy, makeIntent(one), race.pause);
        }),
      );
      const held = await readNames(setting.open(), copy);
      expect(held.toSorted()).toEqual(names.flat());
      for (const own of names) expect(held.filter((one) => own.includes(one))).toEqual(own);
    });

    it('loses nothing when two processes write at once', async () => {
      const setting = await set();
      const write = (writer: string) => `
        ${setting.opening}
        const entry = ${JSON.stringify(makeIntent('NAME'))};
        for (let turn = 0; turn < 4; ) {
          const { copies } = await ledger.read();
          const named = { ...entry, attempt: { ...entry.attempt, id: 'attempt-${writer}-' + turn } };
          const length = copies[0]?.entries.length ?? 0;
          if ((await ledger.append(${JSON.stringify(copy)}, length, named)) === 'ok') turn += 1;
        }`;
      const ended = await Promise.all([runModule(write('one')), runModule(write('two'))]);
      expect(ended).toEqual([
        { code: 0, output: '' },
        { code: 0, output: '' },
      ]);
      const held = await readNames(setting.open(), copy);
      expect(held.toSorted()).toEqual(
        ['one', 'two'].flatMap((own) => [0, 1, 2, 3].map((turn) => `${own}-${turn}`)),
      );
    });

    it('keeps when a target was first opened', async () => {
      const setting = await set();
      const [one, two] = [setting.open(), setting.open()];
      await one.open('devto', '2026-01-01T00:00:00Z');
      await two.open('devto', '2026-02-02T00:00:00Z');
      await two.open('__proto__', '2026-03-03T00:00:00Z');
      const { opened } = await setting.open().read();
      expect(Object.entries(opened)).toEqual([
        ['__proto__', '2026-03-03T00:00:00Z'],
        ['devto', '2026-01-01T00:00:00Z'],
      ]);
    });

    it('keeps a body once, byte for byte', async () => {
      const setting = await set();
      const ledger = setting.open();
      const body = 'Zürich 🏔\r\n\ttabs and no final line break';
      await ledger.storeBody('0f', body);
      await ledger.storeBody('0f', 'another');
      await ledger.storeBody('../Outside', '');
      expect(await ledger.readBody('0f')).toBe(body);
      expect(await setting.open().readBody('0f')).toBe(body);
      expect(await setting.open().readBody('../Outside')).toBe('');
      expect(await setting.open().readBody('1f')).toBeUndefined();
      expect((await setting.open().read()).copies).toEqual([]);
    });

    it('keeps the pieces of a post, of each mark the last, and takes the same again for nothing', async () => {
      const setting = await set();
      const [one, two] = [setting.open(), setting.open()];
      expect((await one.readPieces()).size).toBe(0);
      await one.storePieces('how-plans-work', [makePiece('a', '<p>1</p>'), makePiece('b', '<p>2</p>')]);
      await two.storePieces('how-plans-work', [
        makePiece('a', '<p>1</p>', '2026-12-01T00:00:00Z'),
        makePiece('b', '<p>Zürich 🏔</p>'),
      ]);
      await one.storePieces('..', [makePiece('a', '')]);
      const held = await setting.open().readPieces();
      expect(held).toEqual(
        new Map([
          ['..', { pieces: [makePiece('a', '')] }],
          ['how-plans-work', { pieces: [makePiece('a', '<p>1</p>'), makePiece('b', '<p>Zürich 🏔</p>')] }],
        ]),
      );
      const paths = await setting.list();
      expect(paths).toEqual([
        'ledger.json',
        'pages/how-plans-work.jsonl',
        expect.stringMatching(/^pages\/id\./),
      ]);
      expect((await setting.open().read()).copies).toEqual([]);
      expect((await setting.open().readStates()).states.size).toBe(0);
    });

    it('keeps all pieces when two write at once, and each of them once', async () => {
      const setting = await set();
      const pieces = [makePiece('a', '<p>1</p>'), makePiece('b', '<p>2</p>')];
      await Promise.all([
        setting.open().storePieces('post', pieces),
        setting.open().storePieces('post', pieces.toReversed()),
        setting.open().append(copy, 0, makeIntent('a')),
      ]);
      const held = (await setting.open().readPieces()).get('post')?.pieces ?? [];
      expect(held.map(({ key }) => key).toSorted()).toEqual(['a', 'b']);
      await setting.edit({
        'pages/post.jsonl': (text) => {
          expect(text.split('\n')).toHaveLength(4);
          return text.replaceAll('chart', 'graph');
        },
      });
    });

    it('tells of a damaged file of pieces as of that post alone', async () => {
      const setting = await set();
      const writer = setting.open();
      const damages: Readonly<Record<string, (text: string) => string>> = {
        empty: () => '',
        newer: (text) => text.replaceAll('"v":1', '"v":2'),
        broken: (text) => text.replace('"key":"b"', '"key":"b'),
        other: (text) => text.replace('"postId":"other"', '"postId":"another"'),
        headless: (text) => text.slice(text.indexOf('\n') + 1),
      };
      for (const id of [...Object.keys(damages), 'whole'])
        await writer.storePieces(id, [makePiece('a', '1'), makePiece('b', '2')]);
      await setting.edit(
        Object.fromEntries(Object.entries(damages).map(([id, change]) => [`pages/${id}.jsonl`, change])),
      );
      const ledger = setting.open();
      const held = await ledger.readPieces();
      for (const id of Object.keys(damages)) {
        expect(held.get(id)).toMatchObject({
          pieces: [],
          unreadable: {
            message: expect.stringContaining(`pages/${id}.jsonl`),
            remedy: expect.stringMatching(/\S/),
          },
        });
        await expect(ledger.storePieces(id, [makePiece('c', '3')])).rejects.toMatchObject({
          code: 'LEDGER_UNREADABLE',
        });
      }
      expect(held.get('whole')?.pieces).toHaveLength(2);
    });

    it('keeps copies apart whatever their ids and targets are', async () => {
      const setting = await set();
      const ids = [
        '../x',
        '..',
        '',
        'a/b',
        'Post',
        'post',
        'POST',
        'über-café',
        'u\u0308ber-cafe\u0301',
        '日本',
        'nul',
      ];
      const odd = [
        ...ids,
        'a'.repeat(300),
        `${'a'.repeat(299)}b`,
        'line\nbreak',
        '"; rm -rf',
        '.lock',
        '-f',
        'x.jsonl',
      ];
      const keys = [
        ...odd.map((postId) => ({ target: 'devto', postId })),
        ...['bodies', 'pages', '..', 'DevTo', 'ledger.json'].map((target) => ({ target, postId: 'post' })),
      ];
      const ledger = setting.open();
      const answers = await Promise.all(
        keys.map((key, index) => ledger.append(key, 0, makeIntent(String(index)))),
      );
      expect(new Set(answers)).toEqual(new Set(['ok']));
      await ledger.storeBody('post', 'a body');
      const { copies } = await setting.open().read();
      const held = copies.map(({ copy, entries }) => [copy.target, copy.postId, entries[0]?.attempt.id]);
      const expected = keys.map((key, index) => [key.target, key.postId, `attempt-${index}`]);
      expect(new Set(held.map(String))).toEqual(new Set(expected.map(String)));
      expect(held).toHaveLength(keys.length);
      const paths = await setting.list();
      expect(paths.filter((path) => !/^(?:[a-z0-9-]+(?:\.[0-9a-f]{32})?\/)?[a-z0-9.-]+$/.test(path))).toEqual(
        [],
      );
      expect(Math.max(...paths.map((path) => path.length))).toBeLessThan(150);
    });

    it('names the line that cannot be read, and never skips it', async () => {
      const setting = await set();
      const ledger = setting.open();
      for (const [length, one] of ['a', 'b', 'c'].entries())
        await ledger.append(copy, length, makeIntent(one));
      await ledger.append({ target: 'devto', postId: 'other' }, 0, makeIntent('d'));
      await setting.edit({
        'devto/how-plans-work.jsonl': (text) => text.replace('"attempt-b"', '"attempt-b'),
      });
      const fault = {
        line: 3,
        file: expect.stringMatching(/devto\/how-plans-work\.jsonl$/),
        remedy: expect.stringMatching(/\S/),
      };
      const { copies } = await setting.open().read();
      expect(copies).toMatchObject([
        { copy, entries: [], unreadable: fault },
        { copy: { postId: 'other' }, entries: [makeIntent('d')] },
      ]);
      await expect(setting.open().append(copy, 3, makeIntent('e'))).rejects.toMatchObject({
        code: 'LEDGER_UNREADABLE',
        ...fault,
      });
      expect(await setting.open().append({ target: 'devto', postId: 'other' }, 1, makeIntent('f'))).toBe(
        'ok',
      );
    });

    it('takes a damaged file neither for its entries nor for none, and goes on with the others', async () => {
      const setting = await set();
      const keyOf = (postId: string): CopyKey => ({ target: 'devto', postId });
      const pathOf = (postId: string): string => `devto/${postId}.jsonl`;
      const ids = [...Object.keys(damages), 'whole'];
      const writer = setting.open();
      await Promise.all(ids.map((id) => writer.append(keyOf(id), 0, makeIntent('a'))));
      await setting.edit(
        Object.fromEntries(Object.entries(damages).map(([id, { change }]) => [pathOf(id), change])),
      );
      const ledger = setting.open();
      const { copies } = await ledger.read();
      const found = new Map(copies.map((one) => [one.copy.postId, one]));
      for (const [id, { says, line }] of Object.entries(damages)) {
        expect(found.get(id)).toMatchObject({
          copy: keyOf(id),
          entries: [],
          unreadable: {
            message: expect.stringMatching(says),
            file: expect.stringContaining(pathOf(id)),
            remedy: expect.stringMatching(/\S/),
            ...(line !== undefined && { line }),
          },
        });
      }
      expect(found.get('x-of-another-copy')).toMatchObject({ entries: [], unreadable: { line: 1 } });
      expect(found.get('whole')?.entries).toEqual([makeIntent('a')]);
      const answers = await Promise.all(
        ids.flatMap((id) =>
          [0, 1].map((length) =>
            ledger
              .append(keyOf(id), length, makeIntent('b'))
              .catch((error: { readonly code?: string }) => error.code),
          ),
        ),
      );
      expect(answers.slice(0, -2)).toEqual(answers.slice(0, -2).map(() => 'LEDGER_UNREADABLE'));
      expect(answers.slice(-2)).toEqual(['moved', 'ok']);
    });

    it('neither reads nor writes without the layout it had', async () => {
      const setting = await set();
      await setting.open().append(copy, 0, makeIntent('a'));
      let text = '';
      for (const change of Object.values(layoutDamages)) {
        await setting.edit({ 'ledger.json': (held) => change((text ||= held)) });
        const refusal = { code: 'LEDGER_UNREADABLE', file: expect.stringMatching(/ledger\.json$/) };
        const ledger = setting.open();
        await expect(ledger.read()).rejects.toMatchObject(refusal);
        await expect(ledger.append(copy, 1, makeIntent('b'))).rejects.toMatchObject(refusal);
        await expect(ledger.open('devto', '2026-01-01T00:00:00Z')).rejects.toMatchObject(refusal);
      }
    });

    it('neither reads nor writes a layout that is newer', async () => {
      const setting = await set();
      await setting.open().open('devto', '2026-01-01T00:00:00Z');
      await setting.edit({ 'ledger.json': (text) => text.replace('"version": 1', '"version": 2') });
      const refusal = { code: 'LEDGER_UNREADABLE', message: expect.stringContaining('newer Broadside') };
      await expect(setting.open().read()).rejects.toMatchObject(refusal);
      await expect(setting.open().append(copy, 0, makeIntent('a'))).rejects.toMatchObject(refusal);
      await expect(setting.open().open('feed', '2026-01-01T00:00:00Z')).rejects.toMatchObject(refusal);
      expect(await setting.list()).toEqual(['ledger.json']);
    });
  });
}
