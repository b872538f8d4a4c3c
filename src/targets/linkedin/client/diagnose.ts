import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { listWords } from '../../../base/list-words.ts';
import { countOf } from '../../../base/count-of.ts';
import { BroadsideError } from '../../../base/errors.ts';
import type { Finding, Secrets } from '../../../model/target.ts';
import { tellFailure } from '../../tell-failure.ts';
import { explainLinkedinRefusal } from './explain-refusal.ts';
import { findTokenSite, openLinkedin } from './open-linkedin.ts';
import { tokenWarningDays } from '../limits.ts';

/** The whole time one question may take, in milliseconds. */
const timeoutMs = 10_000;

/**
 * Months that a version is answered, up to the middle of the last. Source:
 * learn.microsoft.com/en-us/linkedin/marketing/versioning and its table of migrations, checked November 2026.
 */
const versionMonths = 12;

/** Months after which a version should be raised. */
const versionWarningMonths = 10;

/** The day of the month on which versions end. */
const versionEndDay = 15;

export interface LinkedinDiagnosis {
  /** The API's address. */
  readonly url: string;
  /** `YYYYMM`. */
  readonly version: string;
  readonly author?: string | undefined;
  /** The environment variables that hold the client's id and secret. */
  readonly clientVariables: readonly string[];
}

const introspectionShape = z.object({
  active: z.boolean(),
  status: z.string().optional(),
  expires_at: z.number().optional(),
  scope: z.string().optional(),
});

const memberShape = z.object({ sub: z.string().min(1), name: z.string().optional() });

/** Looks at the API version's age, the token's age and scopes, and whose it is. `now` is ISO 8601 in UTC. */
export async function diagnoseLinkedin(
  options: LinkedinDiagnosis,
  secrets: Secrets,
  given: { readonly now: string; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const trimmed = Object.fromEntries(Object.entries(secrets).map(([role, value]) => [role, value.trim()]));
  const age = await judgeToken(options, trimmed, given);
  const expired = age.some(({ level }) => level === 'error');
  const member = expired ? [] : await askMember(options, trimmed, given.signal);
  return [judgeVersion(options.version, given.now), ...age, ...member];
}

function judgeVersion(version: string, now: string): Finding {
  const released = Temporal.PlainYearMonth.from(`${version.slice(0, 4)}-${version.slice(4)}`);
  const today = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').toPlainDate();
  const ends = released.add({ months: versionMonths }).toPlainDate({ day: versionEndDay });
  const old = released.add({ months: versionWarningMonths }).toPlainDate({ day: 1 });
  const remedy = 'Raise `version` of the target in the config to a month of the last ten, written YYYYMM.';
  if (Temporal.PlainDate.compare(today, released.toPlainDate({ day: 1 })) < 0) {
    return { level: 'error', what: `API version ${version} is of a month that has not come yet.`, remedy };
  }
  if (Temporal.PlainDate.compare(today, ends) >= 0) {
    return {
      level: 'error',
      what: `API version ${version} stopped working about ${ends.toString()}.`,
      remedy,
    };
  }
  if (Temporal.PlainDate.compare(today, old) < 0) {
    return { level: 'ok', what: `API version ${version} works until about ${ends.toString()}.` };
  }
  const { days } = today.until(ends);
  const what = `API version ${version} stops working about ${ends.toString()}, in ${countOf(days, 'day')}.`;
  return { level: 'warning', what, remedy };
}

/** How long the token still lasts and what it may do, as LinkedIn says when it is asked by the token's own app. */
async function judgeToken(
  options: LinkedinDiagnosis,
  secrets: Secrets,
  { now, signal }: { readonly now: string; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const { accessToken = '', clientId = '', clientSecret = '' } = secrets;
  if (accessToken === '') return [];
  if (clientId === '' || clientSecret === '') {
    const names = listWords(options.clientVariables, 'and');
    return [
      {
        level: 'ok',
        what: 'LinkedIn says how long the token lasts only to those who have the id and secret of its app.',
        remedy: `Set ${names} to be told, or renew the token within 60 days of making it.`,
      },
    ];
  }
  try {
    const http = openLinkedin(findTokenSite(options.url), '', {
      secrets: [accessToken, clientId, clientSecret],
      timeoutMs,
    });
    const form = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      token: accessToken,
    });
    const response = await http.request(
      {
        method: 'POST',
        path: '/oauth/v2/introspectToken',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        bytes: new TextEncoder().encode(form.toString()),
      },
      signal,
    );
    const told = introspectionShape.safeParse(response.status === 200 ? response.json() : undefined);
    if (told.success) return judgeIntrospection(told.data, options, now);
    return [untold(`LinkedIn answered ${response.status}`, options)];
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return [untold(error.message, options)];
  }
}

