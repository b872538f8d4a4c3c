import { openStore, readJsonBody, replyJson, startStandIn } from '../../../src/rehearsal/stand-in.ts';
import type { Reply, StandInRequest } from '../../../src/rehearsal/exchange.ts';
import type { Behaviour, StandIn } from '../../../src/rehearsal/stand-in.ts';

interface Notice {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly original: string;
}

interface State {
  nextId: number;
  notices: readonly Notice[];
}

/** Starts a board that takes one key. */
export async function startBoard(options: {
  readonly folder: string;
  readonly key: string;
  readonly port?: number;
}): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'board.json', { nextId: 1, notices: [] });
  const { state } = store;
  const notFound = replyJson(404, { error: 'no such notice' });

  function keep(id: number, request: StandInRequest, url: string): Reply {
    const { title, text, original } = readJsonBody(request) ?? {};
    const notice = {
      id,
      url: `${url}/notices/${id}`,
      title: String(title),
      text: String(text),
      original: String(original),
    };
    state.notices = [...state.notices.filter((one) => one.id !== id), notice];
    state.nextId = Math.max(state.nextId, id + 1);
    store.save();
    return replyJson(200, notice);
  }

  function behave(url: string): Behaviour {
    return {
      authenticate: ({ method, path, headers }) =>
        headers['authorization'] === `Bearer ${options.key}` || (method === 'GET' && path !== '/notices')
          ? undefined
          : replyJson(401, { error: 'who are you?' }),
      decide(request) {
        const { method, path } = request;
        if (path === '/notices') {
          return {
            take: () =>
              method === 'POST' ? keep(state.nextId, request, url) : replyJson(200, state.notices),
          };
        }
        const notice = state.notices.find(({ id }) => `/notices/${id}` === path);
        if (notice === undefined) return { refuse: notFound };
        if (method === 'GET') return { take: () => ({ status: 200, body: notice.text }) };
        if (method === 'PUT') return { take: () => keep(notice.id, request, url) };
        return {
          take() {
            state.notices = state.notices.filter((one) => one !== notice);
            store.save();
            return replyJson(200, notice);
          },
        };
      },
    };
  }
  return startStandIn({ ...options, behave });
}
