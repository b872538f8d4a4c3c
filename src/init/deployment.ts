import { parseJson } from '../base/parse-json.ts';
import type { Facts, SiteView } from './define.ts';
import { readSiteUrl, tidyFacts } from './facts.ts';
import { findFile, joinPath } from './paths.ts';
import { isData, readData, textAt, valueAt } from '../reading/site-files/read-data.ts';

/** Folders whose files a site serves as they are, or that its generator writes. */
const served = [
  '',
  'static',
  'public',
  'src',
  'docs',
  'source',
  'content',
  'src/public',
  'src/static',
  'assets',
];
const built = ['_site', 'dist', 'out', 'build', 'site', 'output', 'public', 'docs'];

/** What the files beside a generator's config say of a site, for what that config does not. */
export function readCommonFacts(view: SiteView): Facts {
  const project = readData(view, 'package.json');
  return tidyFacts({
    url: addressFiles.map(([, read]) => read(view)).find((url) => url !== undefined),
    description: textAt(project, 'description'),
    author: valueAt(project, 'author'),
  });
}

/** The files beside a generator's config, the surest first, that can say at which address a site is. */
const addressFiles: readonly (readonly [what: string, read: (view: SiteView) => string | undefined])[] = [
  ['CNAME', readDomain],
  ['what deploys it', readDeployment],
  ['package.json', (view) => readHomepage(textAt(readData(view, 'package.json'), 'homepage'))],
  ['robots.txt, a sitemap or a feed in the repository', readServedFiles],
  ['the git remote', readPagesRemote],
];

/** Which of the files beside a generator's config says that a site is at an address. */
export function nameAddressFile(view: SiteView, url: string): string | undefined {
  return addressFiles.find(([, read]) => readSiteUrl(read(view)) === url)?.[0];
}

/** The generator's own facts over those of the files beside it; a real address over one that stands for no site. */
export function mergeFacts(own: Facts, common: Facts): Facts {
  const { url, ...others } = own;
  const isReal = url !== undefined && !standsForNone(url, common.url);
  const chosen = isReal ? url : (common.url ?? url);
  return {
    ...common,
    ...others,
    ...(chosen !== undefined && !isLocal(chosen) ? { url: chosen } : { url: undefined }),
  } as Facts;
}

/** What templates of sites have in place of an address, or the host's own name where the site has another. */
function standsForNone(url: string, other: string | undefined): boolean {
  const { host } = new URL(url);
  if (isLocal(url)) return true;
  if (other === undefined) return false;
  const isPlaceholder =
    /^(www\.)?(example|mysite|yoursite|yourdomain|domain)\.(com|org|net)$/.test(host) ||
    /^(your-?|user)[\w-]*\.(github\.io|netlify\.app|vercel\.app)$/.test(host);
  const isHosts = /\.(github\.io|netlify\.app|pages\.dev|vercel\.app|gitlab\.io)$/;
  return isPlaceholder || (isHosts.test(host) && !isHosts.test(new URL(other).host));
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|0\.0\.0\.0|\[::1\])/.test(new URL(url).host);
}

