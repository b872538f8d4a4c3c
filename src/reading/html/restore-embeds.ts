import type { Element, ElementContent, Root } from 'hast';
import { parseJson } from '../../base/parse-json.ts';
import { isFields } from '../../base/is-fields.ts';
import { makeFormula } from './restore-math.ts';
import { readQuotation, readScript } from './lift-embeds.ts';
import { classesOf, findElement, makeElement, propertyOf, rewriteElements, textOf } from './hast.ts';

type Replacement = readonly ElementContent[];

/** What a platform wraps something in, by class, and what stands for it in plain HTML; undefined leaves it as it is. */
type Restore = (element: Element) => Replacement | undefined;

/** Boxes of dev.to, Ghost, WordPress, Hashnode and Substack, as they stand in their feeds. Checked November 2026. */
const boxes: Readonly<Record<string, Restore>> = {
  ltag__link: readCard,
  ltag__user: readCard,
  'ltag-github-readme-tag': readCard,
  'c-embed': readCard,
  'ltag__twitter-tweet': readTweet,
  'kg-bookmark-container': readCard,
  'kg-file-card-container': readCard,
  'kg-callout-card': readCallout,
  'kg-toggle-card': readToggle,
  'kg-audio-card': keepPlayer,
  'kg-video-card': keepPlayer,
  'wp-embedded-content': readWordPressQuote,
  'wp-block-embed__wrapper': readBareAddress,
  'embed-wrapper': readHashnodeEmbed,
  tweet: readAttributes,
  'digest-post-embed': readAttributes,
  'embedded-post-wrap': readAttributes,
  'file-embed-wrapper': readCard,
  'latex-rendered': readLatex,
  pullquote: (element) => [makeElement('blockquote', element.children)],
  katex: readKatex,
  'katex-display': readKatexBlock,
};

/** What only asks a reader to share, subscribe or click, or shows what has been said already. */
const leftOut = new Set(
  (
    'sharedaddy jp-relatedposts jp-post-flair subscription-widget-wrap subscription-widget-wrap-editor ' +
    'embed-loading image-link-expand kg-signup-card kg-audio-player-container kg-video-player-container'
  ).split(' '),
);

/**
 * Turns the boxes that platforms put around another page, a note or a formula into plain HTML: a link on a line of its own,
 * a quotation, `<details>`, code. Changes the tree in place and returns what to tell of it, one phrase each.
 */
export function restoreEmbeds(root: Root): readonly string[] {
  const told: string[] = [];
  let isQuoted = false;
  rewriteElements(root, (element) => {
    const classes = classesOf(element);
    if (classes.some((name) => leftOut.has(name)) || isPlea(element)) return [];
    if (element.tagName === 'iframe' && classes.includes('wp-embedded-content') && isQuoted) return [];
    const box =
      propertyOf(element, 'dataNodeType') === 'callout'
        ? readCallout
        : (players[element.tagName] ?? findBox(classes));
    const page =
      element.tagName === 'script'
        ? readScript(element)
        : element.tagName === 'blockquote'
          ? readQuotation(element, wordsOf(element))
          : undefined;
    const restored = box?.(element) ?? (page && linkPage(page.url, page.title));
    if (restored === undefined) return [element];
    const link = restored[0]?.type === 'element' ? restored[0].properties['dataPage'] : undefined;
    if (typeof link === 'string') {
      isQuoted ||= classes.includes('wp-embedded-content');
      told.push(`an embedded page became a link to ${link}`);
    }
    return restored;
  });
  return told;
}

/** The words of a quotation, a blank between its paragraphs. */
function wordsOf({ children }: Element): string {
  return children
    .map((child) =>
      child.type === 'element' && child.tagName === 'p' ? ` ${textOf(child)} ` : textOf(child),
    )
    .join('');
}

/** Elements that load a player when a reader clicks, by name. */
const players: Readonly<Record<string, Restore | undefined>> = {
  'lite-youtube': (element) => linkFilm(element, 'https://www.youtube.com/watch?v='),
  'lite-vimeo': (element) => linkFilm(element, 'https://vimeo.com/'),
  'amp-youtube': (element) => linkFilm(element, 'https://www.youtube.com/watch?v='),
  'amp-vimeo': (element) => linkFilm(element, 'https://vimeo.com/'),
};

function linkFilm(element: Element, page: string): Replacement | undefined {
  const id =
    ['videoId', 'videoid', 'dataVideoId', 'dataVideoid']
      .map((name) => propertyOf(element, name))
      .find((one) => one !== undefined && one !== '') ?? '';
  const title = ['title', 'playLabel', 'playlabel', 'videoTitle', 'videotitle', 'ariaLabel']
    .map((name) => propertyOf(element, name))
    .find((said) => said !== undefined && said !== '');
  return /^[\w-]+$/.test(id) ? linkPage(page + id, title) : undefined;
}

function findBox(classes: readonly string[]): Restore | undefined {
  const name = classes.find((one) => Object.hasOwn(boxes, one));
  return name === undefined ? undefined : boxes[name];
}

/** Substack's buttons to subscribe or to share. */
function isPlea(element: Element): boolean {
  if (!classesOf(element).includes('button-wrapper')) return false;
  const link = findElement(element, ({ tagName }) => tagName === 'a');
  return /\/subscribe\b|action=share|\/leaderboard\b/.test((link && propertyOf(link, 'href')) ?? '');
}

