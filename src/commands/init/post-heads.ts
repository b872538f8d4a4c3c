import { relative, resolve, sep } from 'node:path';
import { staysInside } from '../../base/stay-inside.ts';
import type { PostHead } from '../../init/define.ts';
import { dayOf } from '../../base/format-instant.ts';
import { parseDate } from '../../reading/front-matter/parse-date.ts';
import { readFrontMatter } from '../../reading/front-matter/read.ts';
import { readAddressParts } from '../../sources/markdown/compose-post.ts';
import { findTranslations, readFileName, type FileName } from '../../sources/markdown/read-file-name.ts';
import { readHead } from '../../sources/markdown/read-head.ts';
import { walkFolder } from '../../sources/markdown/walk-folder.ts';
import type { SiteFolder } from './site-folder.ts';

/** What the address of a post depends on beside the post. */
export interface HeadSite {
  readonly url: string;
  readonly timezone: string;
}

/**
 * What the posts of a folder below an absolute root, or up to `limit` of them, say of themselves. Posts that name their own address, drafts, and those
 * that cannot be read are passed over.
 */
export async function readPostHeads(
  root: string,
  folder: string,
  site: HeadSite,
  view: Pick<SiteFolder, 'start'>,
  limit = Infinity,
): Promise<readonly PostHead[]> {
  const files = findFiles(root, folder);
  const step = Math.max(1, files.length / limit);
  const taken = files.filter((_, index) => Math.floor(index % step) === 0).slice(0, limit);
  const shown = folder === '.' ? '' : folder;
  const translations = findTranslations(
    files.map((file) => pathOf(root, file)),
    shown,
  );
  const nameFile = (path: string): FileName => readFileName(path, shown, translations);
  const heads = await Promise.all(taken.map((file) => readPostHead(root, file, nameFile, site, view)));
  return heads.flat();
}

function findFiles(root: string, folder: string): readonly string[] {
  const path = resolve(root, folder);
  if (!staysInside(path, root)) return [];
  try {
    return walkFolder(path)
      .filter(({ fault }) => fault === undefined)
      .map(({ path }) => path);
  } catch {
    return [];
  }
}

async function readPostHead(
  root: string,
  file: string,
  nameFile: (path: string) => FileName,
  site: HeadSite,
  view: Pick<SiteFolder, 'start'>,
): Promise<readonly PostHead[]> {
  const path = pathOf(root, file);
  try {
    const head = readHead(file);
    if ('badBytes' in head) return [];
    const { fields, values } = await readFrontMatter(head.frontMatter, { file: path, site, mapping: {} });
    const name = nameFile(path);
    const at = fields?.date?.at ?? (name.day === undefined ? undefined : parseDate(name.day, site.timezone));
    if (fields === undefined || at === undefined) return [];
    if (fields.draft || name.draft || fields.canonicalUrl !== undefined) return [];
    const day = dayOf(at, site.timezone);
    const slug = (fields.slug ?? name.slug).replaceAll(/^\/+|\/+$/g, '');
    const id = fields.id ?? slug.replaceAll('/', '-');
    const title = fields.title ?? readHeading(view.start(path));
    const writtenDay = fields.date?.day ?? name.day ?? day;
    return [{ ...readAddressParts({ slug, id, name, fields, title, at }), path, values, day, writtenDay }];
  } catch {
    return [];
  }
}

function pathOf(root: string, file: string): string {
  return relative(root, file).split(sep).join('/');
}

/** The first top heading near a text's start. */
function readHeading(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^# +(.+?)(?: +#+)?$/m.exec(text)?.[1];
}
