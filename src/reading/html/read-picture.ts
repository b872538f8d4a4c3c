import type { Element } from 'hast';
import { classesOf, findElement, propertyOf, textOf } from './hast.ts';
import { isScriptAddress } from './script-address.ts';

/** The addresses that a picture may have, the likeliest first: the widest of its sizes, then what is loaded later, then its own. */
export function listSources(image: Element): readonly string[] {
  const sets = [
    propertyOf(image, 'srcSet'),
    propertyOf(image, 'dataSrcset'),
    propertyOf(image, 'dataSrcSet'),
    propertyOf(image, 'dataLazySrcset'),
  ];
  const widest = sets.flatMap((set) => (set === undefined ? [] : findWidest(set)));
  const single = ['dataSrc', 'dataLazySrc', 'dataOriginal', 'dataOrigFile', 'src'].flatMap(
    (name) => propertyOf(image, name) ?? [],
  );
  return [...widest, ...single];
}

/** The address that a picture of a post is shown by: its own, or where that only holds its place, what is loaded later. */
export function chooseSource(image: Element): string | undefined {
  const other = listSources(image).find((source) => source !== '' && !isScriptAddress(source));
  const own = propertyOf(image, 'src') ?? '';
  const holdsPlace =
    own === '' || isScriptAddress(own) || (own.startsWith('data:') && other?.startsWith('data:') !== true);
  return holdsPlace ? other : own;
}

/** Of the addresses with a width or a density, the one that is widest; else the only one there is. */
function findWidest(set: string): readonly string[] {
  let found: readonly [url: string, width: number] | undefined;
  for (const [, url = '', width] of set.matchAll(/(\S+)\s+([\d.]+)[wx](?=\s*(?:,|$))/g)) {
    const address = url.replace(/^,/, '');
    if (found === undefined || Number(width) > found[1]) found = [address, Number(width)];
  }
  const only = /^\s*(\S+[^\s,])\s*$/.exec(set)?.[1];
  return found === undefined ? (only === undefined ? [] : [only]) : [found[0]];
}

/** Pictures are drawn no larger that stand beside words for decoration, in CSS pixels. */
const widestIcon = 32;

/** Whether a picture is an icon or somebody's face beside their name, and no part of what is said. */
export function isIcon(image: Element): boolean {
  const sizes = [propertyOf(image, 'width'), propertyOf(image, 'height')];
  if (sizes.every((size) => size !== undefined && Number(size) <= widestIcon)) return true;
  return classesOf(image).some((name) => /(?:^|[-_])(?:avatar|favicon|gravatar|icon)(?:$|[-_])/.test(name));
}

/** The words that a drawing stands for, where it has any. */
export function readLabel(drawing: Element): string {
  const title = findElement(drawing, ({ tagName }) => tagName === 'title');
  const label = propertyOf(drawing, 'ariaLabel') ?? (title && textOf(title)) ?? '';
  return label.replaceAll(/\s+/g, ' ').trim();
}
