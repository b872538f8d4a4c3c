/** Where a text is folded in the box that readers see. */
export interface Fold {
  /** How many characters can be read before the fold; undefined where nothing is folded. */
  readonly after?: number;
  /** How many characters there are. */
  readonly of: number;
}

/** Measures the text of a frame that its reader may unfold, marked `data-text`, as it is laid out; undefined where there is none. */
export function measureFold(frame: Document): Fold | undefined {
  const box = frame.querySelector<HTMLElement>('[data-text]');
  if (box === null) return undefined;
  const nodes = listTextNodes(frame, box);
  const of = nodes.reduce((sum, { data }) => sum + data.length, 0);
  if (box.scrollHeight <= box.clientHeight + 1) return { of };
  const end = box.getBoundingClientRect().bottom + 1;
  return { of, after: countUntil(of, (at) => (locate(frame, nodes, at)?.bottom ?? Infinity) > end) };
}

/** What is written, without the button that unfolds it. */
function listTextNodes(frame: Document, box: HTMLElement): readonly Text[] {
  const walker = frame.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest('label') === null) nodes.push(node as Text);
  }
  return nodes;
}

/** Where a character stands; a line break has no place, so the character after it counts. */
function locate(frame: Document, nodes: readonly Text[], at: number): DOMRect | undefined {
  let left = at;
  for (const node of nodes) {
    for (let offset = left; offset < node.data.length; offset += 1) {
      const range = frame.createRange();
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      const box = range.getClientRects()[0];
      if (box !== undefined && box.height > 0) return box;
    }
    left = Math.max(0, left - node.data.length);
  }
  return undefined;
}

/** How many of some numbers come before the first that passes a test, which all after it pass. */
function countUntil(length: number, passes: (at: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (passes(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
