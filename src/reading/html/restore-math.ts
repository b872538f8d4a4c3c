import type { Element, ElementContent, Root } from 'hast';
import { classesOf, findElement, makeElement, propertyOf, rewriteElements, textOf } from './hast.ts';
import { parseHtml } from './parse-html.ts';

/** What MathJax draws from a script that stands beside it, or shows until it has. */
const drawn = /^(?:MathJax(?:_Preview|_Display|_SVG|_CHTML|_SVG_Display)?|MJX_Assistive_MathML)$/;

/** What Pandoc, Python-Markdown's Arithmatex and others call an element whose words are TeX between marks that MathJax looks for. */
const marking = /^(?:math|arithmatex|tex|latex|mathjax_process|js-render-math)$/;

/**
 * Turns formulas back to the TeX they were made of, which MathML keeps as an annotation or as its other text, MathJax in a script, and
 * Wikipedia in the words of a picture: code in a line, or a block of it. Changes the tree in place.
 */
export function restoreMath(root: Root): void {
  const hasScripts = findElement(root, isScript) !== undefined;
  rewriteElements(root, (element) => {
    if (isScript(element)) {
      return [makeFormula(textOf(element), /mode\s*=\s*display/i.test(propertyOf(element, 'type') ?? ''))];
    }
    const classes = classesOf(element);
    if (classes.some((name) => drawn.test(name))) {
      const kept = propertyOf(element, 'dataMathml');
      if (hasScripts) return [];
      return kept === undefined ? [element] : readMath(parseHtml(kept).children as ElementContent[]);
    }
    const delimited = classes.some((name) => marking.test(name)) ? readDelimited(element) : undefined;
    if (delimited !== undefined) return [delimited];
    if (element.tagName === 'math') return [readFormula(element) ?? element];
    if (classes.includes('mwe-math-element')) return [findElement(element, isFormula) ?? element];
    const alt =
      classes.some((name) => name.startsWith('mwe-math-fallback-image')) && propertyOf(element, 'alt');
    return alt
      ? [
          makeFormula(
            alt,
            classes.some((name) => name.endsWith('display')),
          ),
        ]
      : [element];
  });
  restoreDelimited(root, false);
}

/** Elements of whose words MathJax leaves all as they are. */
const verbatim: ReadonlySet<string> = new Set('pre code samp kbd tt script style textarea a'.split(' '));

/** TeX in a text between the marks that MathJax looks for. */
const delimited = /\\\(([^]+?)\\\)|\\\[([^]+?)\\\]|\$\$([^$]+)\$\$/g;

/** What no words have, and hardly a formula is without. */
const texSign = /[\\^_=+<>{}]|^\s*[A-Za-z]\s*$/;

function restoreDelimited(parent: Root | Element, isVerbatim: boolean): void {
  const children = parent.children as readonly ElementContent[];
  const isAlone = children.length === 1;
  parent.children = children.flatMap((child): readonly ElementContent[] => {
    if (child.type === 'element') restoreDelimited(child, isVerbatim || verbatim.has(child.tagName));
    if (child.type !== 'text' || isVerbatim || !/\\[([]|\$\$/.test(child.value)) return [child];
    const made: ElementContent[] = [];
    let from = 0;
    for (const found of child.value.matchAll(delimited)) {
      const [written, inLine, ...display] = found;
      const tex = inLine ?? display.find((part) => part !== undefined) ?? '';
      if (!texSign.test(tex)) continue;
      const isBlock = inLine === undefined && isAlone && child.value.trim() === written;
      made.push({ type: 'text', value: child.value.slice(from, found.index) }, makeFormula(tex, isBlock));
      from = found.index + written.length;
    }
    return [...made, { type: 'text', value: child.value.slice(from) }];
  });
}

function readMath(nodes: readonly ElementContent[]): readonly ElementContent[] {
  return nodes.map((node) => (node.type === 'element' ? (readFormula(node) ?? node) : node));
}

function isScript(element: Element): boolean {
  return (
    element.tagName === 'script' &&
    /^math\/(?:(?:la)?tex|asciimath)\b/i.test(propertyOf(element, 'type') ?? '')
  );
}

/** A formula whose words have the marks around them that MathJax looks for. */
function readDelimited(element: Element): Element | undefined {
  if (element.children.some(({ type }) => type === 'element')) return undefined;
  const text = textOf(element).trim();
  const inLine = /^\\\(([^]+)\\\)$|^\$(?!\$)([^$]+)\$$/.exec(text);
  const alone = /^\\\[([^]+)\\\]$|^\$\$([^]+)\$\$$/.exec(text);
  const tex = (inLine ?? alone)?.slice(1).find((part) => part !== undefined);
  return tex === undefined ? undefined : makeFormula(tex, alone !== null);
}

function isFormula(element: Element): boolean {
  return element.tagName === 'code' || element.tagName === 'pre';
}

function readFormula(math: Element): Element | undefined {
  const annotation = findElement(math, ({ tagName, properties: { encoding } }) => {
    return tagName === 'annotation' && typeof encoding === 'string' && /tex/i.test(encoding);
  });
  const alternative = propertyOf(math, 'alttext') ?? propertyOf(math, 'altText');
  const tex = (annotation === undefined ? (alternative ?? '') : textOf(annotation)).trim();
  return tex === '' ? undefined : makeFormula(tex, propertyOf(math, 'display') === 'block');
}

/** TeX as code: in a line, or a block that says it is math. */
export function makeFormula(written: string, isBlock: boolean): Element {
  const bare = written.replace(/^\s*%\s*<!\[CDATA\[|%\s*\]\]>\s*$/g, '').trim();
  const tex = /^\{\\(?:display|text)style\s+(.*)\}$/s.exec(bare)?.[1]?.trim() ?? bare;
  const value = isBlock ? `${tex}\n` : tex;
  const code = makeElement(
    'code',
    [{ type: 'text', value }],
    isBlock ? { className: ['language-math'] } : {},
  );
  return isBlock ? makeElement('pre', [code]) : code;
}
