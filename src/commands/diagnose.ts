import { versions } from 'node:process';
import { countOf } from '../base/count-of.ts';
import { withholdSecrets } from '../base/child-environment.ts';
import { isOutAt } from '../blog/eligibility.ts';
import { loadConfig, type Config } from '../config/load.ts';
import { openLedger } from '../ledger/open.ts';
import { runGit } from '../ledger/run-git.ts';
import type { Finding, HoldingTarget, Secrets } from '../model/target.ts';
import { findLanding } from '../plan/flight.ts';
import { placeLedger } from '../workbench/place-ledger.ts';
import { tellFailure } from '../targets/tell-failure.ts';
import type { Shell } from '../base/shell.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';

/** The oldest git that keeps a ledger, as its version's first two numbers. */
const oldestGit = [2, 32] as const;

/** What is looked at: the blog of a config, and all of its targets unless one is named. */
export interface DoctorWords {
  readonly config: string;
  readonly target?: string | undefined;
}

/** A finding, and what it is about: the program, the config, the ledger or a target by name. */
export interface AboutFinding extends Finding {
  readonly about: string;
}

/** Looks at all that publishing needs, and changes nothing. Gives what was found of each thing as soon as it was looked at. */
export async function* diagnose(
  { config: path, target: named }: DoctorWords,
  shell: Shell,
): AsyncGenerator<AboutFinding> {
  yield { about: 'node', level: 'ok', what: `Node ${versions.node} runs this.` };
  const loaded = await attempt(() => loadConfig(path, shell.cwd));
  if ('fault' in loaded) {
    yield { about: 'config', ...loaded.fault };
    return;
  }
  const { result: config } = loaded;
  const targets = chooseTargets(config, named).filter((target) => target.granularity !== 'feed');
  const judged = Promise.all(targets.map((target) => judgeTarget(target, shell)));
  yield* tellAbout('config', judgeConfig(config));
  yield* tellAbout('git', await judgeGit(config, shell));
  yield* tellAbout('ledger', await judgeLedger(config, shell));
  if (named === undefined) yield* tellAbout('posts', await judgeAddresses(config, shell));
  const findings = await judged;
  for (const [index, { name }] of targets.entries()) yield* tellAbout(name, findings[index] ?? []);
}

function tellAbout(about: string, findings: readonly Finding[]): readonly AboutFinding[] {
  return findings.map((finding) => ({ about, ...finding }));
}

/** The result of some work, or a finding that says why there is none. */
async function attempt<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly fault: Finding }> {
  try {
    return { result: await work() };
  } catch (error) {
    return { fault: tellFailure(error) };
  }
}

function judgeConfig(config: Config): readonly Finding[] {
  const names = config.targets.map(({ name }) => name).join(', ');
  return [
    { level: 'ok', what: `${config.file} is as it should be; its targets are ${names || 'none'}.` },
    ...(config.paused
      ? [
          {
            level: 'warning' as const,
            what: 'Publishing is paused: nothing is sent.',
            remedy: 'Set "paused: false" in the config to go on.',
          },
        ]
      : []),
  ];
}

/** Whether posts are where their canonical URLs say: by the built site, else by the live one where it has to be up. */
async function judgeAddresses(config: Config, shell: Shell): Promise<readonly Finding[]> {
  const { loadBlog } = await import('../blog/load.ts');
  const { tryAddresses } = await import('./try-addresses.ts');
  const tried = await attempt(async () => {
    const { posts } = await loadBlog(config, shell.signal);
    const out = posts.filter((post) => isOutAt(post, shell.now()));
    return { found: await tryAddresses(config, out, config.requireLive ? shell.signal : undefined) };
  });
  if ('fault' in tried) return [];
  const { found } = tried.result;
  const [one] = found?.wrong ?? [];
  if (found === undefined || found.tried === 0) return [];
  const says = found.isProof ? `as ${found.from} has them` : `as ${found.from} makes them`;
  if (one === undefined) {
    return [{ level: 'ok', what: `The addresses of ${countOf(found.tried, 'post')} are ${says}.` }];
  }
  return [
    {
      level: 'warning',
      what: `The addresses of ${found.wrong.length} of ${countOf(found.tried, 'post')} are not ${says}: ${one.post.origin.path} is at ${one.at}, and its canonical URL is ${one.post.canonicalUrl}.`,
      remedy: `Correct "canonical" of the source in ${config.file}, or write the address under its "addresses".`,
    },
  ];
}

