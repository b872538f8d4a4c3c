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

/**
 * Whether reading a tree's HTML is sure to make that same tree of it: raw HTML, links in links, blocks in paragraphs and
 * blank first lines of code come out otherwise. Knows the elements that markdown's own nodes become.
 */
export function keepsShape(parent: Parents, inLine = false, inLink = false): boolean {
  const name = parent.type === 'element' ? parent.tagName : '';
  const own = parts[name];
  return parent.children.every((child) => {
    if (child.type === 'text') {
      return own === undefined
        ? !['code', 'pre'].includes(name) || !child.value.startsWith('\n')
        : child.value === '\n';
    }
    if (child.type !== 'element') return false;
    const { tagName } = child;
    return (
      fits(tagName, own, inLine, inLink) &&
      keepsShape(child, inLine || oneLine.has(tagName), inLink || tagName === 'a')
    );
  });
}

function fits(
  tagName: string,
  own: readonly string[] | undefined,
  inLine: boolean,
  inLink: boolean,
): boolean {
  if (own !== undefined) return own.includes(tagName);
  return lineNames.has(tagName) ? tagName !== 'a' || !inLink : blockNames.has(tagName) && !inLine;
}
