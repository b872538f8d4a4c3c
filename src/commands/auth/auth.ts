import { randomBytes } from 'node:crypto';
import { platform } from 'node:process';
import { listWords } from '../../base/list-words.ts';
import type { Ask } from '../../base/ask.ts';
import { receiveCallback, redirectAddress, tellTime } from './callback.ts';
import { withholdSecrets } from '../../base/child-environment.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { loadConfig } from '../../config/load.ts';
import { BroadsideError, suggestWord } from '../../base/errors.ts';
import {
  isConnected,
  type ConnectedTarget,
  type Grant,
  type Secrets,
  type SignIn,
  type Target,
} from '../../model/target.ts';
import { openBrowser } from '../open-browser.ts';
import type { Shell } from '../../base/shell.ts';
import { targetKinds } from '../../targets/index.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { describeGithub, storeToken, tryPlaces, type ChildShell, type TokenPlaces } from './store-token.ts';

export interface AuthArguments {
  readonly config: string;
  /** A target's name or kind. */
  readonly target: string;
  /** Whether the token becomes a secret of a GitHub environment. */
  readonly gh: boolean;
  readonly environment: string;
  readonly repository?: string | undefined;
  /** The new file that the token goes into. */
  readonly out?: string | undefined;
  readonly print: boolean;
  readonly browser: boolean;
  readonly port: number;
  /** Seconds. */
  readonly timeout: number;
}

/** A target that offers a sign-in. */
type SignInTarget = ConnectedTarget & Required<Pick<ConnectedTarget, 'authorize'>>;

/** What was done, as it is told. */
interface SignInOutcome {
  readonly target: string;
  readonly variable: string;
  readonly grant: Grant;
  readonly signIn: SignIn;
  readonly places: TokenPlaces;
}

/**
 * Runs `broadside auth`: sends the author to a target's sign-in, takes the answer on this machine, exchanges it for a token
 * and puts that where it is wanted. Shows the token only when asked to. Returns the exit code.
 */
export async function runAuth(args: AuthArguments, shell: Shell): Promise<number> {
  try {
    const outcome = await signInAndKeep(args, shell);
    if (shell.format === 'json') shell.print(`${JSON.stringify(describe(outcome, args), null, 2)}\n`);
    else {
      const tell = outcome.places.print ? shell.report : shell.print;
      for (const line of formatSignIn(outcome, args)) tell(`${cleanForTerminal(line)}\n`);
      if (outcome.places.print) shell.print(`${outcome.grant.token}\n`);
    }
    return 0;
  } catch (error) {
    if (shell.signal.aborted) return 130;
    throw error;
  }
}

async function signInAndKeep(args: AuthArguments, shell: Shell): Promise<SignInOutcome> {
  refuseWords(args, shell);
  const targets = await readTargets(args.config, args.target, shell);
  const target = await findTarget(args.target, targets);
  const childShell = { ...shell, ...withholdSecrets(shell.environment, { targets: [...targets, target] }) };
  const signIn = await target.authorize(readSecrets(target, shell));
  const { variable = '' } = target.secrets.find(({ role }) => role === signIn.gives) ?? {};
  if (variable === '') {
    throw new BroadsideError(
      'CREDENTIAL_MISSING',
      `No environment variable is named for the token of ${new URL(target.url).host}.`,
      { remedy: `Name one in the config: targets.${target.name}.secrets.${signIn.gives}.` },
    );
  }
  const places = await choosePlaces(args, variable, shell);
  await tryPlaces(places, childShell);
  const grant = await signInByBrowser(signIn, args, childShell);
  const remark = `The token of ${target.name}${describeEnd(grant)}.`;
  await storeToken({ variable, token: grant.token, remark }, places, childShell);
  return { target: target.name, variable, grant, signIn, places };
}

