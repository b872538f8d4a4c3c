import type { Element, ElementContent, Root as HtmlRoot } from 'hast';
import type { Paragraph, Root } from 'mdast';
import { escapeText } from '../base/escape-html.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { propertyOf } from '../reading/html/hast.ts';
import { cleanLine, cutText } from '../reading/plain-text.ts';
import { walk } from '../reading/walk.ts';
import { mapAddresses } from '../transform/absolutise-urls.ts';
import { copyTree } from '../transform/copy-tree.ts';
import { dropFrontMatter } from '../transform/drop-front-matter.ts';
import { dropTitleHeading } from '../transform/drop-title-heading.ts';
import { findOpening } from '../transform/find-opening.ts';
import { fitLanguages } from '../transform/fit-languages.ts';
import { linkSounds } from '../transform/link-sounds.ts';
import { resolveLinks } from '../transform/resolve-links.ts';
import { makeHtmlTree, writeHtml } from '../transform/to-html.ts';
import { readHtmlAsMail } from '../transform/to-text.ts';
import { writeLetter } from './document.ts';
import { findMailFaults } from './faults.ts';
import { fitElements, showMedia } from './fit-html.ts';
import { inlineStyles } from './inline-styles.ts';
import { fillPieces, fillText, type WriteMergeTag } from './merge-tags.ts';
import { linkFilm, pictureFilm, showFilms } from './show-films.ts';
import { dropSubjectLine } from './subject-line.ts';

/** What a target that mails has to say of how a letter is rendered. */
interface Mailing {
  /** The target's name in the config. */
  readonly target: string;
  readonly mergeTags: WriteMergeTag;
  /** What the link to unsubscribe leads to, where the provider does not put one under every letter by itself. */
  readonly unsubscribe?: string;
}