/** Whether there is a git that will do, where the ledger is, or may be, kept with it. */
async function judgeGit(config: Config, shell: Shell): Promise<readonly Finding[]> {
  const { kind } = config.ledger;
  if (kind === 'file' || kind === 'postgres') return [];
  const { root: folder } = config;
  const child = withholdSecrets(shell.environment, config);
  const git = await attempt(() =>
    runGit({ arguments: ['--version'], folder, ...child, signal: shell.signal }),
  );
  if ('fault' in git) return kind === 'git' ? [git.fault] : [];
  const [version = '', major, minor] = /(\d+)\.(\d+)[\d.]*/.exec(git.result.stdout.toString('utf8')) ?? [];
  const isNew =
    Number(major) > oldestGit[0] || (Number(major) === oldestGit[0] && Number(minor) >= oldestGit[1]);
  return isNew
    ? [{ level: 'ok', what: `git ${version} is there.` }]
    : [
        {
          level: 'error',
          what: `git ${version} is too old to keep a ledger.`,
          remedy: `Install git ${oldestGit.join('.')} or newer, or set ledger.kind to file in the config.`,
        },
      ];
}

async function judgeLedger(config: Config, shell: Shell): Promise<readonly Finding[]> {
  // What is in doubt of a feed, or of what its hub was told, is settled by the next run.
  const feeds = new Set(
    config.targets.filter(({ granularity }) => granularity === 'feed').map(({ name }) => name),
  );
  const opened = await attempt(async () => {
    const found = await openLedger(config.ledger, placeLedger(config, shell));
    const states = [...(await found.readStates()).states.values()];
    const damaged = states.flatMap(({ unreadable }) => unreadable ?? []);
    const copies = states.filter(({ copy }) => !feeds.has(copy.target));
    const examined = (await found.examine?.()) ?? [];
    return { description: found.description, states: copies, damaged, examined };
  });
  if ('fault' in opened) return [opened.fault];
  const { description, states, damaged, examined } = opened.result;
  const recorded = states.filter(({ receipt }) => receipt !== undefined && receipt.state !== 'gone');
  const request = { now: shell.now(), isSenderGone: hasSenderEnded };
  const doubtful = states.filter(
    (state) =>
      state.unknown !== undefined ||
      (state.pending !== undefined && findLanding(state, request) === undefined),
  );
  const names = doubtful.map(({ copy }) => `${copy.postId} on ${copy.target}`).join(', ');
  return [
    {
      level: 'ok',
      what: `The ledger, ${description}, can be read: ${countOf(recorded.length, 'copy', 'copies')}.`,
    },
    ...examined,
    ...damaged.map(({ message, remedy }) => ({ level: 'error' as const, what: message, remedy })),
    ...(doubtful.length === 0
      ? []
      : [
          {
            level: 'warning' as const,
            what: `Nobody knows whether these were taken: ${names}.`,
            remedy:
              'Run "broadside plan", which looks up what it can. Settle the rest with "broadside resolve".',
          },
        ]),
  ];
}

async function judgeTarget(target: HoldingTarget, shell: Shell): Promise<readonly Finding[]> {
  if (target.by === 'hand')
    return [{ level: 'ok', what: 'A person makes its copies, so it needs no secret.' }];
  const secrets: Secrets = Object.fromEntries(
    target.secrets
      .map(({ role, variable }) => [role, shell.environment[variable] ?? ''])
      .filter(([, value]) => value !== ''),
  );
  const named = target.secrets.flatMap(({ role, variable, required }): readonly Finding[] => {
    if (secrets[role] !== undefined) return [{ level: 'ok', what: `${variable} is set.` }];
    if (!required) return [];
    return [
      variable === ''
        ? {
            level: 'error',
            what: `No environment variable is named for the secret of ${new URL(target.url).host}.`,
            remedy: `Name one in the config: targets.${target.name}.secrets.${role}.`,
          }
        : { level: 'error', what: `${variable} is not set.`, remedy: `Set ${variable} in the environment.` },
    ];
  });
  const { signal } = shell;
  const given = { now: shell.now(), signal };
  const diagnosed = await attempt(async () => (await target.diagnose?.(secrets, given)) ?? []);
  return [...named, ...('fault' in diagnosed ? [diagnosed.fault] : diagnosed.result)];
}
