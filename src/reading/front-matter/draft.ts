import { isFields } from '../../base/is-fields.ts';
import type { FieldReader } from './fields.ts';
import { describeValue, readDate, readFlag, readText } from './values.ts';

const hiddenNames = ['unlisted', 'private', 'is_private', 'headless'];
const hiddenStatuses: ReadonlySet<string> = new Set([
  'draft',
  'private',
  'unlisted',
  'unpublished',
  'hidden',
]);
const linkPostNames = ['external_url', 'redirect'];

/** A post is a draft as soon as one field says so: what is held back by mistake can still be sent. */
export function takeDraft(reader: FieldReader): boolean {
  const readFlags = (names: readonly string[]): readonly boolean[] =>
    reader.find(names).flatMap(({ name, value, place }) => {
      const flag = readFlag(value);
      if (flag !== undefined) return [flag];
      reader.report(
        'error',
        'post-field-invalid',
        place,
        `\`${name}\` is ${describeValue(value)}, which is not true or false.`,
        'Write true or false.',
      );
      return [];
    });

  const draft = reader.take<boolean>({
    field: 'draft',
    names: ['draft'],
    severity: 'error',
    rule: 'post-field-invalid',
    expected: 'true or false',
    read: readFlag,
  });
  const published = reader
    .find(['published'])
    .map(({ value, place }) => ({ value, flag: readFlag(value), place }))
    .find(({ flag, place }) => flag !== undefined || place !== reader.places.date);
  if (published && published.flag === undefined && readDate(published.value, 'UTC') === undefined) {
    reader.report(
      'error',
      'post-field-invalid',
      published.place,
      `\`published\` is ${describeValue(published.value)}, which is neither a date nor true or false.`,
      'Write true, false or a date as in 2026-11-21.',
    );
  }
  if (published && draft !== undefined && published.flag === draft) {
    reader.report(
      'warning',
      'post-field-conflict',
      published.place,
      `\`draft: ${draft}\` and \`published: ${published.flag}\` contradict each other; the post counts as a draft.`,
      'Keep one of the two.',
    );
  }
  const [status] = reader.find(['status']).map(({ value }) => readText(value)?.toLowerCase());
  const isHiddenByStatus = hiddenStatuses.has(status ?? '');
  const isHiddenByFlag = readFlags(hiddenNames).includes(true);
  const linksAway = reader.find(linkPostNames).some(({ value }) => value !== false);
  const hasNoPage =
    reader.find(['permalink', 'render']).some(({ value }) => value === false) || isNotBuilt(reader);
  const isUnpublished = published?.flag === false;
  return draft === true || isUnpublished || isHiddenByStatus || isHiddenByFlag || linksAway || hasNoPage;
}

/** Whether Hugo makes no page of a post, or shows it in no list: `build: { render: never, list: never }`. */
function isNotBuilt(reader: FieldReader): boolean {
  return reader
    .find(['build', '_build'])
    .flatMap(({ value }) => (isFields(value) ? [value['render'], value['list']] : []))
    .some((wish) => wish === false || wish === 'never' || wish === 'false');
}
