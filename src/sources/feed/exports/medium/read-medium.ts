import type { Element, ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import {
  classesOf,
  findElement,
  makeElement,
  propertyOf,
  rewriteElements,
  textOf,
} from '../../../../reading/html/hast.ts';
import { parsePage } from '../../../../reading/html/parse-html.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Feed, FeedItem } from '../../feed-item.ts';
import { describeLeftOut, type ExportFile, type ExportFiles } from '../define.ts';

const printer = unified().use(rehypeStringify).freeze();

/** Reads Medium's export: each page is a post, a draft, or a response to somebody else's post. */
export function readMedium({ own }: ExportFiles): Promise<Feed> {
  const read = own.map((file) => readPage(file));
  const items = read.filter((item) => item !== undefined);
  const flaws = describeLeftOut(read.filter((item) => item === undefined).map(() => 'response'));
  return Promise.resolve({
    title: '',
    platform: 'Medium',
    ...(flaws.length > 0 && { flaws }),
    items,
  });
}

const hasClass = (name: string) => (element: Element) => classesOf(element).includes(name);

/** Medium ends the address of a post with a number of its own, which its file has, too. */
const mediumNumber = /-+[0-9a-f]{8,12}$/;

/** A page as an item; nothing where it is a response. One that is nested too deeply is refused where its text is read. */
function readPage(file: ExportFile): FeedItem | undefined {
  try {
    return readPost(file);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    const title = readSlug(file.path, undefined, true) ?? '';
    return { title, html: file.read(), tags: [], authors: [], exported: { draft: true } };
  }
}

/** A page as an item; undefined for a response, whose title nobody wrote. */
function readPost(file: ExportFile): FeedItem | undefined {
  const page = parsePage(file.read());
  const body = findElement(page, (element) => propertyOf(element, 'dataField') === 'body');
  const title = readPlainText(
    textOf(findElement(page, hasClass('p-name')) ?? { type: 'root', children: [] }),
  );
  const summary = findElement(page, (element) => propertyOf(element, 'dataField') === 'subtitle');
  const isDraft = /(?:^|\/)draft_[^/]*$/i.test(file.path);
  const link = findLink(page, 'p-canonical');
  const date = findElement(page, hasClass('dt-published'));
  const written = date && propertyOf(date, 'dateTime');
  const author = findElement(page, hasClass('p-author'));
  const url = author && readHttpUrl(propertyOf(author, 'href') ?? '', undefined);
  const name = author && readPlainText(textOf(author));
  if (body !== undefined && !isDraft && isResponse(body, title)) return undefined;
  const slug = readSlug(file.path, link, isDraft);
  return {
    title,
    html: body === undefined ? '' : printBody(body, title, textOf(summary ?? makeElement('p', [])).trim()),
    tags: [],
    authors: name ? [{ name, ...(url !== undefined && { url }) }] : [],
    ...(summary && { summaryHtml: printer.stringify({ type: 'root', children: summary.children }) }),
    ...(written !== undefined && { date: written }),
    exported: {
      draft: isDraft,
      ...(slug !== undefined && { slug }),
      ...(link !== undefined && !isDraft && { original: link }),
    },
  };
}

function findLink(page: Root, name: string): string | undefined {
  const link = findElement(page, hasClass(name));
  return link && readHttpUrl(propertyOf(link, 'href') ?? '', undefined);
}

/** Whether a text has no title of its own but its beginning, as responses have. */
function isResponse(body: Element, title: string): boolean {
  if (findElement(body, hasClass('graf--title')) !== undefined) return false;
  const text = textOf(body).replaceAll(/\s+/g, ' ').trim();
  const opening = title.replace(/\s*(?:…|\.\.\.)$/, '');
  return opening !== '' && text.startsWith(opening);
}

/** The name that a post has in its address, else in its file, without what Medium adds to it. */
function readSlug(path: string, link: string | undefined, isDraft: boolean): string | undefined {
  const last =
    link === undefined ? '' : (new URL(link).pathname.split('/').findLast((part) => part !== '') ?? '');
  const file = (path.split('/').at(-1) ?? '').replace(/\.html?$/i, '');
  const named = file.replace(/^(?:draft|\d{4}-\d\d-\d\d)_/i, '');
  const slug = (isDraft || last === '' ? named : last).replace(mediumNumber, '');
  return slug === '' || slug === '-' ? undefined : slug;
}

/** A body as HTML, without the title and subtitle that it begins with and the rule that opens its first section. */
function printBody(body: Element, title: string, subtitle: string): string {
  const root: Root = { type: 'root', children: body.children };
  let isFirst = true;
  rewriteElements(root, (element) => {
    const said = textOf(element).trim();
    if (classesOf(element).includes('graf--title') && said === title) return [];
    if (classesOf(element).includes('graf--subtitle') && said === subtitle) return [];
    if (element.tagName === 'hr' && classesOf(element).includes('section-divider')) {
      const kept = isFirst ? [] : [makeElement('hr', [])];
      isFirst = false;
      return kept;
    }
    if (classesOf(element).includes('graf--mixtapeEmbed')) return readCard(element);
    return ['section', 'div'].includes(element.tagName) && isWrapper(element) ? element.children : [element];
  });
  root.children = joinCode(root.children as ElementContent[]);
  return printer.stringify(root);
}

/** A card that shows another page: a link with the words of its title. */
function readCard(card: Element): readonly ElementContent[] {
  const link = findElement(card, ({ tagName }) => tagName === 'a');
  const title = findElement(card, hasClass('markup--mixtapeEmbed-strong'));
  const href = link && propertyOf(link, 'href');
  if (href === undefined) return [card];
  const said = title === undefined ? href : textOf(title).trim();
  return [makeElement('p', [makeElement('a', [{ type: 'text', value: said }], { href })])];
}

/** What Medium lays a page out with. */
function isWrapper(element: Element): boolean {
  return classesOf(element).some((name) => /^section(?:-|$)/.test(name));
}

/** Medium's old editor kept each paragraph of a block of code as a block of its own. */
function joinCode(nodes: readonly ElementContent[]): ElementContent[] {
  const joined: ElementContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (isCode(last) && isCode(node) && classesOf(node).includes('graf-after--pre'))
      last.children.push({ type: 'text', value: '\n\n' }, ...node.children);
    else joined.push(node);
  }
  return joined;
}

function isCode(node: ElementContent | undefined): node is Element {
  return (
    node?.type === 'element' && node.tagName === 'pre' && propertyOf(node, 'dataCodeBlockMode') === undefined
  );
}