function untold(why: string, options: LinkedinDiagnosis): Finding {
  return {
    level: 'warning',
    what: `How long the token still lasts could not be asked: ${why}.`,
    remedy: `Check that ${listWords(options.clientVariables, 'and')} belong to the app that made the token.`,
  };
}

function judgeIntrospection(
  told: z.output<typeof introspectionShape>,
  { author = '' }: LinkedinDiagnosis,
  now: string,
): readonly Finding[] {
  const remedy = 'Run "broadside auth linkedin" and store the new token.';
  const ends =
    told.expires_at === undefined
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(told.expires_at * 1000);
  const date = ends?.toString({ smallestUnit: 'minute' }).slice(0, 10) ?? '';
  const left = ends?.since(Temporal.Instant.from(now)).total('seconds') ?? 0;
  if (!told.active || (ends !== undefined && left <= 0)) {
    if (told.status === 'revoked') return [{ level: 'error', what: 'The token was revoked.', remedy }];
    const when = ends === undefined || left > 0 ? '' : ` on ${date}`;
    const what =
      told.status === 'expired' || left <= 0 ? `The token expired${when}.` : 'The token is not valid.';
    return [{ level: 'error', what, remedy }];
  }
  const days = Math.floor(left / 86_400);
  const wanted = author.startsWith('urn:li:organization:') ? 'w_organization_social' : 'w_member_social';
  const scopes = told.scope?.split(/[\s,]+/);
  return [
    ends === undefined
      ? { level: 'ok', what: 'The token is active.' }
      : days < tokenWarningDays
        ? { level: 'warning', what: `The token expires on ${date}: ${countOf(days, 'day')} left.`, remedy }
        : { level: 'ok', what: `The token lasts until ${date}: ${countOf(days, 'day')} left.` },
    ...(scopes === undefined || scopes.includes(wanted)
      ? []
      : [{ level: 'error', what: `The token may not post: it lacks the scope ${wanted}.`, remedy } as const]),
  ];
}

/** Asks whose token it is; without one, only whether LinkedIn can be reached. */
async function askMember(
  options: LinkedinDiagnosis,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { accessToken = '' } = secrets;
  try {
    const http = openLinkedin(options.url, accessToken, { secrets: [accessToken], timeoutMs });
    const call = { method: 'GET', path: '/v2/userinfo' } as const;
    const response = await http.request(call, signal);
    if (accessToken === '' && response.status === 401) {
      return [{ level: 'ok', what: `${new URL(options.url).host} answers.` }];
    }
    if (response.status === 403 && options.author !== undefined) {
      return [{ level: 'ok', what: 'LinkedIn takes the token, but does not let it ask whose it is.' }];
    }
    if (response.status !== 200) throw explainLinkedinRefusal(response, call, options, http);
    const member = memberShape.safeParse(response.json());
    if (!member.success) {
      const what = 'LinkedIn does not say whose token it is.';
      return [{ level: 'error', what, remedy: 'Make a token with the scopes openid and profile.' }];
    }
    const urn = `urn:li:person:${member.data.sub}`;
    const { author } = options;
    if (author?.startsWith('urn:li:person:') === true && author !== urn) {
      const what = `The token belongs to ${http.quote(urn)}, but \`author\` of the target is another member.`;
      return [
        { level: 'error', what, remedy: 'Remove `author` from the config, or store a token of that member.' },
      ];
    }
    return [
      {
        level: 'ok',
        what: `The token belongs to ${http.quote(`${member.data.name ?? ''} (${urn})`.trim())}.`,
      },
    ];
  } catch (error) {
    return [tellFailure(error)];
  }
}
