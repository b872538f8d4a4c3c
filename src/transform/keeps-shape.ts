import type { Parents } from 'hast';

/** What stands only in certain elements, which hold nothing else but line breaks. */
const parts: Readonly<Record<string, readonly string[]>> = {
  ol: ['li'],
  ul: ['li'],
  table: ['thead', 'tbody'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['th', 'td'],
};

const lineNames: ReadonlySet<string> = new Set('a br code del em img input strong sup'.split(' '));

/** The elements that hold one line of text, which a browser ends where a block begins. */
const oneLine: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 p'.split(' '));
const blockNames: ReadonlySet<string> = new Set([
  ...oneLine,
  ...'blockquote details figcaption figure hr ol pre section summary table ul'.split(' '),
]);

/** What an element stands in, at whatever depth. */
interface Around {
  readonly line: boolean;
  readonly link: boolean;
  readonly pre: boolean;
}

/**
 * Whether reading a tree's HTML is sure to make that same tree of it: raw HTML, links in links, blocks in paragraphs and
 * line breaks that come first in preformatted text come out otherwise. Knows the elements that markdown's own nodes become.
 */
export function keepsShape(tree: Parents): boolean {
  return childrenKeepShape(tree, { line: false, link: false, pre: false });
}

function childrenKeepShape(parent: Parents, around: Around): boolean {
  const own = parent.type === 'element' ? parts[parent.tagName] : undefined;
  return parent.children.every((child) => {
    if (child.type === 'text') {
      if (around.pre && child.value.startsWith('\n')) return false;
      return own === undefined || child.value === '\n';
    }
    if (child.type !== 'element') return false;
    const { tagName } = child;
    return (
      fits(tagName, own, around) &&
      childrenKeepShape(child, {
        line: around.line || oneLine.has(tagName),
        link: around.link || tagName === 'a',
        pre: around.pre || tagName === 'pre',
      })
    );
  });
}

function fits(tagName: string, own: readonly string[] | undefined, around: Around): boolean {
  if (own !== undefined) return own.includes(tagName);
  return lineNames.has(tagName) ? tagName !== 'a' || !around.link : blockNames.has(tagName) && !around.line;
}
