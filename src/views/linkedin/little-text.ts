/**
 * Little text, element by element: whatever begins none of them, any of `| { } @ [ ] ( ) < > # \ * _ ~` unescaped, ends it
 * (LinkedIn little text format documentation, checked November 2026).
 */
const elements = [
  { kind: 'text', pattern: /^[^|{}@[\]()<>#\\*_~]+/u },
  { kind: 'escape', pattern: /^\\[|{}@[\]()<>#\\*_~]/u },
  { kind: 'hashtag', pattern: /^\{hashtag\|(?:\\?#|＃)\|(?<tag>[\p{L}\p{N}]+)\}/u },
  { kind: 'hashtag', pattern: /^#(?<tag>[\p{L}\p{N}]+)/u },
  { kind: 'mention', pattern: /^@\[(?<name>[^\]]+)\]\(urn:li:\w+:[\w-]+\)/u },
] as const;

interface Element {
  readonly kind: (typeof elements)[number]['kind'];
  readonly source: string;
  /** What readers see of it. */
  readonly shown: string;
}

/** What LinkedIn keeps of a commentary: all of it, or what stands before the first reserved character that is not escaped. */
export function cutLittleText(commentary: string): string {
  return readElements(commentary)
    .map((element) => element.source)
    .join('');
}

/** A piece of a commentary as readers see it. */
export interface ShownPiece {
  readonly kind: 'text' | 'hashtag' | 'mention' | 'link';
  readonly text: string;
}

/** A commentary as readers see it, in the order of its pieces: addresses in it become links. */
export function readLittleText(commentary: string): readonly ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let text = '';
  const end = (): void => {
    for (const [index, part] of text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).entries()) {
      if (part !== '') pieces.push({ kind: index % 2 === 1 ? 'link' : 'text', text: part });
    }
    text = '';
  };
  for (const { kind, shown } of readElements(commentary)) {
    if (kind === 'text' || kind === 'escape') text += shown;
    else {
      end();
      pieces.push({ kind, text: shown });
    }
  }
  end();
  return pieces;
}

function readElements(commentary: string): readonly Element[] {
  const found: Element[] = [];
  let rest = commentary;
  while (rest !== '') {
    const element = readElement(rest);
    if (element === undefined) break;
    found.push(element);
    rest = rest.slice(element.source.length);
  }
  return found;
}

function readElement(text: string): Element | undefined {
  for (const { kind, pattern } of elements) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [source] = match;
    const shown =
      kind === 'escape'
        ? source.slice(1)
        : kind === 'hashtag'
          ? `#${match.groups?.['tag'] ?? ''}`
          : (match.groups?.['name'] ?? source);
    return { kind, source, shown };
  }
  return undefined;
}
