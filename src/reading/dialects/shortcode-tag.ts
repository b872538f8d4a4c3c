/** One tag of Hugo, of Liquid or of Zola, which has Liquid's forms, or one of kramdown's extensions, read. */
export interface Tag {
  readonly syntax: 'hugo' | 'liquid' | 'kramdown';
  readonly kind: 'open' | 'close';
  /** What the tag is called; of `{% include box.html %}`, `include`; empty for one that closes what is open. */
  readonly name: string;
  /** Hugo's `{{< name />}}`. */
  readonly isSelfClosing: boolean;
  /** Hugo's form with a comment inside the marks, which shows the tag instead of running it. */
  readonly isEscaped: boolean;
  /** Everything after the name. */
  readonly rest: string;
  /** Values without a name, in order, without their quotes. */
  readonly values: readonly string[];
  /** Values with a name, without their quotes. */
  readonly named: Readonly<Record<string, string>>;
}

const hugoTag = /^\{\{(?:<(?<angle>.*)>|%(?<percent>.*)%)\}\}$/s;
const liquidTag = /^\{%[-+]?(?<liquid>.*?)[-+]?%\}$/s;
const hugoWords = /^\s*(?<slash>\/?)\s*(?<name>[\p{L}\p{N}_][\p{L}\p{N}_./-]*)(?<rest>.*)$/su;
const zolaTag = /^\{\{-?\s*(?<name>[a-z_][\w:]*)\s*\((?<values>.*)\)\s*-?\}\}$/is;
const zolaCall = /^\s*(?<name>[a-z_]\w*)\((?<values>.*)\)\s*$/is;
/** Zola's values all have names; what else looks like a call is left as it is written. */
const namedValues = /^\s*\w+\s*=/;
const liquidWords = /^\s*(?<name>[a-z_][\w-]*|#)(?<rest>.*)$/is;

/** Reads the source of one tag; undefined if it is none. */
export function readTag(source: string): Tag | undefined {
  if (source.startsWith('{:')) return readKramdown(source);
  const { angle, percent } = hugoTag.exec(source)?.groups ?? {};
  const hugo = angle ?? percent;
  if (hugo !== undefined) return readHugo(hugo);
  const { liquid } = liquidTag.exec(source)?.groups ?? {};
  if (liquid !== undefined) return readLiquid(liquid);
  const { name, values } = zolaTag.exec(source)?.groups ?? {};
  if (name === undefined || values === undefined || !namedValues.test(values)) return undefined;
  return { ...blank, syntax: 'liquid', name, isSelfClosing: true, ...readValues(values) };
}

function readHugo(text: string): Tag | undefined {
  const escaped = /^\/\*(.*)\*\/$/s.exec(text)?.[1];
  if (escaped !== undefined) {
    return { ...blank, syntax: 'hugo', name: escaped.trim(), isEscaped: true };
  }
  const isSelfClosing = /\/\s*$/.test(text) && !/^\s*\/\s*$/.test(text);
  const { slash, name, rest } =
    hugoWords.exec(isSelfClosing ? text.replace(/\/\s*$/, '') : text)?.groups ?? {};
  if (name === undefined || rest === undefined) return undefined;
  const kind = slash === '/' ? 'close' : 'open';
  return { ...blank, syntax: 'hugo', kind, name, isSelfClosing, ...readValues(rest) };
}

function readLiquid(text: string): Tag | undefined {
  const call = zolaCall.exec(text)?.groups;
  if (call?.['name'] !== undefined)
    return { ...blank, syntax: 'liquid', name: call['name'], ...readValues(call['values'] ?? '') };
  if (text.trim() === 'end') return { ...blank, syntax: 'liquid', kind: 'close', name: '' };
  const { name, rest } = liquidWords.exec(text)?.groups ?? {};
  if (name === undefined || rest === undefined) return undefined;
  const closed = /^end_?(.+)$/.exec(name)?.[1];
  if (closed !== undefined) return { ...blank, syntax: 'liquid', kind: 'close', name: closed };
  return { ...blank, syntax: 'liquid', name, ...readValues(rest) };
}

/** `{::comment}`, `{::options key="value" /}` and `{:/comment}`; `{:/}` closes what is open and has no name. */
function readKramdown(source: string): Tag | undefined {
  const [, colon, name = '', rest = '', slash] = /^\{:(:|\/)([a-z]*)([^{}]*?)(\/?)\}$/s.exec(source) ?? [];
  if (colon === undefined || (colon === ':' && name === '')) return undefined;
  if (colon === '/') return { ...blank, syntax: 'kramdown', kind: 'close', name };
  return { ...blank, syntax: 'kramdown', name, isSelfClosing: slash === '/', ...readValues(rest) };
}

const blank = {
  kind: 'open',
  isSelfClosing: false,
  isEscaped: false,
  rest: '',
  values: [],
  named: {},
} as const satisfies Partial<Tag>;

const value =
  /(?:([\w-]+)\s*=\s*(?=\S))?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|([^\s"'`,][^\s,]*))/gs;

function readValues(rest: string): Pick<Tag, 'rest' | 'values' | 'named'> {
  const values: string[] = [];
  const named: Record<string, string> = {};
  for (const [, name, double, single, raw, bare] of rest.matchAll(value)) {
    const quoted = double ?? single;
    const text = quoted === undefined ? (raw ?? bare ?? '') : quoted.replaceAll(/\\(["'\\])/g, '$1');
    if (name === undefined) values.push(text);
    else named[name.toLowerCase()] ??= text;
  }
  return { rest: rest.trim(), values, named };
}

/** How the author calls a tag: a file that Jekyll includes goes by the name of the file. */
export function nameTag({ syntax, name, values }: Tag): string {
  if (syntax !== 'liquid' || !/^include(?:_cached|_relative)?$/.test(name)) return name;
  return values[0] ?? name;
}

/** What closes a tag. */
export function closingOf({ syntax, name }: Tag): RegExp {
  const plain = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  if (syntax === 'hugo') return new RegExp(String.raw`\{\{[<%]\s*/\s*${plain}\s*[>%]\}\}`, 'g');
  if (syntax === 'kramdown') return new RegExp(String.raw`\{:/(?:${plain})?\}`, 'g');
  return new RegExp(String.raw`\{%[-+]?\s*end(?:_?${plain})?\s*[-+]?%\}`, 'g');
}
