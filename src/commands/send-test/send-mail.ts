import { createTransport, type SendMailOptions } from 'nodemailer';
import { decodePercent } from '../../base/decode-percent.ts';
import { SendError, type ErrorCode } from '../../base/errors.ts';
import { isLoopback } from '../../base/http/loopback.ts';
import { createRedactor } from '../../base/redact.ts';

/** How long a server may take to answer, in milliseconds. */
const patience = 30_000;

/** A server that takes mail, and what it is to know its sender by. */
export interface MailServer {
  /** As in an address: one of IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether it is spoken to through TLS from the start. */
  readonly isSecure: boolean;
  readonly login?: { readonly user: string; readonly pass: string };
}

/** Reads a server's address, such as `smtps://name:password@mail.example:465`; undefined where it is none. */
export function readServer(address: string): MailServer | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const isSecure = url.protocol === 'smtps:';
  const user = decodePercent(url.username);
  return {
    host: url.hostname,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    isSecure,
    ...(user !== '' && { login: { user, pass: decodePercent(url.password) } }),
  };
}

/**
 * Mails one message, in one try, and says what the server answered. A password goes to no server that is on another machine and
 * knows no TLS. Throws a `SendError` that holds no secret.
 */
export async function sendMail(server: MailServer, message: SendMailOptions): Promise<string> {
  const { host, port, isSecure, login } = server;
  const redact = createRedactor(login === undefined ? [] : [login.pass]);
  const transport = createTransport({
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    secure: isSecure,
    requireTLS: !isSecure && !isLoopback(host),
    // A server on this same machine has a certificate that nobody signed.
    tls: { rejectUnauthorized: !isLoopback(host) },
    ...(login !== undefined && { auth: login }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail(message);
    return redact(response);
  } catch (error) {
    throw explain(error, `${host}:${port}`, redact);
  } finally {
    transport.close();
  }
}

interface Meaning {
  readonly code: ErrorCode;
  readonly sent: SendError['sent'];
  readonly says: string;
  readonly remedy: string;
}

const unreachable: Meaning = {
  code: 'HOST_UNREACHABLE',
  sent: 'no',
  says: 'cannot be reached',
  remedy: 'Check the host and the port in SMTP_URL.',
};

/** What the codes of nodemailer mean (nodemailer.com/errors, checked December 2026). */
const meanings: Readonly<Record<string, Meaning>> = {
  EAUTH: {
    code: 'CREDENTIAL_REFUSED',
    sent: 'no',
    says: 'does not accept the name and the password',
    remedy: 'Check both in SMTP_URL; write characters such as @ and / percent-encoded there.',
  },
  ENOAUTH: {
    code: 'CREDENTIAL_REFUSED',
    sent: 'no',
    says: 'offers no way to log in with a name and a password',
    remedy: 'Use the port that is meant for sending, mostly 465 or 587.',
  },
  ETLS: {
    code: 'URL_REFUSED',
    sent: 'no',
    says: 'cannot be reached through TLS',
    remedy: 'Use smtps:// and its port, mostly 465.',
  },
  ETIMEDOUT: {
    code: 'REQUEST_TIMED_OUT',
    sent: 'unknown',
    says: 'did not answer in time',
    remedy: 'Check the host and the port in SMTP_URL, and check whether the mail came after all.',
  },
  EENVELOPE: {
    code: 'REQUEST_REFUSED',
    sent: 'refused',
    says: 'does not take mail from or to these addresses',
    remedy: 'Give --from an address that the server lets you send from.',
  },
  EMESSAGE: {
    code: 'REQUEST_REFUSED',
    sent: 'refused',
    says: 'does not take the letter',
    remedy: 'Look at what it says, and change the letter.',
  },
  EDNS: unreachable,
  ECONNECTION: unreachable,
  ESOCKET: unreachable,
};

const failed: Meaning = {
  code: 'REQUEST_FAILED',
  sent: 'unknown',
  says: 'gave no answer that can be used',
  remedy: 'Check whether the mail came after all.',
};

function explain(error: unknown, place: string, redact: (text: string) => string): SendError {
  const { code, message, response } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const { says, remedy, ...meaning } = meanings[String(code)] ?? failed;
  const said = redact(String(response ?? message ?? error)).trim();
  return new SendError(meaning.code, `${place} ${says}: ${said}`, { remedy, sent: meaning.sent });
}
