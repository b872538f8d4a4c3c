import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startButtondown } from '../../../src/rehearsal/buttondown/start.ts';
import type { State as ButtondownState } from '../../../src/rehearsal/buttondown/held.ts';
import { startKit } from '../../../src/rehearsal/kit/start.ts';
import type { State as KitState } from '../../../src/rehearsal/kit/held.ts';
import type { Misbehaviour, Mishap } from '../../../src/rehearsal/mishaps.ts';
import type { RequestMoment, StandIn } from '../../../src/rehearsal/stand-in.ts';
import { writeFiles } from '../../workspace.ts';
import {
  now,
  publishUndisturbed,
  scratch,
  startProgram,
  startRunner,
  type Running,
  type Surroundings,
} from './machine.ts';
import { tryCases, type Case } from './matrix.ts';
import { misbehaviours } from './misbehaviours.ts';

const runner = startRunner();

const secrets = { KIT_API_KEY: 'invented-kit-key', BUTTONDOWN_API_KEY: 'invented-buttondown-key' };

type Provider = 'kit' | 'buttondown';

/** A blog with a sequence of three letters and one by itself, and the two that mail them. */
interface Post extends Surroundings {
  readonly standIns: Readonly<Record<Provider, StandIn>>;
  readonly kit: () => KitState;
  readonly buttondown: () => ButtondownState;
  /** Requests that change something, since the start. */
  readonly countSent: () => number;
  /** Writes the second letter anew, so that it says another thing at another time. */
  readonly edit: () => void;
  readonly close: () => Promise<void>;
}

interface Trouble {
  readonly mishaps?: Partial<Readonly<Record<Provider, readonly Mishap[]>>>;
  readonly onRequest?: (provider: Provider, moment: RequestMoment) => void | Promise<void>;
}

function writeLetter(place: number, text: string, days: number): string {
  const head = `title: Letter ${place}\nsubject: Letter ${place}\npreview: The ${place}\n`;
  const delay = place === 1 ? '' : `delay: "${days} days"\n`;
  return `---\n${head}sequence: ${place}\n${delay}status: ready\n---\n\nHey {first_name|there}, ${text}\n`;
}

async function openPost({ mishaps = {}, onRequest }: Trouble = {}): Promise<Post> {
  const folder = mkdtempSync(join(scratch, 'letters-'));
  const home = mkdtempSync(join(scratch, 'providers-'));
  const time = { ahead: 0 };
  const trouble = (provider: Provider) => ({
    folder: home,
    now,
    tellTime: () => now() + time.ahead,
    mishaps: mishaps[provider] ?? [],
    ...(onRequest && { onRequest: (moment: RequestMoment) => onRequest(provider, moment) }),
  });
  const standIns = {
    kit: await startKit({ ...trouble('kit'), apiKey: secrets.KIT_API_KEY }),
    buttondown: await startButtondown({ ...trouble('buttondown'), apiKey: secrets.BUTTONDOWN_API_KEY }),
  };
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author } }',
      'sources:',
      '  - { kind: markdown, path: letters, as: letters, name: welcome }',
      '  - { kind: markdown, path: issues, as: letters }',
      'targets:',
      `  kit: { kind: kit, url: "${standIns.kit.url}", sequence: welcome }`,
      `  drip: { kind: buttondown, url: "${standIns.buttondown.url}", sequence: welcome }`,
      `  issues: { kind: buttondown, url: "${standIns.buttondown.url}" }`,
      'require_live: false',
      'ledger: { kind: file, path: ledger }',
      '',
    ].join('\n'),
    'letters/welcome-1.md': writeLetter(1, 'welcome.', 0),
    'letters/welcome-2.md': writeLetter(2, 'this is the second.', 2),
    'letters/welcome-3.md': writeLetter(3, 'this is the third.', 7),
    'issues/first.md':
      '---\ntitle: First\nsubject: The first issue\npreview: x\nstatus: ready\n---\n\nNews.\n',
  });
  const read = (name: string): unknown => JSON.parse(readFileSync(join(home, `${name}.json`), 'utf8'));
  return {
    folder,
    environment: { PATH: process.env['PATH'] ?? '', HOME: scratch, ...secrets },
    time,
    standIns,
    kit: () => read('kit') as KitState,
    buttondown: () => read('buttondown') as ButtondownState,
    countSent: () =>
      Object.values(standIns)
        .flatMap(({ requests }) => requests)
        .filter(({ method }) => method !== 'GET').length,
    edit: () => writeFiles(folder, { 'letters/welcome-2.md': writeLetter(2, 'it was edited.', 3) }),
    close: async () => {
      await Promise.all(Object.values(standIns).map((one) => one.close()));
      await Promise.all([folder, home].map((path) => rm(path, { recursive: true, force: true })));
    },
  };
}

/** What there has to be in the end, each once and in its order: subjects, times and a word of the text. */
function expectedOf(isEdited: boolean): Readonly<Record<'kit' | 'drip' | 'issues', readonly string[]>> {
  const [second, word] = isEdited ? [3, 'edited'] : [2, 'second'];
  return {
    kit: ['Letter 1, 0 days: welcome', `Letter 2, ${second} days: ${word}`, 'Letter 3, 7 days: third'],
    drip: [
      'Letter 1, at once: welcome',
      `Letter 2, ${second} days: ${word}`,
      `Letter 3, ${second + 7} days: third`,
    ],
    issues: ['The first issue, draft'],
  };
}

const findWord = (text: string): string => /welcome|second|edited|third/.exec(text)?.[0] ?? text;

