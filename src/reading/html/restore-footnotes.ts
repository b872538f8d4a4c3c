import type { Element, Root } from 'hast';
import { classesOf, makeElement, outermost, propertyOf, rewriteElements, textOf } from './hast.ts';

/** The attribute of a `sup` that stands for a footnote's mark, and the element for its text, until they become markdown's own. */
export const footnoteMark = 'dataFootnoteMark';
export const footnoteText = 'footnote-text';

/** Finds the footnotes that Redcarpet, kramdown, goldmark, remark, WordPress and Substack write, and marks them as such. */
export function restoreFootnotes(root: Root): void {
  restoreSidenotes(root);
  const notes = new Map<string, Element>();
  rewriteElements(root, (element) => {
    const numbered = readSubstackNote(element);
    if (numbered !== undefined) {
      notes.set(numbered.id, numbered.note);
      return [];
    }
    if (!isNotes(element)) return [element];
    for (const item of outermost(element, 'li')) {
      const id = propertyOf(item, 'id');
      if (id !== undefined) notes.set(id, item);
    }
    return notes.size > 0 ? [] : [element];
  });
  if (notes.size === 0) return;

  const labels = new Map([...notes.keys()].map((id, index) => [id, String(index + 1)]));
  rewriteElements(root, (element) => {
    const id = element.tagName === 'a' ? propertyOf(element, 'href')?.replace(/^#/, '') : undefined;
    const label = id === undefined ? undefined : labels.get(decodeId(id));
    if (label !== undefined)
      return [makeElement('sup', [{ type: 'text', value: label }], { [footnoteMark]: label })];
    const [only, ...others] = element.children;
    const isWrapper =
      element.tagName === 'sup' &&
      only?.type === 'element' &&
      only.properties[footnoteMark] !== undefined &&
      others.length === 0;
    return isWrapper ? [only] : [element];
  });
  for (const [id, item] of notes) {
    rewriteElements(item, (element) => (isBackLink(element) ? [] : [element]));
    root.children.push(makeElement(footnoteText, item.children, { label: labels.get(id) ?? id }));
  }
}

/** Makes footnotes of the notes that stand beside a text in the middle of it, as Tufte CSS has them. */
function restoreSidenotes(root: Root): void {
  const notes: Element[] = [];
  rewriteElements(root, (element) => {
    const classes = classesOf(element);
    if (classes.includes('margin-toggle')) return [];
    if (element.tagName !== 'span' || !classes.some((name) => name === 'sidenote' || name === 'marginnote'))
      return [element];
    const label = `side-${notes.length + 1}`;
    notes.push(makeElement(footnoteText, [makeElement('p', element.children)], { label }));
    return [makeElement('sup', [{ type: 'text', value: label }], { [footnoteMark]: label })];
  });
  root.children.push(...notes);
}

/** Whether an element holds the texts of footnotes. */
export function isNotes(element: Element): boolean {
  return (
    classesOf(element).some((name) => name === 'footnotes' || name === 'wp-block-footnotes') ||
    element.properties['dataFootnotes'] !== undefined ||
    propertyOf(element, 'role') === 'doc-endnotes'
  );
}

/** Substack's note: its number, which leads back to the mark, and a text. */
function readSubstackNote(element: Element): { readonly id: string; readonly note: Element } | undefined {
  if (!classesOf(element).includes('footnote')) return undefined;
  const [number, content] = element.children.filter((child) => child.type === 'element');
  const id = number && propertyOf(number, 'id');
  const isNote = number?.tagName === 'a' && classesOf(number).includes('footnote-number');
  return isNote && id !== undefined && content ? { id, note: content } : undefined;
}

function isBackLink(element: Element): boolean {
  if (element.tagName !== 'a') return false;
  const href = propertyOf(element, 'href') ?? '';
  return (
    /^#(?:.*-)?fnref/.test(href) ||
    (href.startsWith('#') && /^[\s\d]*(?:↩|⤴|↑|\^)\uFE0E?[\s\d]*$/.test(textOf(element)))
  );
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
