import { BroadsideError } from '../base/errors.ts';
import type { Finding } from '../model/target.ts';

/** An error of Broadside's as a finding. Throws any other again. */
export function tellFailure(error: unknown): Finding {
  if (!(error instanceof BroadsideError)) throw error;
  const what = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return { level: 'error', what, remedy: error.remedy };
}
