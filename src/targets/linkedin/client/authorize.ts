import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { listWords } from '../../../base/list-words.ts';
import { BroadsideError, SendError } from '../../../base/errors.ts';
import type { Http, HttpResponse } from '../../../base/http/client.ts';
import type { Grant, Secrets, SignIn, SignInAnswer } from '../../../model/target.ts';
import { findTokenSite, openLinkedin } from './open-linkedin.ts';
import { tokenWarningDays } from '../limits.ts';

/**
 * The products that give a member's app its scopes, both self-serve. Source:
 * learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access, checked November 2026.
 */
const memberProducts = '"Share on LinkedIn" and "Sign In with LinkedIn using OpenID Connect"';

const organizationProducts = '"Community Management API"';

export interface LinkedinAuthorization {
  /** The target's name, or its kind where no config has it. */
  readonly name: string;
  /** The API's address. */
  readonly url: string;
  /** Who is to post: a member's and an organisation's scopes are of apps of their own. */
  readonly author?: string | undefined;
  /** The environment variables that hold the client's id and secret. */
  readonly clientVariables: readonly string[];
}

/** An answer of `/oauth/v2/accessToken`; the scopes are parted by spaces or commas. */
const tokenShape = z.object({
  access_token: z.string().regex(/^[\u0021-\u007E]+$/),
  expires_in: z.int().positive().optional(),
  scope: z.string().optional(),
});

const refusalShape = z.object({ error: z.string().catch(''), error_description: z.string().catch('') });

/** An app that signs a member in, and what to tell its owner if that fails. */
interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where its tokens are made. */
  readonly site: string;
  readonly scopes: readonly string[];
  /** The environment variables of its id and secret, for people. */
  readonly variables: string;
  readonly again: string;
  readonly addProducts: string;
}

/**
 * LinkedIn's authorization code flow for an app. Throws `CREDENTIAL_MISSING` without the app's id and secret; sends nothing
 * yet. Source: learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow, checked November 2026.
 */
export function authorizeLinkedin(options: LinkedinAuthorization, secrets: Secrets): SignIn {
  const app = readApp(options, secrets);
  return {
    gives: 'accessToken',
    registry: 'https://www.linkedin.com/developers/apps > your app > Auth > Authorized redirect URLs',
    advice: `Store ${app.variables} there too: with them broadside warns before the token ends.`,

    begin(redirectUri, state) {
      const query = {
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        state,
        scope: app.scopes.join(' '),
      };
      const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      return `${app.site}/oauth/v2/authorization?${pairs.join('&')}`;
    },

    async finish(answer, { redirectUri, now, signal }): Promise<Grant> {
      const { code, error } = answer;
      if (error !== undefined || code === undefined || code === '') throw explainAnswer(answer, app);
      const { http, response, told } = await exchange(code, redirectUri, app, signal);
      if (response.status !== 200) throw explainRefusal(http, response, told, app);
      return readGrant(told, now, app);
    },
  };
}

function readApp(options: LinkedinAuthorization, secrets: Secrets): App {
  const { clientId = '', clientSecret = '' } = Object.fromEntries(
    Object.entries(secrets).map(([role, value]) => [role, value.trim()]),
  );
  const variables = listWords(options.clientVariables, 'and');
  if (clientId === '' || clientSecret === '') {
    throw new BroadsideError(
      'CREDENTIAL_MISSING',
      `To sign in, the id and secret of a LinkedIn app have to be in the environment: ${variables}.`,
      { remedy: 'Copy both from the Auth page of your app at https://www.linkedin.com/developers/apps.' },
    );
  }
  const again = `Run "broadside auth ${options.name}" again.`;
  const isOrganization = options.author?.startsWith('urn:li:organization:') ?? false;
  const products = isOrganization ? organizationProducts : memberProducts;
  return {
    clientId,
    clientSecret,
    site: findTokenSite(options.url),
    scopes: isOrganization ? ['w_organization_social'] : ['openid', 'profile', 'w_member_social'],
    variables,
    again,
    addProducts: `Add ${products} under Products of the app. ${again}`,
  };
}

