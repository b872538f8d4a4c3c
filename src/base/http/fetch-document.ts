import { lookup, type LookupAllOptions } from 'node:dns';
import { BroadsideError, SendError } from '../errors.ts';
import { defaultLimits, exchange, isRedirect, privateCode, type HttpHeaders } from './exchange.ts';
import { isPrivateAddress } from './private-networks.ts';
import { readAddress } from './read-address.ts';

const redirectLimit = 5;

export interface FetchedDocument {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly bytes: Uint8Array;
  /** Where it was found, after redirects. */
  readonly url: string;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `refused`: no address of this machine or of a private network is contacted, whatever name leads there; else only redirects into one are refused. */
  readonly privateAddresses?: 'refused' | 'allowed' | undefined;
  /** Looks host names up, as `node:dns` does, which is the default. */
  readonly lookUp?: typeof lookup | undefined;
}

/**
 * Reads a public page or file without any secret, following up to five redirects, and returns it whatever its status.
 * Throws `URL_REFUSED`, `HOST_UNREACHABLE`, `REQUEST_TIMED_OUT`, `REQUEST_FAILED`, `REQUEST_REFUSED` or `RESPONSE_TOO_LARGE`.
 */
export async function fetchDocument(address: string, options: FetchOptions): Promise<FetchedDocument> {
  const start = readAddress(address);
  let url = start;
  const timeoutMs = options.timeoutMs ?? defaultLimits.timeoutMs;
  const startedAt = performance.now();
  const mayStartInside = options.privateAddresses !== 'refused';
  let isInside = mayStartInside && isPrivateAddress(start.hostname);
  for (let hop = 0; hop <= redirectLimit; hop += 1) {
    refuseProtocol(url);
    const refusal = mayStartInside ? refuseRedirect(start.host) : refusePrivate(url.host);
    const mayContact = (isPrivate: boolean): boolean => {
      if (hop === 0 && mayStartInside) isInside ||= isPrivate;
      return isInside || !isPrivate;
    };
    if (!mayContact(isPrivateAddress(url.hostname))) throw refusal;
    const answer = await exchange({
      url,
      what: `GET ${url.host}${url.pathname}`,
      method: 'GET',
      headers: { ...options.headers },
      body: undefined,
      maxBytes: options.maxBytes ?? defaultLimits.maxBytes,
      timeoutMs: timeoutMs - (performance.now() - startedAt),
      signal: options.signal,
      names: { lookUp: judgeNames(options.lookUp, mayContact), refusal },
    });
    const location = answer.headers['location'];
    if (!isRedirect(answer.status) || location === undefined) return { ...answer, url: url.href };
    if (!URL.canParse(location, url.href)) break;
    url = new URL(location, url);
  }
  throw new SendError('REQUEST_REFUSED', `${start.host}${start.pathname} redirects without end`, {
    remedy: 'Use the address of the page itself.',
    sent: 'no',
  });
}

function refuseProtocol(url: URL): void {
  if (url.protocol === 'https:' || url.protocol === 'http:') return;
  throw new BroadsideError('URL_REFUSED', `${url.protocol} is not an address of the web`, {
    remedy: 'Use an http or https address.',
  });
}

function refuseRedirect(host: string): BroadsideError {
  return new BroadsideError('URL_REFUSED', `${host} redirects into a private network`, {
    remedy: 'Use the address of the page itself.',
  });
}

function refusePrivate(host: string): BroadsideError {
  return new BroadsideError(
    'URL_REFUSED',
    `${host} is an address of this machine or of a private network, which Broadside contacts only when told to`,
    {
      remedy:
        'If you trust what answers there, give --allow-private, or set allow_private: true on the source.',
    },
  );
}

/** A look-up that fails if a name leads to an address that may not be contacted, so that no connection is made. */
function judgeNames(
  lookUp: typeof lookup = lookup,
  mayContact: (isPrivate: boolean) => boolean,
): typeof lookup {
  return ((
    hostname: string,
    options: LookupAllOptions,
    tell: (error: NodeJS.ErrnoException | null, found?: unknown, family?: number) => void,
  ) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (error !== null || first === undefined) return tell(error);
      if (!mayContact(addresses.some(({ address }) => isPrivateAddress(address)))) {
        return tell(Object.assign(new Error(`${hostname} is private`), { code: privateCode }));
      }
      return options.all ? tell(null, addresses) : tell(null, first.address, first.family);
    });
  }) as typeof lookup;
}
