import type { Paragraph, PhrasingContent } from 'mdast';

/** The bold line that opens a note. */
export function titleNote(title: readonly PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children: [{ type: 'strong', children: [...title] }] };
}
