import { createHash } from 'node:crypto';
import { isFields } from '../../base/is-fields.ts';
import { writeWhole } from '../../base/write-file.ts';
import { openStore, readJsonBody, replyJson, startStandIn } from '../stand-in.ts';
import type { Judgement, Reply, StandInRequest } from '../exchange.ts';
import type { Behaviour, StandIn, StandInOptions, Store } from '../stand-in.ts';
import { findAuthorFault, findLengthFault, findPostFault, readCard } from './judge-post.ts';
import { cutLittleText } from '../../views/linkedin/little-text.ts';
import { showPage } from './pages.ts';
import { readImageType, type HeldPost, type State } from './post.ts';
import {
  refuse,
  refuseDuplicate,
  refuseHeaders,
  refuseImageStatus,
  refuseRead,
  refuseToken,
} from './refusals.ts';
import { openSignIn } from './sign-in.ts';

/** How long the same post counts as a duplicate, in milliseconds (LinkedIn share documentation, checked November 2026). */
const duplicateMs = 10 * 60_000;

/** Requests a member may make on one day in UTC (LinkedIn Share on LinkedIn documentation, checked November 2026). */
const requestsPerDay = 150;

/** How long a token lasts, in milliseconds (LinkedIn authentication documentation, checked November 2026). */
const tokenLifetimeMs = 60 * 86_400_000;

export interface LinkedinOptions extends StandInOptions {
  readonly accessToken: string;
  /** When the token was made, in milliseconds since 1970; by default when the stand-in is started. */
  readonly tokenMadeAt?: number;
  /** What the token may do. */
  readonly scopes?: readonly string[];
  /** The app the token is of, which alone may ask how long it lasts, and sign in to get it anew. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Where the app may have a browser sent after a sign-in. */
  readonly redirectUris?: readonly string[];
  /** The member the token belongs to, as `/v2/userinfo` names it. */
  readonly member?: string;
}

/** Starts a LinkedIn that keeps the documented rules of a member's write-only token and shows its posts as pages. */
export async function startLinkedin(options: LinkedinOptions): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'linkedin.json', { nextId: 1, posts: [], images: [] });
  return startStandIn({ ...options, behave: (url) => behaveAsLinkedin(url, store, options) });
}

