import type { FrontMatter } from '../../reading/front-matter/read.ts';
import type { WrittenFields } from '../../reading/front-matter/read-fields.ts';
import type { FileName } from './read-file-name.ts';
import type { Report } from './report.ts';

/** How many characters an id may have. */
const idLimit = 200;

/** What a file is called: the part of its address, and the ledger's key. */
interface Names {
  readonly slug: string;
  readonly id: string;
  /** The id, unless something is wrong with either. */
  readonly known: { readonly id?: string };
}

/** The slug and the id that a file's front matter gives, or else its name; tells of one that cannot be either. */
export function readNames(
  { fields, name, places }: { fields: WrittenFields; name: FileName; places: FrontMatter['places'] },
  report: Report,
): Names {
  const slug = (fields.slug ?? name.slug).replaceAll(/^\/+|\/+$/g, '');
  const id = fields.id ?? slug.replaceAll('/', '-');
  const remedy = 'Use letters, digits and hyphens.';
  const slugFault = slug
    .split('/')
    .map(faultOfName)
    .find((fault) => fault !== undefined);
  const idFault =
    faultOfName(id) ?? (id.length > idLimit ? `is longer than ${idLimit} characters` : undefined);
  if (slugFault !== undefined) {
    report(
      'error',
      'post-slug-invalid',
      places.slug,
      `The slug ${JSON.stringify(slug)} ${slugFault}.`,
      remedy,
    );
  }
  if (idFault !== undefined && (slugFault === undefined || fields.id !== undefined)) {
    report(
      'error',
      'post-id-invalid',
      places.id ?? places.slug,
      `The id ${JSON.stringify(id)} ${idFault}.`,
      remedy,
    );
  }
  return { slug, id, known: slugFault === undefined && idFault === undefined ? { id } : {} };
}

function faultOfName(name: string): string | undefined {
  if (name === '') return 'is empty or has an empty part';
  if (/[/\\]/.test(name)) return 'has a slash in it';
  if (name.startsWith('.')) return 'starts with a dot';
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name) ? 'has invisible characters in it' : undefined;
}
