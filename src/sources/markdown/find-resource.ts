import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import type { Resource } from '../../model/post.ts';

/** A post that may be a page bundle of Hugo's. */
interface Bundle {
  /** The post's file, relative to the blog's folder. */
  readonly path: string;
  readonly resources?: readonly Resource[] | undefined;
}

/** The names of the picture that Hugo shows of a bundle whose front matter names none (https://gohugo.io/templates/embedded/#open-graph, checked December 2026). */
export const usualCovers = ['*feature*', '*cover*', '*thumbnail*'] as const;

const pictures = /\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$/i;

/**
 * The file that a page resource of Hugo's stands for, relative to the post's folder: by the name that the front matter gives it, or
 * by its path, whatever the case of its letters. A name with `*` in it is that of the first picture that it fits.
 */
export function findResource(named: string, bundle: Bundle, root: string): string | undefined {
  if (!mayHoldResources(bundle) || !isOfHugo(bundle, root)) return undefined;
  const wanted = named.replace(/^\.\//, '').toLowerCase();
  const files = nameResources(listFiles(join(root, bundle.path, '..')), bundle.resources ?? []);
  if (wanted.includes('*')) {
    const fits = readPattern(wanted);
    return files.find(({ name, file }) => pictures.test(file) && fits(name))?.file;
  }
  const found = files.find(({ name }) => name.toLowerCase() === wanted);
  return (found ?? files.find(({ file }) => file.toLowerCase() === wanted))?.file;
}

/** Whether a post can have page resources, by its name and its front matter alone. */
export function mayHoldResources({ path, resources = [] }: Bundle): boolean {
  const isBundle = /(?:^|\/)index(?:\.[\w-]+)?\.\w+$/i.test(path);
  return isBundle && (resources.length > 0 || /(?:^|\/)content\//.test(path));
}

/** Whether a post lies in the content of a site that Hugo builds; only there do names stand for files. */
function isOfHugo({ path, resources = [] }: Bundle, root: string): boolean {
  return resources.length > 0 || findHugoRoot(path, root) !== undefined;
}

/** The folder of the Hugo site whose content a file is, relative to the blog's folder; empty for that itself. */
export function findHugoRoot(path: string, root: string): string | undefined {
  const [, above] = /^(.*?)(?:(?<=\/)|^)content\//.exec(path) ?? [];
  if (above === undefined) return undefined;
  const folder = join(root, above);
  const endings = ['toml', 'yaml', 'yml', 'json'];
  const own = ['hugo', 'config/_default/hugo', 'config/_default/config'].flatMap((name) =>
    endings.map((ending) => join(folder, `${name}.${ending}`)),
  );
  if (own.some((file) => existsSync(file))) return above;
  const isOld = endings.some((ending) => {
    const file = join(folder, `config.${ending}`);
    return existsSync(file) && /^[ \t{]*"?baseurl"?[ \t]*[:=]/im.test(readFileSync(file, 'utf8'));
  });
  return isOld ? above : undefined;
}

/** The files of a bundle by their paths in it, without hidden ones and other bundles. */
function listFiles(folder: string, below = ''): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  const isOther = below !== '' && entries.some(({ name }) => /^_?index\.(?:\w+\.)?\w+$/i.test(name));
  if (isOther) return [];
  return entries
    .toSorted((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      const path = `${below}${entry.name}`;
      return entry.isDirectory() ? listFiles(join(folder, entry.name), `${path}/`) : [path];
    });
}

/** Each file under the name of the first of the resources that it fits, in which `:counter` counts, else under its own. */
function nameResources(
  files: readonly string[],
  resources: readonly Resource[],
): readonly { readonly name: string; readonly file: string }[] {
  const patterns = resources.map(({ src, name }) => ({
    fits: readPattern(src.toLowerCase()),
    name,
    count: 0,
  }));
  return files.map((file) => {
    const pattern = patterns.find(({ fits }) => fits(file));
    if (pattern === undefined) return { name: file, file };
    pattern.count += 1;
    return { name: pattern.name.replaceAll(':counter', String(pattern.count)), file };
  });
}

/** Whether names fit a pattern of Hugo's, in which `*` stands for anything but a slash and `**` for anything. Takes no longer for more wildcards than for letters. */
function readPattern(pattern: string): (name: string) => boolean {
  return (name) => followPattern(pattern, new Set([0]), name.toLowerCase()).has(name.length);
}

/** How far into a name a pattern may reach from places in it. */
function followPattern(pattern: string, places: ReadonlySet<number>, name: string): ReadonlySet<number> {
  const signs = pattern.match(/\*{2,}\/?|\{[^{}]*\}|[^]/g) ?? [];
  return signs.reduce((from, sign) => (from.size === 0 ? from : followSign(sign, from, name)), places);
}

function followSign(sign: string, places: ReadonlySet<number>, name: string): ReadonlySet<number> {
  if (sign.length > 1 && sign.startsWith('{')) {
    const words = sign.slice(1, -1).split(',');
    return new Set(words.flatMap((word) => [...followPattern(word, places, name)]));
  }
  const reached = new Set<number>();
  if (sign.startsWith('*')) {
    let isOpen = false;
    for (let at = 0; at <= name.length; at += 1) {
      isOpen = places.has(at) || (isOpen && (sign !== '*' || name[at - 1] !== '/'));
      if (isOpen) reached.add(at);
    }
    return reached;
  }
  for (const at of places) {
    const char = name[at];
    if (char !== undefined && (sign === '?' ? char !== '/' : char === sign)) reached.add(at + 1);
  }
  return reached;
}
