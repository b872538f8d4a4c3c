import { blogger } from './blogger/index.ts';
import type { ExportKind } from './define.ts';
import { ghost } from './ghost/index.ts';
import { hashnode } from './hashnode/index.ts';
import { medium } from './medium/index.ts';
import { substack } from './substack/index.ts';
import { wordpress } from './wordpress/index.ts';

/** Every kind of export that is read; what reads it is loaded only when it is there. */
export const exportKinds: readonly ExportKind[] = [wordpress, blogger, ghost, medium, substack, hashnode];
