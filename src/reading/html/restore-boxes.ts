import type { Element, ElementContent, Root } from 'hast';
import { classesOf, findElement, makeElement, propertyOf, rewriteElements, textOf } from './hast.ts';

/** Class names of boxes that sites set a note apart in, alone or as a part of a name. */
const boxWord = /^(?:alert|aside|caution|danger|hint|important|note|notice|tip|warning)$/;
const boxPart = /(?:^|[-_])(?:admonition|callout|custom-block|infobox|markdown-alert)(?=$|[-_])/;
const innerPart =
  /(?:__|[-_])(?:body|container|content|head|header|heading|icon|inner|label|text|title|wrapper)\b|(?:Body|Content|Heading|Icon|Title)/;
const titlePart = /(?:^|[-_]{1,2})(?:heading|title|title-container|header)$|(?:Heading|Title)(?:_\w+)?$/;
const boxNames: ReadonlySet<string> = new Set(['div', 'section']);

/** What the words in an element are. */
type ReadWords = (element: Element) => string;

/**
 * Makes quotations of the boxes that sites set notes apart in, under their titles, and puts parts that readers choose by tabs
 * one after the other, each under the name on its tab. Changes the tree in place.
 */
export function restoreBoxes(root: Root, read: ReadWords = textOf): void {
  labelPanels(root, read);
  rewriteElements(root, (element) => (isBox(element) ? [quoteBox(element, read)] : [element]));
}

function isBox(element: Element): boolean {
  if (element.tagName === 'aside') return true;
  if (!boxNames.has(element.tagName)) return false;
  if (propertyOf(element, 'role') === 'note') return true;
  const classes = classesOf(element);
  return (
    classes.some((name) => boxWord.test(name) || boxPart.test(name)) &&
    !classes.some((name) => innerPart.test(name) && (boxPart.test(name) || classes.length === 1))
  );
}

function quoteBox(box: Element, read: ReadWords): Element {
  const { id, lang, dir } = box.properties;
  const named = {
    ...(id !== undefined && { id }),
    ...(lang !== undefined && { lang }),
    ...(dir !== undefined && { dir }),
  };
  const [only, ...others] = box.children.filter(
    (child) => child.type !== 'text' || child.value.trim() !== '',
  );
  if (only?.type === 'element' && only.tagName === 'blockquote' && others.length === 0) return only;
  const title = findElement(box, (one) => one !== box && isTitle(one));
  const words = title === undefined ? '' : read(title).replaceAll(/\s+/g, ' ').trim();
  if (words === '') return makeElement('blockquote', box.children, named);
  rewriteElements(box, (element) => (element === title ? [] : [element]));
  return makeElement('blockquote', [...nameLine(words), ...box.children], named);
}

/** The line of a box that names it; headings of a text of its own stay in it. */
function isTitle(element: Element): boolean {
  return (
    ['div', 'p', 'span', 'header'].includes(element.tagName) &&
    classesOf(element).some((name) => titlePart.test(name))
  );
}

function nameLine(words: string): readonly Element[] {
  return words === '' ? [] : [makeElement('p', [makeElement('strong', [{ type: 'text', value: words }])])];
}

/** Puts on each panel the name of its tab, and takes the tabs out. */
function labelPanels(root: Root, read: ReadWords): void {
  const panels = collect(root, isPanel);
  const ids = new Set(panels.flatMap((panel) => propertyOf(panel, 'id') ?? []));
  const bars = new Set(collect(root, (element) => isBar(element, ids)));
  const buttons = new Set([...bars].flatMap(listButtons));
  const tabs = collect(root, (element) => isTab(element) || buttons.has(element));
  const names = new Map(panels.map((panel, index) => [panel, readTab(panel, tabs, tabs[index], read)]));
  rewriteElements(root, (element): readonly ElementContent[] => {
    if (bars.has(element) && panels.length > 0) return [];
    const name = names.get(element);
    if (name !== undefined) return [makeElement('div', [...nameLine(name), ...element.children])];
    return classesOf(element).some((one) => one === 'tabbed-set' || one === 'vp-code-group')
      ? labelBlocks(element, read)
      : [element];
  });
}

/** The row of tabs, by its role, or as Bootstrap names it where it leads to panels that have these ids. */
function isBar(element: Element, ids: ReadonlySet<string>): boolean {
  if (propertyOf(element, 'role') === 'tablist') return true;
  const isNamed = classesOf(element).some((name) => name === 'nav-tabs' || name === 'nav-pills');
  return isNamed && listButtons(element).some((button) => listEnds(button).some((id) => ids.has(id)));
}

function isTab(element: Element): boolean {
  return propertyOf(element, 'role') === 'tab';
}

/** What a row of tabs without roles has in their place. */
function listButtons(bar: Element): readonly Element[] {
  const isButton = ({ tagName }: Element): boolean => tagName === 'a' || tagName === 'button';
  return findElement(bar, isTab) === undefined ? collect(bar, isButton) : [];
}

/** The ids that a tab leads to. */
function listEnds(tab: Element): readonly string[] {
  const names = ['ariaControls', 'href', 'dataTarget', 'dataBsTarget'];
  return names.flatMap((name) => propertyOf(tab, name)?.replace(/^#/, '') ?? []);
}

function isPanel(element: Element): boolean {
  return propertyOf(element, 'role') === 'tabpanel' || classesOf(element).includes('tab-pane');
}

function readTab(
  panel: Element,
  tabs: readonly Element[],
  inTurn: Element | undefined,
  read: ReadWords,
): string {
  const id = propertyOf(panel, 'id');
  const by = propertyOf(panel, 'ariaLabelledBy');
  const own = tabs.find((tab) => {
    return (
      (id !== undefined && listEnds(tab).includes(id)) || (by !== undefined && propertyOf(tab, 'id') === by)
    );
  });
  const tab = own ?? inTurn;
  return tab === undefined ? '' : read(tab).replaceAll(/\s+/g, ' ').trim();
}

/** Tabs made of labels, as MkDocs and VitePress have them: the labels first, then as many blocks. */
function labelBlocks(set: Element, read: ReadWords): readonly ElementContent[] {
  const labels = collect(set, ({ tagName }) => tagName === 'label');
  const holder = findElement(set, (one) =>
    classesOf(one).some((name) => name === 'tabbed-content' || name === 'blocks'),
  );
  const blocks = (holder?.children ?? []).filter((child) => child.type === 'element');
  if (labels.length !== blocks.length) return [set];
  return blocks.flatMap((block, index) => {
    const words = labels[index] ? read(labels[index]).trim() : '';
    return [...nameLine(words), block];
  });
}

function collect(node: Root | Element, isSought: (element: Element) => boolean): readonly Element[] {
  return node.children.flatMap((child): readonly Element[] => {
    if (child.type !== 'element') return [];
    return isSought(child) ? [child, ...collect(child, isSought)] : collect(child, isSought);
  });
}
