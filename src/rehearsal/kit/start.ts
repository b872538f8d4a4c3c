import { escapeHtml } from '../../base/escape-html.ts';
import { countRate } from '../count-rate.ts';
import type { Judgement, Reply, StandInRequest } from '../exchange.ts';
import { replyPage } from '../page.ts';
import { openStore, readJsonBody, replyJson, startStandIn } from '../stand-in.ts';
import type { Behaviour, StandIn, StandInOptions, Store } from '../stand-in.ts';
import { listEmail, showEmail, showSequence, type HeldEmail, type HeldSequence, type State } from './held.ts';
import { findMailing, placeEmail, refuse, refuseSequence } from './judge.ts';

/** How often one key may ask (developers.kit.com, response codes, checked November 2026). */
const rate = { count: 120, ms: 60_000 };

const keyHeader = 'x-kit-api-key';

/** How many items a page of a listing has (developers.kit.com, list sequence emails, checked November 2026). */
const pages = { size: 500, largest: 1000 };

export interface KitOptions extends StandInOptions {
  readonly apiKey: string;
  /** How many readers are in each sequence; none by default. */
  readonly readers?: () => number;
}

/** Starts a Kit that keeps its documented rules for sequences, sends nothing, and shows its emails as pages. */
export async function startKit(options: KitOptions): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'kit.json', { nextId: 1, sequences: [], mailed: [] });
  return startStandIn({ ...options, behave: () => behaveAsKit(store, options) });
}

