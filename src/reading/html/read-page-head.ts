import { visitPieces, type Attribute, type Tag } from './read-tags.ts';

/** What a page says about itself. */
export interface PageHead {
  /** Its own address, as it is written there. */
  readonly canonical?: string | undefined;
  /** Its first `<h1>`, else its `<title>`. */
  readonly title?: string | undefined;
  /** Whether it only leads on to another page. */
  readonly leadsOn: boolean;
}

/** Reads what a page says about itself, no further than its first `<h1>`, or its head where it has none. */
export function readPageHead(html: string): PageHead {
  // A look at the text, to tell how far a page has to be read.
  const hasHeading = /<h1[\s/>]/i.test(html);
  const texts: { title?: string; h1?: string } = {};
  let open: 'title' | 'h1' | undefined;
  let inHead = true;
  let inNoscript = false;
  let canonical: string | undefined;
  let leadsOn = false;
  visitPieces(html, (piece) => {
    const { kind } = piece;
    if (kind === 'comment') return undefined;
    if (kind === 'text') {
      if (open !== undefined) texts[open] += piece.text;
      return undefined;
    }
    const { name } = piece;
    if (name === 'noscript') inNoscript = kind === 'open';
    if (name === 'title' || name === 'h1') {
      if (kind === 'close' && open === name) open = undefined;
      if (kind === 'open' && open === undefined && texts[name] === undefined) {
        texts[name] = '';
        open = name;
      }
    }
    if (name === 'body' || (name === 'head' && kind === 'close')) inHead = false;
    if (inHead && kind === 'open') {
      canonical ??= readCanonical(piece);
      leadsOn ||= !inNoscript && isLeadingOn(piece);
    }
    const isRead = hasHeading ? texts.h1 !== undefined && open !== 'h1' : !inHead;
    return isRead ? 'enough' : undefined;
  });
  const title = [texts.h1, texts.title].map((text) => text?.replaceAll(/\s+/g, ' ').trim()).find(Boolean);
  return { canonical, title, leadsOn };
}

function readCanonical({ name, attributes }: Tag): string | undefined {
  const relations = valueOf(attributes, 'rel')?.toLowerCase().split(/\s+/) ?? [];
  const href = name === 'link' && relations.includes('canonical') ? valueOf(attributes, 'href') : undefined;
  return href?.trim() || undefined;
}

/** A page that names no other address loads itself again. */
function isLeadingOn({ name, attributes }: Tag): boolean {
  if (name !== 'meta' || valueOf(attributes, 'http-equiv')?.toLowerCase() !== 'refresh') return false;
  return /[;,]\s*\S/.test(valueOf(attributes, 'content') ?? '');
}

function valueOf(attributes: readonly Attribute[], name: string): string | undefined {
  return attributes.find((one) => one.name === name)?.value;
}
