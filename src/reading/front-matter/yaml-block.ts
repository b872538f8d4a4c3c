import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Place } from '../../model/diagnostic.ts';
import { nestingLimit, type Block, type BlockFault } from './define.ts';
import { describeParseError, straightenSpaces } from './straighten.ts';

const aliasLimit = 100;

/** The most characters whose keys the parser itself may compare, each with all others of its map. */
const comparedLimit = 16 * 1024;

const yamlMessages: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a value that holds ": " has no quotes around it',
  DUPLICATE_KEY: 'the same key stands twice',
  MULTIPLE_DOCS: 'a line "..." ends the block before its closing "---"',
  NON_STRING_KEY: 'a key is not plain text',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a line is indented with a tab',
};

/** The parser's own words for what bloggers get wrong most, and plainer ones. */
const yamlWords: readonly (readonly [RegExp, string])[] = [
  [/^Missing closing ["']quote$/, 'a quotation mark has no second one'],
  [/ end with a [\]}]$/, 'a bracket has no second one'],
  [/^Implicit (?:map )?keys need to be /, 'a line has no ":" after the name of its field'],
  [/^Unexpected \S+ at node end$/, 'there is more after the end of a value'],
  [
    /^All \w+ items must start at the same column$/,
    'a line is indented further or less than those beside it',
  ],
];

/**
 * Reads any YAML as `readBlock` does, by a parser of all of it: numbers and dates stay as written; duplicate keys and alias bombs
 * are faults. `firstLine` is the line of the file the block starts on.
 */
export function parseYamlBlock(raw: string, firstLine: number): Block | BlockFault {
  const counter = new LineCounter();
  const placeOf = (position = 0): Place => {
    const { line, col } = counter.linePos(position);
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  try {
    const document = parseDocument(straightenSpaces(raw, ':'), {
      lineCounter: counter,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: raw.length <= comparedLimit,
    });
    const fault = document.errors[0] ?? (raw.length > comparedLimit ? findDuplicateKey(document) : undefined);
    if (fault) {
      const words = yamlWords.find(([pattern]) => pattern.test(fault.message))?.[1];
      const message = words ?? yamlMessages[fault.code] ?? fault.message;
      return { place: placeOf(findOpening(document, fault.pos[0])), message };
    }
    const aliasFault = prepareNodes(document);
    if (aliasFault) return { place: placeOf(aliasFault.position), message: aliasFault.message };
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      return { values: {}, places: new Map() };
    }
    if (!isMap(contents)) {
      return { place: placeOf(contents.range?.[0]), message: 'it is not made of "field: value" lines' };
    }
    const places = new Map<string, Place>();
    locateYamlKeys(contents, '', 1, placeOf, places);
    return { values: document.toJS({ maxAliasCount: aliasLimit }) as Record<string, unknown>, places };
  } catch (error) {
    return { place: { line: firstLine, column: 1 }, message: describeParseError(error) };
  }
}

/** The first key that its map has already. */
function findDuplicateKey(document: Document): Pick<YAMLError, 'code' | 'message' | 'pos'> | undefined {
  const positions: number[] = [];
  visit(document, {
    Map(_key, { items }) {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value)) positions.push(key.range?.[0] ?? 0);
        known.add(key.value);
      }
    },
  });
  const [first] = positions.toSorted((a, b) => a - b);
  return first === undefined
    ? undefined
    : { code: 'DUPLICATE_KEY', message: 'Map keys must be unique', pos: [first, first] };
}

/** Where the quoted text or the bracket starts that a fault at its end is about; else the fault's own position. */
function findOpening(document: Document, position: number): number {
  let opening = position;
  visit(document, {
    Node(_key, node) {
      const isEnclosed = isScalar(node) ? node.type?.startsWith('QUOTE') : isCollection(node) && node.flow;
      if (isEnclosed && node.range && node.range[0] < position && node.range[1] >= position) {
        [opening] = node.range;
      }
    },
  });
  return opening;
}

/** Gives numbers their written form back, and finds an alias that names nothing. */
function prepareNodes(
  document: Document,
): { readonly position: number; readonly message: string } | undefined {
  const anchors = new Set<string>();
  const faults: { position: number; message: string }[] = [];
  let aliases = 0;
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        aliases += 1;
        const position = node.range?.[0] ?? 0;
        if (!anchors.has(node.source)) {
          faults.push({ position, message: `"*${node.source}" refers to an anchor that is not there` });
        } else if (aliases > aliasLimit) {
          faults.push({ position, message: `it has more than ${aliasLimit} aliases` });
        }
        return faults.length > 0 ? visit.BREAK : undefined;
      }
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined)
        node.value = node.source;
      return undefined;
    },
  });
  return faults[0];
}

function locateYamlKeys(
  map: YAMLMap,
  prefix: string,
  depth: number,
  placeOf: (position?: number) => Place,
  places: Map<string, Place>,
): void {
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const path = `${prefix}${String(key.value).toLowerCase()}`;
    if (!places.has(path)) places.set(path, placeOf(key.range?.[0]));
    if (isMap(value) && depth < nestingLimit) locateYamlKeys(value, `${path}.`, depth + 1, placeOf, places);
  }
}
