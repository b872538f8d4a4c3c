import { SendError } from '../errors.ts';

/** The methods of the requests that are sent. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a failure is told with. */
interface FailedCall {
  readonly url: URL;
  readonly what: string;
  readonly method: HttpMethod;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Says what is known of a request that ended without an answer; takes nothing from the client's error but its code. */
export function describeFailure(
  call: FailedCall,
  known: {
    readonly begun: boolean;
    readonly status: number | undefined;
    readonly code: string | undefined;
    readonly deadline: AbortSignal;
  },
): SendError {
  const { begun, status, code, deadline } = known;
  const sent = judgeSent(call.method, begun, status);
  const details = {
    sent,
    remedy:
      sent === 'unknown'
        ? 'Look at the target before anything is sent again.'
        : 'Run the command again when the server can be reached.',
    ...(status !== undefined && { status }),
  };
  if (call.signal.aborted) {
    return new SendError('REQUEST_FAILED', `${call.what}: was interrupted`, details);
  }
  if (deadline.aborted) {
    const seconds = Math.round(call.timeoutMs / 100) / 10;
    return new SendError('REQUEST_TIMED_OUT', `${call.what}: no whole answer within ${seconds} s`, details);
  }
  if (!begun) {
    return new SendError('HOST_UNREACHABLE', `${call.what}: ${explainCode(code, call.url.host)}`, details);
  }
  return new SendError(
    'REQUEST_FAILED',
    `${call.what}: the connection broke before the answer was whole${code === undefined ? '' : ` (${code})`}`,
    details,
  );
}

/** The statuses that say no to what was sent; the other refusals are of who asks, where, when and how often, and pass (RFC 9110, section 15.5). */
const statusesOfContent: ReadonlySet<number> = new Set([400, 409, 413, 414, 415, 422, 451]);

/** What a status that is no success tells of a request. Only a refusal is known not to be taken, and 408 is none: it can come late. */
export function judgeStatus(method: HttpMethod, status: number): SendError['sent'] {
  if (method === 'GET') return 'no';
  if (status < 400 || status > 499 || status === 408) return 'unknown';
  return statusesOfContent.has(status) ? 'refused' : 'no';
}

/** What is known where no answer was read whole; why a refusal was given, and so whether for good, stood in what was not read. */
export function judgeSent(method: HttpMethod, begun: boolean, status: number | undefined): SendError['sent'] {
  if (method === 'GET' || !begun) return 'no';
  return status === undefined || judgeStatus(method, status) === 'unknown' ? 'unknown' : 'no';
}

function explainCode(code: string | undefined, host: string): string {
  if (code === 'ECONNREFUSED') return `${host} refuses connections`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} cannot be looked up`;
  return `${host} cannot be reached${code === undefined ? '' : ` (${code})`}`;
}
