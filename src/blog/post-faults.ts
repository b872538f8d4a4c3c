import type { Root } from 'mdast';
import { decodePercent } from '../base/decode-percent.ts';
import { suggestWord } from '../base/errors.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { auditBody } from './audit-body.ts';
import { auditLinks, listSectionsLinked } from './audit-links.ts';
import { findOnly } from './find-only.ts';
import { openPost } from './open-body.ts';
import type { Blog } from './load.ts';

/** What is wrong with a body wherever it goes. */
export async function findTextFaults(
  post: Post,
  body: Content,
  site: Site,
  blog: Blog,
): Promise<readonly Diagnostic[]> {
  const linked = await readSections(post, body, site, blog);
  return [...auditBody(post, body), ...auditLinks(post, body, site, linked), ...findLosses(post, body)];
}

/** What readers of a copy will miss of what was taken from the post's page. */
function findLosses(post: Post, { taken = [], path = post.origin.path }: Content): readonly Diagnostic[] {
  return taken.flatMap(({ name, place, page, told }) =>
    told.map((loss) => ({
      rule: 'post-page-loss',
      severity: 'warning',
      message: `\`${name}\` is taken from ${page}: ${loss}.`,
      remedy: 'Look at the copy; write it in markdown if that is too much.',
      file: path,
      ...place,
      postId: post.id,
    })),
  );
}

/**
 * The bodies of the posts that links lead into, by id. One that cannot be read is missing here; that is reported for its own post.
 */
async function readSections(
  post: Post,
  body: Content,
  site: Site,
  blog: Blog,
): Promise<ReadonlyMap<PostId, Root>> {
  const trees = new Map<PostId, Root>();
  for (const linked of listSectionsLinked(post, body, site)) {
    const opened = await openPost(linked, blog, ({ tree }) => tree);
    if ('result' in opened) trees.set(linked.id, opened.result);
  }
  return trees;
}

/** The cover of a post, where its site has it nowhere. */
export function findLostCover(
  { id, origin, places, ...post }: Post,
  { cover }: Content,
): readonly Diagnostic[] {
  if (cover !== false || post.cover === undefined) return [];
  return [
    {
      rule: 'post-file-renamed',
      severity: 'warning',
      message: `The built site has no file ${readPath(post.cover.url)}, and the page of the post shows no picture of that name, so it is shown without a cover.`,
      remedy: 'Build the site anew, correct the path, or put the picture where the build copies it as it is.',
      file: origin.path,
      ...(places?.cover ?? { line: 1, column: 1 }),
      postId: id,
    },
  ];
}

function readPath(url: string): string {
  return URL.canParse(url) ? decodePercent(new URL(url).pathname) : url;
}

/** The name for blocks that only the original shows; no target has it. */
const original = 'original';

/** What is wrong with blocks for some targets that name targets which the config does not have. */
export function findUnknownInBlocks(post: Post, content: Content, config: Config): readonly Diagnostic[] {
  const known = [...new Set(config.targets.flatMap(({ name, kind }) => [name, kind])), original];
  const bodies = [{ tree: content.tree, path: post.origin.path }, ...Object.values(content.variants ?? {})];
  return bodies.flatMap(({ tree, path }) =>
    findOnly(tree).flatMap(({ targets, except, position }) =>
      targets
        .filter((name) => !known.includes(name))
        .map((name): Diagnostic => {
          const near = suggestWord(name, known);
          return {
            rule: 'post-only-unknown',
            severity: 'warning',
            message: `\`:::${except ? 'except' : 'only'}\` names "${name}", which is neither a target in the config nor a kind of one.`,
            remedy: near === undefined ? `Name any of ${known.join(', ')}.` : `Did you mean "${near}"?`,
            file: path,
            line: position?.start.line ?? 1,
            column: position?.start.column ?? 1,
            postId: post.id,
          };
        }),
    ),
  );
}
