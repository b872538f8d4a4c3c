import type { Diagnostic, Place } from '../../model/diagnostic.ts';
import { readBlock } from './block.ts';
import { openFields, type GivenField } from './fields.ts';
import { readFields, type WrittenFields } from './read-fields.ts';
import type { SplitText } from './split.ts';

/** A front matter's fields, where each stands in the file, and what is wrong with it. */
export interface FrontMatter {
  readonly kind: SplitText['kind'];
  /** Every field as it is given; nothing when the block as a whole cannot be read. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Absent when the block as a whole cannot be read; `diagnostics` says why. */
  readonly fields?: WrittenFields;
  readonly places: Readonly<Partial<Record<GivenField, Place>>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FrontMatterOptions {
  /** The file's path for diagnostics. */
  readonly file: string;
  readonly site: { readonly url: string; readonly timezone: string };
  /** The blog's own name, or dotted path, of a field: it is asked first. */
  readonly mapping: Readonly<Partial<Record<GivenField, string | undefined>>>;
  /** Whether every file is a letter, also one that says nothing of it. */
  readonly areLetters?: boolean;
}

/** A front matter as it is written. */
type Written = Omit<SplitText, 'body'>;

/** Reads a front matter; nothing in it is ever run, and no fault in it throws. */
export async function readFrontMatter(split: Written, options: FrontMatterOptions): Promise<FrontMatter> {
  const fault = faultOfFences(split);
  if (fault) return rejectBlock(split, fault, options.file);
  const block = await readBlock(split);
  if ('message' in block) {
    const [language, advice] =
      split.kind === 'toml'
        ? ['TOML', 'text needs quotes around it']
        : ['YAML', 'a value with ": " or a special first character needs quotes around it'];
    const rule = 'post-front-matter-invalid';
    const message = `The front matter is not valid ${language}: ${block.message}.`;
    const remedy = `Correct this line; ${advice}.`;
    return rejectBlock(split, { rule, message, remedy, ...block.place }, options.file);
  }
  const diagnostics: Diagnostic[] = [];
  const reader = openFields(block, options.mapping, (severity, rule, place, message, remedy) => {
    diagnostics.push({ rule, severity, message, remedy, file: options.file, ...place });
  });
  const fields = readFields(reader, options.site, options.file, options.areLetters === true);
  reader.reportNearMisses();
  return { kind: split.kind, values: block.values, fields, places: reader.places, diagnostics };
}

type BlockDiagnostic = Omit<Diagnostic, 'severity' | 'file'>;

function rejectBlock(split: Written, fault: BlockDiagnostic, file: string): FrontMatter {
  return { kind: split.kind, values: {}, places: {}, diagnostics: [{ ...fault, severity: 'error', file }] };
}

function faultOfFences(split: Written): BlockDiagnostic | undefined {
  const place = { line: 1, column: 1 };
  if (split.language !== undefined) {
    const harmless = /^(json|ya?ml|toml)$/i.test(split.language);
    return {
      rule: harmless ? 'post-front-matter-unsupported' : 'post-front-matter-executable',
      message: harmless
        ? `The front matter's opening fence names a language, "${split.language}".`
        : `The front matter is "${split.language}", which would have to be run to be read; it was not run.`,
      remedy: 'Write YAML between two lines "---", or TOML between two lines "+++".',
      ...place,
    };
  }
  if (split.closed) return undefined;
  const fence = split.kind === 'yaml' ? '---' : '+++';
  return {
    rule: 'post-front-matter-unclosed',
    message: `The front matter opens with "${fence}" and is never closed.`,
    remedy: `Add a line "${fence}" after its last field.`,
    ...place,
  };
}
