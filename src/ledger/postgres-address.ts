import { isLoopback } from '../base/http/loopback.ts';
import { BroadsideError } from '../base/errors.ts';

/** Where a database is, and how it is spoken to. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  /** What a provider needs at the start, such as which of its servers is meant. */
  readonly options?: string;
  /** Whether all is encrypted, and the server has to prove who it is. */
  readonly encrypted: boolean;
  /** The place as people are shown it, without user and password. */
  readonly shown: string;
  /** What is removed from every message of the server. */
  readonly secrets: readonly string[];
}

const defaultPort = 5432;

/**
 * Reads the address of a database, `postgresql://user:password@host:port/database`. A server elsewhere than on this machine is only
 * spoken to over TLS. Throws `LEDGER_UNREADABLE`; `variable` is where the address came from.
 */
export function readDatabaseAddress(text: string, variable: string): DatabaseAddress {
  const url = URL.parse(text);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) throw reportMalformed(variable);
  const [user, password, path] = [url.username, url.password, url.pathname.slice(1)].map((part) =>
    decodePart(part, variable),
  );
  const given = url.searchParams;
  const folder = given.get('host');
  const host = folder?.startsWith('/') === true ? folder : url.hostname.replace(/^\[(.*)\]$/, '$1');
  const database = path || user || '';
  if (host === '' || database === '') throw reportMalformed(variable);
  const isHere = host.startsWith('/') || isLoopback(url.hostname);
  const mode = given.get('sslmode') ?? '';
  if (!isHere && /^(?:disable|allow|prefer)$/.test(mode)) throw reportPlain(host, mode, variable);
  const port = url.port === '' ? defaultPort : Number(url.port);
  const options = given.get('options');
  return {
    host,
    port,
    ...(user && { user }),
    ...(password && { password }),
    database,
    ...(options !== null && { options }),
    encrypted: !isHere || /^(?:require|verify-)/.test(mode),
    shown: `${database} on ${host}${host.startsWith('/') || port === defaultPort ? '' : `:${port}`}`,
    secrets: [text, url.password, password ?? ''].filter((secret) => secret !== ''),
  };
}

function decodePart(text: string, variable: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw reportMalformed(variable);
  }
}

function reportMalformed(variable: string): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `${variable} does not hold the address of a database.`, {
    remedy: `Set ${variable} to an address such as postgresql://user:password@db.example/blogs; in a password, write %40 for @, %2F for / and %25 for %.`,
  });
}

function reportPlain(host: string, mode: string, variable: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNREADABLE',
    `${variable} has sslmode=${mode}, and ${host} is not this machine, so the password could be read on the way.`,
    { remedy: `Take sslmode out of ${variable}, and let the server speak TLS.` },
  );
}
