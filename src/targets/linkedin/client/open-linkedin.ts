import { openHttp } from '../../../base/http/client.ts';
import { userAgent } from '../../../base/http/exchange.ts';
import type { Http } from '../../../base/http/client.ts';
import { isLoopback } from '../../../base/http/loopback.ts';

/** Where people see posts, and where tokens are made. */
export const publicSite = 'https://www.linkedin.com';

/** Opens one of LinkedIn's servers, with the token to be shown there or none. */
export function openLinkedin(
  origin: string,
  token: string,
  given: { readonly secrets: readonly string[]; readonly timeoutMs?: number | undefined },
): Http {
  const headers = { 'user-agent': userAgent, ...(token !== '' && { authorization: `Bearer ${token}` }) };
  return openHttp({ origin, headers, ...given });
}

/**
 * Where tokens are made and looked up, for the API at an address; a stand-in does both itself. Source:
 * learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow, checked November 2026.
 */
export function findTokenSite(url: string): string {
  return isLoopback(new URL(url).hostname) ? url : publicSite;
}

/** Plain http is opened on loopback only, so such an API is a stand-in. */
export function isPlainHttp(url: string): boolean {
  return new URL(url).protocol === 'http:';
}
