import type { PhrasingContent, RootContent } from 'mdast';
import { buildBlock, findWords, isLook } from './build-block.ts';
import type { Dialect } from './dialect.ts';
import { knowComponent } from './known/names.ts';
import type { Meaning } from './meanings.ts';
import { isPhrasing } from '../is-phrasing.ts';
import type { Unknown } from '../nodes.ts';
import { holdsWords, onlyWraps } from './only-wraps.ts';

/** The attributes of an element. */
export interface Written {
  /** Those with a plain value. */
  readonly texts: Readonly<Record<string, string>>;
  /** Those that are only there. */
  readonly flags: readonly string[];
  /** The source of those whose value would have to be computed. */
  readonly unread: ReadonlyMap<string, string>;
}

/** A component as its author wrote it. */
export interface WrittenComponent {
  readonly name: string;
  readonly attributes: Written;
  readonly position: RootContent['position'];
  /** Whether it is an element to a browser, which shows what stands inside it, whatever it says itself. */
  readonly isElement?: boolean;
}

/** What a component stands for, as the blog says or as many use it; `<you-tube>` is `<YouTube>` to Vue. */
function findMeaning(name: string, { components }: Dialect): Meaning | undefined {
  const own = components?.[name] ?? knowComponent(name);
  if (own !== undefined || !/^[a-z]/.test(name)) return own;
  const joined = name.replaceAll(/(?:^|-)([a-z\d])/g, (_whole, letter: string) => letter.toUpperCase());
  return components?.[joined] ?? knowComponent(joined);
}

/** What a component on lines of its own shows, given what stands inside it. */
export function buildComponent(
  component: WrittenComponent,
  children: readonly RootContent[],
  dialect: Dialect,
): readonly RootContent[] {
  const { name, attributes, position } = component;
  const meaning = findMeaning(name, dialect);
  if (meaning === undefined) return [leaveUnknown(component, children, false)];
  const built = buildBlock(meaning, { title: [], attributes: attributes.texts, children, position });
  const remedy = describeLack(meaning, children);
  return built ?? [leaveComponent(component, { fault: 'incomplete', remedy })];
}

/** What a component in a line of text shows, given the words inside it. */
export function buildWords(
  component: WrittenComponent,
  children: readonly PhrasingContent[],
  dialect: Dialect,
): readonly PhrasingContent[] {
  const { name, attributes, position } = component;
  const meaning = findMeaning(name, dialect);
  if (meaning === 'drop') return [];
  if ((meaning === 'unwrap' || meaning === 'tab') && children.length > 0) return children;
  if (meaning === 'kbd' || meaning === 'link' || meaning === 'text') {
    const block = { title: [], attributes: attributes.texts, children: [], position };
    const words = findWords(meaning, block, children);
    if (words.length > 0) return words;
  }
  if (meaning === 'embed' || meaning === 'youtube' || meaning === 'vimeo' || meaning === 'tweet') {
    const [page] =
      buildBlock(meaning, { title: [], attributes: attributes.texts, children: [], position }) ?? [];
    if (page?.type === 'embed') return [page];
  }
  const { src, alt = '' } = attributes.texts;
  if (meaning === 'image' && src !== undefined)
    return [{ type: 'image', url: src, alt, ...(position && { position }) }];
  return [
    meaning === undefined
      ? leaveUnknown(component, children, true)
      : leaveComponent(component, {
          remedy: 'Put it on lines of its own.',
          ...(onlyWraps(name, children) && { wrapped: children }),
        }),
  ];
}

/** A component that is left, since only the site knows what it shows. */
export function leaveComponent(
  { name, position }: Omit<WrittenComponent, 'attributes'>,
  more: Partial<Pick<Unknown, 'fault' | 'remedy' | 'wrapped'>> = {},
): Unknown {
  return { type: 'unknown', syntax: 'component', name, ...more, ...(position && { position }) };
}

/** What a component lacks that is known but cannot be shown as it is written. */
function describeLack(meaning: Meaning, children: readonly RootContent[]): string {
  if ((meaning === 'unwrap' || meaning === 'tab') && children.length === 0)
    return 'Say `text` in `syntax.components` of the source, which shows what its attributes say, or `drop`, which leaves it out.';
  return meaning === 'code' ? 'Give it plain `code`.' : 'Give it a plain `url`, `src` or `id`.';
}

/** A component that nobody knows; where it only wraps words, these can be shown. */
function leaveUnknown(
  component: WrittenComponent,
  children: readonly RootContent[],
  isAmongWords: boolean,
): Unknown {
  const { texts, unread } = component.attributes;
  const unknown = leaveComponent(component);
  const says = [...Object.keys(texts).filter((name) => !isTitle(name)), ...unread.keys()].some(
    (name) => !isLook(name),
  );
  const isShown =
    component.isElement === true ? holdsWords(children) : !says && onlyWraps(unknown.name, children);
  if (!isShown) return unknown;
  const wrapped =
    isAmongWords && children.every((child) => isPhrasing(child))
      ? children
      : buildBlock('unwrap', { title: [], attributes: texts, children, position: component.position });
  return { ...unknown, ...(wrapped && { wrapped }) };
}

function isTitle(name: string): boolean {
  return name === 'title' || name === 'label';
}
