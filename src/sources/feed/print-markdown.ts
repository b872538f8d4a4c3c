import type { Root, Text } from 'mdast';
import { defaultHandlers, type Info, type State } from 'mdast-util-to-markdown';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { Schema, stringify } from 'yaml';
import { lookAround, spareEscapes, type Surroundings } from './spare-escapes.ts';

/**
 * What Broadside reads in text beyond markdown: the beginnings of shortcodes, heading ids, directives and definitions, and what
 * stands around marked words, comments and notes in a line.
 */
const dialects = [
  { character: '{', after: '[{%#.:]', inConstruct: 'phrasing' as const },
  { character: '=', after: '=', inConstruct: 'phrasing' as const },
  { character: '%', after: '%', inConstruct: 'phrasing' as const },
  { character: '^', after: String.raw`\[`, inConstruct: 'phrasing' as const },
  { atBreak: true, character: ':', after: String.raw`[:\t ]` },
  { atBreak: true, character: '!', after: '!!' },
  { atBreak: true, character: '?', after: String.raw`\?\?` },
];

const surroundings: Surroundings = new WeakMap();

/** A link or a picture without a backslash before an ampersand in its address, unless that would be read as a character. */
function spareAddress(printed: string): string {
  const start = printed.lastIndexOf('](') + 1;
  const address = printed.slice(start).replaceAll(/\\&(?!#|[a-z][a-z\d]*;)/gi, '&');
  return printed.slice(0, start) + address;
}

const { link, image } = defaultHandlers;

/** What `State.safe` makes of a text; most of what it looks for begins with a sign that the text has not. */
function makeSafe(text: string, state: State, info: Info): string {
  const around = info.before + text + info.after;
  const unsafe = state.unsafe.filter(({ character }) => around.includes(character));
  return state.safe.call({ ...state, unsafe }, text, info);
}

const printer = unified()
  .use(remarkGfm)
  .use(remarkStringify, {
    bullet: '-',
    unsafe: dialects,
    handlers: {
      link: Object.assign((...given: Parameters<typeof link>) => spareAddress(link(...given)), {
        peek: link.peek,
      }),
      image: Object.assign((...given: Parameters<typeof image>) => spareAddress(image(...given)), {
        peek: image.peek,
      }),
      text: (node: Text, _, state, info) => {
        const printed = makeSafe(node.value, state, info);
        const around = printed.includes('\\') ? surroundings.get(node) : undefined;
        return around === undefined ? printed : spareEscapes(printed, around, info.after);
      },
    },
  })
  .freeze();

/** Made once: it takes longer than to write the few fields of a post. */
const schema = new Schema({ schema: 'core' });

/** A post's file: YAML front matter, fields that are undefined left out, then the body as GitHub-flavoured markdown. */
export function printMarkdown(fields: Readonly<Record<string, unknown>>, tree: Root): string {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const matter = Object.keys(given).length === 0 ? '' : stringify(given, { lineWidth: 0, schema });
  const body = printBody(tree);
  return `---\n${matter}---\n${body === '' ? '' : `\n${body}`}`;
}

/** Prints a body with no more backslashes than it needs, as far as can be told at once. `parsePost` reads the same tree. */
export function printBody(tree: Root): string {
  lookAround(tree, surroundings);
  const text = printer.stringify(tree);
  return text.trim() === '' ? '' : text;
}
