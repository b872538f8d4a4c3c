import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BroadsideError } from '../../src/base/errors.ts';
import { openFileLedger } from '../../src/ledger/file.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { readDatabaseAddress } from '../../src/ledger/postgres-address.ts';
import { openPostgresLedger, type PostgresLedgerOptions } from '../../src/ledger/postgres.ts';
import type { Limit } from '../../src/model/target.ts';
import { copy, makeIntent, makePiece, readNames } from '../ledger/ledger-contract.ts';
import {
  fingerprintOf,
  foldAll,
  markMemo,
  open as openMemo,
  other,
  readStanding,
} from '../ledger/remembered.ts';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openFolder, runBroadside } from '../workspace.ts';

const variable = 'BROADSIDE_LEDGER_URL';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ synchronous_commit: 'off' });
});
afterAll(() => server.close());

let schema = '';
let count = 0;
beforeEach(() => {
  count += 1;
  schema = `blog_${count}`;
});

const open = (more: Partial<PostgresLedgerOptions> = {}, address = server.address) =>
  openPostgresLedger({
    address: readDatabaseAddress(address, variable),
    variable,
    schema,
    patience: 20_000,
    ...more,
  });

const catchError = async (work: Promise<unknown>): Promise<BroadsideError> =>
  work.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error as BroadsideError,
  );

describe('a ledger in PostgreSQL', () => {
  it('keeps each blog in a schema of its own', async () => {
    await open().append(copy, 0, makeIntent('a'));
    await open({ schema: `${schema}_other` }).append(copy, 0, makeIntent('b'));
    expect(await readNames(open(), copy)).toEqual(['a']);
    expect(await readNames(open({ schema: `${schema}_other` }), copy)).toEqual(['b']);
  });

  it('is made once, whoever comes first', async () => {
    const ledgers = Array.from({ length: 8 }, () => open());
    const answers = await Promise.all(
      ledgers.map((one, index) => one.append(copy, 0, makeIntent(String(index)))),
    );
    expect(answers.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'moved'), 'ok']);
    expect(await server.query(`select count(*)::int as rows from ${schema}.ledger`)).toEqual([{ rows: 2 }]);
  });

  it('needs to read and to add, and to change and delete nothing', async () => {
    await open().open('devto', '2026-01-01T00:00:00Z');
    const role = `writer_${count}`;
    await server.query(`create role ${role} login password 'only-adds'`);
    await server.query(`grant usage on schema ${schema} to ${role}`);
    await server.query(`grant select, insert on ${schema}.ledger to ${role}`);
    const ledger = open({}, `postgres://${role}:only-adds@127.0.0.1:${server.port}/postgres`);
    await ledger.append(copy, 0, makeIntent('a'));
    await ledger.append(copy, 1, makeIntent('b'));
    await ledger.open('feed', '2026-02-02T00:00:00Z');
    expect(await readNames(ledger, copy)).toEqual(['a', 'b']);
    expect(Object.keys((await ledger.read()).opened)).toEqual(['devto', 'feed']);
    const refused = await catchError(
      open(
        { schema: `${schema}_new` },
        `postgres://${role}:only-adds@127.0.0.1:${server.port}/postgres`,
      ).append(copy, 0, makeIntent('a')),
    );
    expect(refused).toMatchObject({
      code: 'LEDGER_UNWRITABLE',
      remedy: expect.stringContaining(`Let ${role}`),
    });
  });

  it('that is deleted while it is in use is not begun anew', async () => {
    const ledger = open();
    await ledger.append(copy, 0, makeIntent('a'));
    await server.query(`drop schema ${schema} cascade`);
    expect(await catchError(ledger.append(copy, 1, makeIntent('b')))).toMatchObject({ code: 'LEDGER_LOST' });
    expect(await catchError(ledger.read())).toMatchObject({ code: 'LEDGER_LOST' });
  });

  it('tells of a copy that has lost a row, and goes on with the others', async () => {
    for (const [length, name] of ['a', 'b', 'c'].entries())
      await open().append(copy, length, makeIntent(name));
    await open().append(other, 0, makeIntent('d'));
    await server.query(
      `delete from ${schema}.ledger where path = 'devto/how-plans-work.jsonl' and number = 1`,
    );
    const { copies } = await open().read();
    expect(copies).toMatchObject([
      {
        copy,
        entries: [],
        unreadable: { message: `${schema}:devto/how-plans-work.jsonl has lost its row 1.` },
      },
      { copy: other, entries: [makeIntent('d')] },
    ]);
    expect(await catchError(open().append(copy, 2, makeIntent('e')))).toMatchObject({
      code: 'LEDGER_UNREADABLE',
    });
  });

  it('goes on behind rows that a person’s change has left without a line break, and keeps bodies as they are', async () => {
    const trim = (path: string) =>
      server.query(`update ${schema}.ledger set text = rtrim(text, '\\x0a'::bytea) where path = '${path}'`);
    await open().append(copy, 0, makeIntent('a'));
    await open().append(copy, 1, makeIntent('b'));
    await open().storePieces('post', [makePiece('a', '<p>1</p>')]);
    await open().storeBody('0f', 'no final line break');
    await trim('devto/how-plans-work.jsonl');
    await trim('pages/post.jsonl');
    expect(await readNames(open(), copy)).toEqual(['a', 'b']);
    expect(await open().append(copy, 2, makeIntent('c'))).toBe('ok');
    await open().storePieces('post', [makePiece('b', '<p>2</p>')]);
    expect(await readNames(open(), copy)).toEqual(['a', 'b', 'c']);
    expect((await open().readPieces()).get('post')?.pieces.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(await open().readBody('0f')).toBe('no final line break');
  });

  it.each([
    ['something other', `comment on table SCHEMA.ledger is null`, /something other than a ledger/],
    [
      'newer',
      `comment on table SCHEMA.ledger is 'A ledger of Broadside, step 99'`,
      /made by a newer Broadside/,
    ],
  ])('is not read where the table is %s', async (_what, statement, message) => {
    await open().append(copy, 0, makeIntent('a'));
    await server.query(statement.replace('SCHEMA', schema));
    for (const work of [() => open().read(), () => open().append(copy, 1, makeIntent('b'))])
      expect(await catchError(work())).toMatchObject({
        code: 'LEDGER_UNREADABLE',
        message: expect.stringMatching(message),
      });
  });
});

