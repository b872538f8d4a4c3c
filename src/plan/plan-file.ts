import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { listWords } from '../base/list-words.ts';
import { explainIssue, nameOption, valueAt } from '../config/explain.ts';
import { fingerprintRendition } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { isSitePath, isWebAddress } from '../model/address.ts';
import type { Diagnostic, RuleId, Severity } from '../model/diagnostic.ts';
import { stateKey, type StoredPiece } from '../model/ledger.ts';
import { copyOf } from '../model/plan.ts';
import type { Action, HoldReason, Plan, PostActionOf, Verb } from '../model/plan.ts';
import { upgradePlan } from './upgrade-plan.ts';
import type { Asset, Json, Rendition } from '../model/rendition.ts';
import type { FeedDocument, RemoteState } from '../model/target.ts';
import { planLifetime } from './assemble.ts';
import { asLetterAction, asPostAction } from './name-letters.ts';

/** The most bytes of a plan file: ten thousand long posts. */
const byteLimit = 256 * 1024 * 1024;

/** How deep its values may be nested: a plan's own are not half as deep. */
const depthLimit = 64;

/** The most faults that are named at once. */
const shownFaults = 5;

const instant = z.iso.datetime({ error: 'is not an instant such as 2026-12-01T08:30:00Z' });
const texts = z.record(z.string(), z.string());
const json = z.record(z.string(), z.unknown() as z.ZodType<Json>);

/** One of the words of a union, all of which have to be here. */
function oneOf<Word extends string>(words: Readonly<Record<Word, true>>) {
  return z.enum(Object.keys(words) as Word[]);
}

const asset = z.strictObject({
  role: oneOf<Asset['role']>({ cover: true }),
  url: z.string(),
  alt: z.string().exactOptional(),
} satisfies Record<keyof Asset, z.ZodType>);

const rendition = z.strictObject({
  postId: z.string(),
  target: z.string(),
  canonicalUrl: z.string(),
  body: z.string(),
  fields: json,
  assets: z.array(asset),
  references: z.array(z.string()),
  inputs: texts,
  fingerprint: z.string(),
} satisfies Record<keyof Rendition, z.ZodType>);

/** What is adopted is not sent, and may have been made from an earlier text than the post's. */
const sentRendition = rendition.refine((made) => made.fingerprint === fingerprintRendition(made), {
  path: ['fingerprint'],
  error: 'is not that of the rendition, which was changed after it was planned',
});

const document = z.strictObject({
  path: z.string().refine(isSitePath, 'is not a path inside the site'),
  type: z.string(),
  text: z.string(),
  hub: z.string().exactOptional(),
} satisfies Record<keyof FeedDocument, z.ZodType>);

const step = { target: z.string(), ledgerLength: z.int().min(0) };
const note = z.string();
const remoteId = z.string().min(1);
const url = z
  .string()
  .refine((text) => text === '' || isWebAddress(text), 'is not an address that may be shown');
const requires = z.array(z.string()).exactOptional();
const missed = instant.exactOptional();
const unobserved = z.boolean().exactOptional();
const somewhere = { remoteId: remoteId.exactOptional(), url: url.exactOptional() };
const feedFiles = z.array(document);

/** Why what waits by itself waits. */
type OwnWait = Exclude<PostActionOf<'wait'>, { readonly reason: 'by-hand' }>;
type WaitForHand = Exclude<PostActionOf<'wait'>, OwnWait>;

/** The fields of one verb's actions, all of which have to be here. */
type Fields<Kind extends Action> = Readonly<Record<keyof Kind, z.ZodType>>;

const create = {
  ...step,
  ...somewhere,
  verb: z.literal('create'),
  reason: z.enum(['new', 'again']),
  post: z.string(),
  note: note.exactOptional(),
  rendition: sentRendition,
  missed,
  requires,
  unobserved,
} satisfies Fields<PostActionOf<'create'>>;

const update = {
  ...step,
  verb: z.literal('update'),
  reason: z.literal('changed'),
  post: z.string(),
  note,
  remoteId,
  url,
  rendition: sentRendition,
  unobserved,
} satisfies Fields<PostActionOf<'update'>>;

const adopt = {
  ...step,
  verb: z.literal('adopt'),
  reason: z.literal('found'),
  post: z.string(),
  note: note.exactOptional(),
  remoteId,
  url,
  origin: oneOf<PostActionOf<'adopt'>['origin']>({ elsewhere: true, own: true, edited: true }),
  found: z.strictObject({
    state: oneOf<RemoteState>({
      live: true,
      draft: true,
      gone: true,
      unverified: true,
      sent: true,
    }),
    echo: z.string(),
    body: z.string().exactOptional(),
  } satisfies Record<keyof PostActionOf<'adopt'>['found'], z.ZodType>),
  rendition,
  missed,
  requires,
} satisfies Fields<PostActionOf<'adopt'>>;

