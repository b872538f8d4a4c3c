import type {
  ImageReference,
  LinkReference,
  Nodes,
  Parents,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Extension as TokenExtension, State, Tokenizer } from 'micromark-util-types';
import type { Unknown } from '../nodes.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { mergeTexts } from './shown-shortcodes.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    openReference: 'openReference';
  }
}

const longestLabel = 200;

/** Looks ahead for a label and notes it as one that is defined; the link itself is found as any other. */
const tokenizeOpenReference: Tokenizer = function tokenize(effects, _, nok): State {
  let label = '';
  const start: State = (code) => {
    effects.enter('openReference');
    effects.consume(code);
    return opening;
  };
  const opening: State = (code) => {
    if (code !== codes.leftSquareBracket) return nok(code);
    effects.consume(code);
    return inside;
  };
  const inside: State = (code) => {
    if (code === codes.rightSquareBracket) {
      const name = label
        .replaceAll(/[\t ]+/g, ' ')
        .trim()
        .toLowerCase()
        .toUpperCase();
      if (name !== '' && !this.parser.defined.includes(name)) this.parser.defined.push(name);
      return nok(code);
    }
    const isOver = code === codes.eof || markdownLineEnding(code) || code === codes.leftSquareBracket;
    if (isOver || label.length > longestLabel || (label === '' && code === codes.caret)) return nok(code);
    label += code !== null && code >= 0 ? String.fromCharCode(code) : ' ';
    effects.consume(code);
    return inside;
  };
  return start;
};

/** Has markdown take `[words][label]` for a link also where the post does not say where it leads, since something that its site includes may. */
export const openReferenceTokens: TokenExtension = {
  text: { [codes.rightSquareBracket]: { name: 'openReference', tokenize: tokenizeOpenReference } },
};

/** Leaves links whose definition is not in the post as `unknown`, for its page to tell; without that they are shown as they are written. */
export function takeReferences(tree: Root, { takesValues }: Dialect, source: string): void {
  if (takesValues !== true) return;
  const defined = new Set<string>();
  walk(tree, (node) => {
    if (node.type === 'definition') defined.add(node.identifier);
  });
  const isOpen = (node: Nodes): node is Reference =>
    (node.type === 'linkReference' || node.type === 'imageReference') && !defined.has(node.identifier);
  const parents = new Set<Parents>();
  walk(tree, (node, _, parent) => {
    if (isOpen(node)) parents.add(parent);
  });
  for (const parent of parents) {
    const children = (parent.children as readonly RootContent[]).flatMap((child): readonly RootContent[] => {
      if (!isOpen(child)) return [child];
      const shown = showReference(child);
      const before = source.charAt((child.position?.start.offset ?? 0) - 1);
      return /[\p{L}\p{N}_\])]/u.test(before) ? shown : [leaveReference(child, shown, source)];
    });
    (parent as { children: RootContent[] }).children = mergeTexts(children);
  }
}

type Reference = ImageReference | LinkReference;

function leaveReference({ position }: Reference, shown: readonly RootContent[], source: string): Unknown {
  const name = source.slice(position?.start.offset, position?.end.offset);
  return { type: 'unknown', syntax: 'expression', name, wrapped: shown, ...(position && { position }) };
}

/** A reference as it is written. */
function showReference(node: Reference): readonly PhrasingContent[] {
  const place = node.position && { position: node.position };
  const text = (value: string): PhrasingContent => ({ type: 'text', value, ...place });
  const { referenceType, label, identifier } = node;
  const end = { full: `][${label ?? identifier}]`, collapsed: '][]', shortcut: ']' }[referenceType];
  if (node.type === 'imageReference') return [text(`![${node.alt ?? ''}${end}`)];
  return [text('['), ...node.children, text(end)];
}
