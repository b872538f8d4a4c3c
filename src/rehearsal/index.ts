import { randomBytes } from 'node:crypto';
import type { Secrets } from '../model/target.ts';
import type { SiteFiles } from './site-files.ts';
import type { StandIn } from './stand-in.ts';

/** A stand-in that runs, and the invented secrets it takes. */
export interface Rehearsing {
  readonly standIn: StandIn;
  readonly secrets: Secrets;
}

/** A key that no page in a browser can know. */
export function inventKey(): string {
  return `rehearsal-${randomBytes(24).toString('base64url')}`;
}

/** How a stand-in is started; without a key, it takes one that is new. */
type Start = (
  options: SiteFiles & { readonly folder: string; readonly port: number; readonly key?: string },
) => Promise<Rehearsing>;

/** The stand-in of every kind of target that is published over the network, loaded when it is needed. */
export const standIns: Readonly<Record<string, Start>> = {
  devto: async ({ key = inventKey(), ...options }) => {
    const { startDevto } = await import('./devto/start.ts');
    return { standIn: await startDevto({ ...options, apiKey: key }), secrets: { apiKey: key } };
  },
  linkedin: async ({ key = inventKey(), ...options }) => {
    const { startLinkedin } = await import('./linkedin/start.ts');
    return { standIn: await startLinkedin({ ...options, accessToken: key }), secrets: { accessToken: key } };
  },
  buttondown: async ({ key = inventKey(), ...options }) => {
    const { startButtondown } = await import('./buttondown/start.ts');
    return { standIn: await startButtondown({ ...options, apiKey: key }), secrets: { apiKey: key } };
  },
  kit: async ({ key = inventKey(), ...options }) => {
    const { startKit } = await import('./kit/start.ts');
    return { standIn: await startKit({ ...options, apiKey: key }), secrets: { apiKey: key } };
  },
};
