import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Root } from 'mdast';
import { decodePercent } from '../../base/decode-percent.ts';
import { digestText } from '../../base/digest.ts';
import { BroadsideError } from '../../base/errors.ts';
import { fetchDocument } from '../../base/http/fetch-document.ts';
import { nameSlug } from './name-slug.ts';
import { readHttpUrl } from '../../reading/html/read-text.ts';
import { walk } from '../../reading/walk.ts';
import { writeWhole } from '../../base/write-file.ts';

/** The most bytes of one picture, and of all pictures of one import. */
const largestImage = 10_000_000;
const largestImport = 500_000_000;

/** How long one picture may take, in milliseconds. */
const patience = 20_000;

/** What pictures begin with, as Latin-1; drawings (SVG) can hold scripts and are none of them. */
const formats: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1A\n/,
  jpg: /^\xFF\xD8\xFF/,
  gif: /^GIF8[79]a/,
  webp: /^RIFF[^]{4}WEBP/,
  avif: /^[^]{4}ftypavi[fs]/,
};

/** What an import knows of the pictures it has asked for. */
export interface ImageRun {
  readonly signal: AbortSignal;
  readonly allowPrivate: boolean;
  /** Fetches a picture into a folder, unless it is there. Returns its name there, or why it is not. */
  save(url: string, folder: string): Promise<{ readonly name: string } | { readonly fault: string }>;
}

/**
 * Opens a run of saving pictures into folders of `out`, absolute, which no link may lead out of: a host that does not answer is asked once, and no more is taken
 * than the limits allow.
 */
export function openImageRun(signal: AbortSignal, allowPrivate: boolean, out: string): ImageRun {
  const silentHosts = new Set<string>();
  let total = 0;
  const fetchImage = async (url: string): Promise<Uint8Array> => {
    const { host } = new URL(url);
    if (silentHosts.has(host)) throw refuse(`${host} did not answer before`);
    if (total > largestImport) throw refuse(`the pictures already take ${largestImport / 1_000_000} MB`);
    try {
      const { status, bytes } = await fetchDocument(url, {
        signal,
        maxBytes: largestImage,
        timeoutMs: patience,
        privateAddresses: allowPrivate ? 'allowed' : 'refused',
      });
      if (status !== 200) throw refuse(`${host} answered ${status}`);
      total += bytes.length;
      return bytes;
    } catch (fault) {
      const isSilent =
        fault instanceof BroadsideError && ['REQUEST_TIMED_OUT', 'HOST_UNREACHABLE'].includes(fault.code);
      if (isSilent) silentHosts.add(host);
      throw fault;
    }
  };
  return {
    signal,
    allowPrivate,
    async save(url, folder) {
      try {
        const base = nameImage(url);
        const kept = listFolder(folder).find((name) => name.startsWith(`${base}.`) && !name.endsWith('.tmp'));
        if (kept !== undefined) return { name: kept };
        const bytes = await fetchImage(url);
        const format = readFormat(bytes);
        if (format === undefined) return { fault: 'it is none of PNG, JPEG, GIF, WebP and AVIF' };
        writeWhole(out, relative(out, join(folder, `${base}.${format}`)), bytes);
        return { name: `${base}.${format}` };
      } catch (fault) {
        return { fault: fault instanceof Error ? fault.message : String(fault) };
      }
    },
  };
}

/** Leads the pictures of a tree to files in a folder. Changes the tree; an address that cannot be saved stays. Returns what failed, one phrase each. */
export async function saveImages(
  tree: Root,
  place: { readonly folder: string; readonly prefix: string },
  run: ImageRun,
): Promise<readonly string[]> {
  const images: { url: string }[] = [];
  walk(tree, (node) => {
    if (node.type === 'image') images.push(node);
  });
  const faults = new Set<string>();
  for (const image of images) {
    const url = readHttpUrl(image.url, undefined);
    if (url === undefined) continue;
    const saved = await run.save(url, place.folder);
    if ('name' in saved) image.url = place.prefix + saved.name;
    else faults.add(`${url}: ${saved.fault}`);
  }
  return [...faults];
}

/** A readable name that is the address's own. */
function nameImage(url: string): string {
  const { pathname } = new URL(url);
  const last = decodePercent(pathname).split('/').at(-1) ?? '';
  const slug = nameSlug({ title: last.replace(/\.\w{1,5}$/, '').slice(0, 60) });
  return `${slug}-${digestText(url).slice(0, 8)}`;
}

function readFormat(bytes: Uint8Array): string | undefined {
  const opening = String.fromCharCode(...bytes.subarray(0, 16));
  return Object.keys(formats).find((name) => formats[name]?.test(opening) === true);
}

function listFolder(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : [];
}

function refuse(message: string): Error {
  return new Error(message);
}
