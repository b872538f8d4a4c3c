import { randomBytes } from 'node:crypto';
import { escapeHtml } from '../../base/escape-html.ts';
import { replyPage } from '../page.ts';
import { replyJson } from '../stand-in.ts';
import type { Judgement, Reply, StandInRequest } from '../exchange.ts';

/** How long a code serves, in milliseconds (LinkedIn authorization code flow documentation, checked November 2026). */
const codeLifetimeMs = 30 * 60_000;

/** An app as its owner has set it up, and the token that a member gives it. */
export interface LinkedinApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly accessToken: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Called when a token is given, with the instant in milliseconds since 1970. */
  readonly onGrant: (at: number) => void;
}

interface Code {
  readonly redirectUri: string;
  readonly scope: string;
  readonly at: number;
}

/** The pages and the endpoint of LinkedIn's authorization code flow. */
export interface LinkedinSignIn {
  decideAuthorization(request: StandInRequest): Judgement;
  decideToken(request: StandInRequest): Judgement;
}

/** A sign-in that keeps the documented rules; each code serves once, and none outlives the stand-in. */
export function openSignIn(app: LinkedinApp): LinkedinSignIn {
  const codes = new Map<string, Code>();

  return {
    decideAuthorization(request) {
      const { method, query, at } = request;
      const fault = findRequestFault(query, app);
      if (fault !== undefined) return { refuse: showFault(fault) };
      const [redirectUri, scope] = [readOne(query, 'redirect_uri'), readOne(query, 'scope')];
      const lacking = scope.split(' ').find((one) => !app.scopes.includes(one));
      if (lacking !== undefined) {
        const words = `Scope "${lacking}" is not authorized for your application`;
        return { refuse: sendBack(query, { error: 'unauthorized_scope_error', error_description: words }) };
      }
      if (method !== 'POST') return { take: () => showConsent(scope) };
      if (readForm(request).get('answer') !== 'allow') {
        const words = 'The user cancelled the authorization';
        return {
          take: () => sendBack(query, { error: 'user_cancelled_authorize', error_description: words }),
        };
      }
      return {
        take() {
          const code = `AQ${randomBytes(48).toString('base64url')}`;
          codes.set(code, { redirectUri, scope, at });
          return sendBack(query, { code });
        },
      };
    },

    decideToken(request) {
      const form = readForm(request);
      const fault = findTokenFault(request, form, app);
      if (fault !== undefined) return { refuse: fault };
      const key = form.get('code') ?? '';
      const code = codes.get(key);
      if (code === undefined) {
        return {
          refuse: refuse(
            400,
            'invalid_request',
            'Unable to retrieve access token: authorization code not found',
          ),
        };
      }
      if (code.redirectUri !== form.get('redirect_uri') || request.at >= code.at + codeLifetimeMs) {
        return {
          refuse: refuse(
            400,
            'invalid_redirect_uri',
            'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
          ),
        };
      }
      return {
        take() {
          codes.delete(key);
          app.onGrant(request.at);
          return replyJson(200, {
            access_token: app.accessToken,
            expires_in: app.tokenLifetime,
            scope: code.scope.replaceAll(' ', ','),
          });
        },
      };
    },
  };
}

function findRequestFault(query: URLSearchParams, app: LinkedinApp): string | undefined {
  if (query.has('client_secret')) return 'The client secret must not be in an address';
  if (readOne(query, 'client_id') !== app.clientId) return 'The passed in client_id is invalid';
  if (!app.redirectUris.includes(readOne(query, 'redirect_uri'))) {
    return 'The redirect_uri does not match the registered value';
  }
  if (readOne(query, 'response_type') !== 'code') return 'The response_type has to be code';
  if (readOne(query, 'state') === '') return 'A state is missing';
  return readOne(query, 'scope') === '' ? 'A scope is missing' : undefined;
}

function findTokenFault(request: StandInRequest, form: URLSearchParams, app: LinkedinApp): Reply | undefined {
  if (request.query.has('client_secret')) {
    return refuse(400, 'invalid_request', 'The client secret must not be in an address');
  }
  const type = request.headers['content-type'] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const needed = ['grant_type', 'code', 'client_id', 'client_secret', 'redirect_uri'];
  const missing = needed.find((name) => !isForm || readOne(form, name) === '');
  if (missing !== undefined) {
    return refuse(400, 'invalid_request', `A required parameter "${missing}" is missing`);
  }
  if (form.get('client_id') !== app.clientId || form.get('client_secret') !== app.clientSecret) {
    return refuse(401, 'invalid_client', 'Client authentication failed');
  }
  return form.get('grant_type') === 'authorization_code'
    ? undefined
    : refuse(400, 'unsupported_grant_type', 'The grant type is not supported');
}

function refuse(status: number, error: string, error_description: string): Reply {
  return replyJson(status, { error, error_description });
}

function readForm(request: StandInRequest): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(request.bytes));
}

/** A parameter that is given once; nothing otherwise. */
function readOne(values: URLSearchParams, name: string): string {
  const given = values.getAll(name);
  return given.length === 1 ? (given[0] ?? '') : '';
}

/** Sends the browser to the registered address, with the state as it came. */
function sendBack(query: URLSearchParams, values: Readonly<Record<string, string>>): Reply {
  const back = new URLSearchParams({ ...values, state: readOne(query, 'state') });
  return { status: 303, headers: { location: `${readOne(query, 'redirect_uri')}?${back.toString()}` } };
}

function showFault(words: string): Reply {
  const body = `<h1>Bummer, something went wrong.</h1>\n<p>${escapeHtml(words)}</p>`;
  return replyPage({ title: 'LinkedIn stand-in', body, status: 400 });
}

function showConsent(scope: string): Reply {
  const items = scope.split(' ').map((one) => `<li><code>${escapeHtml(one)}</code></li>`);
  return replyPage({
    title: 'LinkedIn stand-in',
    body: `<h1>LinkedIn stand-in</h1>
<p>An app asks to act for you:</p>
<ul>${items.join('')}</ul>
<form method="post"><button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button></form>`,
  });
}