const wait = {
  ...step,
  verb: z.literal('wait'),
  reason: oneOf<OwnWait['reason']>({
    scheduled: true,
    'not-live': true,
    'no-page': true,
    'out-of-order': true,
    'rate-limited': true,
    'in-flight': true,
  }),
  post: z.string(),
  note: note.exactOptional(),
  at: instant.exactOptional(),
  missed,
} satisfies Fields<OwnWait>;

const waitForHand = {
  ...step,
  ...somewhere,
  verb: z.literal('wait'),
  reason: z.literal('by-hand'),
  post: z.string(),
  work: oneOf<WaitForHand['work']>({ create: true, update: true }),
  note: note.exactOptional(),
  rendition: sentRendition,
  importUrl: z.string().exactOptional(),
  since: instant.exactOptional(),
  record: z.string().exactOptional(),
} satisfies Fields<WaitForHand>;

const hold = {
  ...step,
  ...somewhere,
  verb: z.literal('hold'),
  reason: oneOf<HoldReason>({
    interrupted: true,
    unreadable: true,
    drifted: true,
    refused: true,
    removed: true,
    renamed: true,
    old: true,
    'too-many': true,
    unsupported: true,
    behind: true,
    'sends-now': true,
    'not-live': true,
    'no-page': true,
  }),
  note: note.exactOptional(),
  diff: z.string().exactOptional(),
} satisfies Omit<Fields<PostActionOf<'hold'>>, 'post'>;

const keep = {
  ...step,
  ...somewhere,
  verb: z.literal('keep'),
  reason: z.literal('unchanged'),
  note: note.exactOptional(),
} satisfies Omit<Fields<PostActionOf<'keep'>>, 'post'>;

const writeFeed = {
  ...step,
  feed: z.string(),
  note,
  documents: feedFiles,
  inputs: texts,
  fingerprint: z.string(),
  references: z.array(z.string()),
};

/** What is said of a verb that is none of these. */
function oneOfVerbs(...verbs: readonly Verb[]) {
  const error = ({ code }: z.core.$ZodRawIssue): string | undefined =>
    code === 'invalid_union' ? `has to be ${listWords(verbs, 'or')}` : undefined;
  return { error };
}

const postAction = z
  .discriminatedUnion(
    'verb',
    [
      z.strictObject(create),
      z.strictObject(update),
      z.strictObject(adopt),
      z.discriminatedUnion('reason', [z.strictObject(wait), z.strictObject(waitForHand)]),
      z.strictObject({ ...hold, post: z.string() }),
      z.strictObject({ ...keep, post: z.string() }),
    ],
    oneOfVerbs('create', 'update', 'adopt', 'wait', 'hold', 'keep'),
  )
  .refine(
    (given) =>
      !('rendition' in given) ||
      (given.rendition.postId === given.post && given.rendition.target === given.target),
    { path: ['rendition'], error: 'is that of another copy' },
  );

const feedAction = z
  .discriminatedUnion(
    'verb',
    [
      z.strictObject({ ...writeFeed, verb: z.literal('create'), reason: z.literal('new') }),
      z.strictObject({ ...writeFeed, verb: z.literal('update'), reason: z.literal('changed') }),
      z.strictObject({ ...hold, feed: z.string() }),
      z.strictObject({ ...keep, feed: z.string(), documents: feedFiles.exactOptional() }),
    ],
    oneOfVerbs('create', 'update', 'hold', 'keep'),
  )
  .refine(({ feed, target }) => feed === target, {
    path: ['feed'],
    error: 'has to be the name of its target',
  });

/** An action, by what it is about and then by its verb, so that a fault is told of the one that was meant. */
const action = z.unknown().transform((value, context): Action => {
  const isObject = value !== null && typeof value === 'object';
  const isFeed = isObject && 'feed' in value;
  const isLetter = isObject && 'letter' in value;
  // What is done with a letter has the shape of what is done with a post.
  const parsed = isFeed
    ? feedAction.safeParse(value, { error: explainIssue })
    : postAction.safeParse(isLetter ? asPostAction(value) : value, { error: explainIssue });
  if (parsed.success)
    return isLetter && 'post' in parsed.data ? asLetterAction(parsed.data, value) : parsed.data;
  for (const issue of parsed.error.issues) {
    const path = isLetter && issue.path[0] === 'post' ? ['letter', ...issue.path.slice(1)] : issue.path;
    context.issues.push({ ...issue, path, input: value } as z.core.$ZodRawIssue);
  }
  return z.NEVER;
});

