import { isConnected, type Target } from '../model/target.ts';

/** The environment variable that holds the address of the ledger's database, where the config names no other. */
export const usualLedgerVariable = 'BROADSIDE_LEDGER_URL';

/** The environment variable that holds the address of the server that test letters are mailed through, password and all. */
export const mailServerVariable = 'SMTP_URL';

/** Whose secrets are withheld: the targets', and the ledger's. */
interface SecretHolders {
  readonly targets: readonly Target[];
  readonly ledger?: { readonly secret: string } | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a started program is given, and which secrets are removed from what it says. */
export interface ChildEnvironment {
  readonly environment: Environment;
  readonly secrets: readonly string[];
}

/** Tokens that git and gh need themselves. */
const toolTokens = ['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GH_ENTERPRISE_TOKEN'];

/** A secret with fewer characters could be a part of an unrelated text. */
const leastSecret = 8;

/**
 * The environment of every started program, which may be anybody's, as may its hooks and helpers. It has no secret of a target, the
 * ledger or the mail server, whatever the variable is called, and no other variable that holds one.
 */
export function withholdSecrets(
  environment: Environment,
  { targets, ledger }: SecretHolders,
): ChildEnvironment {
  const ofTargets = targets
    .filter(isConnected)
    .flatMap(({ secrets }) => secrets.flatMap(({ variable, usual }) => [variable, usual]));
  const names = new Set([
    ...ofTargets,
    usualLedgerVariable,
    ledger?.secret ?? usualLedgerVariable,
    mailServerVariable,
  ]);
  const secrets = readValues(environment, names);
  const telling = secrets.filter((secret) => secret.length >= leastSecret);
  const kept = Object.entries(environment).filter(
    ([name, value = '']) => !names.has(name) && !telling.some((secret) => value.includes(secret)),
  );
  return {
    environment: Object.fromEntries(kept),
    secrets: [...secrets, ...readValues(environment, toolTokens)],
  };
}

/**
 * The environment of a program that reaches no server, before the targets are known: only what it needs to be found and to find its
 * config.
 */
export function keepBasics(environment: Environment): ChildEnvironment {
  const kept = Object.entries(environment).filter(([name]) =>
    /^(?:PATH|HOME|USERPROFILE|SYSTEMROOT|XDG_CONFIG_HOME|GIT_\w+)$/i.test(name),
  );
  return { environment: Object.fromEntries(kept), secrets: [] };
}

function readValues(environment: Environment, names: Iterable<string>): readonly string[] {
  return [...names].map((name) => (environment[name] ?? '').trim()).filter((value) => value !== '');
}
