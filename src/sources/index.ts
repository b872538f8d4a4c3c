import type { SourceKind } from './define.ts';

/** Every kind of source, loaded only when a config names it. */
export const sourceKinds: Readonly<Record<string, () => Promise<SourceKind>>> = {
  markdown: async () => (await import('./markdown/index.ts')).markdown,
  feed: async () => (await import('./feed/index.ts')).feed,
};
