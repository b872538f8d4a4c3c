import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { digestText } from '../../base/digest.ts';
import { BroadsideError } from '../../base/errors.ts';
import { once } from '../../base/once.ts';
import type { Letter } from '../../model/letter.ts';
import type { Post } from '../../model/post.ts';
import type { Content, Loaded, Source } from '../../model/source.ts';
import { listExpressions } from '../../reading/dialects/value-expressions.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import { defineSource, type SourceSite } from '../define.ts';
import { digestContent } from './digest-content.ts';
import { findFile, sourceFolder } from './find-files.ts';
import { type LoadedPost, type PostOptions, refuseFile } from './loaded-post.ts';
import { openPostMemo, type PostMemo } from './post-memo.ts';
import { findTranslations } from './read-file-name.ts';
import { markdownRules } from './rules.ts';
import { showPath } from './show-path.ts';
import type { SiteFiles } from './site-values.ts';
import { partTwins } from './twin-files.ts';
import { checkVariant, findOwner, findVariants, readVariantName, type VariantFile } from './variants.ts';
import { type FileFault, type FoundFile, walkFolder } from './walk-folder.ts';

const loadReading = once(() => import('./read-content.ts'));

/** What reads the values that a site fills into its posts; posts without any need none of it. */
const loadValues = once(() => import('./site-values.ts'));

/** What reads a front matter; posts that are as they were need none of it. */
const loadLoading = once(() => import('./load-post.ts'));

/** So many files are sooner read than what reads a site's values is loaded. */
const fewFiles = 20;

/** Posts as markdown files in a folder of the blog. */
export const markdown = defineSource({
  kind: 'markdown',
  summary: 'Markdown files in a folder, one file or one folder for each post.',
  rules: markdownRules,
  options: async () => (await import('./options.ts')).markdownOptions,
  create(name, given, site): Source {
    const { mdx, ...syntax } = given.syntax;
    const takesValues = given.pages !== undefined;
    const options = { ...given, syntax: { ...syntax, takesValues, ...(mdx && { mdxInAll: true }) } };
    const folder = sourceFolder(options, site);
    const { root, ...around } = site;
    let siteFiles: SiteFiles | undefined;
    const openSite = async (): Promise<SiteFiles> => {
      const { openFiles } = await loadValues();
      return (siteFiles ??= openFiles(showPath(folder, root), site));
    };
    const memo = openPostMemo(root, name, digestText(JSON.stringify({ options, around })));
    let variants: ReadonlyMap<string, readonly VariantFile[]> | undefined;
    const variantsOf = (file: string): readonly VariantFile[] =>
      variants === undefined ? findVariants(resolve(root, file), folder, site) : (variants.get(file) ?? []);
    const readAny = async (
      { origin: { path } }: Post | Letter,
      post: Post | undefined,
      signal: AbortSignal,
    ): Promise<Content> => {
      const { readContent } = await loadReading();
      const content = await readContent(
        { path, variantFiles: variantsOf(path), post },
        options,
        site,
        openSite,
        signal,
      );
      const bodies = [{ path, ...content }, ...Object.values(content.variants ?? {})];
      for (const { path: file, digest, text = '' } of bodies)
        if (listExpressions(text).size === 0) memo.rememberDigest(file, digest);
      return content;
    };
    return {
      name,
      folder: options.path,
      holdsLetters: options.as === 'letters',
      served: options.static,
      pages: options.pages,
      async load(signal) {
        const { variantFiles, ...loaded } = await loadFolder(name, options, site, memo, signal);
        variants = variantFiles;
        siteFiles = undefined;
        const files = [...loaded.posts, ...(loaded.letters ?? [])].flatMap(({ origin }) => [
          origin.path,
          ...variantsOf(origin.path).map((variant) => showPath(variant.path, root)),
        ]);
        const unknown = files.filter((file) => memo.findDigest(file) === undefined);
        if (unknown.length > fewFiles || unknown.some((file) => mayHoldValues(resolve(root, file))))
          await openSite();
        return loaded;
      },
      digest: ({ origin }) => digestContent(origin.path, variantsOf(origin.path), site, memo, siteFiles),
      findFile: ({ canonicalUrl, resources }, path, named) =>
        findFile(named, { canonicalUrl, path, resources }, options, site),
      remember: () => memo.save(),
      async read(post, signal) {
        return readAny(post, post, signal);
      },
      readLetter: async (letter, signal) => readAny(letter, undefined, signal),
    };
  },
});

