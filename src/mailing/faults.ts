import type { Nodes, Root } from 'mdast';
import { placeBehind } from '../reading/place-behind.ts';
import { placeOf } from '../reading/place-of.ts';
import type { Diagnostic, Place } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { Content } from '../model/source.ts';
import { blankHidden } from '../reading/html/blank-hidden.ts';
import { readPieces } from '../reading/html/read-tags.ts';
import { walk } from '../reading/walk.ts';
import { listDataImages } from '../transform/data-images.ts';
import { listLostElements } from '../transform/list-lost-elements.ts';
import { reportFaults, type Fault } from '../transform/report-faults.ts';
import { splitAtTags, type WriteMergeTag } from './merge-tags.ts';
import { findSubjectLine } from './subject-line.ts';

/**
 * The largest HTML that Gmail shows whole, in bytes. Google names no number; those who send mail measured between 102 and 105 KB
 * (help.metorik.com/article/287, spamresource.com/2022/01, checked December 2026).
 */
export const clippedSize = 102 * 1024;

/** What of a letter readers would not see as its author meant it, and what keeps it from being shown to them. */
export function findMailFaults(
  content: Content,
  letter: Letter,
  made: { readonly target: string; readonly mergeTags: WriteMergeTag; readonly bytes: number },
): readonly Diagnostic[] {
  const { tree } = content;
  const { target, mergeTags, bytes } = made;
  const faults = [
    ...findRepeatedSubject(tree, letter),
    ...findFieldTagFaults(letter, mergeTags),
    ...findTagFaults(content, mergeTags),
    ...findDataImages(tree),
    ...findLostHtml(tree),
    ...findSizeFault(bytes),
  ];
  return reportFaults(letter, content, target, faults);
}

function findRepeatedSubject(tree: Root, { subject }: Letter): readonly Fault[] {
  const line = findSubjectLine(tree);
  if (line === undefined) return [];
  return [
    {
      rule: 'mail-subject-repeated',
      severity: 'warning',
      at: placeOf(line),
      message: `The letter begins with its subject, which is left out: mail programs show "${subject}" above it.`,
      remedy: 'Delete the line.',
    },
  ];
}

function findFieldTagFaults(letter: Letter, write: WriteMergeTag): readonly Fault[] {
  return (['subject', 'preview'] as const).flatMap((at) =>
    splitAtTags(letter[at] ?? '').flatMap((piece): readonly Fault[] =>
      judgePiece(piece, write).map((fault) => ({ ...fault, at })),
    ),
  );
}

/** What is wrong with the merge tags of a body; those in code stand as they are. */
function findTagFaults({ tree, text: source }: Content, write: WriteMergeTag): readonly Fault[] {
  const lines = source?.split('\n');
  const faults: Fault[] = [];
  walk(tree, (node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      faults.push(...judgeUnfilled(decodeBraces(node.url), placeOf(node), inAddress));
    for (const text of listDescriptions(node))
      faults.push(...judgeUnfilled(text, placeOf(node), inDescription));
    if (node.type !== 'text' && node.type !== 'html') return;
    const unfilled = node.type === 'html' ? listUnfilled(node.value) : [];
    for (const piece of splitAtTags(node.type === 'html' ? blankHidden(node.value) : node.value)) {
      if (piece.kind === 'words') continue;
      const at = placeWithin(node, piece.at, piece.written, lines);
      const within = unfilled.find(({ start, end }) => start < piece.at && piece.at < end);
      if (within === undefined) faults.push(...judgePiece(piece, write).map((fault) => ({ ...fault, at })));
      else faults.push(...judgeUnfilled(piece.written, at, within.of));
    }
  });
  return faults;
}

function judgePiece(
  piece: ReturnType<typeof splitAtTags>[number],
  write: WriteMergeTag,
): readonly Omit<Fault, 'at'>[] {
  if (piece.kind === 'words') return [];
  const { written } = piece;
  if (piece.kind === 'foreign') {
    return [
      {
        rule: 'mail-merge-tag-unknown',
        severity: 'error',
        message: `${written} is how one provider writes a merge tag; here, readers would see it as it stands.`,
        remedy: 'Write it as {first_name|there}, or put it in a code span if it is the subject.',
      },
    ];
  }
  if (write(piece.name, piece.fallback) === undefined) {
    return [
      {
        rule: 'mail-merge-tag-unknown',
        severity: 'error',
        message: `Nothing fills in ${written}, ${piece.fallback === undefined ? 'so readers would see it as it stands' : 'so every reader would see its fallback'}.`,
        remedy: 'Write a merge tag that the provider has, or put it in a code span if it is the subject.',
      },
    ];
  }
  if (piece.fallback !== undefined || alwaysKnown.has(piece.name)) return [];
  return [
    {
      rule: 'mail-merge-tag-fallback',
      severity: 'warning',
      message: `${written} has no fallback, so a reader who did not give it sees a gap.`,
      remedy: `Write a fallback, as in {${piece.name}|there}, or {${piece.name}|} if the gap is meant.`,
    },
  ];
}

