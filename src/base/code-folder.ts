import { fileURLToPath } from 'node:url';

/** Whether the program runs as it is published, and not from its sources. */
export const isBuilt = !import.meta.url.endsWith('.ts');

/** The folder of the program's own code, absolute: `src` of a clone, `dist` of a package. */
export const codeFolder = fileURLToPath(new URL(isBuilt ? '.' : '..', import.meta.url));
