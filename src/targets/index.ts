import type { TargetKind } from './define.ts';

/** Every kind of target, loaded only when a config names it. */
export const targetKinds: Readonly<Record<string, () => Promise<TargetKind>>> = {
  devto: async () => (await import('./devto/index.ts')).devto,
  linkedin: async () => (await import('./linkedin/index.ts')).linkedin,
  paste: async () => (await import('./paste/index.ts')).paste,
  buttondown: async () => (await import('./buttondown/index.ts')).buttondown,
  kit: async () => (await import('./kit/index.ts')).kit,
  mail: async () => (await import('./mail/index.ts')).mail,
  feed: async () => (await import('./feed/index.ts')).feed,
};

/** The variables that targets of every kind read their secrets from, where the config names no others. */
export async function listUsualSecrets(): Promise<readonly string[]> {
  const kinds = await Promise.all(Object.values(targetKinds).map((load) => load()));
  return [...new Set(kinds.flatMap(({ secrets }) => secrets.map(({ variable }) => variable)))];
}
