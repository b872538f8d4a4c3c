import type { Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { placeOf } from '../reading/place-of.ts';
import type { Diagnostic, Place, RuleId } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { blankHidden } from '../reading/html/blank-hidden.ts';
import { findLeftSyntax } from './find-left-syntax.ts';
import { findScripts } from './find-scripts.ts';
import { findUnknown } from './find-unknown.ts';
import { findUnsetMath } from './find-unset-math.ts';

const mailNames = [
  '(?:first|last|full)_?name',
  '[fl]name',
  'e-?mail(?:_?address)?',
  'unsubscribe(?:_?(?:url|link))?',
  '(?:subscriber|contact|recipient|member)[._][a-z_.]+',
].join('|');

const mergeTag = new RegExp(
  [
    String.raw`\{{1,3}\s*\$?(?:${mailNames})\s*(?:\|[^{}]*)?\}{1,3}`,
    String.raw`%{1,2}(?:${mailNames})%{1,2}`,
    String.raw`\*\|[a-z][a-z0-9_:]*\|\*`,
  ].join('|'),
  'gi',
);

const start: Place = { line: 1, column: 1 };

/**
 * What is wrong with a post's body wherever it goes: mail merge tags that readers would see as they are
 * (`post-merge-tag`), formulas that are not set (`post-math-off`) and a body with nothing in it (`post-body-empty`), which
 * are warnings, and what only the author's
 * site can show, which is an error. Places are those of the file that the body is read from.
 */
export function auditBody(
  post: Pick<Post, 'id' | 'origin'> & Partial<Pick<Post, 'title' | 'summary' | 'places'>>,
  { tree, path = post.origin.path }: Pick<Content, 'tree' | 'path'>,
): readonly Diagnostic[] {
  const warn = (
    file: string,
    rule: RuleId,
    { line, column }: Place,
    message: string,
    remedy: string,
  ): Diagnostic => ({ rule, severity: 'warning', message, remedy, file, line, column, postId: post.id });
  const inFields = [
    ...findTags(post.title ?? '', post.places?.title ?? start, false),
    ...findTags(post.summary ?? '', post.places?.description ?? start, false),
  ];
  const warnOfTag =
    (file: string) =>
    ({ tag, place }: FoundTag): Diagnostic =>
      warn(
        file,
        'post-merge-tag',
        place,
        `${tag} is for a mail program; here, readers would see it as it stands.`,
        'Write what is meant, or put it in a code span if it is the subject.',
      );
  const tags = collectTags(tree, []);
  const left = findLeftSyntax(tree).filter(({ line }) => !tags.some(({ place }) => place.line === line));
  const faults = [
    ...inFields.map(warnOfTag(post.origin.path)),
    ...tags.map(warnOfTag(path)),
    ...[...findUnknown(tree), ...findUnsetMath(tree), ...findScripts(tree), ...left].map((fault) => ({
      ...fault,
      file: path,
      postId: post.id,
    })),
  ];
  if (!isEmptyBody(tree)) return faults;
  return [
    ...faults,
    warn(
      path,
      'post-body-empty',
      start,
      'The post has no text under its front matter.',
      'Write it, or mark it `draft: true`.',
    ),
  ];
}

interface FoundTag {
  readonly tag: string;
  readonly place: Place;
}

function findTags(text: string, from: Place, follows: boolean): readonly FoundTag[] {
  if (!/[{%]|\*\|/.test(text)) return [];
  return [...text.matchAll(mergeTag)].map((match) => {
    const before = text.slice(0, match.index).split('\n');
    const column = (before.at(-1) ?? '').length;
    const place = {
      line: from.line + before.length - 1,
      column: before.length === 1 ? from.column + column : column + 1,
    };
    return { tag: match[0], place: follows ? place : from };
  });
}

/** Adds the tags in a node, and in all that it holds, to those found before. */
function collectTags(node: Nodes, found: FoundTag[]): readonly FoundTag[] {
  const place = placeOf(node);
  if (node.type === 'text') found.push(...findTags(node.value, place, true));
  if (node.type === 'html') found.push(...findTags(blankHidden(node.value), place, true));
  if (node.type === 'emphasis') {
    // "*|FNAME|*" is emphasis to markdown, which eats its asterisks.
    const inner = toString(node);
    if (/^\|[A-Z][A-Z0-9_:]*\|$/.test(inner)) found.push({ tag: `*${inner}*`, place });
  }
  if (node.type === 'link' || node.type === 'definition' || node.type === 'image')
    found.push(...findTags(decodeAddress(node.url), place, false));
  if ('children' in node && !isAutolink(node)) for (const child of node.children) collectTags(child, found);
  return found;
}

function isAutolink(node: Nodes): boolean {
  return node.type === 'link' && toString(node) === node.url;
}

function decodeAddress(url: string): string {
  return url.replaceAll(/%7b/gi, '{').replaceAll(/%7d/gi, '}').replaceAll(/%7c/gi, '|');
}

const invisible: ReadonlySet<string> = new Set(['yaml', 'toml', 'definition']);

function isEmptyBody(tree: Root): boolean {
  return tree.children.every(({ type }) => invisible.has(type));
}
