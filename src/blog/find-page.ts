import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { staysInside } from '../base/stay-inside.ts';

/** The most bytes that are read of a page. */
const mostBytes = 20_000_000;

/**
 * The file that a generator has written a page to, absolute, if it exists: for `/x/` or `/x`, that is `x/index.html` or `x.html`,
 * in any letter case. `folder` is what the site is built into, absolute, and `siteUrl` its address, which may have a path of its
 * own.
 */
export function findPageFile(url: string, folder: string, siteUrl: string): string | undefined {
  for (const path of listPaths(url, siteUrl)) {
    for (const candidate of nameFiles(path)) {
      const file = findFile(folder, candidate.split('/'));
      if (file !== undefined && staysInside(file, folder)) return file;
    }
  }
  return undefined;
}

/** The text of a page's file; nothing where it is larger than a page is. */
export function readPageFile(file: string): string | undefined {
  return statSync(file).size > mostBytes ? undefined : readFileSync(file, 'utf8');
}

/** Whether a file of the site, by its address, is missing from the built site; false for an address that is no file of the site. */
export function isFileGone(url: string, folder: string, siteUrl: string): boolean {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(siteUrl).origin) return false;
  const paths = listPaths(url, siteUrl);
  return paths.length > 0 && paths.every((path) => findFile(folder, path.split('/')) === undefined);
}

/** The path of an address, below the site's own path and as a whole: generators write either. */
function listPaths(url: string, siteUrl: string): readonly string[] {
  const [whole, base] = [readPath(url), readPath(siteUrl)?.replace(/\/$/, '')];
  if (whole === undefined || base === undefined) return [];
  const own = whole.startsWith(`${base}/`) || whole === base ? [whole.slice(base.length)] : [];
  return [...new Set([...own, whole])].map((path) => path.replace(/^\//, ''));
}

function readPath(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}

function nameFiles(path: string): readonly string[] {
  const plain = path.replace(/\/$/, '');
  if (plain === '') return ['index.html'];
  const below = [`${plain}/index.html`, `${plain}/index.htm`];
  if (path.endsWith('/')) return [...below, `${plain}.html`];
  return /\.html?$/i.test(plain) ? [plain, ...below] : [`${plain}.html`, ...below, plain];
}

/** A file below a folder by the parts of its path, each as it is written or else in another case. */
function findFile(folder: string, parts: readonly string[]): string | undefined {
  const whole = join(folder, ...parts);
  if (parts.some((part) => part === '..' || part === '' || part.includes('\0'))) return undefined;
  if (isFile(whole)) return whole;
  let found = folder;
  for (const part of parts) {
    const name = listNames(found).find((one) => fold(one) === fold(part));
    if (name === undefined) return undefined;
    found = join(found, name);
  }
  return isFile(found) ? found : undefined;
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
