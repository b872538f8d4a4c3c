import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { BroadsideError } from '../base/errors.ts';
import { createRedactor } from '../base/redact.ts';
import type { DatabaseAddress } from './postgres-address.ts';

/** How long an answer, or a connection, is waited for: milliseconds. */
const answerTime = 20_000;

/** How long a server that cannot be reached, as while it starts, is asked again: milliseconds. */
const defaultPatience = 30_000;

/** The same for a server that has never answered this process: most likely its address is wrong. */
const firstPatience = 3000;

/**
 * States that pass by themselves: no connection, a server that stops, starts or is full, or two transactions in each other's way.
 */
const passingState =
  /^(?:08...|57P0[1-4]|53300|40001|40P01|ECONN\w+|EPIPE|ETIMEDOUT|EAI_AGAIN|E(?:NET|HOST)UNREACH)$/;
const passingMessage =
  /^(?:Connection terminated|Query read timeout|timeout e|Client has encountered a connection)/;

/** What a server says where there is no such table, or no such schema. */
const lacking = new Set(['42P01', '3F000']);

/** One statement's rows; `values` stand for $1, $2 and so on. */
export type Run = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** A database, as far as a ledger needs one. */
export interface Database {
  /**
   * Does work on one connection. If that fails for a reason that passes, it is done again, with `again`, because the first time may
   * have arrived. Throws `LEDGER_UNREADABLE` or `LEDGER_UNWRITABLE`.
   */
  readonly ask: <Answer>(
    what: 'read' | 'written',
    work: (run: Run, again: boolean) => Promise<Answer>,
  ) => Promise<Answer>;
}

export interface DatabaseOptions {
  readonly address: DatabaseAddress;
  /** The environment variable that the address came from. */
  readonly variable: string;
  /** The certificate of the authority that vouches for the server, as PEM; those that Node trusts by default. */
  readonly ca?: string | undefined;
  /** The place as people are shown it. */
  readonly shown: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; 30 s by default. */
  readonly patience?: number | undefined;
}

/** Opens a database. Its connections end with the process, and do not keep it running when they are not in use. */
export function openDatabase(options: DatabaseOptions): Database {
  const { address, ca, signal, patience = defaultPatience } = options;
  const { host, port, user, password, database, encrypted } = address;
  const pool = new Pool({
    host,
    port,
    user,
    password,
    database,
    options: address.options,
    ssl: encrypted ? { rejectUnauthorized: true, ca } : false,
    application_name: 'broadside',
    max: 2,
    allowExitOnIdle: true,
    keepAlive: true,
    connectionTimeoutMillis: answerTime,
    query_timeout: answerTime,
  });
  // What breaks while nobody asks anything is found out by the next who does.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  let hasAnswered = false;

  const tryOnce = async <Answer>(work: (run: Run) => Promise<Answer>): Promise<Answer> => {
    const client = await pool.connect();
    hasAnswered = true;
    let isSound = false;
    try {
      const answer = await work(async <Row>(text: string, values: readonly unknown[] = []) => {
        const { rows } = await client.query(text, [...values]);
        return rows as readonly Row[];
      });
      isSound = true;
      return answer;
    } finally {
      client.release(!isSound);
    }
  };

  return {
    async ask(what, work) {
      const began = performance.now();
      for (let tries = 1; ; tries += 1) {
        try {
          return await tryOnce((run) => work(run, tries > 1));
        } catch (error) {
          if (error instanceof BroadsideError || isLacking(error)) throw error;
          const isPatient =
            performance.now() - began < (hasAnswered ? patience : Math.min(patience, firstPatience));
          if (!isPassing(error) || !isPatient) throw reportFault(error, what, options);
        }
        const delay = Math.min(2000, 50 * 2 ** tries) * (0.5 + Math.random());
        await pause(delay, undefined, what === 'read' && signal !== undefined ? { signal } : {});
      }
    },
  };
}

/** Whether a statement failed because there is no such table. */
export function isLacking(error: unknown): boolean {
  return lacking.has(codeOf(error));
}

function isPassing(error: unknown): boolean {
  return passingState.test(codeOf(error)) || (error instanceof Error && passingMessage.test(error.message));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function reportFault(
  error: unknown,
  what: 'read' | 'written',
  { shown, variable, address }: DatabaseOptions,
): BroadsideError {
  const redact = createRedactor(address.secrets);
  const said = error instanceof Error && error.message !== '' ? error.message : codeOf(error);
  const code = what === 'read' ? 'LEDGER_UNREADABLE' : 'LEDGER_UNWRITABLE';
  return new BroadsideError(code, `The ledger in ${shown} cannot be ${what}: ${redact(said)}.`, {
    remedy: chooseRemedy(codeOf(error), said, address, variable),
  });
}

function chooseRemedy(
  code: string,
  said: string,
  { host, database, user = 'this user' }: DatabaseAddress,
  variable: string,
): string {
  if (code.startsWith('28')) return `Check the user and the password in ${variable}.`;
  if (code === '3D000') return `Create the database ${database}, or correct the name in ${variable}.`;
  if (code === '42501') return `Let ${user} do that: docs/ledger.md says which rights it needs.`;
  if (/^53(?:100|200)/.test(code)) return `Make room on the disk of ${host}.`;
  if (/CERT|ALTNAME|SIGNATURE|SSL|TLS/i.test(`${code} ${said}`))
    return `Let ${host} speak TLS with a certificate that this machine trusts, or name the file of its authority's certificate in ledger.ca.`;
  return `Check that ${host} runs, that the network leads there, and the address in ${variable}.`;
}
