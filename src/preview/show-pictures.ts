import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { digestText } from '../base/digest.ts';
import { mediaTypes } from '../base/media-types.ts';
import { replaceAddresses } from '../reading/html/replace-addresses.ts';
import type { Overview } from './define.ts';

/** The folder that the blog's own pictures are below, relative to the page. */
const folder = 'site/';

/** Finds the file, absolute, that the site has at an address. */
type FindFile = (address: string) => string | undefined;

/** Shows pages with the pictures that lie in the blog's folder, which a browser could not load from the site yet. */
export interface Pictures {
  /** Begins the view of a post: gives what puts the pictures of the blog's folder into its HTML. */
  readonly open: (post: string, findFile: FindFile) => (html: string) => string;
  /** All that were put in: their files, absolute, by path, such as `site/0123.png`. A picture that changes gets another path. */
  readonly list: () => ReadonlyMap<string, string>;
  /** The posts whose views would show other pictures by now. */
  readonly findOutdated: (findFile: FindFile) => readonly string[];
  /** The addresses that the views named. */
  readonly addresses: () => ReadonlySet<string>;
}

/** What stands for a picture from elsewhere in files, which ask no one for it. */
const standsFor = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360"><path fill="#8884" d="M0 0h640v360H0z"/><text x="320" y="186" fill="#888" font-family="sans-serif" font-size="22" text-anchor="middle">a picture from elsewhere</text></svg>',
)}`;

/** Opens what shows pictures, of which none was shown yet, from a server or in files. */
export function openPictures(from: Overview['from']): Pictures {
  const placed = new Map<string, string>();
  const views = new Map<string, Map<string, string | undefined>>();
  const nameContent = rememberContents();
  const locate = (address: string, findFile: FindFile): string | undefined => {
    const file = findFile(address);
    const ending = file === undefined ? '' : extname(file).toLowerCase();
    if (file === undefined || mediaTypes[ending] === undefined) return undefined;
    const name = nameContent(file);
    if (name === undefined) return undefined;
    const path = `${folder}${name}${ending}`;
    placed.set(path, file);
    return path;
  };
  return {
    open(post, findFile) {
      const view = new Map<string, string | undefined>();
      views.set(post, view);
      return (html) =>
        replaceAddresses(html, (address) => {
          if (!/^https?:/.test(address)) return undefined;
          const path = locate(address, findFile);
          view.set(address, path);
          return path ?? (from === 'server' ? undefined : standsFor);
        });
    },
    list: () => placed,
    findOutdated: (findFile) =>
      [...views].flatMap(([post, view]) =>
        [...view].some(([address, path]) => locate(address, findFile) !== path) ? [post] : [],
      ),
    addresses: () => new Set([...views.values()].flatMap((view) => [...view.keys()])),
  };
}

/** Names files by what they hold, without reading again one that has the times and the size it had. */
function rememberContents(): (file: string) => string | undefined {
  const known = new Map<string, { readonly version: string; readonly name: string }>();
  return (file) => {
    try {
      const { mtimeMs, ctimeMs, size } = statSync(file);
      const version = `${mtimeMs} ${ctimeMs} ${size}`;
      const before = known.get(file);
      if (before?.version === version) return before.name;
      const name = digestText(readFileSync(file)).slice(0, 16);
      known.set(file, { version, name });
      return name;
    } catch {
      return undefined;
    }
  };
}
