import { SendError } from '../errors.ts';

/** The methods of the requests that are sent. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What is needed to describe a failure. */
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

/**
 * The statuses that refuse the content of a request. The other refusals are about who asks, where, when and how often, and may pass
 * (RFC 9110, section 15.5).
 */
const statusesOfContent: ReadonlySet<number> = new Set([400, 409, 413, 414, 415, 422, 451]);

/**
 * What an unsuccessful status says about a request. Only a refused request is known not to be taken. 408 is no refusal: it can come
 * late.
 */
export function judgeStatus(method: HttpMethod, status: number): SendError['sent'] {
  if (method === 'GET') return 'no';
  if (status < 400 || status > 499 || status === 408) return 'unknown';
  return statusesOfContent.has(status) ? 'refused' : 'no';
}

/**
 * What is known if no answer was read whole. The unread part would have said why a refusal was given, and whether it is for good.
 */
export function judgeSent(method: HttpMethod, begun: boolean, status: number | undefined): SendError['sent'] {
  if (method === 'GET' || !begun) return 'no';
  return status === undefined || judgeStatus(method, status) === 'unknown' ? 'unknown' : 'no';
}

function explainCode(code: string | undefined, host: string): string {
  if (code === 'ECONNREFUSED') return `${host} refuses connections`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} cannot be looked up`;
  return `${host} cannot be reached${code === undefined ? '' : ` (${code})`}`;
}