/** A letter as readers are mailed it, with its merge tags as the provider writes them. */
export interface Mail {
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  /** A whole document. */
  readonly html: string;
  /** What stands in the document, its styles in its elements, for a provider that has a document of its own. */
  readonly body: string;
  /** The plain part. */
  readonly text: string;
  /** The size of the document in UTF-8. */
  readonly bytes: number;
  /** The posts that it links to, by id, each with the address first shown. */
  readonly links: Readonly<Record<PostId, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** How long an opening that stands in for a preheader is at most: more is shown by no program, in UTF-16 units. */
const preheaderLimit = 140;

/** Renders a letter for mail: the document, its plain part, and what of it readers would not see as its author meant it. */
export function renderMail(content: Content, letter: Letter, site: Site, mailing: Mailing): Mail {
  const { target, mergeTags } = mailing;
  const { tree, links } = prepareLetter(content, letter, site, mailing);
  const preview = cleanLine(letter.preview ?? cutText(findOpening(tree), preheaderLimit));
  const plain = makeMailTree(tree, linkFilm, letter, site);
  const shown = makeMailTree(tree, pictureFilm, letter, site);
  fitElements(shown);
  inlineStyles(shown);
  fillTree(shown, guardBraces, (text) => markTags(text, mergeTags));
  holdBraces(shown);
  fillTree(plain, keepText, (text) => keepText(keepTogether(text, mergeTags)));
  const body = writeHtml(shown).replaceAll(heldBrace, '&#123;');
  const html = writeLetter({
    lang: letter.lang,
    title: writeLine(letter.subject, mergeTags),
    preheader: writeLine(preview, mergeTags),
    body,
  });
  const bytes = new TextEncoder().encode(html).length;
  return {
    subject: fillText(letter.subject, mergeTags),
    preheader: fillText(preview, mergeTags),
    html,
    body,
    text: readHtmlAsMail(writeHtml(plain)).replaceAll(heldBlank, ' '),
    bytes,
    links,
    diagnostics: findMailFaults(content, letter, { target, mergeTags, bytes }),
  };
}

/** The tree of a letter as mail shows it: every address absolute, and what mail programs show by themselves left out. */
function prepareLetter(
  content: Content,
  letter: Letter,
  site: Site,
  { target, unsubscribe }: Mailing,
): { readonly tree: Root; readonly links: Mail['links'] } {
  const tree = copyTree(content.tree);
  dropFrontMatter(tree);
  dropSubjectLine(tree);
  dropTitleHeading(tree, [letter.title, letter.subject]);
  const links = resolveLinks(tree, ownerOf(letter, site), content, site, target);
  if (letter.canonicalUrl === undefined) mapAddresses(tree, (url) => (url.startsWith('#') ? undefined : url));
  linkSounds(tree);
  fitLanguages(tree);
  if (letter.canonicalUrl !== undefined)
    tree.children.push(makeLine(letter.canonicalUrl, `Read it on ${site.title}`));
  if (unsubscribe !== undefined) tree.children.push(makeLine(unsubscribe, 'Unsubscribe'));
  return { tree, links };
}

/** What sets the footnotes of a mail apart: a constant, so that a letter whose file is renamed reads as before. */
const anchorName = 'letter';

function makeMailTree(
  prepared: Root,
  show: Parameters<typeof showFilms>[1],
  letter: Letter,
  site: Site,
): HtmlRoot {
  const tree = copyTree(prepared);
  showFilms(tree, show);
  const html = makeHtmlTree(tree, { ...ownerOf(letter, site), id: anchorName });
  showMedia(html);
  return html;
}

function makeLine(url: string, words: string): Paragraph {
  return { type: 'paragraph', children: [{ type: 'link', url, children: [{ type: 'text', value: words }] }] };
}

/** What links of a letter are read from: the page of a post that is mailed, or, of a letter, which has none, the site's front page. */
function ownerOf({ id, origin, lang, canonicalUrl }: Letter, site: Site) {
  return canonicalUrl === undefined
    ? { id: `letter-${id}`, origin, lang, canonicalUrl: new URL('/', site.url).href }
    : { id, origin, lang, canonicalUrl };
}

function writeLine(text: string, write: WriteMergeTag): string {
  return writeHtml({ type: 'root', children: markTags(text, write) });
}

type Fill = (text: string) => readonly ElementContent[];

/** Writes every text of a tree anew, each in code and elsewhere in its own way. */
function fillTree(html: HtmlRoot, fillCode: Fill, fillWords: Fill): void {
  const visit = (parent: HtmlRoot | Element, fill: Fill): void => {
    parent.children = (parent.children as ElementContent[]).flatMap((child): readonly ElementContent[] => {
      if (child.type === 'text') return fill(child.value);
      if (child.type === 'element') visit(child, verbatim.has(child.tagName) ? fillCode : fill);
      return [child];
    });
  };
  visit(html, fillWords);
}

/** The elements in which merge tags stand as they are. */
const verbatim: ReadonlySet<string> = new Set(['code', 'pre', 'kbd', 'samp']);

/** A text with its merge tags as the provider writes them, and nothing else in it that a provider would take for a mark of its own. */
function markTags(text: string, write: WriteMergeTag): ElementContent[] {
  return fillPieces(text, write).flatMap((piece): ElementContent[] =>
    piece.isMark ? [{ type: 'raw', value: escapeText(piece.text) }] : guardBraces(piece.text),
  );
}

/** A text in which readers see double braces and no provider does. */
function guardBraces(text: string): ElementContent[] {
  return text
    .split(/(\{(?=[{%#]))/)
    .filter((part) => part !== '')
    .map((part) => (part === '{' ? { type: 'raw', value: '&#123;' } : { type: 'text', value: part }));
}

/** Stands for a brace in an attribute, where a tree of HTML has no way to write it as a reference. */
const heldBrace = '\uFDD0';

/** Guards the descriptions and titles of elements as `guardBraces` does their text. */
function holdBraces(html: HtmlRoot): void {
  walk(html, (node) => {
    if (node.type !== 'element') return;
    for (const name of ['alt', 'title']) {
      const value = propertyOf(node, name);
      if (value !== undefined) node.properties[name] = value.replaceAll(/\{(?=[{%#])/g, heldBrace);
    }
  });
}

function keepText(value: string): ElementContent[] {
  return [{ type: 'text', value }];
}

/** Stands for a blank inside a provider's mark, where no line may end: some providers read a mark in one line only. */
const heldBlank = '\uE000';

function keepTogether(text: string, write: WriteMergeTag): string {
  return fillPieces(text, write)
    .map((piece) => (piece.isMark ? piece.text.replaceAll(' ', heldBlank) : piece.text))
    .join('');
}
