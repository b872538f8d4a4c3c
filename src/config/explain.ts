import type { YAMLParseError } from 'yaml';
import { z } from 'zod';
import { listWords } from '../base/list-words.ts';
import { suggestWord } from '../base/errors.ts';
import { sourceKinds } from '../sources/index.ts';
import { targetKinds } from '../targets/index.ts';
import type { OptionFault } from './refuse.ts';

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of options',
  record: 'a group of named options',
};

/** What is said of a value where its option has no words of its own. */
const unfit = 'is not what it has to be';

/**
 * What a value in the config has to be, as the end of a sentence that begins with its name; for options without words of their own.
 */
export function explainIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is ${nameType(issue.input)}; it has to be ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${nameValue(issue.input)}has to be ${listWords(
        issue.values.map((one) => (typeof one === 'number' ? `the number ${one}` : String(one))),
        'or',
      )}`;
    case 'too_small':
      if (issue.origin === 'array') return 'is empty; it needs at least one';
      if (issue.origin === 'string') {
        return issue.input === '' ? 'is empty' : `is shorter than ${issue.minimum} characters`;
      }
      return `has to be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `has to be ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'date'
        ? 'is not a day such as 2026-12-01'
        : 'is not an absolute address such as "https://example.com"';
    default:
      return unfit;
  }
}

/** Explains one fault that the schema finds to an author; `value` is the whole file's. */
export function explainOption(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  value: unknown,
): readonly OptionFault[] {
  const place = nameOption(issue.path);
  if (issue.path.length === 0 && (value === null || value === undefined)) {
    return [
      {
        path: [],
        message: 'The file is empty.',
        remedy: `Begin with ${knownKeys(schema, [], value).slice(0, 3).join(', ')}.`,
      },
    ];
  }
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path, value);
    return issue.keys.map((key) => {
      const near = suggestWord(key, known);
      return {
        path: [...issue.path, key],
        message: `"${key}" is not an option${issue.path.length > 0 ? ` of ${place}` : ''}.`,
        remedy:
          near === undefined ? `Remove it, or use ${listWords(known, 'or')}.` : `Did you mean "${near}"?`,
      };
    });
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    const known = kindsAt(issue.path);
    const kind = String(issue.path.at(-1)) === 'kind' ? valueAt(value, issue.path) : undefined;
    const near = typeof kind === 'string' ? suggestWord(kind, known) : undefined;
    return [
      {
        path: issue.path,
        message:
          kind === undefined
            ? `${place} is missing.`
            : `${place} is ${JSON.stringify(kind)}, which is not a known kind.`,
        remedy: near === undefined ? `Use ${listWords(known, 'or')}.` : `Did you mean "${near}"?`,
      },
    ];
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, schema, value);
  if (issue.code === 'invalid_key') {
    return [
      {
        path: issue.path,
        message: `${place} ${issue.issues[0]?.message ?? 'is not a legal name'}.`,
        remedy: 'Rename it.',
      },
    ];
  }
  const given = valueAt(value, issue.path);
  if (given === undefined) {
    return [{ path: issue.path, message: `${place} is missing.`, remedy: adviseOnMissing(issue) }];
  }
  const values = issue.code === 'invalid_value' ? issue.values.filter((one) => typeof one === 'string') : [];
  const near = typeof given === 'string' ? suggestWord(given, values) : undefined;
  const advice = issue.code === 'invalid_type' ? adviseOnType(given, issue.expected) : undefined;
  return [
    {
      path: issue.path,
      message: `${place} ${issue.message}.`,
      remedy: near === undefined ? (advice ?? '') : `Did you mean "${near}"?`,
    },
  ];
}

/** What is wrong with a value that may be of several kinds: within the kind that it is of, or that it is of none. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  schema: z.ZodType,
  value: unknown,
): readonly OptionFault[] {
  const isOther = ({ path, code }: z.core.$ZodIssue): boolean =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const own = issue.errors.find((branch) => !branch.some(isOther));
  if (own !== undefined) {
    return own.flatMap((one) => explainOption({ ...one, path: [...issue.path, ...one.path] }, schema, value));
  }
  const kinds = issue.errors.flat().flatMap((one) => nameKind(one) ?? []);
  const said =
    issue.message === unfit && kinds.length > 0
      ? `is ${nameType(valueAt(value, issue.path))}; it has to be ${listWords(kinds, 'or')}`
      : issue.message;
  return [{ path: issue.path, message: `${nameOption(issue.path)} ${said}.`, remedy: '' }];
}

function nameKind(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? issue.expected;
  return issue.code === 'invalid_value' ? listWords(issue.values.map(String), 'or') : undefined;
}

function adviseOnMissing(issue: z.core.$ZodIssue): string {
  const key = String(issue.path.at(-1));
  if (issue.code !== 'invalid_value') return `Add ${key}.`;
  const values = issue.values.map(String);
  return values.length === 1 ? `Add "${key}: ${values[0]}".` : `Add it: ${listWords(values, 'or')}.`;
}

function kindsAt(path: readonly PropertyKey[]): readonly string[] {
  return Object.keys(path[0] === 'sources' ? sourceKinds : targetKinds);
}

/** The option names that the schema allows at a path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): readonly string[] {
  interface Shape {
    readonly properties?: Readonly<Record<string, Shape>>;
    readonly additionalProperties?: Shape | boolean;
    readonly items?: Shape;
    readonly anyOf?: readonly Shape[];
    readonly oneOf?: readonly Shape[];
    readonly propertyNames?: { readonly enum?: readonly string[] };
    readonly const?: unknown;
  }
  let shape = z.toJSONSchema(schema, { io: 'input' }) as Shape | undefined;
  path.forEach((key, index) => {
    const inner: Shape | boolean | undefined =
      typeof key === 'number'
        ? shape?.items
        : (shape?.properties?.[String(key)] ?? shape?.additionalProperties);
    shape = typeof inner === 'object' ? inner : undefined;
    const choices = shape?.oneOf ?? shape?.anyOf;
    if (choices !== undefined) {
      const kind = valueAt(value, [...path.slice(0, index + 1), 'kind']);
      shape = choices.find((choice) => choice.properties?.['kind']?.const === kind) ?? choices[0];
    }
  });
  return shape?.propertyNames?.enum ?? Object.keys(shape?.properties ?? {});
}

/** What an author does about a value of the wrong type, where that is only a matter of spelling. */
function adviseOnType(value: unknown, expected: string): string | undefined {
  const isScalar = value !== null && typeof value !== 'object';
  if (expected === 'string' && isScalar) return 'Put it in quotes.';
  if (expected === 'boolean' && typeof value === 'string') return 'Write true or false, without quotes.';
  if (['number', 'int'].includes(expected) && typeof value === 'string')
    return 'Write digits, without quotes.';
  if (expected === 'array' && isScalar) return 'Put it in [ ].';
  return undefined;
}

/** What is wrong with YAML that cannot be read, and what to do about it. `text` is the whole file. */
export function explainYaml(
  error: YAMLParseError,
  text: string,
): { readonly message: string; readonly remedy: string } {
  const at = text.slice(error.pos[0]);
  const said = error.message
    .split('\n')[0]
    ?.replace(/ at line \d+, column \d+:$/, '')
    .replace(/^Missing closing ["']quote$/, 'A quotation mark has no second one');
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return { message: `"${/^[^\s:]*/.exec(at)?.[0]}" is given twice.`, remedy: 'Remove one of them.' };
    case 'MULTIPLE_DOCS':
      return { message: 'A second document begins here.', remedy: 'Remove it, and the line "---".' };
    case 'TAB_AS_INDENT':
      return { message: 'The line is indented with a tab.', remedy: 'Indent it with spaces.' };
    case 'BAD_SCALAR_START':
      return { message: `${said}.`, remedy: 'Put the text in quotes.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'The line is indented wrongly, or has a second ": " outside quotes.',
        remedy: 'Indent it as its neighbours, or put the text in quotes.',
      };
    default:
      return { message: `${said}.`, remedy: 'Correct the YAML there or in the lines before.' };
  }
}

/** The given value, if only some values are right, so that the author sees which one was meant. */
function nameValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '' : `is ${JSON.stringify(value)}; it `;
  return ['number', 'boolean'].includes(typeof value) ? `is ${nameType(value)}; it ` : '';
}

function nameType(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of options';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? String(value) : `the number ${JSON.stringify(value)}`;
}

/** An option's name as people read it: `sources[0].kind`. */
export function nameOption(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? 'The file'
    : path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
        .join('')
        .replace(/^\./, '');
}

/** What is at a path of a value; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === 'object' ? Reflect.get(inner, key) : undefined),
    value,
  );
}
