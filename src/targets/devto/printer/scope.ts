import type { Definition, FootnoteDefinition, Node, PhrasingContent, Root } from 'mdast';
import { walk } from '../../../reading/walk.ts';

/** What a tree says in one place and shows in another: link definitions and footnotes. */
export interface ForemScope {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
  /** Footnotes by identifier in the order they are first referred to, which is how Forem numbers them. */
  readonly numbers: ReadonlyMap<string, number>;
  /** What is printed stands in; content that readers open counts before quotes in it. */
  readonly within?: 'quote' | 'details';
}

/** Gathers a tree's definitions; of two with one name the first holds, as in CommonMark. */
export function readScope(tree: Root): ForemScope {
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const numbers = new Map<string, number>();
  walk(tree, (node) => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, node);
    } else if (node.type === 'footnoteDefinition' && !footnotes.has(node.identifier)) {
      footnotes.set(node.identifier, node);
    } else if (node.type === 'footnoteReference' && !numbers.has(node.identifier)) {
      numbers.set(node.identifier, numbers.size + 1);
    }
  });
  return { definitions, footnotes, numbers };
}

/** A link or image whose address stands with it, whichever way it was written. */
export type Resolved =
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly PhrasingContent[] }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string };

/** Reads links and images, looking up the definitions of those that only refer to one. */
export function resolveReference(node: PhrasingContent, { definitions }: ForemScope): Resolved | undefined {
  switch (node.type) {
    case 'link':
      return { kind: 'link', url: node.url, children: node.children };
    case 'linkReference':
      return { kind: 'link', url: definitions.get(node.identifier)?.url ?? '', children: node.children };
    case 'image':
      return { kind: 'image', url: node.url, alt: node.alt ?? '' };
    case 'imageReference':
      return { kind: 'image', url: definitions.get(node.identifier)?.url ?? '', alt: node.alt ?? '' };
    default:
      return undefined;
  }
}

/** The children of a node of a kind this version does not know, or its text as one child. */
export function listChildren(node: Node): readonly Node[] {
  if ('children' in node && Array.isArray(node.children)) return node.children as readonly Node[];
  if ('value' in node && typeof node.value === 'string') return [{ type: 'text', value: node.value } as Node];
  return [];
}
