import type { Html, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
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

/** An attribute with an address, as HTML is printed. */
const attribute = /\s(href|src|poster)="([^"]*\{[{%][^"]*)"/g;

/** Raw HTML without the addresses that only the site knows, and what is told of them. */
function leaveInHtml(node: Html): readonly RootContent[] {
  const told: Unknown[] = [];
  const value = node.value.replaceAll(attribute, (whole, kind: string, url: string) => {
    const name = findUnrun(url.replaceAll('&quot;', '"').replaceAll('&#x26;', '&'));
    if (name === undefined) return whole;
    const left = leave({ name, fault: 'address', position: node.position });
    told.push(kind === 'href' ? { ...left, wrapped: [] } : left);
    return '';
  });
  return [...told, { ...node, value }];
}

function nameOf(node: RootContent, unrun: ReadonlyMap<string, string>): string | undefined {
  if (node.type === 'link' || node.type === 'image' || node.type === 'embed') return nameIn(node);
  if (node.type === 'definition') return unrun.get(node.identifier);
  return node.type === 'linkReference' || node.type === 'imageReference'
    ? unrun.get(node.identifier)
    : undefined;
}
