import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

interface Bom {
  readonly components: readonly { readonly purl: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly metadata: { readonly component: object };
}

/**
 * Writes the package as it is published into `out/package`, and beside it `broadside-VERSION.cdx.json`, a list in CycloneDX of
 * the packages that the program was bundled from.
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
  const bom = join(out, `broadside-${String(manifest['version'])}.cdx.json`);
  writeFileSync(bom, `${JSON.stringify(listBundled(listPackages(chunks)), undefined, 2)}\n`);
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