function behaveAsKit(store: Store<State>, options: KitOptions): Behaviour {
  const { state } = store;
  const requests = countRate(rate);
  const countReaders = options.readers ?? ((): number => 0);

  return {
    keyHeader,
    authenticate({ path, headers, at }) {
      if (!path.startsWith('/v4/')) return undefined;
      if (!requests.take(at))
        return { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' };
      return headers[keyHeader] === options.apiKey ? undefined : refuse(401, 'The access token is invalid');
    },
    decide(request) {
      if (!request.path.startsWith('/v4/')) return { show: () => showPage(request.path, state) };
      return decideApi(request);
    },
  };

  function decideApi(request: StandInRequest): Judgement {
    const { method, path } = request;
    if (method === 'GET' && path === '/v4/account') return { take: () => replyJson(200, account) };
    if (path === '/v4/sequences' && method === 'GET') {
      const sequences = state.sequences.map((it) => showSequence(it, countReaders()));
      return { take: () => listPage('sequences', sequences, request) };
    }
    if (path === '/v4/sequences' && method === 'POST') return decideSequence(request);
    const parts = /^\/v4\/sequences\/(\d+)\/emails(?:\/(\d+))?$/.exec(path);
    const sequence = state.sequences.find(({ id }) => id === Number(parts?.[1]));
    if (sequence === undefined) return { refuse: refuse(404, 'Not Found') };
    if (parts?.[2] === undefined) {
      if (method === 'POST') return decideEmail(request, sequence);
      if (method !== 'GET') return { refuse: refuse(404, 'Not Found') };
      const show = request.query.get('include_content') === 'true' ? showEmail : listEmail;
      const emails = sequence.emails.map((it) => show(it, sequence));
      return { take: () => listPage('emails', emails, request) };
    }
    const email = sequence.emails.find(({ id }) => id === Number(parts[2]));
    if (email === undefined) return { refuse: refuse(404, 'Not Found') };
    if (method === 'GET') return { take: () => replyJson(200, { email: showEmail(email, sequence) }) };
    if (method === 'PUT') return decideEmail(request, sequence, email);
    if (method !== 'DELETE') return { refuse: refuse(404, 'Not Found') };
    return {
      take() {
        replace({ ...sequence, emails: sequence.emails.filter((it) => it !== email) });
        store.save();
        return { status: 204 };
      },
    };
  }

  function decideSequence(request: StandInRequest): Judgement {
    const given = readJsonBody(request);
    if (given === undefined) return { refuse: refuse(422, 'the body is not JSON') };
    const fault = refuseSequence(given);
    if (fault !== undefined) return { refuse: fault };
    return {
      take() {
        const sequence: HeldSequence = {
          id: state.nextId,
          name: String(given['name']),
          createdAt: new Date(request.at).toISOString(),
          active: given['active'] !== false,
          emails: [],
        };
        state.nextId += 1;
        state.sequences = [...state.sequences, sequence];
        store.save();
        return replyJson(201, { sequence: showSequence(sequence, countReaders()) });
      },
    };
  }

  /** A new email, or a change of one that is there. */
  function decideEmail(request: StandInRequest, sequence: HeldSequence, before?: HeldEmail): Judgement {
    const given = readJsonBody(request);
    if (given === undefined) return { refuse: refuse(422, 'the body is not JSON') };
    const placed = placeEmail(before ?? beginEmail(state.nextId), given, sequence);
    if ('refuse' in placed) return placed;
    return {
      take() {
        const { email, sequence: after } = placed;
        if (before === undefined) state.nextId += 1;
        const why = findMailing(sequence, after, email, countReaders());
        if (why !== undefined) state.mailed = [...state.mailed, { email: email.id, why }];
        replace(after);
        store.save();
        return replyJson(before === undefined ? 201 : 200, { email: showEmail(email, after) });
      },
    };
  }

  function replace(sequence: HeldSequence): void {
    state.sequences = state.sequences.map((it) => (it.id === sequence.id ? sequence : it));
  }
}

const account = {
  user: { email: 'rehearsal@example.com' },
  account: {
    id: 1,
    name: 'Rehearsal',
    plan_type: 'creator',
    primary_email_address: 'rehearsal@example.com',
    created_at: '2026-01-01T00:00:00Z',
  },
};

/** An email that says nothing yet. */
function beginEmail(id: number): HeldEmail {
  return {
    id,
    subject: '',
    previewText: null,
    content: null,
    delayValue: -1,
    delayUnit: '',
    sendDays: null,
    published: false,
  };
}

function listPage(name: string, items: readonly unknown[], { query }: StandInRequest): Reply {
  const size = Math.min(Number(query.get('per_page') ?? pages.size) || pages.size, pages.largest);
  const begin = readCursor(query.get('after'));
  const shown = items.slice(begin, begin + size);
  return replyJson(200, {
    [name]: shown,
    pagination: {
      has_previous_page: begin > 0,
      has_next_page: begin + size < items.length,
      start_cursor: shown.length === 0 ? null : writeCursor(begin),
      end_cursor: shown.length === 0 ? null : writeCursor(begin + shown.length),
      per_page: size,
    },
  });
}

function writeCursor(place: number): string {
  return Buffer.from(JSON.stringify([place])).toString('base64');
}

function readCursor(cursor: string | null): number {
  const [, place = '0'] = /^\[(\d+)\]$/.exec(Buffer.from(cursor ?? '', 'base64').toString()) ?? [];
  return Number(place);
}

/** The page at a path: every sequence, one with its emails, or none. */
function showPage(path: string, { sequences }: State): Reply {
  if (path === '/') {
    const items = sequences.map(
      ({ id, name, emails }) =>
        `<li><a href="/sequences/${id}">${escapeHtml(name)}</a>: ${emails.length} emails</li>`,
    );
    const body = `<h1>Kit stand-in</h1>\n<ul>\n${items.join('\n') || '<li>No sequence yet.</li>'}\n</ul>`;
    return replyPage({ title: 'Kit stand-in', body });
  }
  const sequence = sequences.find(({ id }) => path === `/sequences/${id}`);
  if (sequence === undefined) {
    const body = '<h1>Not found</h1>\n<p><a href="/">All sequences</a></p>';
    return replyPage({ title: 'Not found', body, status: 404 });
  }
  const emails = sequence.emails.map(
    ({ subject, content, delayValue, delayUnit, published }) =>
      `<section class="card"><p class="quiet">${delayValue} ${delayUnit} after the one before${published ? '' : ', a draft'}</p>\n<h2>${escapeHtml(subject)}</h2>\n${content ?? ''}</section>`,
  );
  return replyPage({
    title: sequence.name,
    body: `<p><a href="/">All sequences</a></p>\n<h1>${escapeHtml(sequence.name)}</h1>\n${emails.join('\n')}`,
  });
}