describe('where copies stand, in PostgreSQL', () => {
  it('is folded again of the copies that changed, and of no other', async () => {
    const root = openFolder();
    const remembering = () => open({ memo: openMemo(root) });
    await open().append(copy, 0, makeIntent('a'));
    await open().append(other, 0, makeIntent('b'));
    expect(await readStanding(remembering())).toEqual(await foldAll(open()));
    markMemo(root);
    expect(await fingerprintOf(remembering())).toBe('remembered');
    await open().append(other, 1, makeIntent('c'));
    expect(await fingerprintOf(remembering())).toBe('remembered');
    expect(await fingerprintOf(remembering(), other)).toBe('f-c');
    await server.query(
      `update ${schema}.ledger set text = convert_to(replace(convert_from(text, 'UTF8'), 'f-a', 'f-z'), 'UTF8') where path = 'devto/how-plans-work.jsonl'`,
    );
    expect(await fingerprintOf(remembering())).toBe('f-z');
  });

  it('is read in one piece, whatever is added meanwhile', async () => {
    await open().append(copy, 0, makeIntent('a'));
    const held: string[] = [];
    let adding: Promise<unknown> | undefined;
    const memo: NonNullable<PostgresLedgerOptions['memo']> = {
      recall: () => {
        adding ??= open().append(copy, 1, makeIntent('b'));
        return undefined;
      },
      find: () => undefined,
      knows: () => false,
      remember: (name) => held.push(name),
      save: () => undefined,
    };
    const { states } = await open({ memo }).readStates();
    await adding;
    expect([...states.values()].map(({ length }) => length)).toEqual([1]);
    expect(held).toEqual(['devto/how-plans-work.jsonl']);
  });
});

