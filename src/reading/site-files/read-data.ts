import { parse as parseToml } from 'smol-toml';
import { parseDocument } from 'yaml';

const aliasLimit = 100;

/** How deep a YAML file may be nested: reading takes the square of that. */
const depthLimit = 200;

/** The files of a blog, by their paths relative to its folder; what is not there, or is no text of a reasonable size, is absent. */
export interface FileView {
  read(path: string): string | undefined;
}

/** A config file's values; whatever cannot be read gives none. */
export type Data = Readonly<Record<string, unknown>>;

/** Reads a YAML, TOML or JSON file, by its ending. Nothing in it is run, and no fault in it throws. */
export function readData(view: FileView, path: string | undefined): Data | undefined {
  const text = path === undefined ? undefined : view.read(path);
  if (path === undefined || text === undefined) return undefined;
  try {
    const value = parse(text, path.split('.').at(-1)?.toLowerCase());
    return isData(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parse(text: string, ending: string | undefined): unknown {
  if (ending === 'json') return JSON.parse(text);
  if (ending === 'toml') return parseToml(text);
  if (isTooDeep(text)) return undefined;
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, stringKeys: true });
  return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: aliasLimit });
}

/** Whether brackets, or the marks of lists in lists on one line, are nested beyond what any config is. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + ('[{'.includes(bracket) ? 1 : -1));
    if (depth > depthLimit) return true;
  }
  return new RegExp(`(?:[-?:][ \\t]+){${depthLimit}}`).test(text);
}

/** Whether a value is a group of named values. */
export function isData(value: unknown): value is Data {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value at a dotted path, such as `params.author.name`. Keys match whatever their case, as Hugo's do. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (!isData(inner)) return undefined;
    const own = Object.keys(inner).find((name) => name.toLowerCase() === key.toLowerCase());
    return own === undefined ? undefined : inner[own];
  }, data);
}

/** The first of these paths that holds text which is not empty, trimmed. */
export function textAt(data: unknown, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = valueAt(data, path);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** The texts of a list, or of one text alone. */
export function textsAt(data: unknown, path: string): readonly string[] {
  const value = valueAt(data, path);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

/** Later values over earlier ones, group by group, whatever the case of their keys. */
export function mergeData(...all: readonly (Data | undefined)[]): Data {
  const merged = new Map<string, readonly [name: string, value: unknown]>();
  for (const [name, value] of all.flatMap((data) => Object.entries(data ?? {}))) {
    const [known = name, before] = merged.get(name.toLowerCase()) ?? [];
    const both = isData(before) && isData(value) ? mergeData(before, value) : value;
    merged.set(name.toLowerCase(), [known, both]);
  }
  return Object.fromEntries(merged.values());
}
