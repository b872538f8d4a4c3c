import type { ListItem, PhrasingContent, RootContent } from 'mdast';
import type { Series, SeriesPart } from '../model/site.ts';
import { cleanLine, cutText } from '../reading/plain-text.ts';

/** How much is shown of a part's description, in UTF-16 units: a line or two. */
const descriptionLimit = 160;

/** The description of a part in one line; empty for a part that is not out. */
export function describePart({ url, summary }: SeriesPart): string {
  return url === undefined ? '' : cutText(cleanLine(summary ?? ''), descriptionLimit);
}

/**
 * The map that a hub shows: the parts in order, those of no group first, then each group under its name at the place of its first part. Lists are not
 * nested: those, Forem often takes as HTML only.
 * Empty while there is no part to show.
 */
export function listSeriesMap({ name, parts }: Series): readonly RootContent[] {
  if (parts.length === 0) return [];
  const groups = Map.groupBy(parts, ({ group }) => group);
  const alone = groups.get(undefined) ?? [];
  groups.delete(undefined);
  return [
    {
      type: 'paragraph',
      children: [
        { type: 'text', value: 'The parts of the series ' },
        { type: 'strong', children: [{ type: 'text', value: name }] },
        { type: 'text', value: ':' },
      ],
    },
    ...(alone.length === 0 ? [] : [listParts(alone)]),
    ...[...groups].flatMap(([group = '', members]): RootContent[] => [
      { type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', value: group }] }] },
      listParts(members),
    ]),
  ];
}

function listParts(parts: readonly SeriesPart[]): RootContent {
  return { type: 'list', ordered: false, spread: false, children: parts.map(listPart) };
}

function listPart(part: SeriesPart): ListItem {
  const title = { type: 'text', value: part.title } as const;
  const description = describePart(part);
  const children: PhrasingContent[] =
    part.url === undefined
      ? [title, { type: 'text', value: ' (to come)' }]
      : [
          { type: 'link', url: part.url, children: [title] },
          ...(description === '' ? [] : [{ type: 'text', value: ` — ${description}` } as const]),
        ];
  return { type: 'listItem', spread: false, children: [{ type: 'paragraph', children }] };
}
