import { compareText } from '../base/compare-text.ts';
import type { SiteView, Wish } from './define.ts';
import { folderOf, joinPath } from './paths.ts';

/** How many folders and files of markdown are looked at. */
const visitLimit = 20_000;
const depthLimit = 12;

/** A file of markdown in the blog's folder. */
export interface MarkdownFile {
  readonly path: string;
  /** Whether its name, its folders or its front matter give it a date. */
  readonly isDated: boolean;
  /** Whether it is a draft by the folder that it lies in. */
  readonly isDraft: boolean;
}

/** Folders that hold what a site is made with, or what it was made into, and no posts. */
const passedOver =
  /^(\..*|_(?!posts$|drafts$)(site|includes|layouts|sass|data|templates|build|output)|node_modules|vendor|themes?|archetypes|scaffolds|layouts|templates|bower_components|dist|_?tests?|__tests__|fixtures|scripts|\$recycle\.bin)$/i;

const paperwork = /^(readme|license|changelog|contributing|code_of_conduct|security|index|_.*)\.\w+$/i;

const dateField =
  /^\s*["']?(?:date|pubdate|pubdatetime|publishdate|publish_date|published_?at|publishedon|published|date_?published|created|created_?at)["']?\s*[:=]\s*["']?(?=\S)(?!true|false)/im;

/** How a date is written in reStructuredText, AsciiDoc, Org and front matter. */
const foreignDate = /^(?::(?:date|revdate):|#\+date:|date:)[ \t]*\S/im;

const dateInPath = /(?:^|\/)(?:19|20)\d{2}[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?=[-_/.])/;

/** Formats of posts that are no markdown, by the endings of their files. */
const foreignFormats: Readonly<Record<string, string>> = {
  adoc: 'AsciiDoc',
  asciidoc: 'AsciiDoc',
  ipynb: 'Jupyter notebooks',
  org: 'Org',
  rmd: 'R Markdown',
  rmarkdown: 'R Markdown',
  rst: 'reStructuredText',
  textile: 'Textile',
};

/** A dated file in a format that is not read. */
export interface ForeignFile {
  readonly path: string;
  /** As people call it. */
  readonly format: string;
}

interface Scan {
  readonly markdown: readonly MarkdownFile[];
  readonly foreign: readonly ForeignFile[];
}

const scans = new WeakMap<SiteView, Scan>();

/** Every file of markdown that may be a post or a page, wherever it lies. */
export function scanMarkdown(view: SiteView): readonly MarkdownFile[] {
  return scanFiles(view).markdown;
}

/** The dated files in a folder and below that are in a format that is not read, and have no markdown of the same name beside them. */
export function listForeign(view: SiteView, folder: string): readonly ForeignFile[] {
  const { markdown, foreign } = scanFiles(view);
  const stems = new Set(markdown.map(({ path }) => withoutEnding(path)));
  return foreign.filter(
    ({ path }) => isBelow(path, folder === '.' ? '' : folder) && !stems.has(withoutEnding(path)),
  );
}

function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '');
}

