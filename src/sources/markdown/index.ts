import { resolve, sep } from 'node:path';
import { z } from 'zod';
import { digestText } from '../../base/digest.ts';
import { BroadsideError } from '../../base/errors.ts';
import { once } from '../../base/once.ts';
import type { Content, Loaded, Source } from '../../model/source.ts';
import { meanings, shortcodeMeanings } from '../../reading/dialects/meanings.ts';
import {
  isPlaceholder,
  listPlaceholders,
  templateWords,
} from '../../reading/front-matter/address-template.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import { postFields } from '../../reading/front-matter/read-fields.ts';
import { defineSource, type SourceSite } from '../define.ts';
import { digestContent } from './digest-content.ts';
import { fileWords, findFile, sourceFolder } from './find-files.ts';
import { loadPost, type LoadedPost, type PostOptions, refuseFile, showPath } from './load-post.ts';
import { openPostMemo, type PostMemo } from './post-memo.ts';
import { checkVariant, findOwner, findVariants, readVariantName, type VariantFile } from './variants.ts';
import { type FileFault, type FoundFile, walkFolder } from './walk-folder.ts';

const canonicalOption = z
  .string()
  .regex(/^(\/(?!\/)|https?:\/\/)/, 'is neither a path that starts with "/" nor an http or https address')
  .refine(
    (template) => listPlaceholders(template).every(isPlaceholder),
    `has a placeholder other than ${templateWords.map((word) => `{${word}}`).join(' ')}`,
  )
  .refine(
    (template) => listPlaceholders(template).some((word) => /^(slug|id|name|title)(:lower)?$/.test(word)),
    'has none of {slug}, {id}, {name} and {title}, so posts would share an address',
  );

const addressOption = z
  .string()
  .regex(
    /^(\/(?!\/)|https?:\/\/)\S*$/,
    'is neither a path that starts with "/" nor an http or https address',
  );

const meaningOption = z.enum(meanings);

const filesOption = z
  .string()
  .regex(/^(?:\/(?!\/)|https?:\/\/|\{post\}\/)/, 'starts with neither "/", "{post}/" nor http or https')
  .refine(
    (template) =>
      [...template.matchAll(/\{([^{}]*)\}/g)].every(([, word]) => fileWords.some((known) => known === word)),
    `has a placeholder other than ${fileWords.map((word) => `{${word}}`).join(' ')}`,
  )
  .refine((template) => /\{(?:file|path)\}/.test(template), 'has neither {file} nor {path}');

const pagesOption = z.union([z.literal('live'), z.strictObject({ from: z.string().min(1) })], {
  error: 'has to be live, or { from: FOLDER } with the folder that your site is built into',
});

const loadReading = once(() => import('./read-content.ts'));

