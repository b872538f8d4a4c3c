import type { Limit } from '../model/target.ts';
import type { Finding } from '../model/target.ts';
import { isLacking, type Database, type Run } from './postgres-database.ts';

/** One table for all blogs in a database, because one account may publish several. */
const turnsTable = 'broadside.turns';

/**
 * Takes the next turn in a queue, by the server's clock: milliseconds until it comes. The last `count` turns of each queue are
 * kept, and whoever comes waits for the one before, also for one that its taker did not live to use.
 */
export function takeTurn(
  database: Database,
  queue: string,
  { count, ms }: Limit,
  pause: number,
): Promise<number> {
  return database.ask('written', async (run) => {
    const take = () =>
      run<{ left: number }>(
        `insert into ${turnsTable} as held (queue, turns)
        values ($1, array[clock_timestamp() + $4 * interval '1 ms'])
        on conflict (queue) do update set turns = (
          select next.turns[greatest(1, cardinality(next.turns) - $2 + 1):]
          from (select held.turns || greatest(
            clock_timestamp() + $4 * interval '1 ms',
            held.turns[cardinality(held.turns)],
            held.turns[cardinality(held.turns) - $2 + 1] + $3 * interval '1 ms'
          )) as next(turns)
        )
        returning (extract(epoch from turns[cardinality(turns)] - clock_timestamp()) * 1000)::float8 as left`,
        [queue, count, ms, pause],
      );
    try {
      return leftOf(await take());
    } catch (error) {
      if (!isLacking(error)) throw error;
      await makeTurns(run);
      return leftOf(await take());
    }
  });
}

function leftOf([row]: readonly { readonly left: number }[]): number {
  return Math.max(0, row?.left ?? 0);
}

async function makeTurns(run: Run): Promise<void> {
  await run('begin');
  await run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [turnsTable]);
  await run('create schema if not exists broadside');
  await run(
    `create table if not exists ${turnsTable} (queue text primary key, turns timestamptz[] not null)`,
  );
  await run('commit');
}

/** What a server, or a role's rights on it, would let go wrong. */
export async function examineDatabase(run: Run): Promise<readonly Finding[]> {
  const [found] = await run<{ durable: boolean; shares: boolean }>(
    `select current_setting('fsync')::bool as durable, coalesce(
      (select has_table_privilege(pg_class.oid, 'select') and has_table_privilege(pg_class.oid, 'insert')
          and has_table_privilege(pg_class.oid, 'update') and has_schema_privilege(relnamespace, 'usage')
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = 'broadside' and relname = 'turns'),
      has_database_privilege(current_database(), 'create')
    ) as shares`,
  );
  const warnings = [
    found?.durable === false && {
      what: 'The database loses what it has just stored when its machine crashes: its fsync is off.',
      remedy: 'Switch fsync on in the server’s own config.',
    },
    found?.shares === false && {
      what: 'Blogs that publish with the same account do not wait for each other, because their turns cannot be written.',
      remedy: `Let this role use the schema broadside, and select, insert and update ${turnsTable}: docs/ledger.md.`,
    },
  ];
  return warnings.flatMap((one) => (one === false ? [] : [{ level: 'warning' as const, ...one }]));
}
