import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { explainIssue, nameOption, valueAt } from '../config/explain.ts';
import { fingerprintRendition } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { isSitePath, isWebAddress } from '../model/address.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { stateKey } from '../model/ledger.ts';
import type { Action, Plan, Reason, Verb } from '../model/plan.ts';
import type { Asset, Json, Rendition } from '../model/rendition.ts';
import type { FeedDocument, RemoteState } from '../model/target.ts';
import { planLifetime } from './assemble.ts';

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

const document = z.strictObject({
  path: z.string().refine(isSitePath, 'is not a path inside the site'),
  type: z.string(),
  text: z.string(),
  hub: z.string().exactOptional(),
} satisfies Record<keyof FeedDocument, z.ZodType>);

const action = z
  .strictObject({
    verb: oneOf<Verb>({
      create: true,
      update: true,
      adopt: true,
      retract: true,
      replace: true,
      wait: true,
      hold: true,
      keep: true,
    }),
    reason: oneOf<Reason>({
      new: true,
      again: true,
      changed: true,
      found: true,
      unchanged: true,
      scheduled: true,
      'not-live': true,
      'out-of-order': true,
      'rate-limited': true,
      'in-flight': true,
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
    }),
    target: z.string(),
    postId: z.string(),
    note: z.string().exactOptional(),
    at: instant.exactOptional(),
    missed: instant.exactOptional(),
    ledgerLength: z.int().min(0),
    remoteId: z.string().min(1).exactOptional(),
    url: z
      .string()
      .refine((text) => text === '' || isWebAddress(text), 'is not an address that may be shown')
      .exactOptional(),
    rendition: rendition.exactOptional(),
    found: z
      .strictObject({
        state: oneOf<RemoteState>({ live: true, draft: true, gone: true, unverified: true }),
        echo: z.string(),
        body: z.string().exactOptional(),
      } satisfies Record<keyof NonNullable<Action['found']>, z.ZodType>)
      .exactOptional(),
    origin: oneOf<NonNullable<Action['origin']>>({
      elsewhere: true,
      own: true,
      edited: true,
    }).exactOptional(),
    requires: z.array(z.string()).exactOptional(),
    documents: z.array(document).exactOptional(),
    inputs: texts.exactOptional(),
    fingerprint: z.string().exactOptional(),
    references: z.array(z.string()).exactOptional(),
    diff: z.string().exactOptional(),
    unobserved: z.boolean().exactOptional(),
  } satisfies Record<keyof Action, z.ZodType>)
  .superRefine((given, context) => {
    const fault = findActionFault(given);
    if (fault !== undefined) context.addIssue({ code: 'custom', ...fault });
  });

const diagnostic = z.strictObject({
  rule: z.string(),
  severity: oneOf<Severity>({ error: true, warning: true }),
  message: z.string(),
  remedy: z.string(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  postId: z.string().exactOptional(),
  target: z.string().exactOptional(),
} satisfies Record<keyof Diagnostic, z.ZodType>);

const planFile = z
  .strictObject({
    version: z.literal(1),
    createdAt: instant,
    expiresAt: instant,
    config: z.string(),
    ledger: z.string(),
    paused: z.boolean(),
    actions: z.array(action),
    diagnostics: z.array(diagnostic),
  } satisfies Record<keyof Plan, z.ZodType>)
  .refine(
    ({ createdAt, expiresAt }) =>
      Date.parse(expiresAt) - Date.parse(createdAt) <= planLifetime * 24 * 60 * 60 * 1000,
    { path: ['expiresAt'], error: `is later than ${planLifetime} days after the plan was made` },
  )
  .superRefine(({ actions }, context) => {
    const seen = new Set<string>();
    for (const [index, one] of actions.entries()) {
      if (seen.has(stateKey(one))) {
        context.addIssue({
          code: 'custom',
          path: ['actions', index],
          message: 'is a second one for the same copy',
        });
      }
      seen.add(stateKey(one));
    }
  });

/** What an action lacks, or has too much, for what it would do. */
function findActionFault(given: Action): { readonly path: string[]; readonly message: string } | undefined {
  const { verb, postId, target, rendition: made, documents, remoteId } = given;
  if (made !== undefined && (made.postId !== postId || made.target !== target)) {
    return { path: ['rendition'], message: 'is that of another copy' };
  }
  // What is adopted is not sent, and may have been made from an earlier text than the post's.
  if (made !== undefined && verb !== 'adopt' && made.fingerprint !== fingerprintRendition(made)) {
    const message = 'is not that of the rendition, which was changed after it was planned';
    return { path: ['rendition', 'fingerprint'], message };
  }
  if (documents !== undefined && (postId !== 'feed' || made !== undefined)) {
    return { path: ['documents'], message: 'belong to a feed, which this is not' };
  }
  if (verb === 'update' && made !== undefined && remoteId === undefined) {
    return { path: ['remoteId'], message: 'has to name the copy that is updated' };
  }
  return undefined;
}

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
  if (!isPlain(value)) throw refuse(`${shown} is no plan: it is nested too deeply, or has a "__proto__".`);
  const parsed = planFile.safeParse(value, { error: explainIssue });
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, shownFaults).map((issue) => describeIssue(issue, value));
    throw refuse(`${shown} is no plan of this version: ${faults.join('; ')}.`);
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
