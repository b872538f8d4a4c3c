import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { joinStyles } from '../src/preview/app-files.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'src', 'preview', 'app');

/** The page of the preview as browsers load it. */
export interface App {
  readonly script: string;
  readonly style: string;
  /** The modules that the script holds, absolute. */
  readonly modules: readonly string[];
}

/**
 * Makes one script and one style sheet of the page's sources, since a page that was opened from a folder may load no modules.
 * `npm run generate` keeps the script beside the sources, so that the program needs no bundler to serve it. The script is not
 * minified, so that a change to it can be read.
 */
export async function bundleApp(): Promise<App> {
  const bundle = await rolldown({
    cwd: root,
    input: join(folder, 'main.tsx'),
    platform: 'browser',
    tsconfig: join(folder, 'tsconfig.json'),
    // How long it takes is no fault of what is built: a busy machine slows every plugin.
    checks: { bundlerTimings: false },
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const { output } = await bundle.generate({
    format: 'iife',
    minify: false,
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await bundle.close();
  const [chunk] = output;
  return {
    script: chunk.code,
    style: joinStyles(join(folder, 'style')),
    modules: chunk.moduleIds,
  };
}
