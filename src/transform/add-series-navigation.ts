import type { ListItem, PhrasingContent, Root, RootContent } from 'mdast';
import type { PostId } from '../model/post.ts';
import type { Series, SeriesPart, Site } from '../model/site.ts';

/** A post's place among the parts of its series that are out; `position` counts from 1. */
export interface SeriesPosition {
  readonly position: number;
  readonly total: number;
  readonly previous?: SeriesPart;
  readonly next?: SeriesPart;
}

/** Tells where a post stands in its series; nothing if it is not one of the parts. */
export function describeSeries(series: Series, postId: PostId): SeriesPosition | undefined {
  const index = series.parts.findIndex((part) => part.postId === postId);
  if (index === -1) return undefined;
  const previous = series.parts[index - 1];
  const next = series.parts[index + 1];
  return {
    position: index + 1,
    total: series.parts.length,
    ...(previous && { previous }),
    ...(next && { next }),
  };
}

/** Adds a list of the parts of the series, this one marked; an only part is no series yet and gets none. */
export function addSeriesNavigation(
  tree: Root,
  series: Series,
  postId: PostId,
  position: Site['navigation'],
): void {
  const place = describeSeries(series, postId);
  if (position === 'none' || place === undefined || place.total < 2) return;
  const block: readonly RootContent[] = [
    {
      type: 'paragraph',
      children: [
        { type: 'text', value: `This is part ${place.position} of ${place.total} in the series ` },
        { type: 'strong', children: [{ type: 'text', value: series.name }] },
        { type: 'text', value: ':' },
      ],
    },
    {
      type: 'list',
      ordered: true,
      start: 1,
      spread: false,
      children: series.parts.map((part) => listPart(part, part.postId === postId)),
    },
  ];
  if (position === 'bottom') tree.children.push(...block);
  else tree.children.unshift(...block);
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
