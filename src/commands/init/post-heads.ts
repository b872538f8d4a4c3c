import { relative, resolve, sep } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { PostHead } from '../../init/define.ts';
import { readFrontMatter } from '../../reading/front-matter/read.ts';
import { readFileName } from '../../sources/markdown/read-file-name.ts';
import { readHead } from '../../sources/markdown/read-head.ts';
import { walkFolder } from '../../sources/markdown/walk-folder.ts';
import { parseDate } from '../../reading/front-matter/parse-date.ts';
import { staysInside } from '../../base/stay-inside.ts';

/** How many files are opened in search of a few sound posts. */
const openLimit = 25;

/**
 * What up to `count` posts say of themselves, taken evenly from a folder below an absolute root. Posts that name their own
 * address, drafts, and those that cannot be read are passed over.
 */
export function readPostHeads(
  root: string,
  folder: string,
  site: { readonly url: string; readonly timezone: string },
  count: number,
): readonly PostHead[] {
  const files = findFiles(root, folder);
  const step = Math.max(1, files.length / openLimit);
  const opened = Array.from(
    { length: Math.min(openLimit, files.length) },
    (_, index) => files[Math.floor(index * step)],
  );
  const heads = opened.flatMap((file) => (file === undefined ? [] : readPostHead(root, file, site)));
  const stride = Math.max(1, heads.length / count);
  return heads.filter((_, index) => Math.floor(index % stride) === 0).slice(0, count);
}

function findFiles(root: string, folder: string): readonly string[] {
  const path = resolve(root, folder);
  if (!staysInside(path, root)) return [];
  try {
    return walkFolder(path)
      .filter(({ path, fault }) => fault === undefined && /\.(md|markdown)$/i.test(path))
      .map(({ path }) => path);
  } catch {
    return [];
  }
}

function readPostHead(
  root: string,
  file: string,
  site: { readonly url: string; readonly timezone: string },
): readonly PostHead[] {
  const path = relative(root, file).split(sep).join('/');
  try {
    const head = readHead(file);
    if ('badBytes' in head) return [];
    const { fields, values } = readFrontMatter(head.frontMatter, { file: path, site, mapping: {} });
    const name = readFileName(path);
    const at = fields?.date?.at ?? (name.day === undefined ? undefined : parseDate(name.day, site.timezone));
    if (fields === undefined || at === undefined) return [];
    if (fields.draft || name.draft || fields.canonicalUrl !== undefined) return [];
    const day = Temporal.Instant.from(at).toZonedDateTimeISO(site.timezone).toPlainDate().toString();
    const slug = (fields.slug ?? name.slug).replaceAll(/^\/+|\/+$/g, '');
    return [{ path, values, slug, day, writtenDay: fields.date?.day ?? name.day ?? day }];
  } catch {
    return [];
  }
}