describe('a server', () => {
  it('that is killed and started again is waited for, and has lost nothing', async () => {
    const ledger = open();
    let length = 0;
    const restarts = { done: 0 };
    const restart = async (): Promise<void> => {
      await pause(300);
      await server.kill();
      restarts.done += 1;
      await pause(300);
      await server.start();
    };
    const restarting = restart();
    const taken: string[] = [];
    for (; restarts.done === 0 || length < 100; length += 1) {
      const name = String(length);
      expect(await ledger.append(copy, length, makeIntent(name))).toBe('ok');
      taken.push(name);
    }
    await restarting;
    expect(await readNames(open(), copy)).toEqual(taken);
  });

  it('that is not there is an error soon, which tells no secret', async () => {
    const address = `postgres://blogger:the-password@127.0.0.1:1/blogs`;
    const ledger = open({ patience: 100 }, address);
    for (const [work, code] of [
      [() => ledger.read(), 'LEDGER_UNREADABLE'],
      [() => ledger.append(copy, 0, makeIntent('a')), 'LEDGER_UNWRITABLE'],
    ] as const) {
      const error = await catchError(work());
      expect(error).toMatchObject({ code, message: expect.stringContaining('ECONNREFUSED') });
      expect(`${error.message} ${error.remedy}`).not.toContain('the-password');
    }
  });

  it.each([
    [
      'the password',
      'postgres://blogger:wrong-password@127.0.0.1:PORT/postgres',
      /Check the user and the password/,
    ],
    ['the database', 'ADDRESS_none', /Create the database postgres_none/],
  ])('that refuses says what to do about %s', async (_what, address, remedy) => {
    const own = address.replace('PORT', String(server.port)).replace('ADDRESS', server.address);
    const error = await catchError(open({}, own).read());
    expect(error).toMatchObject({ code: 'LEDGER_UNREADABLE', remedy: expect.stringMatching(remedy) });
    expect(`${error.message} ${error.remedy}`).not.toMatch(/wrong-password|p@ss|p%40ss/);
  });
});

describe('the turns of an account', () => {
  const take = async (queue: string, limit: Limit, pause = 0, own = open()): Promise<number> =>
    (await own.takeTurn?.(queue, limit, pause)) ?? Number.NaN;

  /** To the nearest ten seconds: what passes meanwhile does not matter. */
  const round = (left: number): number => Math.round(left / 10_000) * 10;

  it('are given out in order to all blogs of the database, so many within a time', async () => {
    const blogs = Array.from({ length: 8 }, (_, index) => open({ schema: `${schema}_${index}` }));
    const limit = { count: 3, ms: 60_000 };
    const left = await Promise.all(blogs.map((one) => take(schema, limit, 0, one)));
    expect(left.map(round).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 60, 60, 60, 120, 120]);
    expect(round(await take(`${schema} other`, limit))).toBe(0);
  });

  it('come later for all where a target asked one to wait', async () => {
    const limit = { count: 1, ms: 10_000 };
    expect(round(await take(schema, limit))).toBe(0);
    await take(schema, limit, 60_000);
    expect(round(await take(schema, limit))).toBe(70);
    expect(round(await take(schema, limit))).toBe(80);
  });

  it('and how safe the server is are looked at by doctor', async () => {
    await take(schema, { count: 1, ms: 1 });
    const role = `poor_${count}`;
    await server.query(`create role ${role} login password 'reads-only'`);
    const poor = open({}, `postgres://${role}:reads-only@127.0.0.1:${server.port}/postgres`);
    expect(await open().examine?.()).toMatchObject(
      [{ level: 'warning', what: /its fsync is off/ }].map(withWhat),
    );
    expect(await poor.examine?.()).toMatchObject(
      [
        { level: 'warning', what: /its fsync is off/ },
        { level: 'warning', what: /do not wait for each other/ },
      ].map(withWhat),
    );
    await expect(take(schema, { count: 1, ms: 1 }, 0, poor)).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
  });
});

const withWhat = ({ level, what }: { readonly level: string; readonly what: RegExp }) => ({
  level,
  what: expect.stringMatching(what),
});

