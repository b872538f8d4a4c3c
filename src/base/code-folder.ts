import { fileURLToPath } from 'node:url';

/** The folder of the program's own code, absolute: `src` of a clone, `dist` of a package. */
export const codeFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '..' : '.', import.meta.url),
);
