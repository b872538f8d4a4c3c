import type { Html, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { readTags } from '../html/read-tags.ts';
import type { Dialect } from './dialect.ts';
import { findUnrun } from './shortcode-address.ts';
import { runsShortcodes } from './translate-shortcodes.ts';
import { leave } from './unknown-shortcode.ts';
import type { Unknown } from '../nodes.ts';
import { walk } from '../walk.ts';

/** Leaves of a link or a picture whose address only the site can work out the words, with what is to be told of it. */
export function leaveAddresses(tree: Root, dialect: Dialect): void {
  if (!runsShortcodes(dialect)) return;
  const unrun = new Map<string, string>();
  walk(tree, (node) => {
    const name = node.type === 'definition' ? nameIn(node) : undefined;
    if (node.type === 'definition' && name !== undefined) unrun.set(node.identifier, name);
  });
  leaveInside(tree, unrun);
}

function nameIn(node: Extract<Nodes, { url: string }>): string | undefined {
  return node.data?.literalAddress === true ? undefined : findUnrun(node.url);
}

function leaveInside(parent: Parents, unrun: ReadonlyMap<string, string>): void {
  const children = (parent.children as readonly RootContent[]).flatMap((child): readonly RootContent[] => {
    if ('children' in child) leaveInside(child, unrun);
    if (child.type === 'html') return leaveInHtml(child);
    const name = nameOf(child, unrun);
    if (name === undefined) return [child];
    if (child.type === 'definition') return [];
    const isLink = child.type === 'link' || child.type === 'linkReference';
    const words: readonly PhrasingContent[] = isLink ? child.children : [];
    const left: Unknown = leave({ name, fault: 'address', position: child.position });
    const alt = child.type === 'image' || child.type === 'imageReference' ? (child.alt ?? '') : '';
    if (child.type === 'embed') return [{ ...left, of: 'frame' }];
    return isLink ? [{ ...left, wrapped: [] }, ...words] : [{ ...left, ...(alt !== '' && { alt }) }];
  });
  (parent as { children: readonly RootContent[] }).children = children;
}

const addressNames: ReadonlySet<string> = new Set(['href', 'src', 'poster']);

/** Raw HTML without the addresses that only the site knows, and what is told of them. */
function leaveInHtml(node: Html): readonly RootContent[] {
  if (!/\{[{%]/.test(node.value)) return [node];
  const told: Unknown[] = [];
  let value = '';
  let last = 0;
  for (const attribute of readTags(node.value).flatMap(({ attributes }) => attributes)) {
    const isAddress = addressNames.has(attribute.name) && /\{[{%]/.test(attribute.value);
    const name = isAddress ? findUnrun(attribute.value) : undefined;
    if (name === undefined) continue;
    const left = leave({ name, fault: 'address', position: node.position });
    told.push(attribute.name === 'href' ? { ...left, wrapped: [] } : left);
    value += node.value.slice(last, attribute.start).trimEnd();
    last = attribute.end;
  }
  return [...told, { ...node, value: value + node.value.slice(last) }];
}

function nameOf(node: RootContent, unrun: ReadonlyMap<string, string>): string | undefined {
  if (node.type === 'link' || node.type === 'image' || node.type === 'embed') return nameIn(node);
  if (node.type === 'definition') return unrun.get(node.identifier);
  return node.type === 'linkReference' || node.type === 'imageReference'
    ? unrun.get(node.identifier)
    : undefined;
}