/** Asks for the token of a code. A code serves once, so nothing is tried again. */
async function exchange(
  code: string,
  redirectUri: string,
  { clientId, clientSecret, site, again }: App,
  signal: AbortSignal,
): Promise<{ readonly http: Http; readonly response: HttpResponse; readonly told: unknown }> {
  const http = openLinkedin(site, '', { secrets: [clientSecret, code] });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
  });
  try {
    const response = await http.request(
      {
        method: 'POST',
        path: '/oauth/v2/accessToken',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        bytes: new TextEncoder().encode(form.toString()),
      },
      signal,
    );
    return { http, response, told: readJson(response) };
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    throw new BroadsideError(error.code, error.message, {
      remedy: `A code works once, so this one is not tried again. ${again}`,
    });
  }
}

/** Why a browser came back without a code. */
function explainAnswer(
  { error = '', description = '' }: SignInAnswer,
  { site, clientSecret, again, addProducts }: App,
): BroadsideError {
  if (error === 'user_cancelled_login' || error === 'user_cancelled_authorize') {
    const what = error === 'user_cancelled_login' ? 'the login was cancelled' : 'the permission was refused';
    return new BroadsideError('SIGN_IN_REFUSED', `LinkedIn gave no token: ${what} in the browser.`, {
      remedy: `${again.slice(0, -1)}, log in, and choose Allow.`,
    });
  }
  const http = openLinkedin(site, '', { secrets: [clientSecret] });
  const said = http.quote(description || error || 'it sent neither a code nor a reason');
  return new BroadsideError('SIGN_IN_REFUSED', `LinkedIn gave no token: ${said}`, {
    remedy: /scope/i.test(error) ? addProducts : again,
  });
}

/** Why a code gave no token. */
function explainRefusal(
  http: Http,
  { status }: HttpResponse,
  told: unknown,
  { variables, again }: App,
): BroadsideError {
  const { error = '', error_description: description = '' } = refusalShape.safeParse(told).data ?? {};
  const said = http.quote(description || error || 'no reason given');
  if (error.startsWith('invalid_client')) {
    return new BroadsideError(
      'CREDENTIAL_REFUSED',
      `LinkedIn does not accept the id and secret of the app: ${said}`,
      { remedy: `Copy both anew from the Auth page of the app into ${variables}. ${again}` },
    );
  }
  if (status === 400 || status === 401) {
    return new BroadsideError('SIGN_IN_REFUSED', `LinkedIn does not accept the code that it sent: ${said}`, {
      remedy: `A code works once, for 30 minutes, with one redirect address. ${again}`,
    });
  }
  return new BroadsideError('REQUEST_REFUSED', `LinkedIn answered ${status} instead of a token: ${said}`, {
    remedy: status >= 500 || status === 429 ? `Wait a while. ${again}` : again,
  });
}

function readGrant(told: unknown, now: string, { scopes, again, addProducts }: App): Grant {
  const token = tokenShape.safeParse(told);
  if (!token.success) {
    throw new BroadsideError('RESPONSE_UNUSABLE', 'LinkedIn answered without a token that can be used.', {
      remedy: again,
    });
  }
  const { access_token, expires_in, scope } = token.data;
  const given = scope?.split(/[\s,]+/).filter((one) => one !== '') ?? scopes;
  const missing = scopes.filter((one) => !given.includes(one));
  if (missing.length > 0) {
    throw new BroadsideError(
      'SIGN_IN_REFUSED',
      `The token that LinkedIn gave is not enough: it lacks ${listWords(missing, 'and')}.`,
      { remedy: addProducts },
    );
  }
  return { token: access_token, scopes: given, ...(expires_in && describeTerm(now, expires_in)) };
}

function describeTerm(now: string, seconds: number): Pick<Grant, 'endsAt' | 'renewFrom'> {
  const ends = Temporal.Instant.from(now).add({ seconds });
  return { endsAt: ends.toString(), renewFrom: ends.subtract({ hours: 24 * tokenWarningDays }).toString() };
}

/** An answer as JSON; a refusal may be a page. */
function readJson(response: HttpResponse): unknown {
  return response.status === 200 || response.headers['content-type']?.includes('json') === true
    ? response.json()
    : undefined;
}
