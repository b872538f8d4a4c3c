import { Temporal } from 'temporal-polyfill';
import type { Plan } from '../model/plan.ts';

/** How long a plan file may be applied, in days. */
export const planLifetime = 7;

/** Completes a plan from its actions. */
export function assemblePlan(parts: Omit<Plan, 'version' | 'expiresAt'>): Plan {
  return {
    version: 2,
    ...parts,
    expiresAt: Temporal.Instant.from(parts.createdAt)
      .add({ hours: planLifetime * 24 })
      .toString(),
  };
}
