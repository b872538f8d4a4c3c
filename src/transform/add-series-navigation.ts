import type { ListItem, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import type { Post, PostId } from '../model/post.ts';
import type { Series, SeriesPart, Site } from '../model/site.ts';
import { isHub } from './choose-series.ts';
import { listSeriesMap } from './list-series-map.ts';
import type { SeriesMark } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

/** A post's place among the parts of its series that are out. */
export interface SeriesPosition {
  /** The author's own number, else counted from 1. */
  readonly number: number;
  readonly total: number;
  /** The number of the first part, where no number after it is left out or stands twice. */
  readonly countedFrom?: number;
}

/** Tells where a post stands in its series; nothing if it is not one of the parts. */
export function describeSeries(series: Series, postId: PostId): SeriesPosition | undefined {
  const index = series.parts.findIndex((part) => part.postId === postId);
  if (index === -1) return undefined;
  const numbers = series.parts.map(({ part }, place) => part ?? place + 1);
  const [first = 1] = numbers;
  return {
    number: numbers[index] ?? index + 1,
    total: numbers.length,
    ...(numbers.every((number, place) => number === first + place) && { countedFrom: first }),
  };
}

/**
 * Adds to a part a list of the parts, this one marked, and to a hub the map of its series: at the first mark that asks for
 * it, else where `position` says, a map at the end. An only part is no series yet and gets no list.
 */
export function addSeriesNavigation(
  tree: Root,
  series: Series | undefined,
  post: Pick<Post, 'id'>,
  position: Site['navigation'],
): void {
  const isMap = series !== undefined && isHub(series, post);
  const list = isMap ? listSeriesMap : listNavigation;
  const block = series === undefined ? [] : list(series, post.id);
  if (replaceMarks(tree, block)) return;
  if (position === 'top' && !isMap) tree.children.unshift(...block);
  else tree.children.push(...block);
}

/** Puts blocks at the first mark and takes all marks out; false if there is none. */
function replaceMarks(tree: Root, block: readonly RootContent[]): boolean {
  const marks: { readonly node: SeriesMark; readonly parent: Parents }[] = [];
  walk(tree, (node, _index, parent) => {
    if (node.type === 'seriesMark') marks.push({ node, parent });
  });
  for (const [number, { node, parent }] of marks.entries()) {
    const siblings: RootContent[] = parent.children;
    siblings.splice(siblings.indexOf(node), 1, ...(number === 0 ? block : []));
  }
  return marks.length > 0;
}

/** A list is numbered only while the author's numbers are without a gap, and their total is told only where they begin at 1. */
function listNavigation(series: Series, postId: PostId): readonly RootContent[] {
  const place = describeSeries(series, postId);
  if (place === undefined || place.total < 2) return [];
  const { number, total, countedFrom } = place;
  const count = countedFrom === 1 ? `part ${number} of ${total} in` : `part ${number} of`;
  return [
    {
      type: 'paragraph',
      children: [
        { type: 'text', value: `This is ${count} the series ` },
        { type: 'strong', children: [showName(series)] },
        { type: 'text', value: ':' },
      ],
    },
    {
      type: 'list',
      ordered: countedFrom !== undefined,
      start: countedFrom ?? null,
      spread: false,
      children: series.parts.map((part) => listPart(part, part.postId === postId)),
    },
  ];
}

function showName({ name, hub }: Series): PhrasingContent {
  const text = { type: 'text', value: name } as const;
  return hub?.url === undefined ? text : { type: 'link', url: hub.url, children: [text] };
}

function listPart(part: SeriesPart, isThisPost: boolean): ListItem {
  return {
    type: 'listItem',
    spread: false,
    children: [{ type: 'paragraph', children: showPart(part, isThisPost) }],
  };
}

function showPart({ title, url }: SeriesPart, isThisPost: boolean): PhrasingContent[] {
  const text = { type: 'text', value: title } as const;
  if (isThisPost)
    return [
      { type: 'strong', children: [text] },
      { type: 'text', value: ' (this post)' },
    ];
  return url === undefined ? [text] : [{ type: 'link', url, children: [text] }];
}
