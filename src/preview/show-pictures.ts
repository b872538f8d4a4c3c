import { extname } from 'node:path';
import { mediaTypes } from '../base/media-types.ts';
import { digestText } from '../base/digest.ts';

/** The folder that the blog's own pictures are below, relative to the page. */
const folder = 'site/';

/** Shows pages with the pictures that lie in the blog's folder, which a browser could not load from the site yet. */
export interface Pictures {
  /** HTML whose pictures are those of the blog's folder, where it has them. */
  readonly place: (html: string) => string;
  /** All that were put in: their files, absolute, by path, such as `site/0123.png`. */
  readonly list: () => ReadonlyMap<string, string>;
}

/** `findFile` finds the file, absolute, that the site has at an address; `before` are those that were put in earlier. */
export function openPictures(
  findFile: (address: string) => string | undefined,
  before: ReadonlyMap<string, string> = new Map(),
): Pictures {
  const placed = new Map(before);
  const place = (address: string): string | undefined => {
    const file = findFile(address);
    const ending = file === undefined ? '' : extname(file).toLowerCase();
    if (file === undefined || mediaTypes[ending] === undefined) return undefined;
    const path = `${folder}${digestText(file).slice(0, 16)}${ending}`;
    placed.set(path, file);
    return path;
  };
  return {
    place: (html) =>
      html.replaceAll(
        /(?<=\s(?:src|poster)=")https?:[^"]*/g,
        (address) => place(address.replaceAll('&amp;', '&')) ?? address,
      ),
    list: () => placed,
  };
}
