import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import { stripIllegalCharacters } from '../../../reading/plain-text.ts';
import type { Embed, InlineMath, Math } from '../../../reading/nodes.ts';

type Handlers = NonNullable<Options['handlers']>;
type Handle = NonNullable<Handlers['paragraph']>;
type State = Parameters<Handle>[2];
type Info = Parameters<Handle>[3];
type Blocks = Parameters<State['containerFlow']>[0];
type Words = Parameters<State['containerPhrasing']>[0];

/** How Broadside's own nodes are written where GitHub-flavoured markdown is read. */
const ownHandlers: Handlers = {
  details: (node: Blocks, _parent, state: State, info: Info) =>
    `<details>\n${state.containerFlow(node, info)}\n\n</details>`,
  summary: (node: Words, _parent, state: State, info: Info) =>
    `<summary>${state.containerPhrasing(node, info)}</summary>`,
  figure: (node: Blocks, _parent, state: State, info: Info) => state.containerFlow(node, info),
  figcaption: (node: Words, _parent, state: State, info: Info) => `_${state.containerPhrasing(node, info)}_`,
  embed: ({ url, title }: Embed, _parent, state: State, info: Info) =>
    title === undefined
      ? `<${url}>`
      : state.handle(
          { type: 'link', url, children: [{ type: 'text', value: title }] },
          undefined,
          state,
          info,
        ),
  math: ({ value }: Math) => `$$\n${value}\n$$`,
  inlineMath: ({ value }: InlineMath) => `$${value}$`,
  only: (node: Blocks, _parent, state: State, info: Info) => state.containerFlow(node, info),
  seriesMark: () => '',
  unknown: () => '',
};

const printer = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', rule: '-', handlers: ownHandlers })
  .freeze();

/** Prints a tree as GitHub-flavoured markdown, as most places read that take any. */
export function printMarkdown(tree: Root): string {
  return stripIllegalCharacters(printer.stringify(tree));
}
