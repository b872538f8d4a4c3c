import type { Misbehaviour } from '../../../src/rehearsal/mishaps.ts';

/** What any server may do to any request. */
export const misbehaviours: readonly Misbehaviour[] = [
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'hang', when: 'before' },
  { kind: 'hang', when: 'after' },
  { kind: 'error', when: 'before', status: 503 },
  { kind: 'error', when: 'after', status: 500 },
  { kind: 'limit', retryAfter: 2 },
  { kind: 'redirect', when: 'before', status: 307, to: 'https://example.com/elsewhere' },
  { kind: 'redirect', when: 'after', status: 303, to: 'https://example.com/elsewhere' },
  { kind: 'truncate' },
  { kind: 'page' },
  { kind: 'slow', ms: 200 },
];
