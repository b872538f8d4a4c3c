import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { rolldown, type Plugin } from 'rolldown';
import { compareText } from '../src/base/compare-text.ts';
import { targetKinds } from '../src/targets/index.ts';
import { bundleApp } from './bundle-app.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'dist');

/** A file of the program as it is published: which modules it holds, and which files it loads, at once or later. */
export interface Chunk {
  readonly file: string;
  readonly modules: readonly string[];
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

/**
 * What the program loads as one file, since each takes some tenths of a millisecond: modules of `src`, with all that they
 * import and no group before theirs has. The file is named after the first. A module of no group shares a file with those that
 * the same commands load.
 */
const groups: readonly (readonly [string, ...string[]])[] = [
  ['base/terminal', 'base/version'],
  ['base/errors', 'config/default-path'],
  ['report/diagnostics'],
  [
    'blog/load',
    'config/load',
    'base/digest',
    'base/memo',
    'base/parse-json',
    'base/child-environment',
    'config/choose-targets',
    'model/address',
    'model/file-name',
    'model/plan',
    'base/describe-file-error',
    'blog/describe-site',
    'blog/name-posts',
    'blog/render-posts',
    'reading/front-matter/parse-date',
    'targets/define',
    'transform/choose-content',
    'transform/overrides-for',
    'report/annotations',
    'report/progress',
    'report/tell-github',
    'base/write-documents',
    'transform/spell-signs',
  ],
  ['sources/markdown/index', 'reading/dialects/meanings'],
  ['sources/markdown/load-post'],
  ['base/redact'],
  ['base/http/client'],
  ['reading/html/parse-html'],
  [
    'reading/parse',
    'sources/markdown/parse-body',
    'sources/markdown/read-content',
    'transform/prepare-tree',
    'blog/post-faults',
    'transform/report-faults',
    'targets/shown',
    'transform/list-addresses',
    'transform/add-canonical-notice',
    'transform/data-images',
    'transform/find-opening',
  ],
  ['plan/outlook', 'plan/request', 'workbench/place-ledger'],
  [
    'plan/prepare',
    'workbench/open',
    'report/show-plan',
    'ledger/open',
    'ledger/file',
    'ledger/attempt',
    'ledger/fold',
    'ledger/lines',
    'ledger/lock',
  ],
  ...Object.keys(targetKinds).map((kind) => [`targets/${kind}/index`] as const),
];

function locateModule(name: string): string {
  return join(root, 'src', `${name}.ts`);
}

/**
 * Writes the program that is published: `dist/cli.js`, which people start, a file for each command, target and source, and
 * files of what they share, with every dependency in them. A stack trace names what the sources name. The files are CommonJS,
 * which Node loads in less time than modules: it need not link them, nor list all that its own modules export.
 */
export async function buildProgram(dir: string = folder): Promise<readonly Chunk[]> {
  const leads = new Set(groups.map(([first]) => locateModule(first)));
  const bundle = await rolldown({
    cwd: root,
    input: { cli: 'src/start.js' },
    platform: 'node',
    plugins: [bundleWorkers, inlineTexts, packGrammars, omitSpawning],
    // How long a plugin takes is a matter of the machine, and no fault.
    checks: { bundlerTimings: false },
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const { output } = await bundle.write({
    dir,
    cleanDir: true,
    format: 'cjs',
    strict: true,
    dynamicImportInCjs: false,
    minify: { mangle: { keepNames: true } },
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: {
      groups: groups.map((modules) => {
        const ids = new Set(modules.map(locateModule));
        return { name: modules[0], test: (id: string) => ids.has(id) };
      }),
    },
    chunkFileNames: ({ facadeModuleId, moduleIds }) =>
      `${nameChunk(facadeModuleId ?? moduleIds.find((id) => leads.has(id)) ?? moduleIds.at(-1))}.js`,
  });
  await bundle.close();
  const chunks = output.flatMap((one) =>
    one.type === 'chunk'
      ? [
          {
            file: one.fileName,
            modules: one.moduleIds.map((id) => relative(root, id).replaceAll(sep, '/')),
            imports: one.imports,
            dynamicImports: one.dynamicImports,
          },
        ]
      : [],
  );
  const lost = groups
    .flat()
    .filter((name) => !chunks.some(({ modules }) => modules.includes(`src/${name}.ts`)));
  if (lost.length > 0) throw new Error(`The program has no ${lost.join(', ')}, which are to be in one file.`);
  const all = [...chunks, await writeApp(dir)];
  writeFileSync(join(dir, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  writeFileSync(join(dir, 'THIRD-PARTY-NOTICES.txt'), describeLicences(listPackages(all)));
  return all;
}

/** Writes the page of the preview beside the program. */
async function writeApp(dir: string): Promise<Chunk> {
  const { script, style, modules } = await bundleApp();
  mkdirSync(join(dir, 'app'));
  writeFileSync(join(dir, 'app', 'app.js'), script);
  writeFileSync(join(dir, 'app', 'app.css'), style);
  const mermaid = createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js');
  // Packed, since it would be a third of all that is published, and few previews show a diagram.
  writeFileSync(join(dir, 'app', 'diagrams.js.br'), brotliCompressSync(readFileSync(mermaid)));
  const paths = [...modules, mermaid].map((id) => relative(root, id).replaceAll(sep, '/'));
  return { file: 'app/app.js', modules: paths, imports: [], dynamicImports: [] };
}

/** Makes a file of the program of each module that is run as a worker thread, by its address beside the one that runs it. */
const bundleWorkers: Plugin = {
  name: 'bundle-workers',
  transform(code, id) {
    return code.replaceAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g, (_whole, path: string) => {
      const worker = join(dirname(id), path);
      const fileName = `${nameChunk(worker)}.js`;
      this.emitFile({ type: 'chunk', id: worker, fileName });
      return `new URL('./${fileName}', import.meta.url)`;
    });
  },
};

/** Puts the text of a file that a module reads from beside itself, or from a package, in the place where it is read. */
const inlineTexts: Plugin = {
  name: 'inline-texts',
  transform: (code, id) =>
    code
      .replaceAll(
        /readFileSync\(new URL\('(\.[^']+)', import\.meta\.url\), 'utf8'\)/g,
        (_whole, path: string) => JSON.stringify(readFileSync(join(dirname(id), path), 'utf8')),
      )
      .replaceAll(
        /readFileSync\(resolve\('([^']+)'\), '(utf8|base64)'\)/g,
        (_whole, path: string, encoding: 'utf8' | 'base64') =>
          JSON.stringify(readFileSync(createRequire(id).resolve(path), encoding)),
      ),
};

/** Packs what tells the words of a language apart, which would be a third of the program, until a preview shows its code. */
const packGrammars: Plugin = {
  name: 'pack-grammars',
  transform(code, id) {
    if (!/[\\/]@shikijs[\\/]langs[\\/]dist[\\/]/.test(id)) return undefined;
    const [written, literal] = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/.exec(code) ?? [];
    if (written === undefined || literal === undefined) return undefined;
    const packed = brotliCompressSync(JSON.parse(literal) as string).toString('base64');
    const unpacked = `JSON.parse(brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString())`;
    return `import { brotliDecompressSync } from 'node:zlib';\n${code.split(written).join(unpacked)}`;
  },
};

/** Leaves `node:child_process`, some milliseconds, out of commander, which only starts commands that are programs with it. */
const omitSpawning: Plugin = {
  name: 'omit-spawning',
  resolveId: (id, importer) =>
    id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? '\0no-spawning' : undefined,
  load: (id) => (id === '\0no-spawning' ? 'export default {};' : undefined),
};

/**
 * Names a file of the program after the package or the source file it is for, such as `targets-devto`; `cli.js` is the name of
 * the one that people start.
 */
function nameChunk(module = ''): string {
  const id = module.startsWith('\0') ? module : relative(root, module).replaceAll(sep, '/');
  if (id === 'src/cli.ts') return 'program';
  const language = /\/(?:@shikijs\/langs\/dist|shiki\/dist\/langs)\/([\w-]+)\.mjs$/.exec(id)?.[1];
  if (language !== undefined) return `language-${language}`;
  const packageName = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  const name = packageName ?? id.replace(/^src\//, '').replace(/(?:\/index)?\.ts$/, '');
  return name.replaceAll(/[^a-z\d]+/gi, '-').replaceAll(/^-|-$/g, '');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string;
  /** As packages said it before 2014. */
  readonly licenses?: readonly { readonly type: string }[];
}

/** The folders of the packages whose code the published program holds, relative to the repository. */
export function listPackages(chunks: readonly Chunk[]): readonly string[] {
  const found = chunks.flatMap(({ modules }) =>
    modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...new Set(found)].toSorted();
}

/** Whose code the published program holds besides its own, each with its licence in full. */
function describeLicences(packages: readonly string[]): string {
  const notices = packages.map((path) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const { name, version, license = manifest.licenses?.map(({ type }) => type).join(', ') } = manifest;
    const own = readLicences(join(root, path));
    const texts = own.length === 0 && license === 'ISC' ? [writeIsc(manifest)] : own;
    if (license === undefined || texts.length === 0) throw new Error(`${name} does not say its licence.`);
    return { title: `${name} ${version}`, license, texts };
  });
  return [
    'The published program holds the following packages.',
    ...notices
      .toSorted((a, b) => compareText(a.title, b.title))
      .map(({ title, license, texts }) => [title, `Licence: ${license}`, ...texts].join('\n\n')),
  ]
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}

/** The ISC licence, of a package that names it without its text (opensource.org/license/isc-license-txt). */
function writeIsc({ author = 'its authors' }: Manifest): string {
  return [
    `Copyright (c) ${author}`,
    'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.',
    'THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.',
  ].join('\n\n');
}

/** The texts of a package's licence, from files of their own or else from its read-me. */
function readLicences(folder: string): readonly string[] {
  const names = readdirSync(folder).toSorted();
  const texts = names
    .filter((name) => /^(licen[cs]e|notice)(\.|-|$)/i.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  const readMe = names.find((name) => /^readme(\.|$)/i.test(name));
  if (texts.length > 0 || readMe === undefined) return texts;
  const section = /^(?:#+ *)?licen[cs]e\b[\s\S]*/im.exec(readFileSync(join(folder, readMe), 'utf8'))?.[0];
  return section === undefined ? [] : [section.trim()];
}

if (import.meta.main) await buildProgram();
