import { Buffer } from 'node:buffer';
import { SendError } from '../base/errors.ts';
import { openHttp } from '../base/http/client.ts';
import { readRetryAfter } from '../base/http/exchange.ts';

/**
 * Tells a WebSub hub that a topic has changed, as PubSubHubbub 0.3 (7.1) has it, which is what hubs take. Throws a `SendError`:
 * `REQUEST_REFUSED`, `RATE_LIMITED`, or `REQUEST_FAILED` for an answer of 500 and above.
 */
export async function tellHub(hub: string, topic: string, signal: AbortSignal): Promise<void> {
  const { origin, host, pathname, search } = new URL(hub);
  const http = openHttp({ origin, headers: {}, secrets: [] });
  const answer = await http.request(
    {
      method: 'POST',
      path: `${pathname}${search}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      bytes: Buffer.from(String(new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }))),
    },
    signal,
  );
  const { status, headers, text } = answer;
  if (status >= 200 && status < 300) return;
  const said = http.quote(text);
  const message = `${host} answered ${status}${said === '' ? '' : `: ${said}`}`;
  if (status === 429) {
    const retryAfter = readRetryAfter(headers);
    throw new SendError('RATE_LIMITED', message, {
      remedy: 'Run "broadside announce" again later.',
      sent: 'refused',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  if (status >= 500) {
    throw new SendError('REQUEST_FAILED', message, {
      remedy: 'Run "broadside announce" again: telling a hub twice does no harm.',
      sent: 'unknown',
      status,
    });
  }
  throw new SendError('REQUEST_REFUSED', message, {
    remedy: 'Check that the hub in the config accepts announcements from everyone.',
    sent: 'refused',
    status,
  });
}
