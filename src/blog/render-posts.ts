import type { Root } from 'mdast';
import { once } from '../base/once.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import type { PostTarget, Rendered } from '../model/target.ts';
import { chooseContent } from '../transform/choose-content.ts';
import { openPost } from './open-body.ts';
import type { Blog } from './load.ts';
import { hasMarks } from './has-marks.ts';
import { dropSilenced } from './silence.ts';
import { shortenItem, tellShort } from './shorten-item.ts';

/** One post as targets show it, and what is wrong with it, without what its author silenced. */
export interface RenderedPost {
  /** What is wrong with the post everywhere, and on the given targets. */
  readonly diagnostics: readonly Diagnostic[];
  /** By the target's name; none where the body cannot be read. */
  readonly shown: ReadonlyMap<string, ShownPost>;
}

/** A post as one target shows it. */
export interface ShownPost extends Omit<Rendered, 'diagnostics'> {
  /** The content it was made from, chosen for the target. */
  readonly content: Content;
  /** Whether an item of a feed shows only the description and a link, because it cannot be whole. */
  readonly isShort?: boolean;
}

const loadFaults = once(() => import('./post-faults.ts'));

/** Renders a post for targets, and looks for its faults. */
export type PostRenderer = (post: Post, targets: readonly PostTarget[]) => Promise<RenderedPost>;

/** Opens what renders the posts of a blog. What does not depend on the target is looked at once for each post. */
export function openPostRenderer(blog: Blog, config: Config, site: Site): PostRenderer {
  const known = new WeakMap<Root, Promise<readonly Diagnostic[]>>();
  const findOnce = (tree: Root, find: () => Promise<readonly Diagnostic[]>) => {
    const found = known.get(tree) ?? find();
    known.set(tree, found);
    return found;
  };
  return async (post, targets) => {
    const { findLostCover, findTextFaults, findUnknownInBlocks } = await loadFaults();
    const opened = await openPost(post, blog, async (content) => {
      const seen = showCover(post, content);
      const whole = targets.map((target) => chooseContent(content, target));
      const findFaults = (body: Content): Promise<readonly Diagnostic[]> =>
        findOnce(body.tree, () => findTextFaults(post, body, site, blog));
      const findError = async (body: Content): Promise<Diagnostic | undefined> =>
        dropSilenced(await findFaults(body), post, config.rules).find(({ severity }) => severity === 'error');
      const bodies = await Promise.all(
        targets.map(async (target, index): Promise<Content> => {
          const own = whole[index] ?? content;
          if (target.granularity !== 'feed') return own;
          const isWhole = !hasMarks(own.tree) && (await findError(own)) === undefined;
          return isWhole ? own : shortenItem(post, own, site);
        }),
      );
      const chosen =
        targets.length > 0
          ? bodies.filter((body) => whole.includes(body))
          : [chooseContent(content, { name: '', kind: '' })];
      const faults = [findUnknownInBlocks(post, content, config), findLostCover(post, content)];
      for (const body of new Map(chosen.map((one) => [one.tree, one])).values())
        faults.push(await findFaults(body));
      const shown = new Map<string, ShownPost>();
      for (const [index, target] of targets.entries()) {
        const [own, full] = [bodies[index] ?? content, whole[index] ?? content];
        const isShort = own !== full;
        const rendered = await target.render(seen, own, site);
        faults.push(rendered.diagnostics);
        if (isShort && !chosen.some(({ tree }) => tree === full.tree))
          faults.push([tellShort(post, full, target.name, await findError(full))]);
        shown.set(target.name, showAs(rendered, own, isShort));
      }
      return { diagnostics: dropSilenced(faults.flat(), post, config.rules), shown };
    });
    return 'result' in opened ? opened.result : { diagnostics: [opened.fault], shown: new Map() };
  };
}

/** A post with the cover that its site has. */
function showCover(post: Post, { cover }: Content): Post {
  if (cover === undefined) return post;
  const { cover: _own, ...others } = post;
  return cover === false ? others : { ...others, cover };
}

/** What a target rendered, which is printed when it is first looked at. */
function showAs(rendered: Rendered, content: Content, isShort: boolean): ShownPost {
  const { byHand } = rendered;
  return {
    get rendition() {
      return rendered.rendition;
    },
    content,
    ...(byHand && { byHand }),
    ...(isShort && { isShort }),
  };
}
