import { findFrontMatter } from './front-matter.ts';
import { countRate } from '../count-rate.ts';
import { openStore, replyJson, startStandIn } from '../stand-in.ts';
import type { Judgement, Reply, StandInRequest } from '../exchange.ts';
import type { Behaviour, StandIn, StandInOptions, Store } from '../stand-in.ts';
import {
  beginArticle,
  isOut,
  listArticle,
  locateArticle,
  showArticle,
  showUser,
  sortKey,
  type Article,
  type State,
} from './article.ts';
import { judgeArticle, readParams, textOf } from './judge-article.ts';
import { showPage } from './pages.ts';
import {
  disclosureLevels,
  refuse,
  refuseDisclosure,
  refuseRate,
  version1,
  warnOfVersion,
} from './refusals.ts';

/** How often it may be asked (forem/forem config/initializers/rack_attack.rb and rate_limit_checker.rb, checked November 2026). */
export const rates = {
  read: { count: 3, ms: 1000 },
  readLong: { count: 30, ms: 60_000 },
  write: { count: 1, ms: 1000 },
  publish: { count: 9, ms: 30_000 },
  update: { count: 30, ms: 30_000 },
};

/** How many articles a page of a listing has (forem/forem app/controllers/concerns/api/articles_controller.rb, checked November 2026). */
const pages = { size: 30, largest: 1000 };

export interface DevtoOptions extends StandInOptions {
  readonly apiKey: string;
  /** The account the key belongs to. */
  readonly username?: string;
  /** The organizations the account is a member of; any other id is dropped without a word. */
  readonly organizationIds?: readonly number[];
}

/** Starts a dev.to that keeps Forem's documented rules and shows its articles as pages. */
export async function startDevto(options: DevtoOptions): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'devto.json', { nextId: 1, collections: {}, articles: [] });
  return startStandIn({ ...options, behave: (url) => behaveAsDevto(url, store, options) });
}