/** A file that belongs to no source, and its body. */
export interface LoadedFile extends Loaded {
  /** Its text, even where faults keep it from being a post. Throws `POST_UNREADABLE`. */
  read(signal: AbortSignal): Promise<Content>;
}

/** Reads one file of any name as a post; `path` is absolute or relative to the blog's folder. */
export async function loadFile(path: string, options: PostOptions, site: SourceSite): Promise<LoadedFile> {
  const absolute = resolve(site.root, path);
  const { loadPost } = await loadLoading();
  const { post, diagnostics } = await loadPost(absolute, 'file', options, site);
  return {
    posts: post ? [post] : [],
    diagnostics,
    async read(signal) {
      const { readContent } = await loadReading();
      const file = showPath(absolute, site.root);
      const openSite = async (): Promise<SiteFiles> =>
        (await loadValues()).openFiles(file.slice(0, Math.max(0, file.lastIndexOf('/'))), site);
      return readContent(
        { path: file, variantFiles: findVariants(absolute, sourceFolder(options, site), site), post },
        options,
        site,
        openSite,
        signal,
      );
    },
  };
}

/** Whether something in a file, absolute, may stand for a value of the site. */
function mayHoldValues(path: string): boolean {
  try {
    return /\{\{|\{%/.test(readFileSync(path, 'latin1'));
  } catch {
    return false;
  }
}

/** What repositories keep beside their posts; such a file is a post only where it has front matter. */
const paperwork = /(?:^|[/\\])(?:readme|license|changelog|contributing|code_of_conduct|security)\.\w+$/i;

function isPaperwork(path: string, { diagnostics }: LoadedPost): boolean {
  return paperwork.test(path) && diagnostics.some(({ rule }) => rule === 'post-front-matter-missing');
}

interface PlacedPost extends LoadedPost {
  /** Absolute. */
  readonly path: string;
}

const missing: ReadonlySet<string> = new Set([
  'post-front-matter-missing',
  'post-title-missing',
  'post-date-missing',
]);

/**
 * Leaves out what is no post of its own: the page of a folder that has posts in it, and what lies beside a post that is a
 * folder's `index`. Either lacks what a post has to have.
 */
function dropParts(loaded: readonly PlacedPost[]): readonly PlacedPost[] {
  const lacksPost = ({ post, letter, diagnostics }: LoadedPost): boolean =>
    post === undefined && letter === undefined && diagnostics.some(({ rule }) => missing.has(rule));
  if (!loaded.some(lacksPost)) return loaded;
  const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(sep)));
  const listAbove = (path: string): readonly string[] => {
    const folders = folderOf(path).split(sep);
    return folders.map((_, depth) => folders.slice(0, depth + 1).join(sep));
  };
  const posts = loaded.filter(({ post }) => post !== undefined);
  const bundles = new Set(posts.filter(({ path }) => isIndexFile(path)).map(({ path }) => folderOf(path)));
  const above = new Set(posts.flatMap(({ path }) => listAbove(path)));
  return loaded.filter((one) => {
    const { path } = one;
    const isOfAnother = isIndexFile(path)
      ? above.has(folderOf(path))
      : listAbove(path).some((folder) => bundles.has(folder));
    return !lacksPost(one) || !isOfAnother;
  });
}

function isIndexFile(path: string): boolean {
  return /(?:^|[/\\])index(?:\.[\w-]+)?\.\w+$/i.test(path);
}

async function loadFolder(
  name: string,
  options: PostOptions,
  site: SourceSite,
  memo: PostMemo,
  signal: AbortSignal,
): Promise<Loaded & { readonly variantFiles: ReadonlyMap<string, readonly VariantFile[]> }> {
  const folder = sourceFolder(options, site);
  const files = findFiles(folder, site.root);
  const bodies = files.map(({ path, fault }) =>
    fault === undefined ? readVariantName(path, site) : undefined,
  );
  const variants = bodies.filter((variant) => variant !== undefined);
  const posts = files.filter((_, index) => bodies[index] === undefined);
  const translations = findTranslations(
    posts.map(({ path }) => showPath(path, site.root)),
    showPath(folder, site.root),
  );
  const loaded: PlacedPost[] = [];
  for (const { path, fault } of posts) {
    signal.throwIfAborted();
    const shown = showPath(path, site.root);
    if (fault !== undefined) {
      loaded.push({ ...refuseFound(shown, fault), path });
      continue;
    }
    const known = memo.findPost(shown);
    const file =
      known !== undefined &&
      (known.isTranslation ?? false) === translations.has(shown) &&
      isStillTrue(known, shown, options, site)
        ? known
        : await (await loadLoading()).loadPost(path, name, options, site, translations);
    if (file !== known) memo.rememberPost(shown, file);
    if (!isPaperwork(path, file)) loaded.push({ ...file, path });
  }
  const parted = partTwins(dropParts(loaded), site);
  const { kept } = parted;
  const letters = kept.flatMap(({ letter }) => letter ?? []);
  const owned = matchVariants(
    variants,
    posts.map(({ path }) => path),
    site,
  );
  return {
    posts: kept.flatMap(({ post }) => (post ? [post] : [])),
    ...(letters.length > 0 && { letters }),
    diagnostics: [...kept, parted, owned].flatMap(({ diagnostics }) => diagnostics),
    ...(variants.length > 0 && { variants: owned.variants }),
    variantFiles: owned.variantFiles,
  };
}

/** Whether the files that a post names are what they were when it was loaded. */
function isStillTrue(
  { lookups = [], post }: LoadedPost,
  path: string,
  options: PostOptions,
  site: SourceSite,
): boolean {
  return lookups.every(
    ({ named, canonicalUrl, found }) =>
      findFile(named, { canonicalUrl, path, resources: post?.resources }, options, site) === found,
  );
}

/** A link to something that is no post keeps no post out, so it is only a warning. */
function refuseFound(file: string, { kind, message }: FileFault): LoadedPost {
  if (kind === 'unreadable') {
    return refuseFile(
      file,
      'post-unreadable',
      message,
      'Make it a file that may be read, or move it elsewhere.',
    );
  }
  const refused = refuseFile(file, 'post-symlink', message, 'Put what it leads to in its place.');
  const severity = /\.(md|markdown|mdx|qmd|svx)$/i.test(file) ? 'error' : 'warning';
  return { diagnostics: refused.diagnostics.map((fault) => ({ ...fault, severity })) };
}

/** Which post each variant belongs to, by their paths relative to the blog's folder, and the variants that are read of each. */
function matchVariants(
  variants: readonly VariantFile[],
  posts: readonly string[],
  site: SourceSite,
): Required<Pick<Loaded, 'variants' | 'diagnostics'>> & {
  readonly variantFiles: ReadonlyMap<string, readonly VariantFile[]>;
} {
  const matched = variants.map((variant) => {
    const first = variants.find(({ stem, target }) => stem === variant.stem && target === variant.target);
    return { variant, owner: findOwner(variant, posts), first: first ?? variant };
  });
  const owned = matched.flatMap(({ variant, owner, first }) =>
    owner === undefined ? [] : [{ variant, first, post: showPath(owner, site.root) }],
  );
  return {
    variants: Object.fromEntries(owned.map(({ variant, post }) => [showPath(variant.path, site.root), post])),
    diagnostics: matched.flatMap(({ variant, owner, first }) => checkVariant(variant, owner, first, site)),
    variantFiles: new Map(
      [...Map.groupBy(owned, ({ post }) => post)].map(([post, own]) => [
        post,
        own.filter(({ variant, first }) => variant === first).map(({ variant }) => variant),
      ]),
    ),
  };
}

function findFiles(folder: string, root: string): readonly FoundFile[] {
  try {
    return walkFolder(folder);
  } catch (error) {
    throw new BroadsideError(
      'SOURCE_UNREADABLE',
      `The folder of posts ${showPath(folder, root) || '.'} ${describeFileError(error)}.`,
      { remedy: 'Create it, or name the right one as `path` of the source in the config.', cause: error },
    );
  }
}
