import type { SeriesPlace } from '../../model/post.ts';
import type { FieldReader } from './fields.ts';
import { readPart, readSeries } from './values.ts';

/** A post's place in a series, as `series` and `part` give it together. */
export function takeSeries(reader: FieldReader): SeriesPlace | undefined {
  const rule = { severity: 'error', rule: 'post-series-invalid' } as const;
  const series = reader.take<SeriesPlace>({
    field: 'series',
    names: ['series'],
    expected:
      'the name of one series, or {name, part, group} with a whole number as its part, or {name, hub: true}',
    remedy: 'Write the name, or as in {name: Walks, part: 2}',
    read: readSeries,
    ...rule,
  });
  const part = reader.take<number>({
    field: 'part',
    names: ['part', 'series_order'],
    expected: 'a whole number such as 2',
    read: readPart,
    ...rule,
  });
  if (series?.hub === true) return takeHub(reader, series, part);
  if (part === undefined) return series;
  const place = reader.places.part ?? reader.placeOf([]);
  if (!series) {
    if (!reader.places.series) {
      reader.report(
        'warning',
        'post-series-missing',
        place,
        'The post has a part number but no series.',
        'Name the series in `series`.',
      );
    }
    return undefined;
  }
  if (series.part !== undefined && series.part !== part) {
    reader.report(
      'warning',
      'post-field-conflict',
      place,
      `The part is ${series.part} in \`series\` and ${part} here; ${series.part} is taken.`,
      'Keep one of the two, or make both say the same.',
    );
  }
  return { part, ...series };
}

/** A hub shows the whole series and has no place among its parts. */
function takeHub(reader: FieldReader, series: SeriesPlace, part: number | undefined): SeriesPlace {
  if (series.part !== undefined || series.group !== undefined || part !== undefined) {
    reader.report(
      'warning',
      'post-series-hub-part',
      reader.places.part ?? reader.places.series ?? reader.placeOf([]),
      `A hub is not one of the parts of "${series.name}", so its part number and group are not used.`,
      'Leave out `part` and `group`, or `hub: true`.',
    );
  }
  return { name: series.name, hub: true };
}
