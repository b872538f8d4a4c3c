import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../base/write-file.ts';
import { cutLittleText, showLittleText } from './little-text.ts';
import { openSignIn } from './sign-in.ts';
import { escapeHtml, escapeUrl, replyPage } from '../page.ts';
import { isRecord, openStore, readJsonBody, replyJson, startStandIn } from '../stand-in.ts';
import type { Behaviour, Judgement, Reply, StandIn, StandInRequest, Store, Troubles } from '../stand-in.ts';

/** UTF-16 units of the escaped commentary (LinkedIn's own error to publishers, December 2025 and April 2026). */
const longestCommentary = 3000;

/** How long the same post counts as a duplicate, in milliseconds (LinkedIn share documentation, checked November 2026). */
const duplicateMs = 10 * 60_000;

/** Requests a member may make on one day in UTC (LinkedIn Share on LinkedIn documentation, checked November 2026). */
const requestsPerDay = 150;

/** How long a token lasts, in milliseconds (LinkedIn authentication documentation, checked November 2026). */
const tokenLifetimeMs = 60 * 86_400_000;

/** Months a version is answered (LinkedIn versioning documentation, checked November 2026). */
const versionMonths = 12;

const visibilities = new Set(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER']);

const postFields = new Set([
  'author',
  'commentary',
  'visibility',
  'distribution',
  'lifecycleState',
  'isReshareDisabledByAuthor',
  'content',
]);

export interface LinkedinOptions extends Troubles {
  /** Where its posts and pictures are kept between starts. */
  readonly folder: string;
  readonly accessToken: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
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
  /** Milliseconds since 1970, instead of the real clock. */
  readonly now?: () => number;
}

interface Card {
  readonly source: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnail: string | null;
}

interface Post {
  readonly urn: string;
  readonly author: string;
  /** As it was sent, for telling duplicates. */
  readonly sent: string;
  /** What was kept of it. */
  readonly commentary: string;
  readonly visibility: string;
  readonly card: Card | null;
  readonly createdAt: number;
}

interface Image {
  readonly urn: string;
  readonly file: string;
  readonly owner: string;
  readonly uploaded: boolean;
}

interface State {
  nextId: number;
  posts: readonly Post[];
  images: readonly Image[];
}

/** Starts a LinkedIn that keeps the documented rules of a member's write-only token and shows its posts as pages. */
export async function startLinkedin(options: LinkedinOptions): Promise<StandIn> {
  const store = openStore<State>(options.folder, 'linkedin.json', { nextId: 1, posts: [], images: [] });
  return startStandIn({
    ...options,
    port: options.port,
    now: options.now ?? Date.now,
    behave: (url) => behaveAsLinkedin(url, store, options),
  });
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
        return { take: () => replyJson(200, { sub: member, name: member }) };
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
      if (method === 'GET') return { take: () => showPage(path) };
      return { refuse: refuse(404, 'Not Found') };
    },
  };

  function decideCreate(request: StandInRequest): Judgement {
    const given = readJsonBody(request);
    if (given === undefined) return { refuse: refuse(400, 'The request body is not a JSON object') };
    const fault = findPostFault(given) ?? findAuthorFault(String(given['author']), member);
    if (fault !== undefined) return { refuse: fault };
    const card = readCard(given['content']);
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
        const post: Post = {
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

  function decideUpdate(post: Post, request: StandInRequest): Judgement {
    const patch = readJsonBody(request)?.['patch'];
    const set = isRecord(patch) ? patch['$set'] : undefined;
    if (!isRecord(set)) return { refuse: refuse(400, 'The request body is not a patch') };
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
    if (!isRecord(wanted) || wanted['owner'] !== `urn:li:person:${member}`) {
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

  function readCard(content: unknown): Card | null | { readonly refuse: Reply } {
    if (content === undefined || content === null) return null;
    const article = isRecord(content) ? content['article'] : undefined;
    if (!isRecord(article))
      return { refuse: refuse(422, 'ERROR :: /content :: unrecognized field found but not allowed') };
    const { source, title, description, thumbnail } = article;
    if (typeof source !== 'string' || !/^https?:\/\/\S+$/.test(source)) {
      return { refuse: refuse(422, requiredField('/content/article/source')) };
    }
    if (typeof title !== 'string' || title === '') {
      return { refuse: refuse(422, requiredField('/content/article/title')) };
    }
    const image = state.images.find((it) => it.urn === thumbnail);
    if (thumbnail !== undefined && image?.uploaded !== true) {
      return { refuse: refuse(400, 'Media asset is waiting for its upload', 'MEDIA_ASSET_WAITING_UPLOAD') };
    }
    return {
      source,
      title,
      description: typeof description === 'string' ? description : '',
      thumbnail: image?.file ?? null,
    };
  }

  function takeNumber(): string {
    const number = state.nextId;
    state.nextId += 1;
    return String(7_400_000_000_000_000_000n + BigInt(number));
  }

  function showPage(path: string): Reply {
    const image = state.images.find((it) => it.uploaded && `/images/${it.file}` === path);
    if (image !== undefined) {
      const bytes = readFileSync(join(options.folder, image.file));
      return { status: 200, headers: { 'content-type': readImageType(bytes) ?? 'text/plain' }, body: bytes };
    }
    if (path === '/') return showFeed();
    const urn = /^\/feed\/update\/([^/]+)\/?$/.exec(path)?.[1];
    const post = state.posts.find((it) => it.urn === urn?.replaceAll(/%3a/gi, ':'));
    if (post === undefined) {
      return replyPage({
        title: 'Not found',
        body: '<h1>Not found</h1>\n<p><a href="/">All posts</a></p>',
        status: 404,
      });
    }
    return replyPage({
      title: 'Post',
      body: `<p class="quiet"><a href="/">All posts</a></p>\n${showPost(post)}`,
    });
  }

  function showFeed(): Reply {
    const posts = state.posts
      .toReversed()
      .map(
        (post) =>
          `${showPost(post)}\n<p class="quiet"><a href="/feed/update/${post.urn}/">This post alone</a></p>`,
      );
    return replyPage({
      title: 'LinkedIn stand-in',
      body: `<h1>LinkedIn stand-in</h1>\n${posts.join('\n') || '<p>No post yet.</p>'}`,
    });
  }
}

function showPost(post: Post): string {
  const { card } = post;
  const cut = post.commentary.length < post.sent.length;
  return [
    '<article>',
    `<p class="quiet">${escapeHtml(post.author)}, ${escapeHtml(post.visibility)}</p>`,
    `<p class="text">${showLittleText(post.commentary)}</p>`,
    cut ? '<p class="card">LinkedIn cut the text here: a reserved character was not escaped.</p>' : '',
    card === null ? '' : showCard(card),
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function showCard(card: Card): string {
  const host = URL.canParse(card.source) ? new URL(card.source).host : card.source;
  const picture = card.thumbnail === null ? '' : `<img src="/images/${card.thumbnail}" alt="">`;
  return `<div class="card">${picture}<p><a href="${escapeUrl(card.source)}"><strong>${escapeHtml(card.title)}</strong></a><br>
<span class="quiet">${escapeHtml(host)}</span></p><p class="quiet">${escapeHtml(card.description)}</p></div>`;
}

function refuseHeaders(request: StandInRequest): Reply | undefined {
  const version = request.headers['linkedin-version'];
  if (request.path.startsWith('/v2/')) {
    return version === undefined ? undefined : refuseVersion(version);
  }
  if (!request.path.startsWith('/rest/')) return undefined;
  if (version === undefined) {
    const message =
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.';
    const reply = refuse(400, message, 'VERSION_MISSING');
    return { ...reply, headers: { ...reply.headers, 'x-restli-gateway-error': 'true' } };
  }
  if (!isActive(version, request.at)) return refuseVersion(version);
  if (request.headers['x-restli-protocol-version'] !== '2.0.0') {
    return refuse(400, 'The X-Restli-Protocol-Version header must be 2.0.0');
  }
  const writes = request.method === 'POST';
  if (writes && !(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return refuse(415, 'Content-Type must be application/json');
  }
  return undefined;
}

function isActive(version: string, at: number): boolean {
  if (!/^20\d\d(0[1-9]|1[0-2])$/.test(version)) return false;
  const now = new Date(at);
  const released = Number(version.slice(0, 4)) * 12 + Number(version.slice(4)) - 1;
  const age = now.getUTCFullYear() * 12 + now.getUTCMonth() - released;
  return age >= 0 && (age < versionMonths || (age === versionMonths && now.getUTCDate() < 15));
}

function refuseVersion(version: string): Reply {
  return refuse(426, `Requested version ${version}01 is not active`, 'NONEXISTENT_VERSION');
}

function findPostFault(given: Readonly<Record<string, unknown>>): Reply | undefined {
  const unknown = Object.keys(given).find((key) => !postFields.has(key));
  if (unknown !== undefined) {
    return refuse(422, `ERROR :: /${unknown} :: unrecognized field found but not allowed`);
  }
  for (const key of ['author', 'commentary', 'visibility', 'lifecycleState']) {
    if (typeof given[key] !== 'string') return refuse(422, requiredField(`/${key}`));
  }
  const { distribution, visibility, lifecycleState } = given;
  if (!isRecord(distribution) || typeof distribution['feedDistribution'] !== 'string') {
    return refuse(422, requiredField('/distribution/feedDistribution'));
  }
  if (!visibilities.has(String(visibility))) {
    return refuse(422, `ERROR :: /visibility :: "${String(visibility)}" is not an enum symbol`);
  }
  if (lifecycleState !== 'PUBLISHED')
    return refuse(422, 'ERROR :: /lifecycleState :: only PUBLISHED can be created');
  return undefined;
}

function findAuthorFault(author: string, member: string): Reply | undefined {
  if (author === `urn:li:person:${member}`) return undefined;
  return author.startsWith('urn:li:organization:')
    ? refuse(400, 'Organization permissions must be used when using organization as author')
    : refuse(403, 'The author is not the member whose token it is', 'ACCESS_DENIED');
}

function requiredField(path: string): string {
  return `ERROR :: ${path} :: field is required but not found and has no default value`;
}

function findLengthFault(commentary: string): Reply | undefined {
  if (commentary.length <= longestCommentary) return undefined;
  return replyJson(400, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `ShareCommentary text length (${commentary.length} characters) exceeded the maximum allowed (${longestCommentary} characters)`,
    errorDetails: {
      inputErrors: [
        {
          description: 'Size of array cannot be higher than the maxLength',
          input: { inputPath: { fieldPath: 'commentary' } },
          code: 'FIELD_ARRAY_SIZE_TOO_HIGH',
          maxLength: longestCommentary,
        },
      ],
    },
    status: 400,
  });
}

function refuseDuplicate(urn: string): Reply {
  return replyJson(422, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${urn}`,
    errorDetails: {
      inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }],
    },
    status: 422,
  });
}

function refuseRead(request: StandInRequest, method: string): Reply {
  const version = request.headers['linkedin-version'] ?? '';
  return replyJson(403, {
    status: 403,
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: `Not enough permissions to access: partnerApiPostsExternal.${method}.${version}01`,
  });
}

function refuseImageStatus(): Reply {
  return refuse(
    403,
    'Accessing this image resource is forbidden. Please check your permissions for this resource',
    'ACCESS_DENIED',
  );
}

function refuseToken(code: string, message: string, serviceErrorCode: number): Reply {
  return replyJson(401, { status: 401, serviceErrorCode, code, message });
}

function refuse(status: number, message: string, code?: string): Reply {
  return replyJson(status, { status, message, ...(code !== undefined && { code }) });
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

function readImageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start.startsWith('ffd8')) return 'image/jpeg';
  if (start === '89504e47') return 'image/png';
  return start === '47494638' ? 'image/gif' : undefined;
}
