import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { codeFolder } from '../base/code-folder.ts';

/** The media type of each ending that the app's files have. */
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The app in the browser: its files by name. `app.js` is a classic script, since a page opened from a folder loads no modules. */
export interface AppFiles {
  readonly names: readonly string[];
  readonly read: (name: string) => { readonly type: string; readonly bytes: Uint8Array } | undefined;
}

/** Finds the app as it was built: beside the program or, for a program that runs from its sources, among them, where its style is in parts. */
export function findApp(): AppFiles {
  const folder = [join(codeFolder, 'app'), join(codeFolder, 'preview', 'bundle')].find((one) =>
    existsSync(join(one, 'app.js')),
  );
  if (folder === undefined) throw new TypeError('the program has no app to show a preview with');
  const own = readdirSync(folder).filter((name) => types[extname(name)] !== undefined);
  const readers: Readonly<Record<string, () => Uint8Array>> = {
    ...Object.fromEntries(own.map((name) => [name, () => readFileSync(join(folder, name))])),
    ...(!own.includes(styleFile) && { [styleFile]: () => Buffer.from(joinStyles(styleFolder)) }),
    [diagramsFile]: () => readDiagrams(folder),
  };
  return {
    names: Object.keys(readers),
    read(name) {
      const bytes = Object.hasOwn(readers, name) ? readers[name]?.() : undefined;
      return bytes && { type: types[extname(name)] ?? '', bytes };
    },
  };
}

/** The one style sheet of the page, and where a program that runs from its sources has its parts. */
const styleFile = 'app.css';
const styleFolder = join(codeFolder, 'preview', 'app', 'style');

/** The parts of the page's style sheet as one, in the order of their names. */
export function joinStyles(folder: string): string {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.css'));
  return parts
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** The script that draws diagrams, which the page loads when it shows the first one. */
export const diagramsFile = 'diagrams.js';

/** Mermaid, as the build packed it beside the app, or as its package has it for a program that runs from its sources. */
function readDiagrams(folder: string): Uint8Array {
  const packed = join(folder, `${diagramsFile}.br`);
  if (existsSync(packed)) return brotliDecompressSync(readFileSync(packed));
  return readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js'));
}
