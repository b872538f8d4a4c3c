import { InvalidArgumentError } from 'commander';
import { readInstant } from '../base/read-instant.ts';
import type { PlanArguments } from '../workbench/open.ts';

/** The options of one call, by name, as commander read them. */
export type Options = Readonly<Record<string, unknown>>;

/** What every command takes. */
export function common(options: Options): { readonly config: string; readonly at?: string } {
  const instant = text(options['at']);
  return { config: String(options['config']), ...(instant !== undefined && { at: instant }) };
}

/** The words of the commands that plan. */
export function planWords(words: readonly unknown[], options: Options): PlanArguments {
  const side = options['take'];
  return {
    ...common(options),
    posts: list(words[0]),
    target: text(options['target']),
    take: side === 'source' || side === 'remote' ? side : undefined,
    refresh: options['refresh'] === true,
    again: options['again'] === true,
    recapture: options['recapture'] === true,
  };
}

/** An option that is a text, if it is given. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Arguments that may be several. */
export function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** An instant or a day, as ISO 8601 in UTC. Throws what commander shows. */
export function demandInstant(value: string): string {
  const instant = readInstant(value);
  if (instant === undefined)
    throw new InvalidArgumentError('It is not an instant such as 2026-12-01 or 2026-12-01T08:30:00Z.');
  return instant;
}

/** A port. Throws what commander shows. */
export function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It is not a port from 1 to 65535.');
  return port;
}

/** One mail address. Throws what commander shows. */
export function readMailAddress(value: string): string {
  if (!/^[^\s<>@,;"]+@[^\s<>@,;"]+$/.test(value))
    throw new InvalidArgumentError('It is not one mail address such as me@example.com.');
  return value;
}

/** Seconds up to an hour. Throws what commander shows. */
export function readPatience(value: string): number {
  const seconds = readSeconds(value);
  if (seconds < 1 || seconds > 3600)
    throw new InvalidArgumentError('It is not a number of seconds from 1 to 3600.');
  return seconds;
}

/** A whole number of seconds. Throws what commander shows. */
export function readSeconds(value: string): number {
  const seconds = Number(value);
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new InvalidArgumentError('It is not a number of seconds.');
  return seconds;
}
