import { closest, distance } from 'fastest-levenshtein';

/** Every code an error can have, with what it means. A code never changes its meaning. */
export const errorCodes = {
  USAGE: 'the command line cannot be understood',
  CONFIG_MISSING: 'there is no config file',
  CONFIG_INVALID: 'the config file has faults',
  SOURCE_UNREADABLE: 'a source cannot be read',
  POST_UNKNOWN: 'no post answers to that name',
  POST_UNREADABLE: 'a post cannot be read',
  POST_TOO_COSTLY: 'reading a post takes more time or memory than a post may',
  POST_INVALID: 'a post has faults that keep it from being rendered',
  TARGET_UNKNOWN: 'no target has that name',
  COPY_UNKNOWN: 'the ledger knows no such copy',
  COPY_SETTLED: 'nothing about a copy is in doubt',
  COPY_ADDRESS_UNLIKELY: 'an address is unlikely to be that of a copy',
  COPY_IN_FLIGHT: 'another run may be sending a copy right now',
  CREDENTIAL_MISSING: 'a secret that a target needs is not in the environment',
  CREDENTIAL_REFUSED: 'a target does not accept the credentials',
  SIGN_IN_REFUSED: 'a sign-in in the browser gave no usable token',
  SIGN_IN_TIMED_OUT: 'nobody signed in while the program waited',
  PORT_UNAVAILABLE: 'a port of this machine cannot be used',
  STORE_FAILED: 'a secret could not be put where it should be kept',
  URL_REFUSED: 'an address may not be contacted',
  HOST_UNREACHABLE: 'a server cannot be reached; nothing was sent',
  REQUEST_TIMED_OUT: 'a server did not answer in time',
  REQUEST_FAILED: 'a request failed and nobody knows whether it was taken',
  REQUEST_REFUSED: 'a server refused a request',
  RATE_LIMITED: 'a server asks to wait',
  RESPONSE_UNUSABLE: 'a server answered with something that cannot be used',
  RESPONSE_TOO_LARGE: 'a server answered with more than may be read',
  LEDGER_UNREADABLE: 'the ledger cannot be read',
  LEDGER_UNWRITABLE: 'the ledger cannot be written',
  LEDGER_LOCKED: 'another process holds the ledger',
  LEDGER_LOST: 'the ledger no longer holds what it held before',
  LEDGER_ELSEWHERE: 'another kind of ledger already has entries',
  OUTCOME_UNRECORDED: 'something was sent, and what became of it could not be recorded',
  PLAN_INVALID: 'a plan file cannot be used',
  FEED_INVALID: 'a feed cannot be read',
  EXPORT_INVALID: 'an export of a blog cannot be read',
  FILE_EXISTS: 'a file that would be overwritten exists',
  PROGRAM_UNPINNED: 'nothing says which program the workflows should run',
  DASHBOARD_REFUSED: 'GitHub does not let Broadside read or write the dashboard',
  OUTPUT_UNWRITABLE: 'a file cannot be written',
  NODE_TOO_OLD: 'this Node is too old for the program',
  INTERNAL: 'the program has a fault',
} as const;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorDetails {
  /** What to do next, in one imperative sentence. */
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly cause?: unknown;
}

/** What went wrong, where, and what to do next. */
export class BroadsideError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'BroadsideError';
    this.code = code;
    this.remedy = details.remedy;
    if (details.file !== undefined) this.file = details.file;
    if (details.line !== undefined) this.line = details.line;
    if (details.column !== undefined) this.column = details.column;
  }
}

export interface SendDetails extends ErrorDetails {
  /**
   * `no`: it was not taken, for a reason that passes. `refused`: the target refused it for good. `unknown`: it may have been taken.
   */
  readonly sent: 'no' | 'refused' | 'unknown';
  /** Seconds the target asked to wait. */
  readonly retryAfter?: number;
  readonly status?: number;
}

/** A request to a target that did not end in a receipt, with what is known about it. */
export class SendError extends BroadsideError {
  readonly sent: 'no' | 'refused' | 'unknown';
  readonly retryAfter?: number;
  readonly status?: number;

  constructor(code: ErrorCode, message: string, details: SendDetails) {
    super(code, message, details);
    this.name = 'SendError';
    this.sent = details.sent;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
    if (details.status !== undefined) this.status = details.status;
  }
}

/** What went wrong and what to do next, as sentences on one line. */
export function tellError(error: { readonly message: string; readonly remedy: string }): string {
  const { message, remedy } = error;
  return `${message}${/[.!?…]$/.test(message) ? '' : '.'} ${remedy}`.trimEnd();
}

/** The known word a mistyped one most likely meant, if one is near enough. */
export function suggestWord(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const reach = word.length <= 4 ? 1 : 2;
  const similar = known.filter(({ length }) => Math.abs(length - typed.length) <= reach);
  if (similar.length === 0) return undefined;
  const nearest = closest(typed, similar);
  return distance(typed, nearest) <= reach ? nearest : undefined;
}
