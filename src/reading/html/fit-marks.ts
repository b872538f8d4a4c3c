import type { Break, Html, Nodes, Parents, PhrasingContent, Root, Text } from 'mdast';

type Mark = Extract<PhrasingContent, { readonly type: 'emphasis' | 'strong' | 'delete' | 'link' }>;

const markTypes: ReadonlySet<string> = new Set(['emphasis', 'strong', 'delete', 'link']);

/**
 * Makes marks that markdown's signs can stand for: none begins or ends with a blank or a break, none stands in another of its kind, and
 * two of a kind that touch are one. In headings and cells, which are one line, a break is HTML.
 */
export function fitMarks(tree: Root): void {
  fitParent(tree, { open: new Set(), isLine: false });
}

/** What stands around a node: the marks that are open, and whether it is in a line that cannot be broken. */
interface Around {
  readonly open: ReadonlySet<string>;
  readonly isLine: boolean;
}

function fitParent(parent: Parents, { open, isLine }: Around): void {
  const line = isLine || parent.type === 'heading' || parent.type === 'tableCell';
  const children: PhrasingContent[] = [];
  for (const child of parent.children as PhrasingContent[]) {
    for (const fitted of fitNode(child, { open, isLine: line })) add(children, fitted);
  }
  (parent as { children: PhrasingContent[] }).children = children;
}

function fitNode(node: PhrasingContent, place: Around): readonly PhrasingContent[] {
  if (node.type === 'break' && place.isLine) return [{ type: 'html', value: '<br>' }];
  if (!('children' in node)) return [node];
  const key = isMark(node) ? keyOf(node) : undefined;
  if (key === undefined) {
    fitParent(node, place);
    return [node];
  }
  // An anchor without words is a place, and no mark.
  if (node.children.length === 0 && node.type === 'emphasis' && node.data?.tagName === 'a') return [node];
  const isInside = place.open.has(key);
  fitParent(node, { ...place, open: new Set([...place.open, key]) });
  return isInside ? node.children : hoistEdges(node as Mark);
}

function isMark(node: Nodes): node is Mark {
  return markTypes.has(node.type);
}

/** What makes two marks of one kind: the same element, with the same attributes, or leading to the same place. */
function keyOf(mark: Mark): string {
  if (mark.type === 'link') return JSON.stringify(['link', mark.url, mark.title ?? '']);
  const { tagName = mark.type, attributes = '' } = mark.type === 'emphasis' ? (mark.data ?? {}) : {};
  return JSON.stringify([tagName, attributes]);
}

/** A mark without what shows no mark, which stands before and after it. */
function hoistEdges(mark: Mark): readonly PhrasingContent[] {
  const before: PhrasingContent[] = [];
  const after: PhrasingContent[] = [];
  const { children } = mark;
  const take = (side: 'first' | 'last'): PhrasingContent | undefined => {
    const edge = side === 'first' ? children[0] : children.at(-1);
    if (edge === undefined) return undefined;
    if (isBreak(edge)) return side === 'first' ? children.shift() : children.pop();
    if (edge.type !== 'text') return undefined;
    const blank = (side === 'first' ? /^\s+/ : /\s+$/).exec(edge.value)?.[0];
    if (blank === undefined) return undefined;
    edge.value = side === 'first' ? edge.value.slice(blank.length) : edge.value.slice(0, -blank.length);
    if (edge.value === '') {
      if (side === 'first') children.shift();
      else children.pop();
    }
    return { type: 'text', value: blank };
  };
  for (let edge = take('first'); edge !== undefined; edge = take('first')) before.push(edge);
  for (let edge = take('last'); edge !== undefined; edge = take('last')) after.unshift(edge);
  return [...before, ...(children.length === 0 ? [] : [mark]), ...after];
}

function isBreak(node: PhrasingContent): node is Break | Html {
  return node.type === 'break' || (node.type === 'html' && node.value === '<br>');
}

/** Adds a node to others; one that continues the last is joined to it. */
function add(nodes: PhrasingContent[], node: PhrasingContent): void {
  const last = nodes.at(-1);
  if ((node.type === 'text' || node.type === 'inlineCode') && last?.type === node.type) {
    last.value += node.value;
  } else if (node.type === 'text' && last !== undefined && isBreak(last)) {
    const text: Text = { ...node, value: node.value.trimStart() };
    if (text.value !== '') nodes.push(text);
  } else if (
    last !== undefined &&
    isMark(node) &&
    isMark(last) &&
    node.type !== 'link' &&
    keyOf(node) === keyOf(last)
  ) {
    for (const child of node.children) add(last.children, child);
  } else {
    nodes.push(node);
  }
}
