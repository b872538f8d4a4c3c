import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import type { Shell } from '../base/shell.ts';
import { type Block } from './markdown.ts';
import { fitBlocks, summaryLimit } from './summary.ts';

/** The first line of a comment of ours, by which the next run finds it. */
export const commentMark = '<!-- broadside plan -->';

/** What a later step of a job can ask of one that plans or publishes. */
export interface Outputs {
  readonly created: number;
  readonly updated: number;
  readonly held: number;
  readonly waiting: number;
  /** They wait for a person who makes or changes them. */
  readonly 'by-hand': number;
  readonly failed: number;
  /** Whether a feed shows something else than before. */
  readonly 'site-changed': boolean;
}

/** The outputs of a run that had nothing to do. */
export const noOutputs: Outputs = {
  created: 0,
  updated: 0,
  held: 0,
  waiting: 0,
  'by-hand': 0,
  failed: 0,
  'site-changed': false,
};

/** Adds to the summary of the step this runs in, if GitHub runs it, as much as still fits. */
export function appendSummary(blocks: readonly Block[], shell: Shell): void {
  const path = shell.environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (path === '') return;
  append(path, fitBlocks(blocks, summaryLimit - readSize(path)), 'job summary', shell);
}

/** Sets outputs of the step this runs in, if GitHub runs it. No value can end early and begin another output. */
export function appendOutputs(
  outputs: (Outputs & { readonly comment?: string }) | { readonly errors: number; readonly warnings: number },
  shell: Shell,
): void {
  const path = shell.environment['GITHUB_OUTPUT'] ?? '';
  if (path === '') return;
  const lines = Object.entries(outputs).map(([name, value]) => {
    const end = `broadside-${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  append(path, lines.join(''), 'outputs', shell);
}

function readSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Publishing matters more than reporting it: a file that cannot be written fails no run. */
function append(path: string, text: string, what: string, shell: Shell): void {
  try {
    appendFileSync(path, text);
  } catch {
    shell.report(`The ${what} of this step could not be written.\n`);
  }
}