/** The host that a CNAME file names, or the workflow that writes one. */
function readDomain(view: SiteView): string | undefined {
  const file = findFile(
    view,
    served.map((folder) => joinPath(folder, 'CNAME')),
  );
  const written = file === undefined ? undefined : view.read(file)?.trim();
  const named = listWorkflows(view)
    .map((text) => /^\s*cname:\s*['"]?([a-z\d.-]+\.[a-z]{2,})['"]?\s*$/im.exec(text)?.[1])
    .find((host) => host !== undefined);
  const host = /^(?:https?:\/\/)?([a-z\d.-]+\.[a-z]{2,})\/?$/i.exec(written ?? named ?? '')?.[1];
  return host === undefined ? undefined : `https://${host.toLowerCase()}`;
}

function listWorkflows(view: SiteView): readonly string[] {
  return view
    .list('.github/workflows')
    .filter(({ name, kind }) => kind === 'file' && /\.ya?ml$/.test(name))
    .flatMap(({ name }) => view.read(`.github/workflows/${name}`) ?? []);
}

const addressNames = [
  'URL',
  'SITE_URL',
  'BASE_URL',
  'HUGO_BASEURL',
  'SITEURL',
  'NEXT_PUBLIC_SITE_URL',
  'PUBLIC_SITE_URL',
];

/** What the files of Netlify, Vercel and Cloudflare say. */
function readDeployment(view: SiteView): string | undefined {
  const netlify = readData(view, 'netlify.toml');
  const vercel = readData(view, 'vercel.json');
  const wrangler =
    readData(view, 'wrangler.toml') ??
    readJsonWithComments(view.read('wrangler.jsonc') ?? view.read('wrangler.json'));
  const environments = [
    ...['context.production.environment', 'build.environment'].map((path) => valueAt(netlify, path)),
    ...['env', 'build.env'].map((path) => valueAt(vercel, path)),
    valueAt(wrangler, 'vars'),
  ];
  const named = environments.flatMap((values) => addressNames.flatMap((name) => textAt(values, name) ?? []));
  const commands = ['context.production.command', 'build.command'].flatMap(
    (path) => textAt(netlify, path) ?? [],
  );
  const given = [...commands, ...listWorkflows(view)].flatMap(
    (text) =>
      /(?:--baseURL|(?<=hugo [^\n]*)-b|--base-url|--site)[ =]["']?(https?:\/\/[^\s"'$]+)/.exec(text)?.[1] ??
      [],
  );
  const hosts = [...listHosts(wrangler), ...listTexts(valueAt(vercel, 'alias'))].map(
    (host) => `https://${host}`,
  );
  const redirected = /^\s*to\s*=\s*["'](https:\/\/[^/"']+)\/:splat["']/m.exec(
    view.read('netlify.toml') ?? '',
  )?.[1];
  return [...named, ...given, ...hosts, redirected].map(readSiteUrl).find((url) => url !== undefined);
}

/** The hosts that a worker's routes are for. */
function listHosts(wrangler: unknown): readonly string[] {
  const routes = [valueAt(wrangler, 'routes'), valueAt(wrangler, 'route')].flat();
  return routes
    .flatMap((route) => (isData(route) ? (textAt(route, 'pattern') ?? []) : listTexts(route)))
    .map((pattern) => pattern.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
    .filter((host) => /^[a-z\d.-]+\.[a-z]{2,}$/i.test(host));
}

function listTexts(value: unknown): readonly string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function readJsonWithComments(text: string | undefined): unknown {
  return parseJson((text ?? '').replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/,(?=\s*[}\]])/g, ''));
}

/** A repository's page is no site. */
function readHomepage(homepage: string | undefined): string | undefined {
  return /^https?:\/\/(www\.)?(github|gitlab|bitbucket|codeberg)\.(com|org)\//i.test(homepage ?? '')
    ? undefined
    : homepage;
}

/** What robots.txt, a sitemap or a feed that is kept in the repository says. */
function readServedFiles(view: SiteView): string | undefined {
  const folders = [...new Set([...served, ...built])];
  const read = (names: readonly string[], pattern: RegExp): string | undefined => {
    for (const path of folders.flatMap((folder) => names.map((name) => joinPath(folder, name)))) {
      const found =
        findFile(view, [path]) === undefined ? undefined : pattern.exec(view.read(path) ?? '')?.[1];
      const url = URL.parse(found ?? '');
      if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
    }
    return undefined;
  };
  return (
    read(['robots.txt'], /^\s*(?:sitemap|host):\s*(https?:\/\/\S+)/im) ??
    read(['sitemap.xml', 'sitemap-0.xml', 'sitemap-index.xml'], /<loc>\s*(https?:[^<\s]+)/) ??
    read(
      ['feed.xml', 'atom.xml', 'rss.xml', 'index.xml'],
      /<link>\s*(https?:[^<\s]+)|<link[^>]+rel=["']alternate["'][^>]+href=["'](https?:[^"']+)/,
    )
  );
}

/** The address that GitHub Pages gives a repository, where it is plain that the site is there. */
function readPagesRemote(view: SiteView): string | undefined {
  const config = view.read('.git/config') ?? '';
  const [, owner = '', name = ''] =
    /^\s*url\s*=\s*(?:https:\/\/|git@|ssh:\/\/git@)github\.com[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?\s*$/m.exec(
      config,
    ) ?? [];
  if (owner === '') return undefined;
  const host = `${owner.toLowerCase()}.github.io`;
  if (name.toLowerCase() === host) return `https://${host}`;
  const isDeployed = listWorkflows(view).some((text) => /actions\/deploy-pages|gh-pages/.test(text));
  return isDeployed ? `https://${host}/${name}` : undefined;
}
