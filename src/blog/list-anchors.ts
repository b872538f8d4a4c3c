import type { Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { decodePercent } from '../base/decode-percent.ts';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

/** Fragments that themes, footnotes and browsers add, whatever a post's text is. */
const common =
  /^(?:top|main|content|comments?|respond|disqus_thread|(?:user-content-)?fn.*|.*footnote.*|:~:.*)$/i;

const known = new WeakMap<Root, ReadonlySet<string>>();

/**
 * Whether a page made of a body has the place that a fragment names: a heading or an element with that id. How ids are made
 * of headings differs from site to site, so only letters and digits count.
 */
export function hasAnchor(tree: Root, title: string, fragment: string): boolean {
  const name = decodePercent(fragment);
  if (name === '' || common.test(name)) return true;
  const plain = plainName(name);
  const anchors = known.get(tree) ?? listAnchors(tree);
  known.set(tree, anchors);
  const all = [plain, plain.replace(/\d{1,2}$/, '')];
  return plain === '' || all.some((each) => anchors.has(each)) || plain === plainName(title);
}

function listAnchors(tree: Root): ReadonlySet<string> {
  const anchors = new Set<string>();
  walk(tree, (node) => {
    if (node.type === 'heading') anchors.add(plainName(toString(node)));
    for (const id of readIds(node)) anchors.add(plainName(id));
  });
  return anchors;
}

function readIds(node: Nodes): readonly string[] {
  if (node.type === 'html') {
    return listElements(node.value).flatMap(({ properties }) =>
      [properties['id'], properties['name']].filter((id) => typeof id === 'string'),
    );
  }
  const { id, hProperties } = (node.data ?? {}) as {
    readonly id?: unknown;
    readonly hProperties?: { readonly id?: unknown };
  };
  return [id, hProperties?.id].filter((each) => typeof each === 'string');
}

function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