function describeHeld(post: Post): Readonly<Record<string, readonly string[]>> {
  const { automations, emails } = post.buttondown();
  return {
    kit: post
      .kit()
      .sequences.flatMap((sequence) => sequence.emails)
      .map(
        ({ subject, delayValue, delayUnit, content, published }) =>
          `${subject}, ${delayValue} ${delayUnit}: ${findWord(content ?? '')}${published ? '' : ', a draft'}`,
      ),
    drip: automations
      .flatMap(({ actions }) => actions)
      .map(({ metadata, timing }) => {
        const delay = timing?.delay;
        const when = delay ? `${delay.value} ${delay.unit}` : 'at once';
        return `${String(metadata['subject'])}, ${when}: ${findWord(String(metadata['body']))}`;
      }),
    issues: emails.map(({ subject, status }) => `${subject}, ${status}`),
  };
}

/** Lets further runs through until nothing is sent, and returns what is wrong then. */
async function judge(post: Post, isEdited = false): Promise<readonly string[]> {
  const faults: string[] = [];
  const heard: string[] = [];
  for (let run = 0; run <= 4; run += 1) {
    const before = post.countSent();
    const answer = await runner.run(post, ['publish'], { ahead: run * 120_000 });
    heard.push(`--- publish ${run + 1}: ${answer.code}\n${answer.stdout}${answer.stderr}`);
    if (post.countSent() === before && run > 0) break;
    if (run === 4) faults.push('the last run still sends');
  }
  const held = describeHeld(post);
  for (const [target, letters] of Object.entries(expectedOf(isEdited))) {
    if (held[target]?.join('\n') !== letters.join('\n'))
      faults.push(`${target} holds:\n${held[target]?.join('\n')}`);
  }
  if (post.kit().sequences.length > 1) faults.push('Kit has two sequences');
  if (post.buttondown().automations.length > 1) faults.push('Buttondown has two automations');
  if (post.kit().mailed.length > 0) faults.push('Kit mailed somebody');
  const status = await runner.run(post, ['status', '--format', 'json'], { ahead: 600_000 });
  const { copies } = JSON.parse(status.stdout) as {
    readonly copies: readonly { readonly target: string; readonly post: string; readonly state: string }[];
  };
  const unsettled = copies.filter(({ state }) => state !== 'live' && state !== 'draft');
  for (const one of unsettled) faults.push(`${one.post} on ${one.target} is ${one.state}`);
  if (copies.length !== 7) faults.push(`${copies.length} copies`);
  return faults.length === 0 ? [] : [...faults, ...describeRequests(post), ...heard];
}

function describeRequests({ standIns }: Post): readonly string[] {
  return Object.entries(standIns).map(([name, { requests }]) =>
    [
      `${name}:`,
      ...requests.map(
        ({ method, path, status, taken }) => `  ${method} ${path} ${status} ${taken ? 'taken' : ''}`,
      ),
    ].join('\n'),
  );
}

interface Step {
  readonly provider: Provider;
  readonly nth: number;
  readonly name: string;
}

/** Every request of the run that is disturbed, which sends three letters and an issue, or changes one of them. */
async function listSteps(isEdited: boolean): Promise<readonly Step[]> {
  const post = await openPost();
  await publishUndisturbed(post);
  const first = Object.fromEntries(
    Object.entries(post.standIns).map(([name, { requests }]) => [name, requests.length]),
  );
  if (isEdited) {
    post.edit();
    await publishUndisturbed(post);
  }
  expect(await judge(post, isEdited)).toEqual([]);
  await post.close();
  return (['kit', 'buttondown'] as const).flatMap((provider) =>
    post.standIns[provider].requests
      .map(({ method, path }, index) => ({ provider, nth: index + 1, name: `${method} ${path}` }))
      .filter(({ nth }) => nth > (first[provider] ?? 0) === isEdited),
  );
}

/** Does one run, of which one request goes wrong, after what has to be there before. */
function tryStep(
  { provider, nth, name }: Step,
  fault: Misbehaviour | 'killed before' | 'killed after',
  isEdited: boolean,
): Case {
  const isKilled = typeof fault === 'string';
  const told = isKilled ? fault : 'when' in fault ? `${fault.kind} ${fault.when} taking it` : fault.kind;
  return {
    step: `${provider} request${isEdited ? ' of a change' : ''}`,
    fault: told,
    place: `${nth}, ${name}`,
    async try() {
      const running: { program?: Running } = {};
      const lost: Misbehaviour = { kind: 'reset', when: 'before' };
      const does = isKilled ? (fault === 'killed before' ? lost : undefined) : fault;
      const when = fault === 'killed before' ? 'before' : 'after';
      const post = await openPost({
        mishaps: does === undefined ? {} : { [provider]: [{ at: { nth }, does }] },
        async onRequest(at, moment) {
          if (!isKilled || at !== provider || moment.number !== nth || moment.when !== when) return;
          running.program?.child.kill('SIGKILL');
          await running.program?.ending;
        },
      });
      if (isEdited) {
        await runner.run(post, ['publish']);
        post.edit();
      }
      if (isKilled) {
        running.program = startProgram(post, ['publish']);
        await running.program.ending;
      } else {
        await runner.run(post, ['publish']);
      }
      const faults = await judge(post, isEdited);
      await post.close();
      return faults;
    },
  };
}

test.each([
  ['first sent', false],
  ['changed', true],
] as const)(
  'whatever becomes of any request when letters are %s, none is there twice and none is lost',
  { timeout: 900_000 },
  async (_what, isEdited) => {
    const steps = await listSteps(isEdited);
    const cases = steps.flatMap((step) =>
      [...misbehaviours, 'killed before' as const, 'killed after' as const].map((fault) =>
        tryStep(step, fault, isEdited),
      ),
    );
    expect(await tryCases(cases)).toEqual([]);
  },
);
