import { startStandIn } from '../src/rehearsal/stand-in.ts';
import type { Judgement, Reply, StandInRequest } from '../src/rehearsal/exchange.ts';
import type { StandIn, Troubles } from '../src/rehearsal/stand-in.ts';

export interface HubOptions extends Troubles {
  readonly port?: number | undefined;
  /** Topics it does not take, such as one of somebody else's. */
  readonly refused?: readonly string[];
}

/** A WebSub hub that runs, and the topics it was told of, oldest first. */
export interface Hub {
  readonly standIn: StandIn;
  readonly topics: readonly string[];
}

/**
 * Starts a stand-in for a WebSub hub: it takes `hub.mode=publish` with `hub.url` in a form and answers 204, as the hubs that
 * Google and Superfeedr run do, and 400 to all else.
 */
export async function startHub({ port, refused = [], ...troubles }: HubOptions = {}): Promise<Hub> {
  const topics: string[] = [];
  const standIn = await startStandIn({
    ...troubles,
    port,
    behave: () => ({
      authenticate: () => undefined,
      decide: (request) => decide(request, refused, (topic) => void topics.push(topic)),
    }),
  });
  return { standIn, topics };
}

function decide(
  request: StandInRequest,
  refused: readonly string[],
  take: (topic: string) => void,
): Judgement {
  if (request.method !== 'POST') return { refuse: say(405, 'Only POST is taken') };
  if (request.headers['content-type']?.split(';')[0] !== 'application/x-www-form-urlencoded') {
    return { refuse: say(415, 'Only a form is taken') };
  }
  const form = new URLSearchParams(new TextDecoder().decode(request.bytes));
  if (form.get('hub.mode') !== 'publish') return { refuse: say(400, 'Invalid parameter: hub.mode') };
  const topic = form.get('hub.url') ?? '';
  if (!/^https?:\/\/[^#]+$/.test(topic) || refused.includes(topic)) {
    return { refuse: say(400, 'Invalid parameter: hub.url') };
  }
  return {
    take: () => {
      take(topic);
      return { status: 204 };
    },
  };
}

function say(status: number, text: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
