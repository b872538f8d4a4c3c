import type { Nodes, Parents, Root, RootContent } from 'mdast';
import type { Content } from '../model/source.ts';
import type { Unknown } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

declare module 'unist' {
  interface Data {
    /** How the author calls the component of which only what stands inside is shown. */
    unwrapped?: string;
    /** Whether its page may yet show more of it. */
    isAwaited?: boolean;
  }
}

/** Why a page did not show something that it may show later: words of `MissingReason`. */
const waits: ReadonlySet<string> = new Set(['no-page', 'unseen', 'stale']);

const shown = new WeakMap<Root, Root>();

/**
 * Content in which each unknown component that only wraps something is replaced by what is inside it, and each picture without an
 * address by its words.
 */
export function showWrapped(content: Content): Content {
  const tree = showInTree(content.tree);
  const variants = Object.entries(content.variants ?? {});
  const isSame =
    tree === content.tree && variants.every(([, variant]) => showInTree(variant.tree) === variant.tree);
  if (isSame) return content;
  const made = variants.map(
    ([name, variant]) => [name, { ...variant, tree: showInTree(variant.tree) }] as const,
  );
  return { ...content, tree, ...(content.variants && { variants: Object.fromEntries(made) }) };
}

function showInTree(tree: Root): Root {
  const known = shown.get(tree);
  if (known !== undefined) return known;
  let holds = false;
  walk(tree, (node) => {
    holds ||= node.type === 'unknown' && ((node.wrapped?.length ?? 0) > 0 || node.alt !== undefined);
  });
  const made = holds ? showIn(tree) : tree;
  shown.set(tree, made);
  return made;
}

function showIn<Parent extends Parents>(parent: Parent): Parent {
  const children = (parent.children as readonly Nodes[]).flatMap((child): readonly Nodes[] => {
    if (child.type === 'unknown' && child.alt !== undefined) return showAlt(child);
    if (child.type !== 'unknown' || child.wrapped === undefined || child.wrapped.length === 0)
      return ['children' in child ? showIn(child) : child];
    const { name, position, wrapped, missing } = child;
    const [first, ...rest] = showIn({ type: 'root', children: [...wrapped] }).children;
    if (first === undefined || first.type === 'unknown' || first.data?.unwrapped !== undefined)
      return [{ ...child, wrapped: [] }, ...(first === undefined ? [] : [first]), ...rest];
    const isAwaited = missing !== undefined && waits.has(missing.reason);
    const data = { ...first.data, unwrapped: name, ...(isAwaited && { isAwaited }) };
    const named = { ...first, data, ...(position && { position }) };
    return [named as RootContent, ...rest];
  });
  return { ...parent, children };
}

/** The words for a picture that has no address behind what is told of it. */
function showAlt({ alt, ...unknown }: Unknown): readonly Nodes[] {
  const { position } = unknown;
  return alt === undefined
    ? [unknown]
    : [unknown, { type: 'text', value: alt, ...(position && { position }) }];
}
