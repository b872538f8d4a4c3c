import type { z } from 'zod';
import { countRate } from '../count-rate.ts';
import type { Judgement, Reply, StandInRequest } from '../exchange.ts';
import { openStore, readJsonBody, replyJson, startStandIn } from '../stand-in.ts';
import type { Behaviour, StandIn, StandInOptions, Store } from '../stand-in.ts';
import {
  formatId,
  showAutomation,
  showEmail,
  type HeldAutomation,
  type HeldEmail,
  type State,
} from './held.ts';
import { holdActions, refuseAutomation, refuseChange, refuseEmail } from './judge.ts';
import { showPage } from './pages.ts';
import { refuse, refuseFields } from './refusals.ts';
import { automationChangeShape, automationShape, emailChangeShape, emailShape } from './shapes.ts';

/** How often it may be asked (docs.buttondown.com/api-rate-limits, checked November 2026). */
const rate = { count: 600, ms: 60_000 };

/** How many items a page of a listing has. */
const usualPageSize = 30;

export interface ButtondownOptions extends StandInOptions {
  readonly apiKey: string;
  /** How many items a page of a listing has. */
  readonly pageSize?: number;
}

/** Starts a Buttondown that keeps its documented rules, sends nothing, and shows its emails as pages. */
export async function startButtondown(options: ButtondownOptions): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'buttondown.json', {
    nextId: 1,
    emails: [],
    automations: [],
  });
  return startStandIn({ ...options, behave: (url) => behaveAsButtondown(url, store, options) });
}

function behaveAsButtondown(url: string, store: Store<State>, options: ButtondownOptions): Behaviour {
  const { state } = store;
  const requests = countRate(rate);
  const withRate = (reply: Reply, at: number): Reply => ({
    ...reply,
    headers: {
      ...reply.headers,
      'x-ratelimit-limit': String(rate.count),
      'x-ratelimit-remaining': String(requests.countLeft(at)),
      'x-ratelimit-reset': String(Math.ceil(requests.findReset(at) / 1000)),
    },
  });

  return {
    authenticate(request) {
      const { path, headers, at } = request;
      if (!path.startsWith('/v1/')) return undefined;
      if (!requests.take(at)) {
        const wait = Math.max(1, Math.ceil((requests.findReset(at) - at) / 1000));
        const reply = refuse(429, `Expected available in ${wait} seconds.`, 'rate_limited');
        return withRate({ ...reply, headers: { ...reply.headers, 'retry-after': String(wait) } }, at);
      }
      if (headers['authorization'] === `Token ${options.apiKey}`) return undefined;
      return withRate(refuse(401, 'Invalid API key.', 'unauthorized'), at);
    },
    decide(request) {
      const { path, at } = request;
      if (!path.startsWith('/v1/')) return { show: () => showPage(path, state, at) };
      const judged = decideApi(request);
      if ('take' in judged) return { take: () => withRate(judged.take(), at) };
      return 'refuse' in judged ? { refuse: withRate(judged.refuse, at) } : judged;
    },
  };

  function decideApi(request: StandInRequest): Judgement {
    const { method, at } = request;
    const [kind, id, ...rest] = request.path.slice('/v1/'.length).split('/');
    if (rest.length > 0) return { refuse: refuse(404, 'Not found.') };
    if (kind === 'accounts' && id === 'me' && method === 'GET') {
      return {
        take: () => replyJson(200, { username: 'rehearsal', email_address: 'rehearsal@example.com' }),
      };
    }
    if (kind === 'emails') {
      if (id === undefined && method === 'GET')
        return {
          take: () =>
            listPage(
              state.emails.map((it) => showEmail(it, url, at)),
              request,
            ),
        };
      if (id === undefined && method === 'POST') return decideEmail(request);
      return decideOne(request, id ?? '', {
        items: state.emails,
        replace(emails) {
          state.emails = emails;
          store.save();
        },
        show: (email) => showEmail(email, url, at),
        change: changeEmail,
      });
    }
    if (kind === 'automations') {
      if (id === undefined && method === 'GET')
        return { take: () => listPage(state.automations.map(showAutomation), request) };
      if (id === undefined && method === 'POST') return decideAutomation(request);
      return decideOne(request, id ?? '', {
        items: state.automations,
        replace(automations) {
          state.automations = automations;
          store.save();
        },
        show: showAutomation,
        change: changeAutomation,
      });
    }
    return { refuse: refuse(404, 'Not found.') };
  }

  function listPage(items: readonly unknown[], { query, path }: StandInRequest): Reply {
    const size = options.pageSize ?? usualPageSize;
    const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
    const address = (number: number): string => `${url}${path}?page=${number}`;
    return replyJson(200, {
      results: items.slice((page - 1) * size, page * size),
      next: page * size < items.length ? address(page + 1) : null,
      previous: page > 1 ? address(page - 1) : null,
      count: items.length,
    });
  }

  function decideEmail(request: StandInRequest): Judgement {
    const given = readFields(request, emailShape);
    if ('refuse' in given) return given;
    const { fields } = given;
    const fault = refuseEmail(fields, state, request.at);
    if (fault !== undefined) return { refuse: fault };
    return {
      take() {
        const id = formatId('em', state.nextId);
        const at = new Date(request.at).toISOString();
        const email: HeldEmail = {
          id,
          createdAt: at,
          changedAt: at,
          subject: fields.subject,
          body: fields.body,
          slug: fields.slug ?? id,
          canonicalUrl: fields.canonical_url,
          description: fields.description,
          image: fields.image,
          status: fields.status,
          publishDate: fields.publish_date ?? null,
          archivalMode: fields.archival_mode,
        };
        state.nextId += 1;
        state.emails = [...state.emails, email];
        store.save();
        return replyJson(201, showEmail(email, url, request.at));
      },
    };
  }

  /** A change of an email that is there. */
  function changeEmail(request: StandInRequest, before: HeldEmail): Change<HeldEmail> {
    const { at } = request;
    const given = readFields(request, emailChangeShape);
    if ('refuse' in given) return given;
    const { fields } = given;
    const fault = refuseChange(fields, before, state, at);
    if (fault !== undefined) return { refuse: fault };
    return {
      after: {
        ...before,
        changedAt: new Date(at).toISOString(),
        subject: fields.subject ?? before.subject,
        body: fields.body ?? before.body,
        slug: fields.slug ?? before.slug,
        canonicalUrl: fields.canonical_url ?? before.canonicalUrl,
        description: fields.description ?? before.description,
        image: fields.image ?? before.image,
        status: fields.status ?? before.status,
        publishDate: fields.publish_date === 'none' ? null : (fields.publish_date ?? before.publishDate),
        archivalMode: fields.archival_mode ?? before.archivalMode,
      },
    };
  }

  function decideAutomation(request: StandInRequest): Judgement {
    const given = readFields(request, automationShape);
    if ('refuse' in given) return given;
    const { name, trigger, actions } = given.fields;
    const fault = refuseAutomation(trigger, actions);
    if (fault !== undefined) return { refuse: fault };
    return {
      take() {
        const automation: HeldAutomation = {
          id: formatId('auto', state.nextId),
          createdAt: new Date(request.at).toISOString(),
          name,
          status: 'inactive',
          trigger,
          actions: holdActions(actions),
        };
        state.nextId += 1;
        state.automations = [...state.automations, automation];
        store.save();
        return replyJson(201, showAutomation(automation));
      },
    };
  }

  /** A change of an automation that is there. */
  function changeAutomation(request: StandInRequest, before: HeldAutomation): Change<HeldAutomation> {
    const given = readFields(request, automationChangeShape);
    if ('refuse' in given) return given;
    const { name, status, trigger, actions } = given.fields;
    const fault = refuseAutomation(trigger, actions);
    if (fault !== undefined) return { refuse: fault };
    return {
      after: {
        ...before,
        name: name ?? before.name,
        status: status ?? before.status,
        trigger: trigger ?? before.trigger,
        actions: actions ? holdActions(actions) : before.actions,
      },
    };
  }
}

