import { readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { isMap, isPair, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { z } from 'zod';
import { adviseOnType, explainIssue, explainYaml, listWords, nameOption, valueAt } from './explain.ts';
import { digestText } from '../base/digest.ts';
import { BroadsideError, suggestWord } from '../base/errors.ts';
import { locateFeedIds, readFeedIds } from './feed-ids.ts';
import type { Rules } from '../model/diagnostic.ts';
import type { Author } from '../model/post.ts';
import type { Source } from '../model/source.ts';
import type { FeedTarget, Target } from '../model/target.ts';
import { findOutsidePaths } from './outside-paths.ts';
import { sourceKinds, type SourceKind } from '../sources/index.ts';
import { postRules } from '../sources/rules.ts';
import { readVersion } from '../base/version.ts';
import { targetKinds } from '../targets/index.ts';
import type { TargetKind } from '../targets/define.ts';

// One config is read once: compiling its schema would take longer than walking it.
z.config({ jitless: true });

const targetName = /^[a-z][a-z0-9-]*$/;

const timezone = z.string().refine((name) => {
  // The list is there at once; a formatter, which also knows other names, takes ten milliseconds.
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'is not the IANA name of a time zone, such as "Europe/London"');

const webUrl = z
  .url({ protocol: /^https?$/, error: 'is not an absolute http or https URL' })
  .transform((text) => text.replace(/\/+$/, ''));

const author = z.strictObject({ name: z.string().min(1), url: webUrl.optional() });

const siteSchema = z
  .strictObject({
    url: webUrl.describe('The address of the site the originals are on.'),
    title: z.string().min(1),
    description: z.string().default(''),
    author,
    language: z.string().min(2).default('en').describe('BCP 47, such as "en" or "pt-BR".'),
    timezone: timezone.default('UTC').describe('IANA name; dates without a zone and schedules are in it.'),
  })
  .describe('The site the originals are on.');

const ledgerSchema = z
  .strictObject({
    kind: z
      .enum(['git', 'file'])
      .optional()
      .describe('Default: git where the config lies in a repository with a remote, file elsewhere.'),
    branch: z.string().default('syndication-ledger').describe('For git: the orphan branch.'),
    remote: z.string().default('origin').describe('For git: the remote that keeps the branch.'),
    path: z
      .string()
      .default('.broadside/ledger')
      .describe('For file: the folder, in the blog’s and relative to it.'),
  })
  .prefault({});

/** The whole config file's schema, made of the kinds of source and target given. */
export function configSchema(sources: readonly SourceKind[], targets: readonly TargetKind[]) {
  const union = (kinds: readonly { readonly options: z.ZodObject }[]): z.ZodType<Record<string, unknown>> => {
    const [first, ...rest] = kinds.map((kind) => kind.options);
    return first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...rest]);
  };
  return z.strictObject({
    version: z.literal(1).describe('The version of this file’s format.'),
    site: siteSchema,
    sources: z.array(union(sources)).min(1).describe('Where the originals come from.'),
    targets: z
      .record(
        z.string().regex(targetName, 'is not a target name: lower-case letters, digits and hyphens'),
        union(targets),
      )
      .default({})
      .describe('Where copies go, by a name of your own.'),
    series: z
      .strictObject({
        navigation: z.enum(['top', 'bottom', 'none']).default('bottom'),
        backfill: z
          .boolean()
          .default(true)
          .describe('Bring the navigation of earlier parts up to date when a part comes out.'),
      })
      .prefault({}),
    require_live: z
      .boolean()
      .default(true)
      .describe('Whether the canonical page must answer before its first copy goes out.'),
    max_updates: z.int().positive().default(10).describe('More updates than this in one run are held.'),
    paused: z.boolean().default(false).describe('true: publish sends nothing, and says so.'),
    ledger: ledgerSchema,
  });
}

export interface LedgerConfig {
  readonly kind?: 'git' | 'file' | undefined;
  readonly branch: string;
  readonly remote: string;
  readonly path: string;
}

/** The config file, validated, with its sources and targets made. */
export interface Config {
  /** The blog's folder, absolute. */
  readonly root: string;
  /** The config file's path relative to the root. */
  readonly file: string;
  /** The file of the ids that feeds keep from before, absolute, whether it is there or not. */
  readonly feedIds: string;
  /** Of the config file and of the ids that feeds keep from before. */
  readonly digest: string;
  readonly site: {
    readonly url: string;
    readonly title: string;
    readonly description: string;
    readonly author: Author;
    readonly language: string;
    readonly timezone: string;
  };
  readonly sources: readonly Source[];
  readonly targets: readonly Target[];
  /** Every rule that bears on this blog's posts. */
  readonly rules: Rules;
  readonly series: { readonly navigation: 'top' | 'bottom' | 'none'; readonly backfill: boolean };
  readonly requireLive: boolean;
  readonly maxUpdates: number;
  readonly paused: boolean;
  readonly ledger: LedgerConfig;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly remedy: string;
}

/**
 * Reads and validates a config file. `targetUrls` puts other addresses in place of the targets' own, by name.
 * Throws `CONFIG_MISSING` or `CONFIG_INVALID`, the latter with every fault's line and remedy.
 */
export async function loadConfig(
  path: string,
  cwd: string,
  targetUrls: Readonly<Record<string, string>> = {},
): Promise<Config> {
  const absolute = resolve(cwd, path);
  const shown = relative(cwd, absolute) || path;
  const text = readConfigText(absolute, shown);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const { message, remedy } = explainYaml(fault, text);
    throw refuseYaml(message, remedy, fault.pos[0], lines, shown);
  }
  const value = readValue(document, lines, shown);
  const sources = await loadKinds(sourceKinds, namedKinds(value, 'sources'));
  const targets = await loadKinds(targetKinds, namedKinds(value, 'targets'));
  const schema = configSchema([...sources.values()], [...targets.values()]);
  const parsed = schema.safeParse(value, { error: explainIssue });
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => describeIssue(issue, schema, value));
    throw invalidConfig(faults, document, lines, shown);
  }
  const { site, ledger } = parsed.data;
  const siteAuthor = toAuthor(site.author);
  const root = basename(dirname(absolute)) === 'config' ? dirname(dirname(absolute)) : dirname(absolute);
  const outside = findOutsidePaths(parsed.data, root);
  if (outside.length > 0) throw invalidConfig(outside, document, lines, shown);
  const feedIds = readFeedIds(locateFeedIds(absolute), cwd);
  const made = Object.entries(parsed.data.targets).map(([name, options]) => {
    const kind = targets.get(String(options['kind']));
    if (kind === undefined) throw new TypeError('a validated target has a kind');
    const url = targetUrls[name];
    const siblings = Object.fromEntries(
      Object.entries(parsed.data.targets).filter(([, one]) => one['kind'] === kind.kind),
    );
    return kind.create(name, url === undefined ? options : { ...options, url }, {
      siblings,
      ids: feedIds.ids,
    });
  });
  const clashes = findClashes(made);
  if (clashes.length > 0) throw invalidConfig(clashes, document, lines, shown);
  return {
    root,
    file: relative(root, absolute),
    feedIds: locateFeedIds(absolute),
    digest: feedIds.text === undefined ? digestText(text) : digestText(`${text}\n${feedIds.text}`),
    site: { ...site, author: siteAuthor },
    sources: parsed.data.sources.map((options, index) => {
      const kind = sources.get(String(options['kind']));
      if (kind === undefined) throw new TypeError('a validated source has a kind');
      const known = {
        ...site,
        author: siteAuthor,
        root,
        targets: Object.keys(parsed.data.targets),
        program: readVersion(),
      };
      return kind.create(`${kind.kind}-${index + 1}`, options, known);
    }),
    targets: made,
    rules: Object.assign(
      {},
      postRules,
      ...[...sources.values(), ...targets.values()].map(({ rules }) => rules),
    ),
    series: parsed.data.series,
    requireLive: parsed.data.require_live,
    maxUpdates: parsed.data.max_updates,
    paused: parsed.data.paused,
    ledger,
  };
}

