import { openPost, type Blog } from './load.ts';
import type { Config } from '../config/load.ts';
import { suggestWord } from '../base/errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import { dropSilenced } from './silence.ts';
import { auditBody } from './audit-body.ts';
import { auditLinks, listSectionsLinked } from './audit-links.ts';
import { chooseContent } from '../transform/choose-content.ts';
import { findOnly } from './find-only.ts';

/** What is wrong with a post's body, wherever it goes and on the targets given, but for what its author silenced. */
export async function auditPost(
  post: Post,
  content: Content,
  targets: readonly Target[],
  site: Site,
  config: Config,
  blog: Blog,
): Promise<readonly Diagnostic[]> {
  const places = targets.length === 0 ? [{ name: '', kind: '' }] : targets;
  const bodies = places.map((place) => chooseContent(content, place));
  const distinct = [...new Map(bodies.map((body) => [body.tree, body])).values()];
  const linked = await readSections(post, distinct, site, blog);
  const onTargets: Diagnostic[] = [];
  for (const target of targets) onTargets.push(...(await target.audit(post, content, site)));
  const faults = [
    ...findUnknownInBlocks(post, content, config),
    ...distinct.flatMap((body) => [...auditBody(post, body), ...auditLinks(post, body, site, linked)]),
    ...onTargets,
  ];
  return dropSilenced(faults, post, config.rules);
}

/** The bodies of the posts that links lead into, by id; one that cannot be read is missing, which is its own fault. */
async function readSections(
  post: Post,
  bodies: readonly Content[],
  site: Site,
  blog: Blog,
): Promise<ReadonlyMap<PostId, Content['tree']>> {
  const trees = new Map<PostId, Content['tree']>();
  for (const linked of new Set(bodies.flatMap((body) => listSectionsLinked(post, body, site)))) {
    const opened = await openPost(linked, blog, ({ tree }) => tree);
    if ('result' in opened) trees.set(linked.id, opened.result);
  }
  return trees;
}

/** The name that blocks for the original alone can give, which is no target's. */
const original = 'original';

/** What blocks for some targets alone say of targets that the config does not have. */
function findUnknownInBlocks(post: Post, content: Content, config: Config): readonly Diagnostic[] {
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
