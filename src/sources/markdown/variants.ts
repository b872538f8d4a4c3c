import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Diagnostic, RuleId } from '../../model/diagnostic.ts';
import type { SourceSite } from '../define.ts';
import { showPath } from './show-path.ts';
import { readHead } from './read-head.ts';
import { isFileInside } from './follow-link.ts';

/** A file that holds another body of a post, for one target alone: `post.devto.md` beside `post.md`. */
export interface VariantFile {
  /** Absolute. */
  readonly path: string;
  readonly target: string;
  /** The post's path without its ending. */
  readonly stem: string;
}

const ending = /\.(md|markdown|mdx|qmd|svx)$/i;

/** What a file's name says of a variant; nothing unless it ends in the name of a target in the config. */
export function readVariantName(path: string, { targets = [] }: SourceSite): VariantFile | undefined {
  const end = path.lastIndexOf('.');
  if (path.lastIndexOf('.', end - 1) < 0 || !ending.test(path)) return undefined;
  const whole = path.slice(0, end);
  const target = targets.find(
    (name) => whole.endsWith(`.${name}`) && basename(whole).length > name.length + 1,
  );
  return target === undefined ? undefined : { path, target, stem: whole.slice(0, -target.length - 1) };
}

/** The post that a variant is one of: the file of the same name, of whatever ending. */
export function findOwner<Path extends string>(
  variant: VariantFile,
  posts: readonly Path[],
): Path | undefined {
  return posts.find((path) => ending.test(path) && path.replace(ending, '') === variant.stem);
}

/** The variants beside a post of a source, its path and the source's folder absolute; of two for one target, the first by name. */
export function findVariants(post: string, source: string, site: SourceSite): readonly VariantFile[] {
  const folder = dirname(post);
  const found = listFolder(folder)
    .map((name) => readVariantName(join(folder, name), site))
    .filter((variant) => variant !== undefined)
    .filter(
      (variant) => findOwner(variant, [post]) !== undefined && isFileInside(variant.path, source, site.root),
    );
  return found.filter(({ target }, index) => found.findIndex((one) => one.target === target) === index);
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

/** What is wrong with a variant apart from its text; `first` is the one that is taken for its target. */
export function checkVariant(
  variant: VariantFile,
  owner: string | undefined,
  first: VariantFile,
  site: SourceSite,
): readonly Diagnostic[] {
  const { path, target, stem } = variant;
  const file = showPath(path, site.root);
  const warn = (rule: RuleId, message: string, remedy: string): Diagnostic => ({
    rule,
    severity: 'warning',
    message,
    remedy,
    file,
    line: 1,
    column: 1,
  });
  if (owner === undefined) {
    const post = `${basename(stem)}.md`;
    return [
      warn(
        'post-variant-orphan',
        `The file is the body of ${post} for "${target}", and there is no such post, so it is ignored.`,
        `Put ${post} beside it, or rename it if it is a post of its own.`,
      ),
    ];
  }
  if (first.path !== path) {
    return [
      warn(
        'post-variant-duplicate',
        `${basename(first.path)} is the body for "${target}" already, so this one is ignored.`,
        'Keep one of the two.',
      ),
    ];
  }
  const head = readHead(path);
  if ('badBytes' in head || head.frontMatter.kind === 'none') return [];
  return [
    warn(
      'post-variant-front-matter',
      `The front matter of a body for one target is ignored; that of ${basename(owner)} counts.`,
      `Move what is for "${target}" alone to \`syndicate.${target}\` in ${basename(owner)}.`,
    ),
  ];
}
