import type { Element, ElementContent, Root } from 'hast';
import {
  classesOf,
  findElement,
  makeElement,
  outermost,
  propertyOf,
  rewriteElements,
  textOf,
} from './hast.ts';

const shown: ReadonlySet<string> = new Set(['img', 'iframe', 'video', 'audio']);

/** Where scripts find the address of what they load later. */
const laterAddresses = ['dataSrc', 'dataLazySrc', 'dataUrl'];

/**
 * Gives films, sounds and pictures the address that a source, a script or a page without scripts has for them, and pictures the
 * captions that WordPress and Blogger set under them. Changes the tree in place.
 */
export function restoreMedia(root: Root): void {
  rewriteElements(root, (element) => {
    const name = /^amp-(img|video|audio|iframe)$/.exec(element.tagName)?.[1];
    const media = name === undefined ? element : { ...element, tagName: name };
    if (media.tagName === 'video' || media.tagName === 'audio') return [findFile(media)];
    if (name !== undefined) return [media];
    if (element.tagName === 'picture') return [findPicture(element)];
    return [readCaptioned(element) ?? element];
  });
  showNoscripts(root);
}

/** A film or sound with the address of its file, the first of its sources where it has none itself. */
function findFile(media: Element): Element {
  const sources = [media, ...outermost(media, 'source')];
  const src = sources
    .flatMap((one) => ['src', ...laterAddresses].map((name) => propertyOf(one, name)))
    .find((address) => address !== undefined && address.trim() !== '');
  return { ...media, properties: { ...media.properties, src } };
}

function findPicture(picture: Element): Element {
  const image = outermost(picture, 'img')[0] ?? makeElement('img', []);
  if (['src', 'srcSet', ...laterAddresses].some((name) => propertyOf(image, name) !== undefined))
    return image;
  const set = outermost(picture, 'source')
    .map((source) => propertyOf(source, 'srcSet') ?? propertyOf(source, 'dataSrcset'))
    .find((given) => given !== undefined);
  return { ...image, properties: { ...image.properties, srcSet: set } };
}

/** WordPress's and Blogger's pictures with captions, as figures. */
function readCaptioned(element: Element): Element | undefined {
  const isNamed = (name: string) => (one: Element) => classesOf(one).includes(name);
  const [box, caption] = isNamed('wp-caption')(element)
    ? [element, findElement(element, isNamed('wp-caption-text'))]
    : isNamed('tr-caption-container')(element)
      ? [element, findElement(element, isNamed('tr-caption'))]
      : [];
  if (box === undefined || caption === undefined || box.tagName === 'figure') return undefined;
  const image =
    findElement(box, (one) => one.tagName === 'a' && outermost(one, 'img').length > 0) ??
    outermost(box, 'img')[0];
  return image && makeElement('figure', [image, makeElement('figcaption', caption.children)]);
}

/**
 * Shows what is there for readers without scripts: in the place of what a script would load beside it, or where it stands; `isShown`
 * tells what else than a film, a sound or a picture that is, and `isReplaced` whether such a thing stands for an element. Changes the tree in
 * place.
 */
export function showNoscripts(
  parent: Root | Element,
  isShown: (element: Element) => boolean = () => false,
  isReplaced: (element: Element, media: Element) => boolean = isReplacedBy,
): void {
  const children: ElementContent[] = [];
  let replaced: Element | undefined;
  for (const child of parent.children as ElementContent[]) {
    if (child.type !== 'element') {
      if (child.type === 'text' && child.value.trim() !== '') replaced = undefined;
      children.push(child);
      continue;
    }
    if (child.tagName !== 'noscript') {
      showNoscripts(child, isShown, isReplaced);
      if (replaced === undefined || !isReplaced(child, replaced)) children.push(child);
      replaced = undefined;
      continue;
    }
    const media = findElement(child, (one) => isShown(one) || (shown.has(one.tagName) && !isTiny(one)));
    if (media === undefined) continue;
    const at = children.findLastIndex((one) => one.type !== 'text' || one.value.trim() !== '');
    const before = children[at];
    if (before?.type === 'element' && isReplaced(before, media)) children.splice(at);
    else replaced = media;
    children.push(media);
  }
  parent.children = children;
}

/** Whether an element is, or holds nothing but, what shows the same as another or waits for a script to do so. */
export function isReplacedBy(
  element: Element,
  media: Element,
  isWaiting: (element: Element) => boolean = waitsOnPage,
): boolean {
  const found = findElement(element, (one) => one.tagName === media.tagName);
  if (found === undefined || textOf(element).trim() !== '') return false;
  return isWaiting(found) || propertyOf(found, 'src') === propertyOf(media, 'src');
}

/** Whether a picture, film or sound waits for a script: its address is in another attribute, or a class says so. */
export function waitsForScript(element: Element): boolean {
  const src = propertyOf(element, 'src') ?? '';
  const isMarked = Object.keys(element.properties).some((name) => name.startsWith('data'));
  return (
    isMarked || src === '' || src.startsWith('data:') || classesOf(element).some((name) => /lazy/i.test(name))
  );
}

/** The same on a page, whose pictures have whole addresses where they wait for nothing. */
function waitsOnPage(element: Element): boolean {
  return waitsForScript(element) || !/^(?:https?:)?\/\//.test(propertyOf(element, 'src') ?? '');
}

function isTiny(element: Element): boolean {
  const sizes = [propertyOf(element, 'width'), propertyOf(element, 'height')];
  return (
    sizes.every((size) => Number(size ?? Number.NaN) <= 1) ||
    /display\s*:\s*none/.test(propertyOf(element, 'style') ?? '')
  );
}
