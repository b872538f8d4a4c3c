import type { Root, RootContent } from 'mdast';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { leave } from './unknown-shortcode.ts';

/** How MkDocs (`--8<-- "file"`) and VitePress (`<<< @/file`, `<!--@include: file-->`) have the text of another file. */
const included = /^(?:;*-{1,}8<-{1,}(?:\s|$)[^]*|<<<[ \t]*(?:@|\.{0,2}\/)\S[^]*)$/;
const includedComment = /^<!--\s*@?include:?\s+[^]*?-->$/i;

/** What a text has that includes another file; a reference such as `&lt;` can stand for part of it. */
const mayInclude = /8<|<<<|&|<!--\s*@?include/i;

const remedy = 'Put the text into the post.';

/** Leaves what another file says as `unknown`, since it is not in the post. */
export function translateIncludes(tree: Root, _dialect: Dialect, text: string): void {
  if (!mayInclude.test(text)) return;
  walk(tree, (node, index, parent) => {
    const source = readInclude(node as RootContent);
    if (source === undefined) return;
    const [name = ''] = source.split('\n');
    parent.children[index] = leave({ name, remedy, position: node.position });
  });
}

function readInclude(node: RootContent): string | undefined {
  if (node.type === 'html') return includedComment.test(node.value.trim()) ? node.value.trim() : undefined;
  if (node.type !== 'paragraph') return undefined;
  const text = node.children.map((child) => ('value' in child ? child.value : '')).join('');
  return included.test(text) ? text : undefined;
}
