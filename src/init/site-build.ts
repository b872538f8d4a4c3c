import type { Inspection, SiteView } from './define.ts';
import { findFile, folderOf, hasItem, joinPath, pathBelow } from './paths.ts';
import { isData, readData, valueAt } from '../reading/site-files/read-data.ts';

/** How a blog’s site is built on a machine of GitHub’s. */
export interface SiteBuild {
  /** The folder that the site is written to, relative to the blog’s. */
  readonly output: string;
  /** Lines of bash, run in the blog’s folder. */
  readonly script: readonly string[];
}

/** How the site is built, as far as its own files say it beyond doubt; nothing of them is run. */
export function findSiteBuild(view: SiteView, inspection: Inspection): SiteBuild | undefined {
  const { generator, output, folder = '' } = inspection;
  if (output === undefined || ![output, folder, inspection.evidence ?? ''].every(isWord)) return undefined;
  const script = scriptOf[generator]?.(view, folder, inspection);
  return script && { output, script: folder === '' ? script : [`cd ${folder}`, ...script] };
}

type FindScript = (view: SiteView, folder: string, inspection: Inspection) => readonly string[] | undefined;

const scriptOf: Readonly<Record<string, FindScript | undefined>> = {
  Hugo: findHugo,
  Zola: findZola,
  Jekyll: findJekyll,
  MkDocs: (view, folder, { evidence = '' }) =>
    findPython(view, folder, 'mkdocs', `build --config-file ${pathBelow(evidence, folder)}`),
  Pelican: (view, folder) => {
    const settings = findFile(view, [joinPath(folder, 'publishconf.py')]);
    return findPython(
      view,
      folder,
      'pelican',
      `-s ${settings === undefined ? 'pelicanconf' : 'publishconf'}.py`,
    );
  },
  Astro: (view, folder) => buildWithPackages(view, folder, ['build'], 'astro build'),
  Docusaurus: (view, folder) => buildWithPackages(view, folder, ['build'], 'docusaurus build'),
  Eleventy: (view, folder) => buildWithPackages(view, folder, ['build'], 'eleventy'),
  Gatsby: (view, folder) => buildWithPackages(view, folder, ['build'], 'gatsby build'),
  Hexo: (view, folder) => buildWithPackages(view, folder, ['build', 'generate'], 'hexo generate'),
  Next: (view, folder) => buildWithPackages(view, folder, ['build'], 'next build'),
  'Nuxt Content': (view, folder) => buildWithPackages(view, folder, ['generate'], 'nuxt generate'),
  SvelteKit: (view, folder) => buildWithPackages(view, folder, ['build'], 'vite build'),
  VitePress: (view, folder, { output = '' }) =>
    buildWithPackages(
      view,
      folder,
      ['build', 'docs:build'],
      `vitepress build ${pathBelow(output.replace(/\/?\.vitepress\/dist$/, ''), folder)}`.trimEnd(),
    ),
};

/** How each manager of packages installs what its lock file names, and runs a script and a program of the project’s. */
const managers = [
  { lock: 'package-lock.json', install: ['npm ci'], run: 'npm run', start: 'npx --no-install' },
  {
    lock: 'pnpm-lock.yaml',
    install: ['corepack enable', 'pnpm install --frozen-lockfile'],
    run: 'pnpm run',
    start: 'pnpm exec',
  },
  {
    lock: 'yarn.lock',
    install: ['corepack enable', 'yarn install --immutable'],
    run: 'yarn run',
    start: 'yarn run',
  },
] as const;

/** A site whose packages a lock file names: the first of these scripts of the project’s, or else the generator’s own program. */
function buildWithPackages(
  view: SiteView,
  folder: string,
  scripts: readonly string[],
  program: string,
): readonly string[] | undefined {
  const manager = findManager(view, folder);
  if (manager === undefined) return undefined;
  const own = valueAt(readData(view, joinPath(folder, 'package.json')), 'scripts');
  const script = scripts.find((name) => isData(own) && typeof own[name] === 'string');
  const build = script === undefined ? `${manager.start} ${program}` : `${manager.run} ${script}`;
  return [...manager.install, build];
}

/** The manager by its lock file, in the site’s folder or at the top. */
function findManager(view: SiteView, folder: string) {
  for (const place of new Set([folder, ''])) {
    const found = managers.find(({ lock }) => hasItem(view, joinPath(place, lock), 'file'));
    if (found?.lock !== 'yarn.lock') {
      if (found !== undefined) return found;
      continue;
    }
    const isClassic = (view.start(joinPath(place, 'yarn.lock')) ?? '').includes('yarn lockfile v1');
    return isClassic ? { ...found, install: ['corepack enable', 'yarn install --frozen-lockfile'] } : found;
  }
  return undefined;
}

