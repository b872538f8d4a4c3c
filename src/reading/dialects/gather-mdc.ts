import type { Parent, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { joinLines, splitLines, type Line } from '../split-lines.ts';
import type { Directive } from './directive-syntax.ts';

/** Puts into each component that Nuxt Content opens with `::name` and closes with `::` what stands between. */
export function gatherMdc(parent: Parent): void {
  if (!parent.children.some(isLeaf) || !parent.children.some(closes)) return;
  const stack: { readonly directive?: Directive; readonly nodes: RootContent[] }[] = [{ nodes: [] }];
  for (const child of parent.children) {
    const top = stack.at(-1)?.nodes;
    if (isLeaf(child)) stack.push({ directive: child, nodes: [] });
    else if (child.type === 'paragraph' && closes(child)) {
      let words: Line[] = [];
      const end = (): void => {
        const children = joinLines(words);
        if (children.length > 0) stack.at(-1)?.nodes.push({ ...child, children });
        words = [];
      };
      for (const line of splitLines(child.children)) {
        if (!isClosing(line) || stack.length === 1) {
          words.push(line);
          continue;
        }
        end();
        const { directive, nodes } = stack.pop() ?? { nodes: [] };
        if (directive) stack.at(-1)?.nodes.push(fill(directive, nodes));
      }
      end();
    } else top?.push(child);
  }
  while (stack.length > 1) {
    const { directive, nodes } = stack.pop() ?? { nodes: [] };
    stack.at(-1)?.nodes.push(...(directive ? [directive] : []), ...nodes);
  }
  parent.children = stack[0]?.nodes ?? [];
}

function isLeaf(node: RootContent): node is Directive {
  return node.type === 'directive' && node.form === 'leaf';
}

function closes(node: RootContent): boolean {
  return node.type === 'paragraph' && splitLines(node.children).some(isClosing);
}

function isClosing([only, ...others]: Line): boolean {
  return only?.type === 'text' && others.length === 0 && only.value.trim() === '::';
}

/** A component with what stands in it; fields between lines of `---` are attributes, and `#name` begins a part of it. */
function fill(directive: Directive, nodes: readonly RootContent[]): Directive {
  const [rule, fields, ...rest] = nodes;
  const hasFields =
    rule?.type === 'thematicBreak' &&
    fields?.type === 'heading' &&
    fields.depth === 2 &&
    /^[\w-]+:/.test(toString(fields));
  const attributes = hasFields ? readFields(toString(fields)) : {};
  const children = (hasFields ? rest : nodes).flatMap((node): readonly RootContent[] => {
    if (node.type !== 'paragraph') return [node];
    const lines = splitLines(node.children).filter(([first, ...more]) => {
      return first?.type !== 'text' || more.length > 0 || !/^#[a-z][\w-]*$/.test(first.value.trim());
    });
    return lines.length === 0 ? [] : [{ ...node, children: joinLines(lines) }];
  });
  return {
    ...directive,
    form: 'container',
    closed: true,
    attributes: { ...directive.attributes, ...attributes },
    children: [...directive.children, ...children],
  };
}

function readFields(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
      const [, name, value = ''] = /^:?([\w-]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]];
    }),
  );
}
