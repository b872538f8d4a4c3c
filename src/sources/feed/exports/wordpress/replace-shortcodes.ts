import { escapeHtml, escapeText, unescapeHtml } from '../../../../base/escape-html.ts';
import { isLanguageName } from '../../../../reading/html/code-language.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Attachment, PostAround, ReadContent } from './define.ts';
import { cutShortcodes, type Shortcode } from './shortcode.ts';

/** What a shortcode becomes: HTML, and what it could not become, one phrase each. */
type Replace = (code: Shortcode, post: PostAround, missed: string[]) => string;

/** Turns the shortcodes of a text into HTML. Those of a plugin that is not known are left out, and what they enclose is kept. */
export function replaceShortcodes(text: string, post: PostAround): ReadContent {
  const missed: string[] = [];
  // What is code may look like HTML, so it comes first.
  const pieces = cutShortcodes(text, (name, _, hasEnd) => hasEnd && isCode(name));
  const made = pieces.map((piece) =>
    typeof piece === 'string'
      ? cutVerbatim(piece)
          .map(({ part, isKept }) => (isKept ? part : replaceIn(part, post, missed)))
          .join('')
      : replaceCode(piece),
  );
  return { html: made.join(''), missed };
}

const verbatimTag = /<(pre|code|script|style|textarea)(?=[\s>])|<!--/gi;

