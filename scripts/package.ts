import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { buildProgram, listPackages } from './build.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What of the repository is in the package beside the built program. */
const files = ['README.md', 'LICENSE', 'config/schema.json'];

/** What of the repository's own manifest is said of the package. Its dependencies are in the program, so there is nothing to install. */
const published = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'repository',
  'type',
  'bin',
  'engines',
];

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: object;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

interface Bom {
  readonly components: readonly { readonly purl: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly metadata: { readonly component: object };
}

/**
 * Writes the package as it is published into `out/package`, the same program as an action into `out/action`, and beside them
 * `broadside-VERSION.cdx.json`, a list in CycloneDX of the packages that the program was bundled from.
 */
async function writePackage(): Promise<void> {
  const out = join(root, 'out');
  const folder = join(out, 'package');
  rmSync(folder, { recursive: true, force: true });
  const chunks = await buildProgram(join(folder, 'dist'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const own = Object.fromEntries(
    published.filter((key) => key in manifest).map((key) => [key, manifest[key]]),
  );
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
  writeAction(folder, join(out, 'action'));
  const bom = join(out, `broadside-${String(manifest['version'])}.cdx.json`);
  writeFileSync(bom, `${JSON.stringify(listBundled(listPackages(chunks)), undefined, 2)}\n`);
}

/**
 * Writes what the action's own repository holds: no workflow and nothing to install, as GitHub's Marketplace wants it
 * (https://docs.github.com/actions/how-tos/create-and-publish-actions/publish-in-github-marketplace, November 2026).
 */
function writeAction(from: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(from, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const file of ['LICENSE', 'package.json']) copyFileSync(join(from, file), join(folder, file));
  copyFileSync(join(root, 'src/action.js'), join(folder, 'main.js'));
  copyFileSync(join(root, 'docs/action.md'), join(folder, 'README.md'));
  const { name, description, inputs, outputs }: Action = parse(
    readFileSync(join(root, 'action.yml'), 'utf8'),
  );
  const shown = Object.entries(outputs).map(([output, said]) => [output, { description: said.description }]);
  const action = {
    name,
    description,
    branding: { icon: 'send', color: 'blue' },
    inputs,
    outputs: Object.fromEntries(shown),
    runs: { using: 'node24', main: 'main.js' },
  };
  writeFileSync(join(folder, 'action.yml'), stringify(action));
}

/** What npm says of all packages there are, of those alone that the program holds. */
function listBundled(folders: readonly string[]): Bom {
  const words = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  const all = JSON.parse(stdout) as Bom;
  const bundled = new Set(folders.map(nameRelease));
  const missing = [...bundled].filter((one) => !all.components.some(({ purl }) => nameOf(purl) === one));
  if (missing.length > 0)
    throw new Error(`npm does not list ${missing.join(', ')}, which the program holds.`);
  const components = all.components.filter(({ purl }) => bundled.has(nameOf(purl)));
  return {
    ...all,
    metadata: { ...all.metadata, component: { ...all.metadata.component, 'bom-ref': 'broadside' } },
    components,
    dependencies: [
      { ref: 'broadside', dependsOn: components.map(({ purl }) => nameOf(purl)) },
      ...all.dependencies
        .filter(({ ref }) => bundled.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => bundled.has(one)) })),
    ],
  };
}

/** A package's name and version, such as `yaml@2.9.1`, by its folder. */
function nameRelease(folder: string): string {
  const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  return `${name}@${version}`;
}

/** The same, by an address such as `pkg:npm/%40scope/name@1.0.0`. */
function nameOf(purl: string): string {
  return decodeURIComponent(purl.replace(/^pkg:npm\//, '').replace(/\?.*$/, ''));
}

await writePackage();
