import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';

/** What a server of a test is told beside where it listens, such as `ssl: 'on'`. */
type Settings = Readonly<Record<string, string>>;

/** A real PostgreSQL, for the tests of one file. */
export interface PostgresServer {
  readonly port: number;
  readonly folder: string;
  /** An address of it, with the password in it. */
  readonly address: string;
  readonly start: () => Promise<void>;
  /** Ends it at once, as a power cut does. */
  readonly kill: () => Promise<void>;
  /** Runs a statement as its owner. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** Its owner, and a password that an address has to encode. */
const owner = 'blogger';
const password = 'p@ss/word 100%';

/** As Debian lays PostgreSQL out, or as the path has it. */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions[0] === undefined ? '' : `${join(debian, versions[0], 'bin')}/`;
}

/** PostgreSQL does not run as root: Debian's package has made a user for it. */
function findUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: ask('-u'), gid: ask('-g') };
}

/** Starts a server on loopback that answers once this returns; it trusts nobody without a password. */
export async function startPostgres(settings: Settings = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-postgres-'));
  const [programs, user] = [findPrograms(), findUser()];
  const options = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } } as const;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  writeFileSync(join(folder, 'password'), password);
  chmodSync(join(folder, 'password'), 0o644);
  const words = [
    '-D',
    data,
    '-U',
    owner,
    '--pwfile=../password',
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--no-sync',
  ];
  const made = spawnSync(
    `${programs}initdb`,
    words.map((word) => word.replace('..', folder)),
    { ...options, encoding: 'utf8' },
  );
  if (made.status !== 0)
    throw new Error(`No PostgreSQL could be set up: ${made.error?.message ?? made.stderr}`);
  const port = await findPort();
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    ...settings,
  };
  let child: ChildProcess | undefined;
  const address = `postgresql://${owner}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

  const pool = new Pool({ host: '127.0.0.1', port, user: owner, password, database: 'postgres' });
  pool.on('error', () => undefined);

  const query: PostgresServer['query'] = async (text, values = []) =>
    (await pool.query<Record<string, unknown>>(text, [...values])).rows;

  const start = async (): Promise<void> => {
    const set = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    rmSync(join(data, 'postmaster.pid'), { force: true });
    child = spawn(`${programs}postgres`, ['-D', data, ...set], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL has ended:\n${said}`);
      try {
        await query('select 1');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };

  const kill = async (): Promise<void> => {
    if (child === undefined) return;
    const ended = once(child, 'close');
    for (const process of [...listChildren(child.pid ?? 0), child.pid ?? 0]) killProcess(process);
    await ended;
    child = undefined;
  };

  await start();
  return {
    port,
    folder,
    address,
    start,
    kill,
    query,
    close: async () => {
      await pool.end();
      await kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The processes that a server has for its connections and its own work. */
function listChildren(parent: number): readonly number[] {
  const path = `/proc/${parent}/task/${parent}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}

function killProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    return;
  }
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
