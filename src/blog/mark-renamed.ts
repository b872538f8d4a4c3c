import type { Parents, RootContent } from 'mdast';
import type { Content, Variant } from '../model/source.ts';
import type { Unknown } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

interface Body {
  readonly tree: Content['tree'];
  readonly files?: Content['files'] | undefined;
}

/**
 * Content in which a mark stands for each picture whose address only the site's build knows, so that the post's page can give it.
 */
export function markRenamed(content: Content): Content {
  const marked = markIn(content);
  const variants = Object.entries(content.variants ?? {}).map(([target, variant]): [string, Variant] => [
    target,
    { ...variant, ...markIn(variant) },
  ]);
  return {
    ...content,
    ...marked,
    ...(content.variants !== undefined && { variants: Object.fromEntries(variants) }),
  };
}

function markIn({
  tree,
  files = {},
}: Body): Partial<Pick<Content, 'tree'> & Required<Pick<Content, 'files'>>> {
  const renamed = new Set(Object.keys(files).filter((named) => files[named] === false));
  if (renamed.size === 0) return {};
  const marked = structuredClone(tree);
  walk(marked, (node, index, parent) => {
    if (node.type !== 'image' || !renamed.has(node.url)) return;
    const { url, position } = node;
    const mark: Unknown = { type: 'unknown', syntax: 'expression', name: url, fault: 'address' };
    replace(parent, index, position === undefined ? mark : { ...mark, position });
  });
  const left = Object.entries(files).filter(([named]) => !renamed.has(named));
  return { tree: marked, files: Object.fromEntries(left) };
}

function replace(parent: Parents, index: number, node: Unknown): void {
  (parent.children as RootContent[])[index] = node;
}
