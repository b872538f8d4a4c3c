/** How deep into nested braces values are looked for. */
const depthLimit = 20;

/** How many tokens of a call's argument are looked at. */
const argumentLimit = 100;

type Token = {
  readonly kind: 'text' | 'word' | 'mark';
  readonly value: string;
};

type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly flag: boolean }
  | { readonly kind: 'name'; readonly name: string };

/** What a script says in plain literals. It is read as text and never run. */
export interface Script {
  /** The text at a dotted path of an object that is exported, returned or named, such as `dir.input`. */
  text(...paths: readonly string[]): string | undefined;
  /** Whether the value at a dotted path is the word `true`. */
  flag(path: string): boolean;
  /** What a function or method is called with: texts, and objects of texts as pairs. */
  calls(name: string): readonly Argument[];
  /** Whether any string in it is one of these. */
  mentions(...texts: readonly string[]): boolean;
}

type Argument = string | readonly (readonly [from: string, to: string])[];

/** Reads JavaScript or TypeScript for the literals in it. */
export function readScript(source: string | undefined): Script {
  const tokens = source === undefined ? [] : splitTokens(source);
  const values = collectValues(tokens);
  const exported = findExported(tokens);
  const resolve = (value: Value | undefined, hops = 0): Value | undefined =>
    value?.kind === 'name' && hops < 3 ? resolve(values.get(value.name), hops + 1) : value;
  const find = (path: string): Value | undefined =>
    resolve((exported === undefined ? undefined : values.get(`${exported}.${path}`)) ?? values.get(path));
  return {
    text: (...paths) => {
      for (const path of paths) {
        const value = find(path);
        if (value?.kind === 'text' && value.text.trim() !== '') return value.text.trim();
      }
      return undefined;
    },
    flag: (path) => {
      const value = find(path);
      return value?.kind === 'flag' && value.flag;
    },
    calls: (name) => collectCalls(tokens, name),
    mentions: (...texts) => tokens.some(({ kind, value }) => kind === 'text' && texts.includes(value)),
  };
}

/** The constant that the script exports as a whole: what it says stands before what else has the same name. */
function findExported(tokens: readonly Token[]): string | undefined {
  const words = tokens.map(({ value }) => value);
  const at = tokens.findIndex(
    ({ kind }, index) =>
      kind === 'word' &&
      (words.slice(index, index + 4).join(' ') === 'module . exports =' ||
        words.slice(index, index + 2).join(' ') === 'export default'),
  );
  if (at === -1) return undefined;
  const name = tokens[at + (words[at] === 'module' ? 4 : 2)];
  return name?.kind === 'word' ? name.value : undefined;
}

function splitTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const word = /[\p{L}\p{N}_$]+/uy;
  let at = 0;
  while (at < source.length) {
    const char = source[at] ?? '';
    const pair = source.slice(at, at + 2);
    if (/\s/.test(char)) at += 1;
    else if (pair === '//') at = endOf(source, '\n', at);
    else if (pair === '/*') at = endOf(source, '*/', at + 2);
    else if (char === '"' || char === "'" || char === '`') {
      const end = findQuoteEnd(source, at, char);
      const text = decodeEscapes(source.slice(at + 1, end - 1));
      const isPlain = char !== '`' || !text.includes('${');
      tokens.push(isPlain ? { kind: 'text', value: text } : { kind: 'mark', value: '`' });
      at = end;
    } else if (char === '/' && mayStartPattern(tokens.at(-1))) at = findPatternEnd(source, at);
    else {
      word.lastIndex = at;
      const found = word.exec(source)?.[0];
      tokens.push({ kind: found === undefined ? 'mark' : 'word', value: found ?? char });
      at += (found ?? char).length;
    }
  }
  return tokens;
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
}

function findQuoteEnd(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === quote || (char === '\n' && quote !== '`')) return at + 1;
  }
  return source.length;
}

function decodeEscapes(text: string): string {
  return text.replaceAll(/\\(.)/g, (_whole, char: string) => (char === 'n' ? '\n' : char));
}

function mayStartPattern(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return before.value === 'return';
  return before.kind === 'mark' && '(,=:[!&|?{};'.includes(before.value);
}