function refuseWords({ environment, repository, print }: AuthArguments, shell: Shell): void {
  const refuse = (what: string, remedy: string): never => {
    throw new BroadsideError('USAGE', what, { remedy });
  };
  if (print && shell.format === 'github') {
    refuse('--print with --format github would put the token into a log.', 'Use --store gh or --out FILE.');
  }
  if (environment.trim() === '') refuse('--env is empty.', 'Name an environment, such as "broadside".');
  if (repository !== undefined && !/^([\w.-]+\/)?[\w.-]+\/[\w.-]+$/.test(repository)) {
    refuse(
      `--repo is ${JSON.stringify(repository)}, which is not the name of a repository.`,
      'Write it as OWNER/NAME.',
    );
  }
}

/** The target of that name, else the only one of that kind, else the kind as it is without a config. */
async function findTarget(word: string, targets: readonly Target[]): Promise<SignInTarget> {
  const alike = targets.filter(({ kind }) => kind === word);
  const named = targets.find(({ name }) => name === word);
  if (named === undefined && alike.length > 1) {
    throw new BroadsideError('USAGE', `Several targets are of the kind ${word}.`, {
      remedy: `Name one: ${alike.map(({ name }) => name).join(', ')}.`,
    });
  }
  const found = named ?? alike[0] ?? (await createPlain(word));
  if (found === undefined) throw refuseWord(word, targets);
  if (!offersSignIn(found)) {
    const secrets = isConnected(found) ? found.secrets.map(({ variable }) => variable) : [];
    throw new BroadsideError('USAGE', `${found.name} has no sign-in in a browser.`, {
      remedy:
        secrets.length === 0
          ? 'It needs no secret.'
          : `Make its key in its own settings, and store it as ${listWords(secrets, 'and')}.`,
    });
  }
  return found;
}

function refuseWord(word: string, targets: readonly Target[]): BroadsideError {
  if (Object.hasOwn(targetKinds, word)) {
    return new BroadsideError('TARGET_UNKNOWN', `No target is of the kind ${word}.`, {
      remedy: 'Add one to the config first.',
    });
  }
  const known = [...new Set([...targets.map(({ name }) => name), ...Object.keys(targetKinds)])];
  const near = suggestWord(word, known);
  return new BroadsideError('TARGET_UNKNOWN', `No target and no kind of target is called "${word}".`, {
    remedy: near === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${near}"?`,
  });
}

function offersSignIn(target: Target): target is SignInTarget {
  return isConnected(target) && target.authorize !== undefined;
}

/** The config's targets; none where there is no config yet and the word is a kind's. */
async function readTargets(path: string, word: string, shell: Shell): Promise<readonly Target[]> {
  try {
    return (await loadConfig(path, shell.cwd)).targets;
  } catch (error) {
    const isMissing = error instanceof BroadsideError && error.code === 'CONFIG_MISSING';
    if (isMissing && path === defaultConfigPath && Object.hasOwn(targetKinds, word)) return [];
    throw error;
  }
}

async function createPlain(word: string): Promise<Target | undefined> {
  const kind = Object.hasOwn(targetKinds, word) ? await targetKinds[word]?.() : undefined;
  const options = (await kind?.options())?.safeParse({ kind: word });
  return options?.success === true ? kind?.create(word, options.data) : undefined;
}

function readSecrets(target: ConnectedTarget, { environment }: Shell): Secrets {
  return Object.fromEntries(
    target.secrets.flatMap(({ role, variable }) => {
      const value = variable === '' ? undefined : environment[variable];
      return value === undefined || value === '' ? [] : [[role, value]];
    }),
  );
}

async function choosePlaces(args: AuthArguments, variable: string, shell: Shell): Promise<TokenPlaces> {
  const { gh, environment, repository, out: file, print } = args;
  const github = { environment, repository };
  if (gh || file !== undefined || print) return { ...(gh && { github }), file, print };
  if (shell.ask === undefined) {
    throw new BroadsideError('USAGE', 'Nothing says where the token should go, and there is nobody to ask.', {
      remedy: `Add --store gh (${describeGithub(github)}), --out FILE (a new file) or --print.`,
    });
  }
  shell.report(
    `Where should the token go?\n  gh     as the secret ${variable} in ${describeGithub(github)}\n  file   into a new file that only you can read\n  print  to this terminal\n`,
  );
  const choice = await askFor(shell.ask, 'gh, file or print?', ['gh', 'file', 'print']);
  if (choice === 'gh') return { github, print: false };
  if (choice === 'print') return { print: true };
  return { file: await shell.ask('The name of the file:', '.env.local'), print: false };
}

