import type { Element, ElementContent, Root } from 'hast';
import { blockElements } from './block-elements.ts';
import { makeElement, propertyOf, textOf } from './hast.ts';

/** A style that says what an element of its own would say. */
interface Style {
  readonly tagName: string;
  readonly pattern: RegExp;
}

const begin = String.raw`(?:^|;)\s*`;

const styles: readonly Style[] = [
  {
    tagName: 'strong',
    pattern: new RegExp(`${begin}font-weight\\s*:\\s*(?:bold|bolder|[6-9]\\d\\d)\\b`, 'i'),
  },
  { tagName: 'em', pattern: new RegExp(`${begin}font-style\\s*:\\s*(?:italic|oblique)\\b`, 'i') },
  {
    tagName: 'del',
    pattern: new RegExp(`${begin}text-decoration(?:-line)?\\s*:[^;]*\\bline-through\\b`, 'i'),
  },
  { tagName: 'u', pattern: new RegExp(`${begin}text-decoration(?:-line)?\\s*:[^;]*\\bunderline\\b`, 'i') },
  { tagName: 'sup', pattern: new RegExp(`${begin}vertical-align\\s*:\\s*super\\b`, 'i') },
  { tagName: 'sub', pattern: new RegExp(`${begin}vertical-align\\s*:\\s*sub\\b`, 'i') },
];

const monospace = new RegExp(
  `${begin}font-family\\s*:[^;]*\\b(?:monospace|courier|consolas|menlo|monaco)\\b`,
  'i',
);

/** A style by which an editor says that a mark is none, as Google Docs does around a whole text. */
const calledOff = new RegExp(
  `${begin}(?:font-weight\\s*:\\s*(?:normal|lighter|[1-5]\\d\\d)|font-style\\s*:\\s*normal)\\b`,
  'i',
);

const marks: ReadonlySet<string> = new Set(['strong', 'b', 'em', 'i']);

/** Elements whose words are styled as a whole. */
const wordHolders: ReadonlySet<string> = new Set('span font p div li td dd a'.split(' '));

/** Elements in which a style is a colour of code, or what their kind looks like anyway. */
const passedOver: ReadonlySet<string> = new Set(
  'pre code samp kbd tt h1 h2 h3 h4 h5 h6 th dt summary svg math'.split(' '),
);

/** What a style stands in: something that is passed over, a link, which is underlined anyway. */
interface Around {
  readonly isPassed: boolean;
  readonly isLink: boolean;
}

const nothing: Around = { isPassed: false, isLink: false };

/**
 * Makes marks of the styles that say what a mark does, such as `font-weight: bold`, as editors write them in place of elements, and
 * takes away the marks that a style calls off. Changes the tree in place.
 */
export function restoreStyles(parent: Root | Element, around: Around = nothing): void {
  parent.children = (parent.children as readonly ElementContent[]).flatMap((child) => {
    if (child.type !== 'element') return [child];
    const isPassed = around.isPassed || passedOver.has(child.tagName);
    const isLink = around.isLink || child.tagName === 'a';
    restoreStyles(child, { isPassed, isLink });
    const style = propertyOf(child, 'style');
    if (style === undefined) return [child];
    if (marks.has(child.tagName)) return calledOff.test(style) ? child.children : [child];
    return isPassed || !wordHolders.has(child.tagName) ? [child] : [markWords(child, style, isLink)];
  });
}

function markWords(element: Element, style: string, isLink: boolean): Element {
  const { tagName, children } = element;
  if (textOf(element).trim() === '') return element;
  const said = styles
    .filter((one) => one.pattern.test(style) && !(isLink && one.tagName === 'u'))
    .map((one) => one.tagName);
  const isCode = /^(?:span|font)$/.test(tagName) && monospace.test(style) && !children.some(isBlock);
  const names = isCode ? [...said, 'code'] : said;
  const marked = names.reduceRight<ElementContent[]>((inside, name) => [makeElement(name, inside)], children);
  return names.length === 0 ? element : { ...element, children: marked };
}

function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && blockElements.has(node.tagName);
}