function findPatternEnd(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '\n') return at;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return source.length;
}

interface OpenBraces {
  /** The key whose value these braces are; empty for a function's body and the like. */
  readonly name: string;
  /** The name of the constant that the braces belong to. */
  readonly owner: string;
  pending: string;
  pendingOwner: string;
}

/** Every literal by its path; the first of a path wins. One below a constant is there under both names. */
function collectValues(tokens: readonly Token[]): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const frames: OpenBraces[] = [{ name: '', owner: '', pending: '', pendingOwner: '' }];
  const keep = (path: string, value: Value | undefined): void => {
    if (value !== undefined && !values.has(path)) values.set(path, value);
  };
  for (const [index, { kind, value }] of tokens.entries()) {
    const frame = frames.at(-1);
    if (frame === undefined) break;
    const before = tokens[index - 1];
    if (kind === 'mark' && '{[('.includes(value)) {
      frames.push({
        name: frame.pending,
        owner: frame.pendingOwner === '' ? frame.owner : frame.pendingOwner,
        pending: '',
        pendingOwner: '',
      });
    } else if (kind === 'mark' && '}])'.includes(value)) {
      if (frames.length > 1) frames.pop();
    } else if (kind === 'mark' && (value === ',' || value === ';')) {
      frame.pending = '';
      frame.pendingOwner = '';
    } else if (kind === 'word' && before?.kind === 'word' && ['const', 'let', 'var'].includes(before.value)) {
      frame.pending = '';
      frame.pendingOwner = value;
      const equals = tokens.slice(index + 1, index + 8).findIndex((token) => token.value === '=');
      if (equals !== -1) keep(value, readValue(tokens, index + 2 + equals));
    } else if (kind !== 'mark' && isKey(tokens, index) && frames.length <= depthLimit) {
      frame.pending = value;
      const path = [...frames.map(({ name }) => name), value].filter((name) => name !== '').join('.');
      const found = readValue(tokens, index + 2);
      keep(path, found);
      if (frame.owner !== '') keep(`${frame.owner}.${path}`, found);
    }
  }
  return values;
}

function isKey(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const opens = before?.kind === 'mark' && (before.value === '{' || before.value === ',');
  return opens && after?.kind === 'mark' && after.value === ':';
}

/** The literal that starts here, a constant's name, the address in `new URL("…")`, or what follows `||` or `??`. */
function readValue(tokens: readonly Token[], start: number): Value | undefined {
  const first = tokens[start];
  if (first === undefined || first.kind === 'mark') return undefined;
  if (first.kind === 'text') return { kind: 'text', text: first.value };
  if (first.value === 'true' || first.value === 'false')
    return { kind: 'flag', flag: first.value === 'true' };
  if (first.value === 'new' && tokens[start + 1]?.value === 'URL') return readValue(tokens, start + 3);
  let at = start + 1;
  let name = first.value;
  while (tokens[at]?.value === '.' && tokens[at + 1]?.kind === 'word') {
    name += `.${tokens[at + 1]?.value ?? ''}`;
    at += 2;
  }
  const [one, two, fallback] = tokens.slice(at, at + 3);
  const isFallback = one?.value === two?.value && (one?.value === '|' || one?.value === '?');
  if (isFallback) return fallback?.kind === 'text' ? { kind: 'text', text: fallback.value } : undefined;
  return { kind: 'name', name };
}

function collectCalls(tokens: readonly Token[], name: string): readonly Argument[] {
  return tokens.flatMap(({ kind, value }, index): readonly Argument[] => {
    if (kind !== 'word' || value !== name || tokens[index + 1]?.value !== '(') return [];
    const first = tokens[index + 2];
    if (first?.kind === 'text') return [first.value];
    if (first?.value !== '{') return [];
    const pairs: (readonly [string, string])[] = [];
    for (let at = index + 3; at < index + argumentLimit && tokens[at]?.value !== '}'; at += 1) {
      const [from, colon, to] = tokens.slice(at, at + 3);
      if (from !== undefined && from.kind !== 'mark' && colon?.value === ':' && to?.kind === 'text') {
        pairs.push([from.value, to.value]);
        at += 2;
      }
    }
    return [pairs];
  });
}