function scanFiles(view: SiteView): Scan {
  const known = scans.get(view);
  if (known !== undefined) return known;
  const found: MarkdownFile[] = [];
  const foreign: ForeignFile[] = [];
  let visited = 0;
  const enter = (folder: string, depth: number): void => {
    for (const { name, kind } of view.list(folder)) {
      const isMarkdown = /\.(md|markdown|mdx|qmd|svx)$/i.test(name);
      if (kind === 'folder' || isMarkdown) visited += 1;
      if (visited > visitLimit) return;
      const path = joinPath(folder, name);
      if (kind === 'folder') {
        if (depth < depthLimit && !passedOver.test(name) && path !== 'examples') enter(path, depth + 1);
      } else if (isMarkdown && isPostName(name, folder)) {
        found.push({
          path,
          isDated: dateInPath.test(path) || dateField.test(readFrontMatter(view.start(path))),
          isDraft: /(^|\/)_drafts\//.test(path),
        });
      } else {
        const format = foreignFormats[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
        const isDated = (): boolean => dateInPath.test(path) || foreignDate.test(view.start(path) ?? '');
        if (format !== undefined && folder !== '' && isDated()) foreign.push({ path, format });
      }
    }
  };
  enter('', 0);
  const scan: Scan = { markdown: found, foreign };
  scans.set(view, scan);
  return scan;
}

/** What repositories keep beside their posts is none, and an `index` is one only in a folder of its own. */
function isPostName(name: string, folder: string): boolean {
  return !paperwork.test(name) || (/^index\./i.test(name) && folder !== '');
}

/** The start of a text up to where its front matter ends: lines of TOML, YAML, or without a first fence. */
function readFrontMatter(text: string | undefined): string {
  if (text === undefined) return '';
  const start = text.replace(/^\uFEFF/, '');
  const fence = /^(---|\+\+\+|;;;)/.exec(start)?.[1];
  if (fence !== undefined) {
    const end = start.indexOf(`\n${fence}`, fence.length);
    return end === -1 ? start : start.slice(fence.length, end);
  }
  return /^[A-Za-z][\w-]*:[ \t]/.test(start) ? (start.split(/\n\s*\n|\n---/, 1)[0] ?? '') : '';
}

/** How many dated posts lie below each folder, and in it. */
interface Counts {
  readonly below: ReadonlyMap<string, number>;
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The folder that a post lies in; one that has a folder of its own lies in the one above. */
function postFolder(path: string): string {
  const folder = folderOf(path);
  return /(^|\/)index(\.[\w-]+)?\.\w+$/i.test(path) ? folderOf(folder) : folder;
}

function countFolders(files: readonly { readonly path: string }[]): Counts {
  const below = new Map<string, number>();
  const children = new Map<string, Set<string>>();
  for (const { path } of files) {
    for (let folder = postFolder(path); ; folder = folderOf(folder)) {
      below.set(folder, (below.get(folder) ?? 0) + 1);
      if (folder === '') break;
      const above = folderOf(folder);
      children.set(above, (children.get(above) ?? new Set()).add(folder));
    }
  }
  return { below, children };
}

/** Names of folders in which posts are sorted, rather than kept apart. */
const postsName =
  /(^|\/)(_?posts?|blogs?|articles?|writings?|essays?|entries|journal|news|notes?|weblog|stories)$/i;
const numberName = /(^|\/)\d{1,4}$/;

/** Where most dated posts lie: from a folder down, until they lie in it or in folders that sort them. */
function descend(from: string, { below, children }: Counts): string {
  let folder = from;
  for (;;) {
    const ranked = [...(children.get(folder) ?? [])].toSorted(
      (a, b) => (below.get(b) ?? 0) - (below.get(a) ?? 0) || compareText(a, b),
    );
    const [best] = ranked;
    const total = below.get(folder) ?? 0;
    const most = best === undefined ? 0 : (below.get(best) ?? 0);
    if (best === undefined || most < 2 || numberName.test(best)) return folder;
    const isWhole = most === total;
    const inside = total - ranked.reduce((sum, one) => sum + (below.get(one) ?? 0), 0);
    if (inside > most) return folder;
    if (!isWhole && (postsName.test(folder) || most < total / 4)) return folder;
    folder = best;
  }
}

/** Where a blog's posts lie. */
interface Places {
  readonly posts: string;
  /** Further folders with dated posts in them. */
  readonly others: readonly string[];
}

/**
 * Finds where a blog's posts lie: below `within`, in one of the `usual` folders if enough of the dated ones are there, the
 * first of these among equals, and else where most of them are. Undefined where there is no markdown at all.
 */
function findPosts(view: SiteView, usual: readonly string[], within = ''): Places | undefined {
  const files = scanMarkdown(view).filter(({ path }) => isBelow(path, within));
  const dated = files.filter(({ isDated, isDraft }) => isDated && !isDraft);
  if (dated.length === 0) {
    const posts =
      usual.find((folder) => files.some(({ path }) => isBelow(path, folder))) ?? findUndated(files, within);
    return posts === undefined ? undefined : { posts, others: [] };
  }
  const counts = countFolders(dated);
  const general = descend(within, counts);
  const most = counts.below.get(general) ?? 0;
  const hinted = usual
    .map((folder) => ({ folder, count: counts.below.get(folder) ?? 0 }))
    .filter(({ folder, count }) => count >= most / 5 && count > 0 && (folder !== within || within === ''))
    .toSorted((a, b) => Number(isAside(a.folder)) - Number(isAside(b.folder)) || b.count - a.count)
    .find(
      ({ folder }, _index, all) =>
        !all.some((other) => other.folder !== folder && isBelow(other.folder, folder)),
    );
  const posts = hinted?.folder ?? general;
  return { posts, others: findOthers(dated, posts, usual, within) };
}

/** Whether a folder is for what blogs have beside their posts, often more of it. */
function isAside(folder: string): boolean {
  return /(^|\/)notes$/i.test(folder);
}

/** Where most markdown lies that is no documentation, if it is more than a page or two. */
function findUndated(files: readonly MarkdownFile[], within: string): string | undefined {
  const pages = files.filter(
    ({ path }) => path.includes('/') && !/(^|\/)(docs?|wiki|i18n|pages)\//i.test(path),
  );
  return pages.length < 3 ? undefined : descend(within, countFolders(pages));
}

function findOthers(
  dated: readonly MarkdownFile[],
  chosen: string,
  usual: readonly string[],
  within: string,
): readonly string[] {
  const others: string[] = [];
  let rest = dated.filter(({ path }) => !isBelow(path, chosen));
  while (rest.length > 0 && others.length < 5) {
    const counts = countFolders(rest);
    const named = usual.find((folder) => counts.below.has(folder) && !isBelow(chosen, folder));
    const folder = named ?? descend(within, counts);
    const count = counts.below.get(folder) ?? 0;
    if (folder === within || isBelow(chosen, folder) || (named === undefined && count < 2)) break;
    others.push(folder);
    rest = rest.filter(({ path }) => !isBelow(path, folder));
  }
  return others;
}

/** Whether a path lies in a folder; everything lies in the one that is empty. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The posts' folder that the author names, or else the one that is found, or the first of the usual ones. */
export function placePosts(
  view: SiteView,
  wish: Wish,
  usual: readonly string[],
  within = '',
): { readonly posts: string; readonly otherPosts: readonly string[] } {
  if (wish.posts !== undefined) return { posts: wish.posts, otherPosts: [] };
  const found = findPosts(view, usual, within);
  const foreign = listForeign(view, within);
  const other = foreign.length === 0 ? undefined : descend(within, countFolders(foreign));
  const posts = found?.posts === '' ? '.' : found?.posts;
  return { posts: posts ?? (other || usual[0]) ?? 'posts', otherPosts: found?.others ?? [] };
}

/** How many posts lie in a folder and below; those that are MDX are counted apart. */
export function countPosts(view: SiteView, folder: string): { readonly posts: number; readonly mdx: number } {
  const files = scanMarkdown(view).filter(({ path }) => isBelow(path, folder === '.' ? '' : folder));
  const mdx = files.filter(({ path }) => /\.mdx$/i.test(path)).length;
  return { posts: files.length - mdx, mdx };
}

/** How many dated posts lie in a folder and below. */
export function countDated(view: SiteView, folder: string): number {
  return scanMarkdown(view).filter(({ path, isDated }) => isDated && isBelow(path, folder)).length;
}