const diagnostic = z.strictObject({
  rule: z.string() as unknown as z.ZodType<RuleId>,
  severity: oneOf<Severity>({ error: true, warning: true }),
  message: z.string(),
  remedy: z.string(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  postId: z.string().exactOptional(),
  target: z.string().exactOptional(),
  syntax: z
    .strictObject({
      group: oneOf<'shortcodes' | 'directives' | 'components'>({
        shortcodes: true,
        directives: true,
        components: true,
      }),
      name: z.string(),
      isPair: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  once: z.literal(true).exactOptional(),
} satisfies Record<keyof Diagnostic, z.ZodType>);

const keptPiece = z.strictObject({
  v: z.literal(1),
  kind: z.literal('piece'),
  at: instant,
  key: z.string(),
  name: z.string(),
  page: z.string(),
  piece: z.unknown() as z.ZodType<Json>,
} satisfies Record<keyof StoredPiece, z.ZodType>);

const planFile = z
  .strictObject({
    version: z.literal(2),
    createdAt: instant,
    expiresAt: instant,
    config: z.string(),
    ledger: z.string(),
    paused: z.boolean(),
    actions: z.array(action),
    diagnostics: z.array(diagnostic),
    pieces: z.record(z.string(), z.array(keptPiece)).exactOptional(),
  } satisfies Record<keyof Plan, z.ZodType>)
  .refine(
    ({ createdAt, expiresAt }) =>
      Date.parse(expiresAt) - Date.parse(createdAt) <= planLifetime * 24 * 60 * 60 * 1000,
    { path: ['expiresAt'], error: `is later than ${planLifetime} days after the plan was made` },
  )
  .superRefine(({ actions }, context) => {
    const seen = new Set<string>();
    for (const [index, one] of actions.entries()) {
      const key = stateKey(copyOf(one));
      if (seen.has(key)) {
        context.addIssue({
          code: 'custom',
          path: ['actions', index],
          message: 'is a second one for the same copy',
        });
      }
      seen.add(key);
    }
  });

/**
 * Reads a plan file, absolute or named as `shown` to people. `now` is ISO 8601. Throws `PLAN_INVALID` with what is wrong where;
 * a plan of an earlier version is as good as one of this.
 */
export function readPlanFile(path: string, shown: string, now: string): Plan {
  const refuse = (message: string, cause?: unknown): BroadsideError =>
    new BroadsideError('PLAN_INVALID', message, {
      remedy: `Write it anew with "broadside plan --out ${shown}".`,
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(readText(path));
  } catch (cause) {
    throw refuse(`${shown} is not a plan file that can be read.`, cause);
  }
  if (!isPlain(value)) throw refuse(`${shown} is not a plan: it is nested too deeply, or has a "__proto__".`);
  const upgraded = upgradePlan(value);
  const parsed = planFile.safeParse(upgraded, { error: explainIssue });
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, shownFaults).map((issue) => describeIssue(issue, upgraded));
    throw refuse(`${shown} is not a plan of this version: ${faults.join('; ')}.`);
  }
  const { expiresAt } = parsed.data;
  if (Date.parse(expiresAt) < Date.parse(now)) throw refuse(`The plan in ${shown} expired at ${expiresAt}.`);
  return parsed.data;
}

function readText(path: string): string {
  const handle = openSync(path, 'r');
  try {
    if (fstatSync(handle).size > byteLimit) throw new RangeError('the file is too large');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

/** Whether a value is nested no deeper than a plan is, and no key of it stands for what objects are made of. */
function isPlain(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthLimit) return false;
    const inner: unknown[] = [];
    for (const one of level) {
      if (one === null || typeof one !== 'object') continue;
      if (Object.hasOwn(one, '__proto__')) return false;
      for (const each of Object.values(one)) inner.push(each);
    }
    level = inner;
  }
  return true;
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  const place = issue.path.length === 0 ? 'it' : nameOption(issue.path);
  if (issue.code === 'unrecognized_keys') return `${place} has "${issue.keys[0]}", which it cannot have`;
  return valueAt(value, issue.path) === undefined && issue.code !== 'custom'
    ? `${place} is missing`
    : `${place} ${issue.message}`;
}
