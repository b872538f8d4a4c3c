import type { Paragraph, PhrasingContent } from 'mdast';

/** The bold line that opens a note; what is bold in its title already is not so twice. */
export function titleNote(title: readonly PhrasingContent[]): Paragraph {
  const children = title.flatMap((node) => (node.type === 'strong' ? node.children : [node]));
  return { type: 'paragraph', children: [{ type: 'strong', children }] };
}
