import type { Nodes, Parent, PhrasingContent, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { buildBlock, isLook, nameNote } from './build-block.ts';
import { knowDirective } from './known/names.ts';
import { gatherMdc } from './gather-mdc.ts';
import { isMeaning, type Meaning } from './meanings.ts';
import type { Dialect } from './dialect.ts';
import type { Directive, DirectiveTitle } from './directive-syntax.ts';
import { onlyWraps } from './only-wraps.ts';
import { sayInQuarto } from './quarto-words.ts';
import { parseWords } from './parse-words.ts';
import { titleNote } from './title-note.ts';
import type { Unknown } from '../nodes.ts';

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
  gatherMdc(parent);
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
  const leave = (more: Partial<Pick<Unknown, 'fault' | 'remedy' | 'wrapped'>> = {}): Unknown => ({
    type: 'unknown',
    syntax: 'directive',
    name: form === 'fence' ? ':::' : name,
    ...more,
    ...(position && { position }),
  });
  if (form === 'indented') return translateIndented(directive);
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
  if (name === 'code-group') return children;
  const word = name.toLowerCase();
  // A div of Pandoc or Quarto that has an id or a layout but no class only holds what is in it.
  const isBare =
    directive.name === '' &&
    attributes['class'] === undefined &&
    (attributes['id'] !== undefined || name.startsWith('layout'));
  if (word === 'panel-tabset') return labelTabs(children);
  const meaning = isBare ? 'unwrap' : (dialect.directives?.[name] ?? knowDirective(word) ?? word);
  if (!isMeaning(meaning)) {
    const isShown = form === 'container' && isDiv(directive, title) && onlyWraps(word, children);
    return isShown ? [leave({ wrapped: [] }), ...children] : [leave()];
  }
  if (form === 'leaf' && !lineNames.has(meaning) && meaning !== dialect.directives?.[name]) return [leave()];
  const callout = titleCallout(directive, title, children, dialect);
  const built = buildBlock(meaning, { ...callout, attributes, position });
  return built ?? [leave({ fault: 'incomplete', remedy: remedies[meaning] ?? defaultRemedy })];
}

/** A callout of Quarto's with its title: the heading that it begins with, else its kind in the language of the post. */
function titleCallout(
  { attributes }: Directive,
  title: readonly PhrasingContent[],
  children: readonly RootContent[],
  { isQuarto, lang }: Dialect,
): { readonly title: readonly PhrasingContent[]; readonly children: readonly RootContent[] } {
  const [, kind] = /(?:^|\s)callout-(\w+)/.exec(attributes['class'] ?? '') ?? [];
  const isNamed = title.length > 0 || attributes['title'] !== undefined;
  if (isQuarto !== true || kind === undefined || isNamed) return { title, children };
  const [first, ...rest] = children;
  if (first?.type === 'heading') return { title: first.children, children: rest };
  const name = sayInQuarto(kind, lang);
  return { title: name === undefined ? [] : [{ type: 'text', value: name }], children };
}

/** Whether a container says nothing but what it is called and how it looks. */
function isDiv({ attributes }: Directive, title: readonly Nodes[]): boolean {
  return title.length === 0 && Object.keys(attributes).every(isLook);
}

/** Tabs of Quarto: each begins with a heading, which becomes its label. */
function labelTabs(children: readonly RootContent[]): readonly RootContent[] {
  const depth = Math.min(...children.map((child) => (child.type === 'heading' ? child.depth : 7)));
  return children.map((child) =>
    child.type === 'heading' && child.depth === depth ? titleNote(child.children) : child,
  );
}

/** A block of MkDocs; its line is text where nothing is in it and it has no title, as in "!!! wow". */
function translateIndented({ name, attributes, children, position }: Directive): readonly RootContent[] {
  const { written = '', kind = '', title } = attributes;
  const place = position && { position };
  const blocks = children.filter((child): child is RootContent => !isTitle(child));
  if (blocks.length === 0 && title === undefined)
    return [{ type: 'paragraph', children: [{ type: 'text', value: written, ...place }], ...place }];
  const shown = title ?? (kind === '' ? '' : nameNote(kind));
  const meaning = name === 'tab' || name === 'details' ? name : title === '' ? 'quote' : 'callout';
  return buildBlock(meaning, { title: parseWords(shown), attributes: {}, children: blocks, position }) ?? [];
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