function linkPage(url: string | undefined, title?: string): Replacement | undefined {
  if (url === undefined || !/^(?:https?:)?\/\/|^\//.test(url)) return undefined;
  const said = (title ?? '').replaceAll(/\s+/g, ' ').trim();
  const link = makeElement('a', [{ type: 'text', value: said === '' ? url : said }], { href: url });
  return [makeElement('p', [link], { dataPage: url })];
}

const isHeading = ({ tagName }: Element): boolean => /^h[1-6]$/.test(tagName);
const isTitle = (element: Element): boolean => classesOf(element).some((name) => /(?:^|-)title$/.test(name));
const isLink = (element: Element): boolean =>
  element.tagName === 'a' && propertyOf(element, 'href') !== undefined;

/** The most of a card that is its link's text, in characters. */
const longestTitle = 300;

/** A card: the link of its heading, around it or in it, and the heading's words. */
function readCard(card: Element): Replacement | undefined {
  const heading = findElement(card, isTitle) ?? findElement(card, isHeading);
  const around = (element: Element): boolean =>
    isLink(element) && heading !== undefined && findElement(element, (one) => one === heading) !== undefined;
  const inside = heading && lastLink(heading);
  const link = inside ?? findElement(card, around) ?? (isLink(card) ? card : findElement(card, isLink));
  const said = heading ?? link;
  return link && linkPage(propertyOf(link, 'href'), said && textOf(said).slice(0, longestTitle));
}

function lastLink(node: Element): Element | undefined {
  let last: Element | undefined;
  findElement(node, (element) => {
    if (isLink(element)) last = element;
    return false;
  });
  return last;
}

function readTweet(element: Element): Replacement | undefined {
  const named = findElement(element, (one) => propertyOf(one, 'dataUrl') !== undefined);
  const quoted = readQuotation({ ...element, properties: { className: ['twitter-tweet'] } }, '');
  return linkPage((named && propertyOf(named, 'dataUrl')) ?? quoted?.url);
}

/** Ghost's and Hashnode's notes: an emoji and a text, which become a quotation. */
function readCallout(element: Element): Replacement {
  const part = (name: string) =>
    findElement(
      element,
      (one) =>
        classesOf(one).includes(`kg-callout-${name}`) ||
        propertyOf(one, 'dataNodeType') === `callout-${name}`,
    );
  const emoji = part('emoji');
  const text = part('text');
  if (text === undefined) return [makeElement('blockquote', element.children)];
  const mark = emoji === undefined ? '' : textOf(emoji).trim();
  const [first, ...rest] = text.children;
  const lead: ElementContent[] = mark === '' ? [] : [{ type: 'text', value: `${mark} ` }];
  if (first?.type === 'element' && first.tagName === 'p') {
    return [makeElement('blockquote', [{ ...first, children: [...lead, ...first.children] }, ...rest])];
  }
  return [makeElement('blockquote', [makeElement('p', [...lead, ...text.children])])];
}

function readToggle(element: Element): Replacement | undefined {
  const part = (name: string) => findElement(element, (one) => classesOf(one).includes(name));
  const heading = part('kg-toggle-heading-text');
  const content = part('kg-toggle-content');
  if (heading === undefined || content === undefined) return undefined;
  const summary = makeElement('summary', [{ type: 'text', value: textOf(heading).trim() }]);
  return [makeElement('details', [summary, ...content.children])];
}

/** What plays, and its caption, without the buttons drawn around it. */
function keepPlayer(element: Element): Replacement | undefined {
  const player = findElement(element, ({ tagName }) => tagName === 'audio' || tagName === 'video');
  const caption = findElement(element, ({ tagName }) => tagName === 'figcaption');
  return player && [makeElement('figure', [player, ...(caption ? [caption] : [])])];
}

function readWordPressQuote(element: Element): Replacement | undefined {
  if (element.tagName === 'blockquote') return readCard(element) ?? undefined;
  if (element.tagName !== 'iframe') return undefined;
  const page = (propertyOf(element, 'src') ?? '').replace(/\/embed\/?(?:[?#].*)?$/, '/');
  return linkPage(page, propertyOf(element, 'title')?.replace(/^“(.+)” — .*$/, '$1'));
}

/** WordPress leaves an address alone in its box where it could not ask the other site. */
function readBareAddress(element: Element): Replacement | undefined {
  const said = textOf(element).trim();
  const isBare = element.children.every((child) => child.type === 'text') && /^https?:\/\/\S+$/.test(said);
  return isBare ? linkPage(said) : undefined;
}

function readHashnodeEmbed(element: Element): Replacement | undefined {
  const card = findElement(element, (one) => classesOf(one).includes('embed-card'));
  return card && linkPage(propertyOf(card, 'href'), textOf(card));
}

/** Substack says what a box shows in JSON. */
function readJson(element: Element): Readonly<Record<string, unknown>> {
  const value = parseJson(propertyOf(element, 'dataAttrs') ?? '');
  return isFields(value) ? value : {};
}

function readAttributes(element: Element): Replacement | undefined {
  const { canonical_url: canonical, url, title, full_text: text } = readJson(element);
  const page = [canonical, url].find((one) => typeof one === 'string');
  const said = [title, text].find((one) => typeof one === 'string');
  return linkPage(page, said) ?? readCard(element);
}

function readLatex(element: Element): Replacement | undefined {
  const { persistentExpression: tex } = readJson(element);
  return typeof tex === 'string' ? [makeFormula(tex, true)] : undefined;
}

/** By now the formula has become code. */
function readKatex(element: Element): Replacement | undefined {
  const formula = findElement(element, ({ tagName }) => tagName === 'pre' || tagName === 'code');
  return formula && [formula];
}

/** By now the formula inside has become code. */
function readKatexBlock(element: Element): Replacement | undefined {
  const code = findElement(element, ({ tagName }) => tagName === 'code');
  return code && [makeFormula(textOf(code), true)];
}