/** What every reader of a letter has. */
const alwaysKnown: ReadonlySet<string> = new Set(['email', 'email_address']);

/** Where nothing fills in a merge tag. */
interface Unfilled {
  readonly where: string;
  readonly remedy: string;
}

const inAddress: Unfilled = { where: 'an address', remedy: 'Write the address without it.' };
const inDescription: Unfilled = {
  where: 'the description or title of something',
  remedy: 'Put it in the text.',
};

const unfilledAttributes: ReadonlyMap<string, Unfilled> = new Map([
  ['href', inAddress],
  ['src', inAddress],
  ['alt', inDescription],
  ['title', inDescription],
]);

/** The attributes in HTML in which nothing fills in a merge tag. */
function listUnfilled(html: string): readonly { start: number; end: number; of: Unfilled }[] {
  return readPieces(html).pieces.flatMap((piece) =>
    piece.kind !== 'open'
      ? []
      : piece.attributes.flatMap(({ name, start, end }) => {
          const of = unfilledAttributes.get(name);
          return of === undefined ? [] : [{ start, end, of }];
        }),
  );
}

function judgeUnfilled(text: string, at: Place, { where, remedy }: Unfilled): readonly Fault[] {
  return splitAtTags(text).flatMap((piece): readonly Fault[] =>
    piece.kind === 'words'
      ? []
      : [
          {
            rule: 'mail-merge-tag-unknown',
            severity: 'error',
            at,
            message: `${piece.written} stands in ${where}, where nothing fills it in.`,
            remedy,
          },
        ],
  );
}

/** What a node says of itself beside the text. */
function listDescriptions(node: Nodes): readonly string[] {
  switch (node.type) {
    case 'image':
      return [node.alt ?? '', node.title ?? ''];
    case 'imageReference':
      return [node.alt ?? ''];
    case 'link':
    case 'definition':
      return [node.title ?? ''];
    default:
      return [];
  }
}

function findDataImages(tree: Root): readonly Fault[] {
  return listDataImages(tree).map((node): Fault => ({
    rule: 'mail-image-data',
    severity: 'warning',
    at: placeOf(node),
    message:
      'This image is a data: address, which Gmail and Outlook do not show; readers get its description.',
    remedy: 'Put the picture on the site and give its address.',
  }));
}

function findLostHtml(tree: Root): readonly Fault[] {
  return listLostElements(tree).map(({ tagName, place }): Fault => ({
    rule: 'mail-html-lost',
    severity: 'warning',
    at: place,
    message: `Mail programs show no <${tagName}>, so what it shows on a page is missing from the letter.`,
    remedy: 'Add a picture of it, or a sentence that links to it.',
  }));
}

function findSizeFault(bytes: number): readonly Fault[] {
  if (bytes <= clippedSize) return [];
  return [
    {
      rule: 'mail-size',
      severity: 'warning',
      at: 'subject',
      message: `The letter takes ${Math.round(bytes / 1024)} KB; Gmail cuts off what is over 102 KB and puts it behind a link.`,
      remedy: 'Shorten it, or mail its beginning with a link to the rest.',
    },
  ];
}

/** Where something stands that was found in a text; in its line of the file, if it is there as it was found. */
function placeWithin(node: Nodes, at: number, found: string, lines: readonly string[] | undefined): Place {
  const start = placeOf(node);
  const { line, column } = placeBehind(start, ('value' in node ? node.value : '').slice(0, at));
  const exact = lines?.[line - 1]?.indexOf(found, Math.max(0, column - 1)) ?? -1;
  return { line, column: exact < 0 ? column : exact + 1 };
}

function decodeBraces(url: string): string {
  return url.replaceAll(/%7b/gi, '{').replaceAll(/%7d/gi, '}').replaceAll(/%7c/gi, '|');
}
