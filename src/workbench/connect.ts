import { digestList } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { readAddress } from '../model/address.ts';
import type { Connection, SendingTarget } from '../model/target.ts';

/** Opens a target's account with the secrets in the environment. Throws `CREDENTIAL_MISSING`. */
export async function connectTarget(
  target: SendingTarget,
  environment: Shell['environment'],
  warn: (message: string) => void,
): Promise<Connection> {
  const secrets: Record<string, string> = {};
  for (const { role, variable, required } of target.secrets) {
    const value = environment[variable];
    if (value !== undefined && value !== '') secrets[role] = value;
    else if (required) {
      const { host } = new URL(target.url);
      throw new BroadsideError(
        'CREDENTIAL_MISSING',
        variable === '' ? `No secret is named for ${host}.` : `${variable} is not set.`,
        {
          remedy:
            variable === ''
              ? `Name one in the config: targets.${target.name}.secrets.${role}.`
              : `Set it in the environment; ${target.name} needs it.`,
        },
      );
    }
  }
  const told = (message: string): void => warn(`${target.name}: ${cleanForTerminal(message)}\n`);
  const needed = target.secrets.flatMap(({ role, required }) => (required ? [secrets[role] ?? ''] : []));
  const connection = checkAddresses(await target.connect(secrets, told));
  return { ...connection, account: digestList([target.url, ...needed]) };
}

/** A connection that drops every address that may not be shown and linked, whatever the target answers. */
function checkAddresses(connection: Connection): Connection {
  const check = <Told extends { readonly url: string }>(told: Told): Told => ({
    ...told,
    url: readAddress(told.url),
  });
  return {
    ...connection,
    observe: async (...given) => {
      const seen = await connection.observe(...given);
      return seen.map((one) => (one.seen === 'present' ? check(one) : one));
    },
    create: async (...given) => check(await connection.create(...given)),
    update: async (...given) => check(await connection.update(...given)),
    restore: async (...given) => check(await connection.restore(...given)),
    retract: async (...given) => check(await connection.retract(...given)),
  };
}
