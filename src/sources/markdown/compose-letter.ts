import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Letter } from '../../model/letter.ts';
import type { Overrides, Syndicate } from '../../model/post.ts';
import type { WrittenLetter } from '../../reading/front-matter/letter-fields.ts';
import type { WrittenSyndicate } from '../../reading/front-matter/syndicate.ts';
import type { PostParts } from './compose-post.ts';
import { readNames } from './read-names.ts';
import { openReport, type Report } from './report.ts';

/** What a letter is made of; its source's name is its sequence's. */
export type LetterParts = Omit<PostParts, 'canonical' | 'address' | 'findFile'> & {
  readonly written: WrittenLetter;
};

/** A letter, unless something in it is an error, and what is wrong with it. */
export interface ComposedLetter {
  readonly letter?: Letter;
  /** Absent when it is not a legal one. */
  readonly id?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes a letter of its front matter, its file's name and the defaults of the site. It is a draft until it says that it is ready. */
export function composeLetter(parts: LetterParts): ComposedLetter {
  const { origin, name, fields, places, heading, site, written } = parts;
  const { diagnostics, report } = openReport(origin.path);
  const { slug, id, known } = readNames(parts, report);
  const title = fields.title ?? written.subject ?? heading?.title;
  const isDraft = !written.isReady || fields.draft || name.draft;
  reportSubject({ written, title, isDraft }, report);
  if (written.preview === undefined) {
    report(
      'warning',
      'letter-preview-missing',
      places.subject,
      'The letter has no preview, so mail programs show the first words of its text beside the subject.',
      'Add a `preview` of one sentence to its front matter.',
    );
  }
  const isFaulty = diagnostics.some(({ severity }) => severity === 'error');
  if (isFaulty) return { ...known, diagnostics };
  const { sequence, delay, from, preview } = written;
  const isPlaced = sequence !== undefined;
  const letter: Letter = {
    id,
    origin,
    title: title ?? slug,
    subject: written.subject ?? title ?? slug,
    ...(preview !== undefined && { preview }),
    ...(isPlaced && { sequence: { name: origin.source, position: sequence } }),
    ...(isPlaced && delay !== undefined && { delay: { ...delay, from } }),
    status: isDraft ? 'draft' : 'ready',
    ...(!isPlaced && fields.date && { publishAt: fields.publish?.at ?? fields.date.at }),
    lang: fields.lang ?? name.lang ?? parts.lang ?? site.language,
    syndicate: dropCovers(fields.syndicate),
    ...(fields.silence && { silence: fields.silence }),
    places,
  };
  return { letter, ...known, diagnostics };
}

function reportSubject(
  {
    written,
    title,
    isDraft,
  }: { readonly written: WrittenLetter; readonly title: string | undefined; readonly isDraft: boolean },
  report: Report,
): void {
  if (written.subject !== undefined) return;
  const severity = title === undefined && !isDraft ? 'error' : 'warning';
  const message =
    title === undefined
      ? 'The letter has neither a subject nor a title.'
      : 'The letter has no subject, so its title is taken.';
  report(severity, 'letter-subject-missing', undefined, message, 'Add a `subject` to its front matter.');
}

/** A letter shows no cover. */
function dropCovers(written: WrittenSyndicate): Syndicate {
  if (written === false) return false;
  return Object.fromEntries(
    Object.entries(written).map(([target, wish]): [string, boolean | Overrides] => {
      if (typeof wish === 'boolean') return [target, wish];
      const { cover: _cover, ...others } = wish;
      return [target, others];
    }),
  );
}
