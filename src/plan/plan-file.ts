import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { explainIssue, nameOption, valueAt } from '../config/explain.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Plan } from '../model/plan.ts';
import { planShape } from './plan-shape.ts';
import { upgradePlan } from './upgrade-plan.ts';

/** The most bytes of a plan file: ten thousand long posts. */
const byteLimit = 256 * 1024 * 1024;

/** How deep its values may be nested: a plan's own are not half as deep. */
const depthLimit = 64;

/** The most faults that are named at once. */
const shownFaults = 5;

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
  const parsed = planShape.safeParse(upgraded, { error: explainIssue });
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

/** Whether a value is nested no deeper than a plan is, and has no key such as `__proto__`. */
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
