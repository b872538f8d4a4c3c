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

/** What a program that is started is given, and what may be shown of nothing that it says. */
export interface ChildEnvironment {
  readonly environment: Environment;
  readonly secrets: readonly string[];
}

/** Tokens that git and gh need themselves. */
const toolTokens = ['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GH_ENTERPRISE_TOKEN'];

/** Of fewer characters, a secret could be a part of what has nothing to do with it. */
const leastSecret = 8;

/**
 * The environment of every program that is started, since it and all that it starts, such as hooks and helpers, may be anybody's:
 * without the targets' secrets, the ledger's and the mail server's, whatever their variables are called, and without other variables that hold one.
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

/** The environment of a program that reaches no server, before it is known which targets there are: what finds it and its config. */
export function keepBasics(environment: Environment): ChildEnvironment {
  const kept = Object.entries(environment).filter(([name]) =>
    /^(?:PATH|HOME|USERPROFILE|SYSTEMROOT|XDG_CONFIG_HOME|GIT_\w+)$/i.test(name),
  );
  return { environment: Object.fromEntries(kept), secrets: [] };
}

function readValues(environment: Environment, names: Iterable<string>): readonly string[] {
  return [...names].map((name) => (environment[name] ?? '').trim()).filter((value) => value !== '');
}
