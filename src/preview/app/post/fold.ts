/** Where a text is folded in the box that readers see, and where marks fall in it. */
export interface Measured {
  /** How many characters can be read before the fold; undefined where nothing is folded. */
  readonly folded?: number;
  readonly length: number;
  /** From the frame's upper left corner, in CSS pixels. */
  readonly marks: readonly {
    readonly at: number;
    readonly what: string;
    readonly left: number;
    readonly top: number;
    readonly height: number;
  }[];
}

/** The text that a frame says can be folded, as `data-text`. */
function findText(frame: Document): HTMLElement | null {
  return frame.querySelector<HTMLElement>('[data-text]');
}

/** Measures a frame as it is laid out; undefined where it has no such text. */
export function measureText(
  frame: Document,
  marks: readonly { readonly at: number; readonly what: string }[],
): Measured | undefined {
  const box = findText(frame);
  if (box === null) return undefined;
  const nodes = listTextNodes(frame, box);
  const length = nodes.reduce((sum, { data }) => sum + data.length, 0);
  const bottom = box.getBoundingClientRect().bottom;
  const isFolded = box.scrollHeight > box.clientHeight + 1;
  const seen = (at: number): boolean => (locate(frame, nodes, at)?.bottom ?? Infinity) <= bottom + 1;
  return {
    length,
    ...(isFolded ? { folded: findLast(length, seen) } : {}),
    marks: marks.flatMap(({ at, what }) => {
      const place = at < length ? locate(frame, nodes, at) : undefined;
      if (place === undefined || place.bottom > bottom + 1) return [];
      return [{ at, what, left: place.left, top: place.top, height: place.height }];
    }),
  };
}

function listTextNodes(frame: Document, box: HTMLElement): readonly Text[] {
  const walker = frame.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text);
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

/** How many characters from the start pass a test that fails for all after the first that does. */
function findLast(length: number, passes: (at: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (passes(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}