function behaveAsDevto(url: string, store: Store<State>, options: DevtoOptions): Behaviour {
  const { state } = store;
  const username = options.username ?? 'rehearsal';
  const allow = countRates();
  const around = ({ at }: StandInRequest) => ({
    at,
    articles: state.articles,
    organizationIds: options.organizationIds ?? [],
  });
  const isApi = (request: StandInRequest): boolean => request.path.startsWith('/api/');

  return {
    keyHeader: 'api-key',
    namingHeader: 'location',
    authenticate(request) {
      if (!isApi(request)) return undefined;
      if ((request.headers['user-agent'] ?? '') === '') return { status: 403 };
      const reading = request.method === 'GET';
      const slow = reading
        ? (allow('read', request.at) ?? allow('readLong', request.at))
        : allow('write', request.at);
      if (slow !== undefined) {
        return {
          status: 429,
          headers: { 'content-type': 'text/plain', 'retry-after': String(slow) },
          body: 'Retry later\n',
        };
      }
      const open = reading && /^\/api\/articles\/(?!me(\/|$))/.test(request.path);
      return open || request.headers['api-key'] === options.apiKey ? undefined : refuse(401, 'unauthorized');
    },
    decide(request) {
      if (!isApi(request)) return { show: () => showPage(request.path, url, state.articles) };
      const decision = decideApi(request);
      return (request.headers['accept'] ?? '').includes(version1) ? decision : warnOfVersion(decision);
    },
  };

  function decideApi(request: StandInRequest): Judgement {
    const { method, path } = request;
    if (method === 'GET' && path === '/api/users/me')
      return { take: () => replyJson(200, showUser(username)) };
    const mine = /^\/api\/articles\/me(?:\/(published|unpublished|all))?$/.exec(path);
    if (method === 'GET' && mine) return { take: () => listMine(mine[1] ?? 'published', request) };
    if (method === 'POST' && path === '/api/articles') return decideCreate(request);
    const one = /^\/api\/articles\/(\d+)$/.exec(path);
    if (method === 'PUT' && one) return decideUpdate(Number(one[1]), request);
    if (method === 'PUT' && /^\/api\/articles\/\d+\/unpublish$/.test(path)) {
      return { refuse: refuse(401, 'unauthorized') };
    }
    if (method === 'GET' && path.startsWith('/api/articles/')) {
      const wanted = path.slice('/api/articles/'.length);
      const article = state.articles.find(
        (it) => String(it.id) === wanted || `${it.owner}/${it.slug}` === wanted,
      );
      if (article && isOut(article, request.at))
        return { take: () => replyJson(200, showArticle(article, url, state)) };
    }
    return { refuse: refuse(404, 'not found') };
  }

  function decideCreate(request: StandInRequest): Judgement {
    const params = readParams(request);
    if ('refuse' in params) return params;
    const disclosure = params.given['ai_disclosure_level'];
    const matter = findFrontMatter(textOf(params.given['body_markdown']) ?? '');
    const told =
      matter.found === 'fields' &&
      ['ai_disclosure_level', 'ai_disclosure', 'ai_generated', 'ai_assisted'].some(
        (key) => key in matter.fields,
      );
    if (!told && !disclosureLevels.includes(String(disclosure))) {
      return { refuse: refuseDisclosure(url) };
    }
    const begun = beginArticle(state.nextId, username, request.at);
    const decided = judgeArticle(begun, params.given, around(request));
    if ('refuse' in decided) return decided;
    const slow = decided.article.published ? allow('publish', request.at) : undefined;
    if (slow !== undefined) return { refuse: refuseRate(slow) };
    return {
      take() {
        const article = { ...decided.article, id: state.nextId };
        state.nextId += 1;
        state.articles.push(article);
        rememberSeries(article);
        store.save();
        return replyJson(201, showArticle(article, url, state), { location: locateArticle(article, url) });
      },
    };
  }

  function decideUpdate(id: number, request: StandInRequest): Judgement {
    const params = readParams(request);
    if ('refuse' in params) return params;
    const before = state.articles.find((it) => it.id === id && it.owner === username);
    if (before === undefined) return { refuse: refuse(404, 'not found') };
    const slow = allow('update', request.at);
    if (slow !== undefined) return { refuse: refuseRate(slow) };
    const decided = judgeArticle(before, params.given, around(request));
    if ('refuse' in decided) return decided;
    return {
      take() {
        const article = { ...decided.article, editedAt: new Date(request.at).toISOString() };
        state.articles[state.articles.findIndex((it) => it.id === id)] = article;
        rememberSeries(article);
        store.save();
        return replyJson(200, showArticle(article, url, state));
      },
    };
  }

  function listMine(which: string, request: StandInRequest): Reply {
    const size = Math.min(readCount(request.query.get('per_page')) ?? pages.size, pages.largest);
    const page = readCount(request.query.get('page')) ?? 1;
    const wanted = state.articles
      .filter((it) => it.owner === username)
      .filter((it) => which === 'all' || (which === 'published' ? isOut(it, request.at) : !it.published))
      .toSorted((a, b) => sortKey(b) - sortKey(a) || b.id - a.id);
    return replyJson(
      200,
      wanted.slice((page - 1) * size, page * size).map((it) => listArticle(it, url)),
    );
  }

  function rememberSeries(article: Article): void {
    if (article.series === null || article.series in state.collections) return;
    state.collections[article.series] = Object.keys(state.collections).length + 1;
  }
}

type Rate = keyof typeof rates;

/** Counts what was allowed; answers the seconds to wait once there was too much of a kind. */
function countRates(): (rate: Rate, at: number) => number | undefined {
  const counts = new Map(Object.entries(rates).map(([rate, limit]) => [rate, countRate(limit)]));
  return (rate, at) => (counts.get(rate)?.take(at) === true ? undefined : Math.ceil(rates[rate].ms / 1000));
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
