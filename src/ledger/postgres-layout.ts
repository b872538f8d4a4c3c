import { BroadsideError } from '../base/errors.ts';
import { layoutFile } from './copy-path.ts';
import { formatLayout } from './lines.ts';
import type { Run } from './postgres-database.ts';

/** The table of a blog's ledger, with its schema, as a statement names it. */
export function nameTable(schema: string): string {
  return `"${schema}".ledger`;
}

/**
 * The steps that bring the table to the form that this program reads and writes. A released step is never changed. A row is what
 * one change added to one file of the ledger, in order, so that two can never add the same.
 */
const steps: readonly ((table: string) => string)[] = [
  (table) => `create table ${table} (
    path text collate "C" not null,
    number integer not null check (number >= 0),
    text bytea not null,
    primary key (path, number)
  )`,
];

/** How far a table's comment says that it has come. */
const comment = /^A ledger of Broadside, step (\d+)$/;

/** Whether a schema has a ledger that this program can use. Throws `LEDGER_UNREADABLE` for another table, or a newer one. */
export async function findTable(run: Run, schema: string): Promise<'none' | 'older' | 'ready'> {
  const step = await findStep(run, schema);
  if (step === 0) return 'none';
  return step < steps.length ? 'older' : 'ready';
}

/** Makes the schema and its table, or brings it up to date, whoever else does so at the same time. Throws as `findTable` does. */
export async function makeTable(run: Run, schema: string): Promise<void> {
  const table = nameTable(schema);
  await run('begin');
  await run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`broadside ${table}`]);
  const done = await findStep(run, schema);
  // Who may not create schemas may not ask for one that is there, either.
  const known = await run('select from pg_namespace where nspname = $1', [schema]);
  if (known.length === 0) await run(`create schema "${schema}"`);
  for (const step of steps.slice(done)) await run(step(table));
  if (done < steps.length)
    await run(`comment on table ${table} is 'A ledger of Broadside, step ${steps.length}'`);
  if (done === 0)
    await run(`insert into ${table} (path, number, text) values ($1, 0, $2)`, [
      layoutFile,
      Buffer.from(formatLayout({})),
    ]);
  await run('commit');
}

async function findStep(run: Run, schema: string): Promise<number> {
  const table = nameTable(schema);
  const [found] = await run<{ said: string | null }>(
    `select obj_description(pg_class.oid, 'pg_class') as said
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relname = 'ledger' and nspname = $1`,
    [schema],
  );
  if (found === undefined) return 0;
  const step = Number(comment.exec(found.said ?? '')?.[1] ?? 0);
  if (step === 0) {
    throw new BroadsideError('LEDGER_UNREADABLE', `The table ${table} is something other than a ledger.`, {
      remedy: 'Set ledger.schema in the config to a name that is not taken.',
    });
  }
  if (step > steps.length) {
    throw new BroadsideError('LEDGER_UNREADABLE', `The table ${table} was made by a newer Broadside.`, {
      remedy: 'Upgrade to the newest version of broadside.',
    });
  }
  return step;
}
