import { afterAll, beforeAll } from 'vitest';
import { readDatabaseAddress } from '../../src/ledger/postgres-address.ts';
import { openPostgresLedger } from '../../src/ledger/postgres.ts';
import { testLedger } from '../ledger/ledger-contract.ts';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { root } from '../workspace.ts';

const modules = new URL('src/ledger', root).href;
const variable = 'BROADSIDE_LEDGER_URL';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

let schemas = 0;

testLedger('PostgreSQL', async () => {
  schemas += 1;
  const schema = `blog_${schemas}`;
  const address = readDatabaseAddress(server.address, variable);
  const readFile = async (path: string): Promise<string> => {
    const rows = await server.query(`select text from ${schema}.ledger where path = $1 order by number`, [
      path,
    ]);
    const texts = rows.map(({ text }) => String(text));
    return path === 'ledger.json' ? (texts.at(-1) ?? '') : texts.join('');
  };
  return {
    open: () => openPostgresLedger({ address, variable, schema }),
    opening: `import { openPostgresLedger } from '${modules}/postgres.ts';
      const ledger = openPostgresLedger(${JSON.stringify({ address, variable, schema })});`,
    edit: async (changes) => {
      for (const [path, change] of Object.entries(changes)) {
        const text = change(await readFile(path));
        await server.query(`delete from ${schema}.ledger where path = $1`, [path]);
        await server.query(`insert into ${schema}.ledger values ($1, 0, $2)`, [path, Buffer.from(text)]);
      }
    },
    list: async () => {
      const [found] = await server.query('select to_regclass($1) is null as none', [`${schema}.ledger`]);
      if (found?.['none'] === true) return [];
      const rows = await server.query(
        `select distinct path collate "C" as path from ${schema}.ledger order by 1`,
      );
      return rows.map(({ path }) => String(path));
    },
    race: { turns: 5, pause: 20 },
  };
});