describe('the ledger that a config asks for', () => {
  const choice = (more = {}) =>
    ({ kind: 'postgres', schema, path: '.broadside/ledger', branch: 'syndication-ledger', ...more }) as const;

  it('is the one in the database, by the address that the environment has', async () => {
    const place = { root: openFolder(), environment: {}, secrets: [], address: server.address };
    const ledger = await openLedger(choice(), place);
    expect(ledger.description).toBe(
      `PostgreSQL, the schema ${schema} of postgres on 127.0.0.1:${server.port}`,
    );
    await ledger.append(copy, 0, makeIntent('a'));
    expect(await readNames(open(), copy)).toEqual(['a']);
    const elsewhere = openFileLedger({ folder: join(place.root, '.broadside/ledger') });
    await elsewhere.append(copy, 0, makeIntent('b'));
    expect(await catchError(openLedger(choice(), place))).toMatchObject({ code: 'LEDGER_ELSEWHERE' });
  });

  it('says which variable is not set, and which certificate is not there', async () => {
    const place = { root: openFolder(), environment: {}, secrets: [] };
    expect(await catchError(openLedger(choice({ secret: 'BLOGS' }), place))).toMatchObject({
      code: 'LEDGER_UNREADABLE',
      message: 'BLOGS, the address of the ledger’s database, is not set.',
    });
    const error = await catchError(
      openLedger(choice({ ca: 'ca.pem' }), { ...place, address: server.address }),
    );
    expect(error.message).toBe('The certificate ca.pem cannot be read: ENOENT.');
  });

  it('is looked at by doctor', async () => {
    const blog = makeSmallBlog([], { one: writePost('One.') });
    const config = join(blog.folder, 'config/broadside.yaml');
    const own = `{ kind: postgres, schema: ${schema} }`;
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace('{ kind: file, path: ledger }', own).replace('targets:\n', ''),
    );
    await open().append(copy, 0, makeIntent('a'));
    const run = (address: string) => runBroadside(blog.folder, ['doctor'], { BROADSIDE_LEDGER_URL: address });
    expect((await run(server.address)).stdout).toContain(
      `ok       ledger    The ledger, PostgreSQL, the schema ${schema} of postgres on 127.0.0.1:${server.port}, can be read: 0 copies.`,
    );
    expect((await run('')).stdout).toMatch(/error {4}ledger {4}BROADSIDE_LEDGER_URL, .* is not set/);
    const { stdout, stderr } = await run('postgres://blogger:the-password@127.0.0.1:1/blogs');
    expect(stdout).toMatch(/error {4}ledger {4}The ledger in the schema .* cannot be read: .*ECONNREFUSED/);
    expect(stdout + stderr).not.toContain('the-password');
  });
});

describe('TLS', () => {
  let secure: PostgresServer;
  let ca = '';
  beforeAll(async () => {
    secure = await startPostgres();
    const own = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2', '-nodes'];
    const files = [
      '-keyout',
      join(secure.folder, 'data/server.key'),
      '-out',
      join(secure.folder, 'data/server.crt'),
    ];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...own, ...files], { stdio: 'ignore' });
    execFileSync('chown', ['--reference', secure.folder, ...files.filter((file) => file.startsWith('/'))]);
    ca = readFileSync(join(secure.folder, 'data/server.crt'), 'utf8');
    await secure.query('alter system set ssl = on');
    await secure.query('select pg_reload_conf()');
  });
  afterAll(() => secure.close());

  const at = (host: string) => `${secure.address.replace('127.0.0.1', host)}?sslmode=require`;

  it('is spoken where the certificate is one that the config names', async () => {
    await open({ ca }, at('localhost')).append(copy, 0, makeIntent('a'));
    expect(await readNames(open({ ca }, at('localhost')), copy)).toEqual(['a']);
  });

  it.each([
    ['nobody vouches for', 'localhost', false],
    ['is for another name', '127.0.0.1', true],
  ])('is refused with a certificate that %s', async (_what, host, isNamed) => {
    const error = await catchError(open({ ca: isNamed ? ca : undefined }, at(host)).read());
    expect(error).toMatchObject({
      code: 'LEDGER_UNREADABLE',
      remedy: expect.stringContaining('a certificate that this machine trusts'),
    });
  });

  it('is demanded, so that no password is sent to a server that has none', async () => {
    const error = await catchError(
      open({ ca }, `${server.address.replace('127.0.0.1', 'localhost')}?sslmode=require`).read(),
    );
    expect(error).toMatchObject({ code: 'LEDGER_UNREADABLE', remedy: expect.stringContaining('speak TLS') });
  });
});
