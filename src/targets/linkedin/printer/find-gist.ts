import type { List, Paragraph, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { toPlainText } from '../../../transform/find-opening.ts';
import { cleanLine, cutText, splitSentences } from '../../../reading/plain-text.ts';

/** What an author says a post comes to, in the post itself. Plain text. */
export interface Gist {
  /** What stands under "TL;DR" or the like. */
  readonly summary?: string;
  /** What stands under "Key takeaways" or the like, one line each. */
  readonly takeaways: readonly string[];
}

/** The longest takeaway shown, in UTF-16 units, and how many: more is no gist. */
const takeawayLimit = 200;
const takeawayCount = 5;

const label =
  /^\s*(?:(tl;?\s?dr|in short|in a nutshell|the short version)|(?:(?:the )?(?:key|main) )?(?:take-?aways|key points|main points))\s*(?=$|[:：.—–-])[:：.—–-]?\s*/iu;

interface Found {
  summary: string | undefined;
  readonly takeaways: string[];
}

/**
 * Finds a post's own summary and takeaways: under a heading that says so, or after its words at the start of a paragraph
 * or quote. `language` is BCP 47, for telling sentences apart.
 */
export function findGist(tree: Root, language: string): Gist {
  const found: Found = { summary: undefined, takeaways: [] };
  readBlocks(tree.children, found, language);
  return {
    ...(found.summary !== undefined && { summary: found.summary }),
    takeaways: found.takeaways.slice(0, takeawayCount).map((line) => cutText(line, takeawayLimit)),
  };
}

type Kind = 'summary' | 'takeaways';

function readBlocks(blocks: readonly RootContent[], found: Found, language: string): void {
  let kind: Kind | undefined;
  for (const block of blocks) {
    if (block.type === 'heading') kind = readLabel(toString(block))?.kind;
    else if (block.type === 'list') {
      if (kind !== undefined && found.takeaways.length === 0) found.takeaways.push(...listLines(block));
      kind = undefined;
    } else if (block.type === 'paragraph') kind = readParagraph(block, kind, found, language);
    else if (block.type === 'blockquote' || block.type === 'details') {
      readBlocks(block.children, found, language);
    }
  }
}

/** Takes what a paragraph says under a label, its own or the heading's; tells what label the next block stands under. */
function readParagraph(
  paragraph: Paragraph,
  above: Kind | undefined,
  found: Found,
  language: string,
): Kind | undefined {
  const plain = cleanLine(toPlainText(paragraph));
  const own = readLabel(plain);
  const kind = own?.kind ?? above;
  const said = own === undefined ? plain : plain.slice(own.length);
  if (kind === undefined || said === '') return kind;
  if (kind === 'summary') found.summary ??= said;
  else if (/[:：]$/.test(said)) return kind;
  else if (found.takeaways.length === 0) found.takeaways.push(...splitSentences(said, language));
  return /[:：]$/.test(said) ? 'takeaways' : undefined;
}

function readLabel(text: string): { readonly kind: Kind; readonly length: number } | undefined {
  const [whole, isSummary] = label.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { kind: isSummary === undefined ? 'takeaways' : 'summary', length: whole.length };
}

function listLines({ children }: List): readonly string[] {
  return children.flatMap(({ children: [first] }) => {
    const line = first?.type === 'paragraph' ? cleanLine(toPlainText(first)) : '';
    return line === '' ? [] : [line];
  });
}
