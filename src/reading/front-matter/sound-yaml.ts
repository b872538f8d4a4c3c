import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event } from 'js-yaml';
import type { Place } from '../../model/diagnostic.ts';
import { nestingLimit, type Block } from './define.ts';

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~', ''].map((word) => [word, null] as const),
]);

/**
 * Invisible characters other than line feeds, blanks other than spaces, and lines that begin or end a document: parsers do not agree
 * on what they mean.
 */
const unusual = /[^\n\P{C}]|[^ \P{Z}]|^(?:---|\.\.\.|%)/mu;

/** What makes a block be left to the parser of all YAML, which says what is wrong with it. */
class Unsure extends Error {}

/**
 * Reads YAML by js-yaml, several times as fast as the parser that knows what is wrong with a block, where nothing is: one map with
 * plain text for keys, each there once, and no anchors, aliases, tags or directives. Numbers and dates stay as written.
 */
export function readSoundBlock(raw: string, firstLine: number): Block | undefined {
  if (unusual.test(raw)) return undefined;
  try {
    return readEvents(raw, parseEvents(raw, { maxDepth: 90 }), firstLine);
  } catch {
    return undefined;
  }
}

function readEvents(raw: string, events: readonly Event[], firstLine: number): Block {
  const places = new Map<string, Place>();
  const findPlace = openPlaces(raw, firstLine);
  let at = 0;

  const next = (): Event => {
    const event = events[at];
    at += 1;
    if (event === undefined) throw new Unsure();
    if ('anchorStart' in event && event.anchorStart !== -1) throw new Unsure();
    if ('tagStart' in event && event.tagStart !== -1) throw new Unsure();
    return event;
  };

  /** `path` is undefined inside lists, whose keys have no places. */
  const readNode = (event: Event, path: readonly string[] | undefined): unknown => {
    if (event.type === EVENT_ID.SCALAR) {
      const text = getScalarValue(raw, event);
      return event.style === SCALAR_STYLE.PLAIN && words.has(text) ? words.get(text) : text;
    }
    if (event.type === EVENT_ID.MAPPING) return readMap(path);
    if (event.type !== EVENT_ID.SEQUENCE) throw new Unsure();
    const values: unknown[] = [];
    for (let item = next(); item.type !== EVENT_ID.POP; item = next()) values.push(readNode(item, undefined));
    return values;
  };

  const readMap = (path: readonly string[] | undefined): Readonly<Record<string, unknown>> => {
    const values: Record<string, unknown> = {};
    for (let event = next(); event.type !== EVENT_ID.POP; event = next()) {
      const key = event.type === EVENT_ID.SCALAR ? getScalarValue(raw, event) : '';
      if (event.type !== EVENT_ID.SCALAR || key === '' || key === '__proto__' || Object.hasOwn(values, key))
        throw new Unsure();
      const inner = path && [...path, key.toLowerCase()];
      const name = inner?.join('.') ?? '';
      if (inner && inner.length <= nestingLimit && !places.has(name))
        places.set(name, findPlace(event.valueStart - (event.style === SCALAR_STYLE.PLAIN ? 0 : 1)));
      values[key] = readNode(next(), inner);
    }
    return values;
  };

  const [document] = events;
  if (document === undefined) return { values: {}, places };
  if (document.type !== EVENT_ID.DOCUMENT) throw new Unsure();
  at = 1;
  const root = next();
  if (root.type !== EVENT_ID.MAPPING) throw new Unsure();
  const values = readMap([]);
  if (at !== events.length - 1) throw new Unsure();
  return { values, places };
}

/** Tells the places of positions that come one after another. */
function openPlaces(raw: string, firstLine: number): (position: number) => Place {
  let [line, start, end] = [firstLine, 0, raw.indexOf('\n')];
  return (position) => {
    while (end !== -1 && end < position) {
      [line, start, end] = [line + 1, end + 1, raw.indexOf('\n', end + 1)];
    }
    return { line, column: position - start + 1 };
  };
}