async function askFor(ask: Ask, question: string, answers: readonly string[]): Promise<string> {
  for (;;) {
    const answer = (await ask(question)).toLowerCase();
    if (answers.includes(answer)) return answer;
  }
}

async function signInByBrowser(signIn: SignIn, args: AuthArguments, shell: ChildShell): Promise<Grant> {
  const { signal, environment, report } = shell;
  const redirectUri = redirectAddress(args.port);
  const state = randomBytes(32).toString('base64url');
  const address = signIn.begin(redirectUri, state);
  const timeoutMs = args.timeout * 1000;
  const begin = (): void => {
    report(
      `The browser is sent back to this address. Register it once, exactly so, at\n${signIn.registry}:\n`,
    );
    report(`  ${redirectUri}\n\n`);
    const fail = (): void => report('The browser could not be opened: open the address by hand.\n');
    const opens = args.browser && openBrowser(address, { platform, environment, fail });
    const invitation = opens
      ? 'Your browser opens. If it does not, open this address on this machine'
      : 'Open this address in a browser on this machine';
    report(`${invitation}:\n  ${address}\n\n`);
    report(`Waiting ${tellTime(timeoutMs)} for you to sign in. Ctrl-C ends it.\n`);
  };
  const grant = await receiveCallback(
    {
      port: args.port,
      state,
      timeoutMs,
      signal,
      begin,
      remedy: `If the browser complained about the redirect address, register exactly ${redirectUri} at ${signIn.registry}. Then run the command again.`,
    },
    (answer) => signIn.finish(answer, { redirectUri, now: shell.now(), signal }),
  );
  report('Signed in.\n\n');
  return grant;
}

function describeEnd({ endsAt }: Grant): string {
  return endsAt === undefined ? '' : `, which ends on ${endsAt.slice(0, 10)}`;
}

/** The repository's page of environments, where its name says enough. */
function nameSettings(repository: string | undefined): string {
  if (repository === undefined || repository.split('/').length !== 2) return '';
  return ` (https://github.com/${repository}/settings/environments)`;
}

function formatSignIn(outcome: SignInOutcome, args: AuthArguments): readonly string[] {
  const { target, variable, grant, signIn, places } = outcome;
  const { endsAt, renewFrom, scopes } = grant;
  const { github, file, print } = places;
  const settings = `Settings > Environments > ${args.environment}${nameSettings(args.repository)}`;
  const renew = `run "broadside auth ${target}" again and store the new token`;
  return [
    `${target} gave a token for ${scopes.join(', ')}${describeEnd(grant)}.`,
    ...(github === undefined ? [] : [`It is stored as ${variable} in ${describeGithub(github)}.`]),
    ...(file === undefined
      ? []
      : [`It is in ${file}, as ${variable}, which only you can read. Keep that file out of git.`]),
    ...(print ? [`It is printed below. Keep it as ${variable}.`] : []),
    '',
    github === undefined
      ? `For runs on GitHub, store it as ${variable} in the repository’s ${settings}.`
      : `You can find it in the repository’s ${settings}.`,
    signIn.advice,
    endsAt === undefined || renewFrom === undefined
      ? `When it has ended, ${renew}.`
      : `Between ${renewFrom.slice(0, 10)} and ${endsAt.slice(0, 10)}, ${renew}.`,
  ];
}

function describe(outcome: SignInOutcome, args: AuthArguments): object {
  const { target, variable, grant, places } = outcome;
  const { token, scopes, endsAt = null, renewFrom = null } = grant;
  const { github, file = null, print } = places;
  return {
    target,
    secret: variable,
    scopes,
    endsAt,
    renewFrom,
    stored: {
      github:
        github === undefined ? null : { environment: args.environment, repository: args.repository ?? null },
      file,
    },
    ...(print && { token }),
  };
}
