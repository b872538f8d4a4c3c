import type { Root } from 'mdast';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';

declare module 'mdast' {
  interface HeadingData {
    /** The id that the author gave the heading on their own site. */
    id?: string;
    hProperties?: { readonly id: string };
  }
}

const mark =
  /(?<![ \t])[ \t]*\{:?[ \t]*((?:[#.][\w:.-]+|[\w-]+=(?:"[^"]*"|[^\s"{}]+))(?:[ \t]+(?:[#.][\w:.-]+|[\w-]+=(?:"[^"]*"|[^\s"{}]+)))*)[ \t]*\}[ \t]*$/;

/** Takes marks such as `{#id}` and `{#id .class}` from the ends of headings, and keeps the ids. `text` is the source. */
export function takeHeadingIds(tree: Root, _: Dialect, text: string): void {
  walk(tree, (heading) => {
    if (heading.type !== 'heading') return;
    const last = heading.children.at(-1);
    if (last?.type !== 'text') return;
    const [whole, attributes] = mark.exec(last.value) ?? [];
    const end = last.position?.end.offset;
    if (whole === undefined || attributes === undefined || end === undefined) return;
    const source = text.slice(0, end);
    if (source.endsWith('\\}') || /\\\{[^{]*$/.test(source.slice(-whole.length - 2))) return;
    last.value = last.value.slice(0, -whole.length);
    if (last.value === '') heading.children.pop();
    const id = /(?:^|\s)#([\w:.-]+)/.exec(attributes)?.[1];
    if (id !== undefined) heading.data = { ...heading.data, id, hProperties: { id } };
  });
}