/** Files of the site that two targets would write: only what is the same to both may be. */
function findClashes(targets: readonly Target[]): readonly Fault[] {
  const written = new Map<string, { readonly what: string; readonly by: string }>();
  return targets
    .filter((target): target is FeedTarget => target.granularity === 'feed')
    .flatMap(({ name, files }) =>
      Object.entries(files).flatMap(([path, what]): readonly Fault[] => {
        const other = written.get(path.toLowerCase());
        if (other === undefined) written.set(path.toLowerCase(), { what, by: name });
        if (other === undefined || (other.what === what && what === 'the stylesheet')) return [];
        return [
          {
            path: ['targets', name],
            message: `targets.${name} writes ${what} to ${path}, where targets.${other.by} writes ${other.what}.`,
            remedy: 'Give each a path of its own.',
          },
        ];
      }),
    );
}

/** The JSON Schema of the config file with every kind there is, for editors. */
export async function describeConfig(): Promise<unknown> {
  const sources = await loadKinds(sourceKinds, Object.keys(sourceKinds));
  const targets = await loadKinds(targetKinds, Object.keys(targetKinds));
  return z.toJSONSchema(configSchema([...sources.values()], [...targets.values()]), { io: 'input' });
}

function toAuthor(given: z.output<typeof author>): Author {
  return given.url === undefined ? { name: given.name } : { name: given.name, url: given.url };
}

