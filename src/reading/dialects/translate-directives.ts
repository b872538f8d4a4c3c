import type { Code, Nodes, Parent, PhrasingContent, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { buildBlock } from './build-block.ts';
import { isMeaning, type Meaning } from './meanings.ts';
import type { Dialect } from './dialect.ts';
import type { Directive, DirectiveTitle } from './directive-syntax.ts';
import type { Unknown } from '../nodes.ts';
import { titleNote } from './title-note.ts';

/** Names that other tools give to what we call otherwise. */
const aliases: Readonly<Record<string, Meaning>> = {
  warn: 'warning',
  check: 'success',
  done: 'success',
  fail: 'failure',
  missing: 'failure',
  cite: 'quote',
  collapse: 'details',
  collapsible: 'details',
  dropdown: 'details',
  spoiler: 'details',
  toggle: 'details',
  bookmark: 'embed',
  codepen: 'embed',
  gist: 'embed',
  'link-card': 'embed',
  video: 'embed',
  twitter: 'tweet',
  center: 'unwrap',
  column: 'unwrap',
  columns: 'unwrap',
  div: 'unwrap',
  left: 'unwrap',
  raw: 'unwrap',
  right: 'unwrap',
  'v-pre': 'unwrap',
};

const lineNames: ReadonlySet<Meaning> = new Set([
  'embed',
  'youtube',
  'vimeo',
  'tweet',
  'figure',
  'image',
  'drop',
]);

/** Puts what they stand for in the place of directives; one that stands for nothing known is left as `unknown`. */
export function translateDirectives(tree: Root, dialect: Dialect): void {
  translateChildren(tree, dialect);
}

function translateChildren(parent: Parent, dialect: Dialect): void {
  parent.children = parent.children.flatMap((child): readonly RootContent[] => {
    if ('children' in child) translateChildren(child, dialect);
    return child.type === 'directive' ? translateDirective(child, dialect) : [child];
  });
}

function translateDirective(directive: Directive, dialect: Dialect): readonly RootContent[] {
  const { form, attributes, closed, position } = directive;
  const title = directive.children.find(isTitle)?.children ?? [];
  const children = directive.children.filter((child): child is RootContent => !isTitle(child));
  const name = directive.name || nameIn(attributes);
  const leave = (more: Partial<Pick<Unknown, 'fault' | 'remedy'>> = {}): Unknown => ({
    type: 'unknown',
    syntax: 'directive',
    name: form === 'fence' ? ':::' : name,
    ...more,
    ...(position && { position }),
  });
  if (form === 'fence') return [leave({ fault: 'unopened' })];
  if (form === 'container' && !closed) return [leave({ fault: 'unclosed' }), ...children];
  if (name === 'only' || name === 'except') {
    const targets = [...Object.keys(attributes), ...toString(title).split(/[\s,]+/)].filter(
      (word) => word !== '',
    );
    if (targets.length === 0 || form === 'leaf') {
      return [leave({ fault: 'incomplete', remedy: onlyRemedy(name) })];
    }
    return [{ type: 'only', targets, except: name === 'except', children, ...(position && { position }) }];
  }
  if (name === 'code-group') return children.flatMap(nameFile);
  const word = name.toLowerCase();
  const meaning = dialect.directives?.[name] ?? aliases[word] ?? word;
  if (!isMeaning(meaning)) return [leave()];
  if (form === 'leaf' && !lineNames.has(meaning) && meaning !== dialect.directives?.[name]) return [leave()];
  const built = buildBlock(meaning, { title, attributes, children, position });
  return built ?? [leave({ fault: 'incomplete', remedy: remedies[meaning] ?? defaultRemedy })];
}

const defaultRemedy = 'Name an address as its `url`, or write a link.';
const remedies: Readonly<Partial<Record<Meaning, string>>> = {
  figure: 'Put a picture in it.',
  image: 'Name the picture as its `src`.',
  youtube: 'Name the film by its `id` or `url`.',
  vimeo: 'Name the film by its `id` or `url`.',
  tweet: 'Name the post by its `id` or `url`.',
};

function onlyRemedy(name: string): string {
  return `Name targets and close the block, as in ":::${name}{devto}", lines of text, and ":::".`;
}

function isTitle(child: Nodes): child is DirectiveTitle {
  return child.type === 'directiveTitle';
}

/** The name that stands in braces: `{.callout-note}` for Pandoc and Quarto, `{note}` for MyST. */
function nameIn(attributes: Directive['attributes']): string {
  const [first] = attributes['class']?.split(' ') ?? Object.keys(attributes);
  return (first ?? '').replace(/^callout-/, '');
}

/** A fence in a group of fences, after the name that its tab has: "```js [config.js]". */
function nameFile(node: RootContent): readonly RootContent[] {
  const name = node.type === 'code' ? tabName(node) : undefined;
  return name === undefined ? [node] : [titleNote([name]), node];
}

function tabName({ meta }: Code): PhrasingContent | undefined {
  const name = /\[([^\]]+)\]/.exec(meta ?? '')?.[1];
  return name === undefined ? undefined : { type: 'text', value: name };
}