/** What an item would be after a change, or the refusal. */
type Change<Held> = { readonly after: Held } | { readonly refuse: Reply };

/** The items of one kind. */
interface Shelf<Held> {
  readonly items: readonly Held[];
  /** Holds other items from now on. */
  readonly replace: (items: readonly Held[]) => void;
  readonly show: (item: Held) => unknown;
  readonly change: (request: StandInRequest, before: Held) => Change<Held>;
}

/** A request for one item: to see it, to delete it or to change it. */
function decideOne<Held extends { readonly id: string }>(
  request: StandInRequest,
  id: string,
  { items, replace, show, change }: Shelf<Held>,
): Judgement {
  const before = items.find((item) => item.id === id);
  if (before === undefined) return { refuse: refuse(404, 'Not found.', 'not_found') };
  if (request.method === 'GET') return { take: () => replyJson(200, show(before)) };
  if (request.method === 'DELETE') {
    return {
      take() {
        replace(items.filter((item) => item !== before));
        return { status: 204 };
      },
    };
  }
  if (request.method !== 'PATCH') return { refuse: refuse(405, 'Method not allowed.') };
  const changed = change(request, before);
  if ('refuse' in changed) return changed;
  const { after } = changed;
  return {
    take() {
      replace(items.map((item) => (item === before ? after : item)));
      return replyJson(200, show(after));
    },
  };
}

/** What a request says, by a shape of its kind, or the refusal. */
function readFields<Shape extends z.ZodType>(
  request: StandInRequest,
  shape: Shape,
): { readonly fields: z.output<Shape> } | { readonly refuse: Reply } {
  const given = readJsonBody(request);
  if (given === undefined) return { refuse: refuse(400, 'Cannot parse request body') };
  const read = shape.safeParse(given);
  return read.success ? { fields: read.data } : { refuse: refuseFields(read.error) };
}
