import { randomBytes } from 'node:crypto';
import type { Secrets } from '../model/target.ts';
import type { SiteFiles } from './site-files.ts';
import type { StandIn } from './stand-in.ts';

/** A stand-in that runs, and the invented secrets it takes. */
export interface Rehearsing {
  readonly standIn: StandIn;
  readonly secrets: Secrets;
}

/** A key that no page in a browser can know, new for each run. */
function inventKey(): string {
  return `rehearsal-${randomBytes(24).toString('base64url')}`;
}

type Start = (options: SiteFiles & { readonly folder: string; readonly port: number }) => Promise<Rehearsing>;

/** The stand-in of every kind of target that is published over the network, loaded when it is needed. */
export const standIns: Readonly<Record<string, Start>> = {
  devto: async (options) => {
    const { startDevto } = await import('./devto/start.ts');
    const apiKey = inventKey();
    return { standIn: await startDevto({ ...options, apiKey }), secrets: { apiKey } };
  },
  linkedin: async (options) => {
    const { startLinkedin } = await import('./linkedin/start.ts');
    const accessToken = inventKey();
    return { standIn: await startLinkedin({ ...options, accessToken }), secrets: { accessToken } };
  },
};
