/** An item's XML, and the line of the feed that it begins in. */
export interface CutItem {
  readonly xml: string;
  readonly line: number;
}

/** A feed's XML with each item only a mark of its place, and the items, in order. */
export interface CutFeed {
  readonly envelope: string;
  readonly items: readonly CutItem[];
}

/** The attribute that tells which item stood in a place. */
export const itemMark = 'cut-item';

const itemTag = /<(\/?)((?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s/>])[^>]*>/y;

const feedEnd = /<\/(?:[A-Za-z_][\w.-]*:)?(?:channel|feed|RDF)\s*>/;

/** What is no tag, and how it ends. */
const silences = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * Takes the items out of a feed. Each is then read by itself, so a broken item does not affect the others. An item whose end is
 * missing ends where the next begins.
 */
export function cutItems(xml: string): CutFeed {
  const parts: string[] = [];
  const items: CutItem[] = [];
  let from = 0;
  let line = 1;
  let open: { readonly name: string; readonly start: number } | undefined;
  const countLines = (text: string): number => text.split('\n').length - 1;
  const take = (end: number): void => {
    if (open === undefined) return;
    const before = xml.slice(from, open.start);
    const inside = xml.slice(open.start, end);
    line += countLines(before);
    parts.push(before, `<${open.name} ${itemMark}="${items.length}"/>`, '\n'.repeat(countLines(inside)));
    items.push({ xml: inside, line });
    line += countLines(inside);
    from = end;
    open = undefined;
  };
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    const sign = xml.charAt(at + 1);
    const silence =
      sign === '!' || sign === '?' ? silences.find(([opening]) => xml.startsWith(opening, at)) : undefined;
    if (silence !== undefined) {
      const end = xml.indexOf(silence[1], at);
      if (end === -1) break;
      at = end + silence[1].length;
      continue;
    }
    itemTag.lastIndex = at;
    const tag = itemTag.exec(xml);
    const [text = '<', slash, name = ''] = tag ?? [];
    const isOther = open !== undefined && open.name !== name;
    if (tag !== null && !isOther) {
      if (slash === '') {
        take(at);
        open = { name, start: at };
      }
      if (slash === '/' || text.endsWith('/>')) take(at + text.length);
    }
    at += text.length;
  }
  // Where the last item has no end, what encloses it may have one.
  const closing = open === undefined ? undefined : feedEnd.exec(xml.slice(open.start));
  if (open !== undefined && closing) take(open.start + closing.index);
  return { envelope: [...parts, xml.slice(from)].join(''), items };
}
