import type { Root } from 'mdast';
import type { Extension as TreeExtension, Transform } from 'mdast-util-from-markdown';
import type { Construct, ConstructRecord, Extension as TokenExtension } from 'micromark-util-types';
import { walk } from './walk.ts';

/** The numbers of lines, from 1. */
type Lines = ReadonlySet<number>;

/** Where the constructs of a text can begin, by their names: none, on some lines, or, where it is not there, anywhere. */
type Places = ReadonlyMap<string | undefined, Lines>;

/**
 * GFM as remark-gfm adds it, but looked for only on the lines of a text that can hold it. The tree stays the same: it saves
 * attempts that fail, of which there is else one for each word (an e-mail address) and one for each line of a paragraph (a
 * table). Of all texts that can hold the same of it, the extensions are the same. They are of the text that was given last.
 */
export function openFitting(
  extensions: readonly TokenExtension[],
): (text: string) => readonly TokenExtension[] {
  const known = new Map<string, readonly TokenExtension[]>();
  let places: Places = new Map();
  const linesOf = (name: string | undefined): Lines | undefined => places.get(name);
  return (text) => {
    places = findPlaces(text);
    const missing = [...places].flatMap(([name, lines]) => (lines.size === 0 ? [name] : [])).join(' ');
    const fitted = known.get(missing) ?? fitPlaces(extensions, linesOf);
    known.set(missing, fitted);
    return fitted;
  };
}

/** Extensions without the constructs that are nowhere; of the others it is asked of each text where they are. */
function fitPlaces(
  extensions: readonly TokenExtension[],
  linesOf: (name: string | undefined) => Lines | undefined,
): readonly TokenExtension[] {
  const fit = (construct: Construct): readonly Construct[] => {
    const lines = linesOf(construct.name);
    if (lines === undefined) return [construct];
    return lines.size === 0
      ? []
      : [tryOnLines(construct, (line) => linesOf(construct.name)?.has(line) === true)];
  };
  return extensions.map(({ flow, text: words, ...others }) => ({
    ...others,
    ...(flow && { flow: mapConstructs(flow, fit) }),
    ...(words && { text: mapConstructs(words, fit) }),
  }));
}

/** GFM's last search, for addresses in the words of the whole tree, only where one of them can be an address. */
export function fitNodes(extensions: readonly TreeExtension[]): readonly TreeExtension[] {
  return extensions.map(({ transforms, ...others }) => ({
    ...others,
    ...(transforms && {
      transforms: transforms.map(
        (transform): Transform =>
          (tree) =>
            holdsAddress(tree) ? transform(tree) : undefined,
      ),
    }),
  }));
}

function holdsAddress(tree: Root): boolean {
  let holds = false;
  walk(tree, (node) => {
    holds ||= node.type === 'text' && /@|:\/\/|www\./i.test(node.value);
  });
  return holds;
}

function mapConstructs(
  record: ConstructRecord,
  fit: (construct: Construct) => readonly Construct[],
): ConstructRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([code, constructs = []]) => {
      const kept = [constructs].flat().flatMap(fit);
      return kept.length === 0 ? [] : [[code, kept]];
    }),
  );
}

function tryOnLines(construct: Construct, isOn: (line: number) => boolean): Construct {
  const { previous, tokenize } = construct;
  return {
    ...construct,
    ...(previous && {
      previous(code) {
        return previous.call(this, code) && isOn(this.now().line);
      },
    }),
    tokenize(effects, ok, nok) {
      return isOn(this.now().line) ? tokenize.call(this, effects, ok, nok) : nok;
    },
  };
}

/**
 * Where constructs can begin, by their names; others anywhere. Without `![^`, blanks between, there is nothing to find for the one that
 * looks through all brackets before each.
 */
function findPlaces(text: string): Places {
  const lines = text.split(/\r\n|\n|\r/);
  const places = new Map<string | undefined, Lines>([
    ['emailAutolink', findLines(lines, '@', /[\w.+-]@[\w.-]*[a-z]/i)],
    ['wwwAutolink', findLines(lines, '.', /www\./i)],
    ['protocolAutolink', findLines(lines, '://', /https?:\/\//i)],
    ['table', findTableLines(lines)],
  ]);
  if (!/!\[\s*\^/.test(text)) places.set('gfmPotentialFootnoteCall', new Set());
  return places;
}

function findLines(lines: readonly string[], part: string, whole: RegExp): Lines {
  const found = new Set<number>();
  for (const [index, line] of lines.entries())
    if (line.includes(part) && whole.test(line)) found.add(index + 1);
  return found;
}

/** The lines on which a table can begin or go on: those about a line that can be the one under its head. */
function findTableLines(lines: readonly string[]): Lines {
  const found = new Set<number>();
  let goesOn = false;
  for (const [index, line] of lines.entries()) {
    if (isUnderHead(line)) {
      found.add(index);
      goesOn = true;
    } else if (goesOn) {
      goesOn = !/^[ \t]*$/.test(line);
    }
    if (goesOn) found.add(index + 1);
  }
  return found;
}

/** Whether a line can end with a table's row of dashes; the marks of quotes and lists may stand before it. */
function isUnderHead(line: string): boolean {
  return /[-:|]$/.test(line.trimEnd()) && line.includes('-') && /[:|]/.test(line);
}
