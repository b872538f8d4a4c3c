import { BroadsideError } from '../base/errors.ts';
import type { Secrets } from '../model/target.ts';

/**
 * A secret without which nothing can be sent; `what` names it in a sentence, `remedy` says where to get it. Throws
 * `CREDENTIAL_MISSING`.
 */
export function demandSecret(
  secrets: Secrets,
  role: string,
  { what, remedy }: { readonly what: string; readonly remedy: string },
): string {
  const secret = secrets[role]?.trim() ?? '';
  if (secret === '') throw new BroadsideError('CREDENTIAL_MISSING', `there is no ${what}`, { remedy });
  return secret;
}
