import { z } from 'zod';
import { usualLedgerVariable } from '../base/child-environment.ts';
import { loadKinds } from './load-kinds.ts';
import type { SourceKind } from '../sources/define.ts';
import { sourceKinds } from '../sources/index.ts';
import { secretVariable } from '../targets/options.ts';
import type { TargetKind } from '../targets/define.ts';
import { targetKinds } from '../targets/index.ts';

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
  .url({ protocol: /^https?$/, error: 'is not a whole address such as "https://example.com"' })
  .transform((text) => text.replace(/\/+$/, ''));

/** A person, as the config names one. */
export const author = z.strictObject({ name: z.string().min(1), url: webUrl.optional() });

const siteSchema = z
  .strictObject({
    url: webUrl.describe('The address of the site the originals are on.'),
    title: z.string().min(1),
    description: z.string().default(''),
    author,
    language: z.string().min(2).default('en').describe('A BCP 47 tag, such as "en" or "pt-BR".'),
    timezone: timezone
      .default('UTC')
      .describe('An IANA name. Dates without a zone and schedules are in this zone.'),
  })
  .describe('The site the originals are on.');

const ledgerSchema = z
  .strictObject({
    kind: z
      .enum(['git', 'file', 'postgres'])
      .optional()
      .describe('By default, git in a repository with a remote, and file elsewhere.'),
    branch: z.string().default('syndication-ledger').describe('For git: the orphan branch.'),
    remote: z.string().default('origin').describe('For git: the remote that keeps the branch.'),
    path: z
      .string()
      .default('.broadside/ledger')
      .describe('For file: the folder, inside the blog’s folder and relative to it.'),
    schema: z
      .string()
      .regex(
        /^(?!pg_|information_schema$)[a-z_][a-z0-9_]{0,62}$/,
        'is not the name of a schema: lower-case letters, digits and underscores, such as "my_blog"',
      )
      .optional()
      .describe('For postgres: the schema that holds the ledger of this blog and nothing else.'),
    secret: secretVariable(usualLedgerVariable)
      .default(usualLedgerVariable)
      .describe('For postgres: the environment variable that holds the database’s address.'),
    ca: z
      .string()
      .optional()
      .describe(
        'For postgres: the file of the certificate that vouches for the server, as PEM, in the blog’s folder.',
      ),
  })
  .refine(({ kind, schema }) => kind !== 'postgres' || schema !== undefined, {
    path: ['schema'],
    error: 'is missing',
  })
  .prefault({});

const editorSchema = z
  .union([
    z.enum(['vscode', 'vscodium', 'cursor', 'windsurf', 'zed', 'textmate', 'none']),
    z
      .string()
      .regex(
        /^(?!(?:javascript|data|vbscript|blob|file):)[a-z][a-z\d+.-]*:[^\s]*\{file\}[^\s]*$/,
        'is neither a known editor nor an address with {file} in it, such as "myeditor://open?file={file}&line={line}"',
      ),
  ])
  .default('vscode')
  .describe(
    'The editor that the preview opens files in: a known one, none, or its address with {file}, {line} and {column}.',
  );

/** The options of one source or target. */
type Section = z.ZodType<Record<string, unknown>>;

/** The whole config file's schema, made of the kinds of source and target given. */
export async function configSchema(sources: readonly SourceKind[], targets: readonly TargetKind[]) {
  const union = async (kinds: readonly (SourceKind | TargetKind)[]): Promise<Section> => {
    const [first, ...rest] = await Promise.all(kinds.map((kind) => kind.options()));
    return first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...rest]);
  };
  const [source, target] = await Promise.all([union(sources), union(targets)]);
  return z.strictObject({
    version: z.literal(1).describe('The version of this file’s format.'),
    site: siteSchema,
    sources: z.array(source).min(1).describe('Where the originals come from.'),
    targets: z
      .record(
        z.string().regex(targetName, 'is not a target name: lower-case letters, digits and hyphens'),
        target,
      )
      .default({})
      .describe('Where copies go. You choose each name.'),
    series: z
      .strictObject({
        navigation: z.enum(['top', 'bottom', 'none']).default('bottom'),
        backfill: z
          .boolean()
          .default(true)
          .describe('Whether the navigation of earlier parts is updated when a part comes out.'),
      })
      .prefault({}),
    require_live: z
      .boolean()
      .default(true)
      .describe('Whether the canonical page must answer before its first copy goes out.'),
    max_updates: z.int().positive().default(10).describe('More updates than this in one run are held.'),
    paused: z.boolean().default(false).describe('true: publish sends nothing, and says so.'),
    editor: editorSchema,
    ledger: ledgerSchema,
  });
}

/** What a config file says, checked and with its defaults: plain JSON. */
export type ConfigOptions = z.output<Awaited<ReturnType<typeof configSchema>>>;

/** The JSON Schema of the config file with every kind there is, for editors. */
export async function describeConfig(): Promise<unknown> {
  const sources = await loadKinds(sourceKinds, Object.keys(sourceKinds));
  const targets = await loadKinds(targetKinds, Object.keys(targetKinds));
  return z.toJSONSchema(await configSchema([...sources.values()], [...targets.values()]), { io: 'input' });
}
