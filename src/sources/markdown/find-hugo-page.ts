import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decodePercent } from '../../base/decode-percent.ts';
import { placeBelowSite } from '../../reading/front-matter/canonical-url.ts';
import { normaliseText, splitFrontMatter } from '../../reading/front-matter/split.ts';
import { pageReference } from '../../transform/find-linked-post.ts';
import type { SourceSite } from '../define.ts';
import type { NamingFile } from './find-files.ts';
import { findHugoRoot } from './find-resource.ts';
import { isFileInside } from './follow-link.ts';

/**
 * The address of a page of a Hugo site that `ref` or `relref` names and that need not be a post; undefined where there is no such
 * page, or where its address follows from more than its path and its front matter.
 */
export function findHugoPage(named: string, from: NamingFile, { root, url }: SourceSite): string | undefined {
  const [, written = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(named.slice(pageReference.length)) ?? [];
  const above = findHugoRoot(from.path, root);
  if (above === undefined || written === '') return undefined;
  const content = resolve(root, above, 'content');
  const starts = written.startsWith('/') ? [content] : [dirname(resolve(root, from.path)), content];
  const file = starts
    .flatMap((folder) => listCandidates(join(folder, decodePercent(written))))
    .find((path) => isFileInside(path, content, root));
  if (file === undefined) return undefined;
  const path = makePath(file.slice(content.length + 1), readFileSync(file, 'utf8'), resolve(root, above));
  const address = path && URL.parse(placeBelowSite(path, from.canonicalUrl, url), from.canonicalUrl);
  return address ? `${address.href}${rest}` : undefined;
}

function listCandidates(path: string): readonly string[] {
  if (/\.(?:md|markdown)$/i.test(path)) return [path];
  return [`${path}.md`, join(path, 'index.md'), join(path, '_index.md')];
}

/** The path on the site of a page, by its file below the content folder and its text. */
function makePath(file: string, text: string, site: string): string | undefined {
  const { raw } = splitFrontMatter(normaliseText(text));
  const read = (name: string): string | undefined =>
    new RegExp(`^${name}[ \\t]*[:=][ \\t]*(["']?)(.+?)\\1[ \\t]*$`, 'm').exec(raw)?.[2];
  const own = read('url');
  const stem = file.replace(/\.\w+$/, '').replace(/(?:^|\/)_?index$/, '');
  const isPlain = !/\.[a-z]{2}(?:-[a-z]+)?$/i.test(stem) && !hasRules(site, stem.includes('/'));
  if (read('draft') === 'true' || !isPlain) return undefined;
  if (own !== undefined) return own.startsWith('/') ? own : `/${own}`;
  const parts = stem.split('/');
  const named = [...parts.slice(0, -1), read('slug') ?? parts.at(-1) ?? ''].join('/');
  return named === '' ? '/' : `/${named.toLowerCase().trim().replaceAll(/\s+/g, '-')}/`;
}

/** Whether the site's config makes addresses otherwise: those of sections alone, or of any page. */
function hasRules(site: string, isInSection: boolean): boolean {
  const folders = ['', 'config/_default'];
  const files = folders.flatMap((folder) =>
    ['hugo', 'config', 'permalinks', 'languages'].flatMap((name) =>
      ['toml', 'yaml', 'yml', 'json'].map((ending) => join(site, folder, `${name}.${ending}`)),
    ),
  );
  const texts = files
    .filter((file) => existsSync(file))
    .map((file) => [file, readFileSync(file, 'utf8')] as const);
  return texts.some(
    ([file, text]) =>
      /\b(?:uglyURLs"?\s*[:=]\s*true|contentDir|defaultContentLanguageInSubdir|disablePathToLower)\b/i.test(
        text,
      ) ||
      (isInSection && (/permalinks\.\w+$/.test(file) || /\bpermalinks\b/i.test(text))),
  );
}