/** Posts as markdown files in a folder of the blog. */
export const markdown = defineSource({
  kind: 'markdown',
  summary: 'Markdown files in a folder, one file or one folder a post.',
  rules: {},
  options: z.strictObject({
    kind: z.literal('markdown'),
    path: z.string().min(1).default('posts').describe("The posts' folder, in the blog's and relative to it."),
    canonical: canonicalOption
      .default('/blog/{slug}')
      .describe(
        "Where the originals are: a path or address with {slug}, {id}, {title} or {name}, the file's own; and with {folder}, {categories}, {lang}, {year}, {month} and {day} as it has them. {lang?} is left out for the site's own language; {slug:lower} is in lower case.",
      ),
    addresses: z
      .record(z.string().min(1), addressOption)
      .default({})
      .describe(
        'The addresses that the template does not make, by the file: { "posts/old.md": "/2009/old.html" }.',
      ),
    lang: z
      .string()
      .regex(/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i, 'is not a language tag, such as fr or pt-BR')
      .optional()
      .describe("The language of posts that name none; else the site's."),
    fields: z
      .partialRecord(z.enum(postFields), z.string().min(1))
      .default({})
      .describe(
        "The blog's own names of front matter fields, such as { description: spoiler }; dots reach inside.",
      ),
    syntax: z
      .strictObject({
        shortcodes: z
          .union([z.boolean(), z.record(z.string().min(1), z.enum(shortcodeMeanings))])
          .default(true)
          .describe(
            "Whether Hugo's shortcodes and Liquid's tags are run rather than shown; or what the blog's own stand for, such as { shot: figure, ad: drop }.",
          ),
        math: z
          .boolean()
          .default(false)
          .describe(
            'Whether TeX between dollars is set; a post can say so by `math: true` in its front matter.',
          ),
        emoji: z.boolean().default(false).describe('Whether codes such as :smile: are shown as emoji.'),
        mdx: z
          .boolean()
          .default(false)
          .describe('Whether all posts are MDX, those in .md files too, as Docusaurus reads them.'),
        components: z
          .record(z.string().min(1), meaningOption)
          .default({})
          .describe('What the components of MDX posts stand for, such as { Callout: note, Chart: drop }.'),
        directives: z
          .record(z.string().min(1), meaningOption)
          .default({})
          .describe("What the blog's own directives stand for, such as { aside: note }."),
      })
      .prefault({})
      .describe('What the posts hold beside markdown.'),
    static: z
      .array(z.string().min(1))
      .optional()
      .describe(
        "The folders whose files the site serves from its root, relative to the blog's; else those of static, public, source and assets that are there, and the blog itself.",
      ),
    files: filesOption
      .optional()
      .describe(
        "Where the site has the files that stand beside posts: a path or address with {file}, from the post's folder, or {path}, from the blog's; {post} is the original's address. Else below the original for a post with a folder of its own, and otherwise where a browser looks.",
      ),
    pages: pagesOption
      .optional()
      .describe(
        'Where the pages of the posts tell what markdown cannot, such as what your own shortcodes and components show: { from: _site }, the folder that your generator writes to, or live, the site itself.',
      ),
  }),
  create(name, given, site): Source {
    const { mdx, ...syntax } = given.syntax;
    const takesValues = given.pages !== undefined;
    const options = { ...given, syntax: { ...syntax, takesValues, ...(mdx && { mdxInAll: true }) } };
    const folder = sourceFolder(options, site);
    const { root, ...around } = site;
    const memo = openPostMemo(root, name, digestText(JSON.stringify({ options, around })));
    let variants: ReadonlyMap<string, readonly VariantFile[]> | undefined;
    const variantsOf = (file: string): readonly VariantFile[] =>
      variants === undefined ? findVariants(resolve(root, file), folder, site) : (variants.get(file) ?? []);
    return {
      name,
      folder: options.path,
      served: options.static,
      pages: options.pages,
      async load(signal) {
        const { variantFiles, ...loaded } = await loadFolder(folder, name, options, site, memo, signal);
        variants = variantFiles;
        return loaded;
      },
      digest: ({ origin }) => digestContent(origin.path, variantsOf(origin.path), site, memo),
      findFile: ({ canonicalUrl }, path, named) => findFile(named, { canonicalUrl, path }, options, site),
      remember: () => memo.save(),
      async read(post, signal) {
        const { readContent } = await loadReading();
        const { path } = post.origin;
        const content = await readContent(path, variantsOf(path), post, options, site, signal);
        memo.rememberDigest(path, content.digest);
        for (const variant of Object.values(content.variants ?? {}))
          memo.rememberDigest(variant.path, variant.digest);
        return content;
      },
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
  const { post, diagnostics } = await loadPost(absolute, 'file', options, site);
  return {
    posts: post ? [post] : [],
    diagnostics,
    async read(signal) {
      const { readContent } = await loadReading();
      const file = showPath(absolute, site.root);
      return readContent(
        file,
        findVariants(absolute, sourceFolder(options, site), site),
        post,
        options,
        site,
        signal,
      );
    },
  };
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
  const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(sep)));
  const posts = loaded.filter(({ post }) => post !== undefined);
  const bundles = new Set(posts.filter(({ path }) => isIndexFile(path)).map(({ path }) => folderOf(path)));
  const above = new Set(
    posts.flatMap(({ path }) => {
      const folders = folderOf(path).split(sep);
      return folders.map((_, depth) => folders.slice(0, depth + 1).join(sep));
    }),
  );
  const isPart = (path: string): boolean => {
    const folders = folderOf(path).split(sep);
    return folders.some((_, depth) => bundles.has(folders.slice(0, depth + 1).join(sep)));
  };
  return loaded.filter(({ path, post, diagnostics }) => {
    const lacks = post === undefined && diagnostics.some(({ rule }) => missing.has(rule));
    return !lacks || !(isIndexFile(path) ? above.has(folderOf(path)) : isPart(path));
  });
}

function isIndexFile(path: string): boolean {
  return /(?:^|[/\\])index(?:\.[\w-]+)?\.\w+$/i.test(path);
}

async function loadFolder(
  folder: string,
  name: string,
  options: PostOptions,
  site: SourceSite,
  memo: PostMemo,
  signal: AbortSignal,
): Promise<Loaded & { readonly variantFiles: ReadonlyMap<string, readonly VariantFile[]> }> {
  const files = findFiles(folder, site.root);
  const bodies = files.map(({ path, fault }) =>
    fault === undefined ? readVariantName(path, site) : undefined,
  );
  const variants = bodies.filter((variant) => variant !== undefined);
  const posts = files.filter((_, index) => bodies[index] === undefined);
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
      known !== undefined && isStillTrue(known, shown, options, site)
        ? known
        : await loadPost(path, name, options, site);
    if (file !== known) memo.rememberPost(shown, file);
    if (!isPaperwork(path, file)) loaded.push({ ...file, path });
  }
  const kept = dropParts(loaded);
  const owned = matchVariants(
    variants,
    posts.map(({ path }) => path),
    site,
  );
  return {
    posts: kept.flatMap(({ post }) => (post ? [post] : [])),
    diagnostics: [...kept, owned].flatMap(({ diagnostics }) => diagnostics),
    ...(variants.length > 0 && { variants: owned.variants }),
    variantFiles: owned.variantFiles,
  };
}

/** Whether the files that a post names are what they were when it was loaded. */
function isStillTrue(
  { lookups = [] }: LoadedPost,
  path: string,
  options: PostOptions,
  site: SourceSite,
): boolean {
  return lookups.every(
    ({ named, canonicalUrl, found }) => findFile(named, { canonicalUrl, path }, options, site) === found,
  );
}

/** A link to what is no post keeps none out, so that it is a warning. */
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
