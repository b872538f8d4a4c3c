/** What Forem would take for something else than the text it is, and what is printed instead. */
interface Escape {
  /** Without capture groups of its own. */
  readonly pattern: RegExp;
  print(found: string, before: string, after: string): string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Liquid is parsed after entities are decoded, so only a raw block keeps an opening brace literal. */
const liquid: Escape = { pattern: /\{[{%]+/, print: (found) => `{% raw %}${found}{% endraw %}` };

const emojiCode: Escape = {
  pattern: /:(?=(?!\d+:)[\w+-]+:|100:|1234:)/,
  print: () => ':<span></span>',
};

const mention: Escape = { pattern: /(?<!\w)@(?=[a-z\d_-])/, print: () => '<span>@</span>' };

/** Forem links bare addresses; those the author meant as links are links in the tree already. */
const address: Escape = {
  pattern: /(?<=https?|ftp):(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-])/,
  print: encodeCharacter,
};

/** Forem refuses a body in which these stand outside code, whatever they mean there. */
const refused: Escape = {
  pattern: /(?<=src=)["'](?=data|&)|(?<=data):(?=text\/html)/,
  print: encodeCharacter,
};

const entity: Escape = { pattern: /&(?=#?\w+;)/, print: () => '&amp;' };

const markup: Escape = { pattern: /[<\\`]/, print: (found) => entities[found] ?? encodeCharacter(found) };

const bracket: Escape = { pattern: /[[\]]/, print: (found) => `\\${found}` };

const asterisk: Escape = {
  pattern: /\*/,
  print: (_found, before, after) => (before !== '' && isSpace(before) && isSpace(after) ? '*' : '\\*'),
};

const underscore: Escape = {
  pattern: /_/,
  print: (_found, before, after) => (isWordCharacter(before) && isWordCharacter(after) ? '_' : '\\_'),
};

const tilde: Escape = {
  pattern: /~/,
  print: (_found, before, after) =>
    before === '~' || after === '~' || before === '' || after === '' ? '\\~' : '~',
};

const pipe: Escape = { pattern: /\|/, print: encodeCharacter };

const inProse = [
  liquid,
  emojiCode,
  mention,
  address,
  refused,
  entity,
  markup,
  bracket,
  asterisk,
  underscore,
  tilde,
];

/** Where a text stands, which decides what would be taken for markup. */
export interface TextPlace {
  /** In a table cell, where a pipe starts the next cell. */
  readonly inTable: boolean;
  /** In the text of a link, where Forem links neither addresses nor mentions. */
  readonly inLink: boolean;
}

const proseEscapes = {
  prose: escapeBy(inProse),
  link: escapeBy(inProse.filter((escape) => escape !== mention && escape !== address)),
  cell: escapeBy([...inProse, pipe]),
};

/** Text in a paragraph, heading, link or cell, printed so that Forem shows it letter by letter. */
export function escapeText(text: string, { inTable, inLink }: TextPlace): string {
  return proseEscapes[inTable ? 'cell' : inLink ? 'link' : 'prose'](joinLines(text));
}

/** What would be taken for the definition of a link or a footnote where Forem reads its own HTML as markdown once more. */
const definition: Escape = {
  pattern: /(?<=\n {0,3})\[(?=[^\]\n]+\]:)/,
  print: (found) => `<span></span>${found}`,
};

/** Text inside a block of HTML, which Forem does not read as markdown. */
export const escapeHtmlText: (text: string) => string = escapeBy([
  liquid,
  emojiCode,
  mention,
  address,
  { pattern: /[&<>"'`]|~(?=~)/, print: (found) => entities[found] ?? encodeCharacter(found) },
]);

/** The text between the tags of raw HTML, entities and all, which reads the same where Forem takes it for markdown. */
export const escapeRawHtmlText: (text: string) => string = escapeBy([
  definition,
  liquid,
  emojiCode,
  mention,
  address,
  refused,
  {
    pattern: /_/,
    print: (found, before, after) =>
      isWordCharacter(before) && isWordCharacter(after) ? found : encodeCharacter(found),
  },
  { pattern: /[\\`*[\]|~]/, print: encodeCharacter },
]);

/** Code inside a `<code>` tag in running text, which Forem reads as markdown. */
export const escapeHtmlCode: (code: string) => string = escapeBy([
  liquid,
  { pattern: /[&<>"'`*_[\]\\|:@~.]/, print: (found) => entities[found] ?? encodeCharacter(found) },
]);

/** Code inside a block of `<pre>`, whose lines Forem's fixers would still rewrite. */
export const escapePreformatted: (code: string) => string = escapeBy([
  definition,
  liquid,
  { pattern: /(?:(?<=^|\n)(?:t(?=ags:)|p(?=ublished: )))/, print: encodeCharacter },
  { pattern: /(?<=data):(?=text\/html)/, print: encodeCharacter },
  { pattern: /[&<>"'`]|~(?=~)/, print: (found) => entities[found] ?? encodeCharacter(found) },
]);

/** TeX in the middle of Liquid's tags, which Forem reads as markdown first. */
export const escapeMath: (tex: string) => string = escapeBy([
  liquid,
  { pattern: /\\(?![a-z])/, print: () => '\\\\' },
  { pattern: /[*_[\]]/, print: (found) => `\\${found}` },
  { pattern: /[<`|@]|~(?=~)|(?<=~)~|:(?=\/\/)/, print: encodeCharacter },
  entity,
]);

/** TeX in the middle of Liquid's tags, in a block of HTML. */
export const escapeHtmlMath: (tex: string) => string = escapeBy([
  liquid,
  { pattern: /[&<>"'`|@]|:(?=\/\/)/, print: (found) => entities[found] ?? encodeCharacter(found) },
]);

/** An attribute's value, without what Forem's sanitizer or Liquid would take for its own. */
export function escapeAttribute(value: string): string {
  return joinLines(value)
    .replaceAll(/\{(?=[{%])/g, '{ ')
    .replaceAll(/[&<>"'`]/g, (found) => entities[found] ?? encodeCharacter(found));
}

/** An address that neither markdown, Liquid nor Forem's emoji codes can break. */
export function escapeUrl(url: string): string {
  return url
    .replaceAll(/[\s<>"'`\\{}|^*()[\]]/g, encodeOctets)
    .replaceAll(/~(?=~)|(?<=~)~/g, '%7E')
    .replaceAll(/&(?=#?\w+;)/g, '%26')
    .replaceAll(/(?<=:[\w+-]+):(?!\/\/)/g, '%3A');
}

/** What looks like the definition of a link or a footnote at the start of a printed line. */
export const startsDefinition = /^\\?\[[^\]]*\]:/;

/** Keeps the start of a printed line from being read as a heading, quote, list, rule or table. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(?=[#=]|[-+](?:\s|$)|---|[-:| ]*-[-:| ]*$)/, '\\')
    .replace(/^>/, '&gt;')
    .replace(/^\|/, '&#124;')
    .replace(/^(\d+)\.(?=\s|$)/, '$1\\.')
    .replace(/^(tags):(?=.*#)/i, '$1&#58;')
    .replace(/^(published):(?= )/i, '$1&#58;')
    .replace(/^<del>/, '<span></span><del>');
}

/** A text before a printed piece that must not make Liquid's mark with it; Forem puts `{% raw %}` before code itself. */
export function separateBraces(before: string, piece: string): string {
  return before.endsWith('{') && /^[{%`]/.test(piece)
    ? `${before.slice(0, -1)}{% raw %}{{% endraw %}`
    : before;
}

/** Line ends in a source only wrap its text; on Forem each would be a line break. */
export function joinLines(text: string): string {
  return text.replaceAll(/(?<![ \t])[ \t]*\r?\n[ \t]*/g, ' ');
}

function escapeBy(escapes: readonly Escape[]): (text: string) => string {
  const any = new RegExp(escapes.map(({ pattern }) => `(${pattern.source})`).join('|'), 'gi');
  return (text) =>
    text.replace(any, (found: string, ...rest: readonly (string | number | undefined)[]) => {
      const escape = escapes[rest.findIndex((group) => group !== undefined)];
      const offset = Number(rest[escapes.length]);
      return escape?.print(found, text[offset - 1] ?? '', text[offset + found.length] ?? '') ?? found;
    });
}

function encodeCharacter(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function encodeOctets(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function isWordCharacter(character: string): boolean {
  return /[a-z\d]/i.test(character);
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
