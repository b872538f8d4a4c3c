import { isConnected, type Target } from '../model/target.ts';
import type { OptionFault } from './refuse.ts';

/**
 * Secrets that a config would send to a wrong place: a target's usual secret goes only to its usual host or to this same machine.
 */
export function findStraySecrets(targets: readonly Target[]): readonly OptionFault[] {
  const connected = targets.filter(isConnected);
  const usual = new Set(connected.flatMap(({ secrets }) => secrets.map((secret) => secret.usual)));
  return connected.flatMap(({ name, secrets }) => {
    const own = new Set(secrets.flatMap((secret) => (secret.counts ? [secret.usual] : [])));
    return secrets
      .filter(({ variable }) => usual.has(variable) && !own.has(variable))
      .map(({ role, variable }) => ({
        path: ['targets', name, 'secrets', role],
        message: `targets.${name}.secrets.${role} names ${variable}, which holds a secret for another server.`,
        remedy: "Keep this target's secret in a variable with a name of its own, and name that one here.",
      }));
  });
}
