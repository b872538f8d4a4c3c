import type { Element, Root } from 'hast';
import { findNotes, fragmentOf, isShortMark } from './find-notes.ts';
import { classesOf, makeElement, outermost, propertyOf, rewriteElements, textOf } from './hast.ts';

/** The attribute of a `sup` that stands for a footnote's mark, and the element for its text, until they become markdown's own. */
export const footnoteMark = 'dataFootnoteMark';
export const footnoteText = 'footnote-text';

/**
 * Finds the footnotes that Redcarpet, kramdown, goldmark, remark, WordPress and Substack write, and those that a mark leads to and back,
 * and marks them as such.
 */
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
  const paired = findNotes(root);
  const loose = new Set(paired.values());
  rewriteElements(root, (element) => (loose.has(element) ? [] : [element]));
  for (const [id, note] of paired) notes.set(id, note);
  if (notes.size === 0) return;

  const labels = new Map([...notes.keys()].map((id, index) => [id, String(index + 1)]));
  rewriteElements(root, (element) => {
    const id = fragmentOf(element);
    const isMark = propertyOf(element, 'href')?.startsWith('#') === true || isShortMark(element);
    const label = id === undefined || !isMark ? undefined : labels.get(id);
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
    rewriteElements(item, (element) => (isBackLink(element, paired.has(id)) ? [] : [element]));
    if (paired.has(id)) dropNumber(item);
    root.children.push(makeElement(footnoteText, item.children, { label: labels.get(id) ?? id }));
  }
}

/** Takes out the number that a note begins with. */
function dropNumber(note: Element): void {
  const [first] = note.children;
  if (first?.type === 'element' && (isShortMark(first) || textOf(first).trim() === '')) {
    note.children.shift();
    if (textOf(first).trim() === '') dropNumber(note);
  } else if (first?.type === 'text') {
    first.value = first.value.replace(/^[\s.:)\]]*(?:\d{1,3}[.:)]\s)?/, '');
    if (first.value === '' && note.children.length > 1) {
      note.children.shift();
      dropNumber(note);
    }
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

/** Whether a link leads back to the mark of a note; in a note that only its links told from a text, a number does. */
function isBackLink(element: Element, isPaired: boolean): boolean {
  const fragment = fragmentOf(element);
  if (fragment === undefined) return false;
  const words = textOf(element);
  return (
    /^(?:.*-)?fnref/.test(fragment) ||
    /^[\s\d]*(?:↩|⤴|↑|\^|↵|⏎|⬆)\uFE0E?\uFE0F?[\s\d]*$/u.test(words) ||
    (isPaired && (isShortMark(element) || /^\W*(?:back|return)\b/i.test(words)))
  );
}
