import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../../base/parse-json.ts';
import { describeFileError } from '../../../base/describe-file-error.ts';
import { SendError } from '../../../base/errors.ts';
import { writeWhole } from '../../../base/write-file.ts';

/** The list of the letters in a folder, for people and for programs that import them. */
const manifestFile = 'manifest.json';

const entryShape = z.object({
  file: z.string().regex(/^[\w-][\w.-]*\.eml$/),
  letter: z.string(),
  subject: z.string(),
  preview: z.string(),
  position: z.number().optional(),
  delay: z.string().optional(),
  day: z.number().optional(),
  date: z.string().optional(),
});

const manifestShape = z.object({
  target: z.string(),
  sequence: z.string().optional(),
  letters: z.array(entryShape),
});

/** What the list says of one letter. */
export type ManifestEntry = z.output<typeof entryShape>;

/** Where a target writes its letters. */
export interface MailFolder {
  /** The target's name in the config. */
  readonly target: string;
  /** The name of the source whose sequence it holds. */
  readonly sequence: string | undefined;
  /** The folder that it may write in, absolute: the blog's. */
  readonly root: string;
  /** Its own folder, relative to that one. */
  readonly path: string;
}

/** The letters that a folder lists; none if there is no list yet. Throws a `SendError` if the list is not this target's. */
export function readManifest({ root, path, target }: MailFolder): readonly ManifestEntry[] {
  const file = `${path}/${manifestFile}`;
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw refuse(`${file} ${describeFileError(error)}.`, 'Put it where it can be read, or move it away.');
  }
  const read = manifestShape.safeParse(parseJson(text));
  if (!read.success) throw refuse(`${file} is not a list of letters.`, 'Restore it, or move it away.');
  if (read.data.target !== target)
    throw refuse(
      `${file} lists the letters of the target ${read.data.target}.`,
      `Give targets.${target} a path of its own.`,
    );
  return read.data.letters;
}

/** Puts the list in place, the letters in the order in which they are mailed. */
export function writeManifest(
  { root, path, target, sequence }: MailFolder,
  letters: readonly ManifestEntry[],
): void {
  const inOrder = letters.toSorted(
    (a, b) =>
      (a.position ?? 0) - (b.position ?? 0) ||
      (a.date ?? '').localeCompare(b.date ?? '') ||
      a.file.localeCompare(b.file),
  );
  const manifest = { target, ...(sequence !== undefined && { sequence }), letters: inOrder };
  writeWhole(root, `${path}/${manifestFile}`, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function refuse(message: string, remedy: string): SendError {
  return new SendError('OUTPUT_UNWRITABLE', message, { remedy, sent: 'no' });
}