function readConfigText(absolute: string, shown: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolute);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new BroadsideError(
      'CONFIG_MISSING',
      missing ? `There is no config file at ${shown}.` : `The config file ${shown} cannot be read (${code}).`,
      {
        remedy: 'Run "broadside init" in your blog’s folder, or name the file with --config FILE.',
        file: shown,
        cause,
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BroadsideError('CONFIG_INVALID', `${shown}:1:1 The file is not UTF-8.`, {
      remedy: 'Save it as UTF-8.',
      file: shown,
      line: 1,
      column: 1,
      cause,
    });
  }
}

/** The document as plain values. Aliases are only followed here, so a wrong one is only found here. */
function readValue(document: Document, lines: LineCounter, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const missing = /^Unresolved alias .*: (.+)$/.exec(cause.message)?.[1];
    let start = 0;
    visit(document, {
      Alias: (_key, node) => {
        if (missing !== undefined && node.source !== missing) return undefined;
        start = node.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    throw missing === undefined
      ? refuseYaml('Aliases repeat too much.', 'Write the values out.', start, lines, file)
      : refuseYaml(
          `The alias *${missing} names nothing above it.`,
          'Put the text in quotes if it is no alias.',
          start,
          lines,
          file,
        );
  }
}

function refuseYaml(
  message: string,
  remedy: string,
  position: number,
  lines: LineCounter,
  file: string,
): BroadsideError {
  const { line, col } = lines.linePos(position);
  return new BroadsideError('CONFIG_INVALID', `${file}:${line}:${col} ${message}`, {
    remedy,
    file,
    line,
    column: col,
  });
}

function namedKinds(value: unknown, key: 'sources' | 'targets'): readonly string[] {
  const section: unknown = value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined;
  if (section === null || typeof section !== 'object') return [];
  return Object.values(section).flatMap((entry: unknown) => {
    const kind: unknown =
      entry !== null && typeof entry === 'object' ? Reflect.get(entry, 'kind') : undefined;
    return typeof kind === 'string' ? [kind] : [];
  });
}

/** Loads the kinds named, or all of them when none of the names is known, so that faults can say what there is. */
async function loadKinds<Kind extends { readonly kind: string }>(
  registry: Readonly<Record<string, () => Promise<Kind>>>,
  names: readonly string[],
): Promise<ReadonlyMap<string, Kind>> {
  const known = Object.keys(registry);
  const wanted = names.every((name) => known.includes(name)) && names.length > 0 ? new Set(names) : known;
  const kinds = new Map<string, Kind>();
  for (const name of wanted) {
    const load = registry[name];
    if (load !== undefined) kinds.set(name, await load());
  }
  return kinds;
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): readonly Fault[] {
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
        remedy: near === undefined ? `Remove it, or use ${listWords(known)}.` : `Did you mean "${near}"?`,
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
            : `${place} is ${JSON.stringify(kind)}, which is no kind there is.`,
        remedy: near === undefined ? `Use ${listWords(known)}.` : `Did you mean "${near}"?`,
      },
    ];
  }
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

function adviseOnMissing(issue: z.core.$ZodIssue): string {
  const key = String(issue.path.at(-1));
  if (issue.code !== 'invalid_value') return `Add ${key}.`;
  const values = issue.values.map(String);
  return values.length === 1 ? `Add "${key}: ${values[0]}".` : `Add it: ${listWords(values)}.`;
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

function invalidConfig(
  faults: readonly Fault[],
  document: Document,
  lines: LineCounter,
  file: string,
): BroadsideError {
  const described = faults
    .map((fault) => ({ ...fault, ...placeOf(document, lines, fault.path) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const [first] = described;
  const message = described
    .map(({ line, column, message: said, remedy }) => `${file}:${line}:${column} ${said} ${remedy}`.trimEnd())
    .join('\n');
  return new BroadsideError('CONFIG_INVALID', message, {
    remedy: described.length === 1 ? 'Correct it and try again.' : 'Correct them and try again.',
    file,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
  });
}

/** The line and column of the key at a path, or of the nearest thing above it that the file has. */
function placeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): { readonly line: number; readonly column: number } {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
        )
      : undefined;
    const node: unknown = pair === undefined ? document.getIn(path.slice(0, depth), true) : pair.key;
    if (node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
      const { line, col } = lines.linePos(Number(node.range[0]));
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}