/** Hugo from its releases, in the version that the blog’s own files name, after what it needs from npm. */
function findHugo(view: SiteView, folder: string): readonly string[] | undefined {
  const packages = findManager(view, folder)?.install ?? [];
  const project = readData(view, joinPath(folder, 'package.json'));
  const isPackage = ['hugo-bin', 'hugo-extended'].some((name) =>
    ['dependencies', 'devDependencies'].some((group) => valueAt(project, `${group}.${name}`) !== undefined),
  );
  if (isPackage) return buildWithPackages(view, folder, ['build'], 'hugo');
  const version = findVersion(view, 'hugo', folder);
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? [];
  // Releases before 0.103 have other names (gohugoio/hugo, checked December 2026).
  if (version === undefined || (major === 0 && minor < 103)) return undefined;
  const address = `https://github.com/gohugoio/hugo/releases/download/v${version}/hugo_extended_${version}_linux-amd64.tar.gz`;
  return [...packages, ...fetchProgram(address, 'hugo'), '"$RUNNER_TEMP/hugo"'];
}

function findZola(view: SiteView, folder: string): readonly string[] | undefined {
  const version = findVersion(view, 'zola', folder);
  if (version === undefined) return undefined;
  const address = `https://github.com/getzola/zola/releases/download/v${version}/zola-v${version}-x86_64-unknown-linux-gnu.tar.gz`;
  return [...fetchProgram(address, 'zola'), '"$RUNNER_TEMP/zola" build'];
}

function fetchProgram(address: string, name: string): readonly string[] {
  return [`curl -fsSL ${address} | tar -xz -C "$RUNNER_TEMP" ${name}`];
}

/** A program’s version as the files name it that deploy the site. */
function findVersion(view: SiteView, program: string, folder: string): string | undefined {
  const workflows = view
    .list('.github/workflows')
    .filter(({ name }) => /\.ya?ml$/.test(name) && !name.startsWith('broadside-'))
    .map(({ name }) => `.github/workflows/${name}`);
  const files = [
    'netlify.toml',
    'vercel.json',
    'wrangler.toml',
    '.tool-versions',
    'mise.toml',
    '.gitlab-ci.yml',
  ];
  const texts = [...new Set([folder, ''])]
    .flatMap((place) => files.map((name) => joinPath(place, name)))
    .concat(workflows)
    .flatMap((path) => view.read(path) ?? []);
  const named = new RegExp(
    String.raw`\b${program}(?:[_-]version)?\b["']?[ \t]*[:=]?[ \t]*["']?v?(\d+\.\d+\.\d+)\b`,
    'i',
  );
  return texts.map((text) => named.exec(text)?.[1]).find((version) => version !== undefined);
}

/** Jekyll by the project’s own Gemfile, with the Ruby that GitHub’s machines have. */
function findJekyll(view: SiteView, folder: string): readonly string[] | undefined {
  if (!hasItem(view, joinPath(folder, 'Gemfile'), 'file')) return undefined;
  return [
    'bundle config set --local path "$RUNNER_TEMP/gems"',
    'bundle install --quiet',
    'JEKYLL_ENV=production bundle exec jekyll build',
  ];
}

/** A program from Python’s packages, where the project lists it among its requirements. */
function findPython(
  view: SiteView,
  folder: string,
  program: string,
  words: string,
): readonly string[] | undefined {
  const places = [...new Set([folder, folderOf(folder), ''])];
  const path = findFile(
    view,
    places.flatMap((place) =>
      ['requirements.txt', 'requirements-docs.txt', 'docs/requirements.txt'].map((name) =>
        joinPath(place, name),
      ),
    ),
  );
  if (path === undefined || !new RegExp(`^${program}\\b`, 'im').test(view.read(path) ?? '')) return undefined;
  const up = folder === '' ? '' : '../'.repeat(folder.split('/').length);
  return [
    'python3 -m venv "$RUNNER_TEMP/python"',
    `"$RUNNER_TEMP/python/bin/pip" install --quiet -r ${up + path}`,
    `"$RUNNER_TEMP/python/bin/${program}" ${words}`,
  ];
}

/** Whether a path below the blog’s folder is one word of bash, and nothing more to GitHub. */
function isWord(path: string): boolean {
  return /^(?![-/])[\w./-]*$/.test(path) && !path.startsWith('..');
}
