import type { Element, ElementContent, Root } from 'hast';
import {
  classesOf,
  findElement,
  makeElement,
  propertyOf,
  rewriteElements,
  textOf,
} from '../reading/html/hast.ts';
import { walk } from '../reading/walk.ts';
import { textWidth } from './style.ts';

/** Shows films and sounds as links, and pictures without a choice of sizes: no mail program plays or chooses. */
export function showMedia(html: Root): void {
  rewriteElements(html, (element) => {
    switch (element.tagName) {
      case 'picture':
        return element.children.filter((child) => child.type === 'element' && child.tagName === 'img');
      case 'video':
      case 'audio':
        return linkMedia(element);
      case 'img':
        delete element.properties['srcSet'];
        delete element.properties['sizes'];
        return [element];
      default:
        return [element];
    }
  });
}

function linkMedia(media: Element): readonly ElementContent[] {
  const href = [media, ...media.children]
    .filter((one): one is Element => one.type === 'element')
    .map((one) => propertyOf(one, 'src'))
    .find((src) => src !== undefined);
  const title = propertyOf(media, 'title') ?? (media.tagName === 'audio' ? 'Listen' : 'Watch the film');
  return href === undefined ? [] : [makeElement('a', [{ type: 'text', value: `▶ ${title}` }], { href })];
}

/** Puts what needs a box into tables, which is what Outlook shows boxes by, and gives every picture its alt and width. */
export function fitElements(html: Root): void {
  rewriteElements(html, (element) => {
    const { tagName, children } = element;
    switch (tagName) {
      case 'pre':
        return [makeBox('code', [element])];
      case 'details':
        return [makeBox('fold', children)];
      case 'summary':
        return [makeElement('p', children, { className: ['summary'] })];
      case 'figure':
        return children.flatMap(openPicture);
      case 'figcaption':
        return [makeElement('p', children, { className: ['caption'] })];
      case 'section':
        return [
          makeElement(
            'div',
            children,
            classesOf(element).includes('footnotes') ? { className: ['notes'] } : {},
          ),
        ];
      case 'table':
        return [makeScrolling(element)];
      case 'img':
        return [fitImage(element)];
      default:
        return [element];
    }
  });
  walk(html, (element) => {
    if (element.type === 'element' && element.tagName === 'p' && isPicture(element)) widenImages(element);
  });
}

/** A box with a background or a border: a table of one cell. */
function makeBox(name: string, children: readonly ElementContent[]): Element {
  const cell = makeElement('td', children, { className: [name] });
  return makeElement('table', [makeElement('tbody', [makeElement('tr', [cell])])], {
    ...layout,
    className: ['box'],
  });
}

const layout = { role: 'presentation', border: '0', cellPadding: '0', cellSpacing: '0', width: '100%' };

/** A table of the author's, which scrolls where it is wider than the screen. */
function makeScrolling(table: Element): Element {
  table.properties = { ...table.properties, className: ['data'], cellPadding: '0', cellSpacing: '0' };
  return makeElement('div', [table], { className: ['scroll'] });
}

/** A figure's picture gets a paragraph of its own. */
function openPicture(child: ElementContent): readonly ElementContent[] {
  if (child.type === 'text') return child.value.trim() === '' ? [] : [child];
  if (child.type !== 'element') return [];
  return ['img', 'a'].includes(child.tagName)
    ? [makeElement('p', [child], { className: ['picture'] })]
    : [child];
}

/** An image as Outlook needs it: no wider than the text, and its height left to follow. */
function fitImage(image: Element): Element {
  const { height: _height, width, ...kept } = image.properties;
  const given = /^\d+$/.test(String(width)) ? Number(width) : undefined;
  image.properties = {
    ...kept,
    alt: kept['alt'] ?? '',
    ...(given !== undefined && { width: Math.min(given, textWidth) }),
  };
  return image;
}

/** Whether a paragraph shows a picture and says nothing: links around pictures, and lines between, are no words. */
function isPicture(paragraph: Element): boolean {
  return (
    findElement(paragraph, ({ tagName }) => tagName === 'img') !== undefined &&
    textOf(paragraph).trim() === ''
  );
}

/** Gives a picture that stands alone the width of the text, unless its author gave it one. */
function widenImages(paragraph: Element): void {
  const images: Element[] = [];
  walk(paragraph, (node) => {
    if (node.type === 'element' && node.tagName === 'img') images.push(node);
  });
  const [only] = images;
  if (only === undefined || images.length > 1 || only.properties['width'] !== undefined) return;
  only.properties = { ...only.properties, width: textWidth, className: ['wide'] };
}