function behaveAsLinkedin(url: string, store: Store<State>, options: LinkedinOptions): Behaviour {
  const { state } = store;
  const member = options.member ?? 'rehearsal';
  const countRequest = countPerDay();
  let madeAt = options.tokenMadeAt ?? (options.now ?? Date.now)();
  const { clientId = 'invented-client', clientSecret = 'invented-client-secret' } = options;
  const scopes = options.scopes ?? ['openid', 'profile', 'w_member_social'];
  const signIn = openSignIn({
    clientId,
    clientSecret,
    redirectUris: options.redirectUris ?? ['http://localhost:8917/callback'],
    scopes,
    accessToken: options.accessToken,
    tokenLifetime: tokenLifetimeMs / 1000,
    onGrant: (at) => void (madeAt = at),
  });

  return {
    namingHeader: 'x-restli-id',
    authenticate(request) {
      const { path, headers } = request;
      if (!/^\/(rest|v2|dms-uploads)\//.test(path)) return undefined;
      const token = /^Bearer (.*)$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
      if (token === '') return refuseToken('EMPTY_ACCESS_TOKEN', 'Empty oauth2_access_token', 401);
      if (token !== options.accessToken)
        return refuseToken('INVALID_ACCESS_TOKEN', 'Invalid access token', 65_600);
      if (request.at >= madeAt + tokenLifetimeMs) {
        const message = 'The token used in the request has expired';
        return refuseToken('EXPIRED_ACCESS_TOKEN', message, 65_602);
      }
      return countRequest(request.at) ?? refuseHeaders(request);
    },
    decide(request) {
      const { method, path } = request;
      if (method === 'GET' && path === '/v2/userinfo') {
        return { take: () => replyJson(200, describeMember(member)) };
      }
      if (path === '/oauth/v2/authorization') return signIn.decideAuthorization(request);
      if (method === 'POST' && path === '/oauth/v2/accessToken') return signIn.decideToken(request);
      if (method === 'POST' && path === '/oauth/v2/introspectToken') return decideIntrospection(request);
      if (path === '/rest/images' && request.query.get('action') === 'initializeUpload')
        return decideUpload(request);
      if (method === 'GET' && path.startsWith('/rest/images/')) return { refuse: refuseImageStatus() };
      if (method === 'PUT' && path.startsWith('/dms-uploads/')) return decideBytes(request);
      if (path === '/rest/posts') {
        return method === 'POST' ? decideCreate(request) : { refuse: refuseRead(request, 'FINDER-author') };
      }
      if (path.startsWith('/rest/posts/')) return decideOne(request);
      if (method === 'GET') return { show: () => showPage(path, options.folder, state) };
      return { refuse: refuse(404, 'Not Found') };
    },
  };

  function decideCreate(request: StandInRequest): Judgement {
    const given = readJsonBody(request);
    if (given === undefined) return { refuse: refuse(400, 'The request body is not a JSON object') };
    const fault = findPostFault(given) ?? findAuthorFault(String(given['author']), member);
    if (fault !== undefined) return { refuse: fault };
    const card = readCard(given['content'], state.images);
    if (card !== null && 'refuse' in card) return card;
    const sent = String(given['commentary']);
    const tooLong = findLengthFault(sent);
    if (tooLong !== undefined) return { refuse: tooLong };
    const twin = state.posts.find(
      (it) =>
        it.sent === sent &&
        it.card?.source === card?.source &&
        it.author === given['author'] &&
        request.at - it.createdAt < duplicateMs,
    );
    if (twin !== undefined) return { refuse: refuseDuplicate(twin.urn) };
    return {
      take() {
        const urn = `urn:li:share:${takeNumber()}`;
        const post: HeldPost = {
          urn,
          author: String(given['author']),
          sent,
          commentary: cutLittleText(sent),
          visibility: String(given['visibility']),
          card,
          createdAt: request.at,
        };
        state.posts = [...state.posts, post];
        store.save();
        return { status: 201, headers: { 'x-restli-id': urn } };
      },
    };
  }

  function decideOne(request: StandInRequest): Judgement {
    const key = request.path.slice('/rest/posts/'.length);
    if (key.includes(':')) return { refuse: refuse(400, 'Syntax exception in path variables') };
    const urn = key.replaceAll(/%3a/gi, ':');
    const post = state.posts.find((it) => it.urn === urn);
    const update = request.headers['x-restli-method']?.toUpperCase() === 'PARTIAL_UPDATE';
    if (request.method === 'GET') return { refuse: refuseRead(request, 'GET') };
    if (post === undefined) return { refuse: refuse(404, 'Not Found', 'NOT_FOUND') };
    if (request.method === 'DELETE') {
      return {
        take() {
          state.posts = state.posts.filter((it) => it.urn !== urn);
          store.save();
          return { status: 204 };
        },
      };
    }
    if (request.method !== 'POST' || !update) return { refuse: refuse(400, 'Method is not supported') };
    return decideUpdate(post, request);
  }

  function decideUpdate(post: HeldPost, request: StandInRequest): Judgement {
    const patch = readJsonBody(request)?.['patch'];
    const set = isFields(patch) ? patch['$set'] : undefined;
    if (!isFields(set)) return { refuse: refuse(400, 'The request body is not a patch') };
    const createOnly = Object.keys(set).find((key) => key !== 'commentary');
    if (createOnly !== undefined) {
      return {
        refuse: refuse(
          422,
          `ERROR :: /${createOnly} :: CreateOnly field present in a partial_update request`,
        ),
      };
    }
    const sent = String(set['commentary']);
    const tooLong = findLengthFault(sent);
    if (tooLong !== undefined) return { refuse: tooLong };
    return {
      take() {
        const updated = { ...post, sent, commentary: cutLittleText(sent) };
        state.posts = state.posts.map((it) => (it.urn === post.urn ? updated : it));
        store.save();
        return { status: 204 };
      },
    };
  }

  /** What the app of a token may ask of it, by a form; times are in seconds and scopes parted by commas. */
  function decideIntrospection(request: StandInRequest): Judgement {
    const form = new URLSearchParams(new TextDecoder().decode(request.bytes));
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      const told = { error: 'invalid_client', error_description: 'Client authentication failed' };
      return { refuse: replyJson(401, told) };
    }
    if (form.get('token') !== options.accessToken) return { take: () => replyJson(200, { active: false }) };
    const expiresAt = madeAt + tokenLifetimeMs;
    const active = request.at < expiresAt;
    const seconds = (ms: number): number => Math.floor(ms / 1000);
    return {
      take: () =>
        replyJson(200, {
          active,
          client_id: clientId,
          authorized_at: seconds(madeAt),
          created_at: seconds(madeAt),
          status: active ? 'active' : 'expired',
          expires_at: seconds(expiresAt),
          scope: scopes.join(','),
          auth_type: '3L',
        }),
    };
  }

  function decideUpload(request: StandInRequest): Judgement {
    const wanted = readJsonBody(request)?.['initializeUploadRequest'];
    if (!isFields(wanted) || wanted['owner'] !== `urn:li:person:${member}`) {
      return { refuse: { ...refuse(403, ''), headers: { 'x-linkedin-error-response': 'true' } } };
    }
    return {
      take() {
        const number = takeNumber();
        const urn = `urn:li:image:${number}`;
        state.images = [
          ...state.images,
          { urn, file: `image-${number}`, owner: String(wanted['owner']), uploaded: false },
        ];
        store.save();
        const uploadUrl = `${url}/dms-uploads/image-${number}?token=${createHash('sha256').update(urn).digest('hex')}`;
        return replyJson(200, {
          value: { uploadUrlExpiresAt: request.at + 3_600_000, uploadUrl, image: urn },
        });
      },
    };
  }

  function decideBytes(request: StandInRequest): Judgement {
    const image = state.images.find((it) => `/dms-uploads/${it.file}` === request.path);
    if (image === undefined || readImageType(request.bytes) === undefined) {
      return {
        refuse: { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Request</h1>' },
      };
    }
    return {
      take() {
        writeWhole(options.folder, image.file, request.bytes);
        state.images = state.images.map((it) => (it.urn === image.urn ? { ...it, uploaded: true } : it));
        store.save();
        return { status: 201 };
      },
    };
  }

  function takeNumber(): string {
    const number = state.nextId;
    state.nextId += 1;
    return String(7_400_000_000_000_000_000n + BigInt(number));
  }
}

/** A member in the claims of OpenID Connect that the scopes openid and profile give. */
function describeMember(sub: string): Readonly<Record<string, string>> {
  const picture = 'https://media.licdn.com/dms/image/rehearsal';
  return { sub, name: sub, given_name: sub, family_name: '', picture, locale: 'en-US' };
}

/** Counts a member's requests; answers the refusal once there were too many on one day in UTC. */
function countPerDay(): (at: number) => Reply | undefined {
  const count = { day: '', requests: 0 };
  return (at) => {
    const day = new Date(at).toISOString().slice(0, 10);
    count.requests = count.day === day ? count.requests + 1 : 1;
    count.day = day;
    if (count.requests <= requestsPerDay) return undefined;
    return replyJson(429, {
      serviceErrorCode: 101,
      message: 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.',
      status: 429,
    });
  };
}