/** A text cut where HTML shows its text as it is, shortcodes in it too. */
function cutVerbatim(text: string): readonly { readonly part: string; readonly isKept: boolean }[] {
  const parts: { readonly part: string; readonly isKept: boolean }[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (const { index, 1: tag } of text.matchAll(verbatimTag)) {
    if (index < from) continue;
    const closing = tag === undefined ? '-->' : `</${tag.toLowerCase()}>`;
    const end = lower.indexOf(closing, index);
    if (end === -1) break;
    parts.push(
      { part: text.slice(from, index), isKept: false },
      { part: text.slice(index, end + closing.length), isKept: true },
    );
    from = end + closing.length;
  }
  return [...parts, { part: text.slice(from), isKept: false }];
}

function replaceIn(text: string, post: PostAround, missed: string[]): string {
  if (!text.includes('[')) return replaceFormulas(text);
  const pieces = cutShortcodes(text, isShortcode);
  const made = pieces.map((piece) => {
    if (typeof piece === 'string') return replaceFormulas(piece);
    const replace = findReplacement(piece.name);
    return (replace ?? replaceUnknown)(piece, post, missed);
  });
  return made.join('');
}

/** WordPress.com's formulas: `$latex …$`. */
function replaceFormulas(text: string): string {
  return text.replace(/\$latex\s+([^$\n]{1,2000})\$/g, (_, tex: string) => writeFormula(tex));
}

function writeFormula(tex: string): string {
  return `<script type="math/tex">${readPlainText(tex).replaceAll('</', '<\\/')}</script>`;
}

/** Whether a word in brackets is a shortcode: one that is known, or one that no writer would put into a text. */
function isShortcode(name: string, written: string, hasEnd: boolean): boolean {
  if (findReplacement(name) !== undefined) return hasEnd || written.trim() !== '' || standsAlone.has(name);
  const isNamed = /^\s+[\w-]+\s*=\s*["“'&\d]/.test(written);
  return isNamed || hasEnd || (/[_-]/.test(name) && written.trim() === '');
}

/** Shortcodes that mean something without a word more. */
const standsAlone = new Set(['gallery', 'playlist']);

const isCode = (name: string): boolean => /^(?:source)?code$/.test(name) || isLanguageName(name);

function findReplacement(name: string): Replace | undefined {
  if (Object.hasOwn(replacements, name)) return replacements[name];
  return isCode(name) ? replaceCode : undefined;
}

const replacements: Readonly<Record<string, Replace>> = {
  caption: replaceCaption,
  wp_caption: replaceCaption,
  gallery: replaceGallery,
  audio: (code) => linkFile(code, 'audio'),
  video: (code) => linkFile(code, 'video'),
  latex: ({ inside }) => writeFormula(inside ?? ''),
  embed: (code) => linkPage(findUrl(code) ?? code.inside?.trim()),
  youtube: (code) => linkPage(findUrl(code) ?? withId(code, 'https://www.youtube.com/watch?v=')),
  vimeo: (code) => linkPage(findUrl(code) ?? withId(code, 'https://vimeo.com/')),
  dailymotion: (code) => linkPage(findUrl(code) ?? withId(code, 'https://www.dailymotion.com/video/')),
  wpvideo: (code) => linkPage(withId(code, 'https://videopress.com/v/')),
  videopress: (code) => linkPage(withId(code, 'https://videopress.com/v/')),
  ted: (code) => linkPage(withId(code, 'https://www.ted.com/talks/')),
  gist: (code) => linkPage(findUrl(code) ?? withId(code, 'https://gist.github.com/')),
  tweet: (code) => linkPage(findUrl(code) ?? withId(code, 'https://twitter.com/i/status/')),
};

/** An address that a shortcode names, whatever it calls it. */
function findUrl({ attributes, inside }: Shortcode): string | undefined {
  const given = [attributes['url'], attributes['src'], attributes['0'], inside, ...Object.values(attributes)];
  return given.find((one) => one !== undefined && /^\s*https?:\/\/\S+\s*$/.test(one))?.trim();
}

function withId({ attributes, inside }: Shortcode, before: string): string | undefined {
  const id = attributes['id'] ?? attributes['0'] ?? inside?.trim();
  return id !== undefined && /^[\w/.-]+$/.test(id) ? before + id : undefined;
}

/** As WordPress itself leaves the page of another site where it cannot show it. */
function linkPage(url: string | undefined): string {
  if (url === undefined) return '';
  return `\n\n<div class="wp-block-embed__wrapper">${escapeText(readPlainText(url))}</div>\n\n`;
}

function linkFile(code: Shortcode, element: 'audio' | 'video'): string {
  const files = [code.attributes['src'], ...Object.values(code.attributes), code.inside];
  const url = files.map((one) => readHttpUrl(one ?? '', undefined)).find((one) => one !== undefined);
  return url === undefined ? '' : `\n\n<${element} controls src="${escapeHtml(url)}"></${element}>\n\n`;
}

function replaceCode({ name, attributes, inside }: Shortcode): string {
  const named = attributes['language'] ?? attributes['lang'] ?? attributes['0'];
  const language = /^(?:source)?code$/.test(name) ? named : name;
  const said = language !== undefined && /^[\w+#.-]+$/.test(language) ? ` data-lang="${language}"` : '';
  // The old editor kept such code with or without its signs as entities.
  const code = unescapeHtml((inside ?? '').replace(/^\n|\s+$/g, ''));
  return `\n\n<pre${said}><code>${escapeText(code)}</code></pre>\n\n`;
}

/** A picture and its caption; before WordPress 3.4 the caption was an attribute. */
function replaceCaption({ attributes, inside = '' }: Shortcode): string {
  const picture = /^\s*(?:<a\b[^>]*>\s*<img\b[^>]*>\s*<\/a>|<img\b[^>]*>)/i.exec(inside)?.[0] ?? '';
  const caption = attributes['caption'] ?? inside.slice(picture.length).trim();
  const shown = picture === '' ? '' : picture.trim();
  return `\n\n<figure>${shown}<figcaption>${caption.replaceAll(/\s*\n\s*/g, ' ')}</figcaption></figure>\n\n`;
}

/** The pictures that a gallery names, or else those that were uploaded to its post. */
function replaceGallery({ attributes }: Shortcode, post: PostAround, missed: string[]): string {
  const { attachments } = post.library;
  const named = (attributes['ids'] ?? attributes['include'])?.split(/[\s,]+/).filter((id) => id !== '');
  const own = [...attachments.values()].filter(
    ({ parent, url }) =>
      parent === (attributes['id'] ?? post.id) && /\.(?:png|jpe?g|gif|webp|avif)$/i.test(url),
  );
  const pictures = named?.flatMap((id) => attachments.get(id) ?? []) ?? own;
  const lacking = (named?.length ?? 1) - pictures.length;
  if (lacking > 0) missed.push('pictures of a gallery are not in the export');
  return `\n\n${pictures.map(printPicture).join('\n\n')}\n\n`;
}

function printPicture({ url, alt, caption }: Attachment): string {
  const image = `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}">`;
  return `<figure>${image}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;
}

/** Replaces a plugin's shortcode: what it encloses stays, an address in it becomes a link, and it is reported. */
function replaceUnknown(code: Shortcode, post: PostAround, missed: string[]): string {
  const name = code.name.slice(0, 40);
  const url = code.inside === undefined ? findUrl(code) : undefined;
  if (url !== undefined) return linkPage(url);
  missed.push(`the shortcode [${name}] shows what only the site knows, and was left out`);
  return code.inside === undefined ? '' : replaceIn(code.inside, post, missed);
}
