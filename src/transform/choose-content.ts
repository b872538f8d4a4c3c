import type { Node, Parent, Root } from 'mdast';
import type { ChosenDigests, Content, Digests } from '../model/source.ts';
import type { Only } from '../reading/nodes.ts';

/** What is chosen for: a target's name in the config, and its kind. */
interface Chooser {
  readonly name: string;
  readonly kind: string;
}

/** A post's content as one target gets it: the body written for it alone if there is one, without blocks for others. */
export function chooseContent(content: Content, target: Chooser): Content {
  const variant = content.variants?.[target.name];
  const { tree, files, lost, taken } = variant ?? content;
  return {
    tree: holdsChoices(tree) ? ({ ...tree, children: chooseChildren(tree, target) } as Root) : tree,
    digest: joinDigests(content.digest, variant?.digest),
    ...(files !== undefined && { files }),
    ...(lost !== undefined && { lost }),
    ...(taken !== undefined && { taken }),
    ...(content.page !== undefined && { page: content.page }),
    ...(variant !== undefined && { path: variant.path }),
  };
}

/** The digests of the content that one target gets. */
export function chooseDigests({ digest, page, variants }: Digests, target: string): ChosenDigests {
  return { digest: joinDigests(digest, variants?.[target]), ...(page !== undefined && { page }) };
}

function joinDigests(post: string, variant: string | undefined): string {
  return variant === undefined ? post : `${post} ${variant}`;
}

function holdsChoices(node: Node): boolean {
  return node.type === 'only' || (isParent(node) && node.children.some(holdsChoices));
}

function chooseChildren(parent: Parent, target: Chooser): readonly Node[] {
  return (parent.children as readonly Node[]).flatMap((child): readonly Node[] => {
    if (isOnly(child)) return isFor(child, target) ? chooseChildren(child, target) : [];
    if (!isParent(child) || !holdsChoices(child)) return [child];
    return [{ ...child, children: chooseChildren(child, target) } as Node];
  });
}

function isOnly(node: Node): node is Only {
  return node.type === 'only';
}

function isFor({ targets, except }: Only, target: Chooser): boolean {
  return (targets.includes(target.name) || targets.includes(target.kind)) !== except;
}

function isParent(node: Node): node is Parent {
  return 'children' in node && Array.isArray(node.children);
}
