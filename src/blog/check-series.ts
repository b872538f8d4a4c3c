import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostField } from '../model/post.ts';
import { compareParts } from './order.ts';

/**
 * Compares the posts of each series: parts are all numbered or all ordered by date, no number is given twice or left out, no part
 * is due before an earlier one, and a series has one hub at most. Drafts only fill gaps.
 */
export function checkSeries(posts: readonly Post[]): readonly Diagnostic[] {
  const inSeries = posts.filter(({ series }) => series !== undefined);
  return [...Map.groupBy(inSeries, ({ series }) => series?.name ?? '').values()].flatMap((members) => {
    const all = members.filter(({ series }) => series?.hub !== true);
    const hubs = members.filter((post) => post.series?.hub === true && !post.draft);
    const parts = all.filter(({ draft }) => !draft);
    const numbered = parts.filter(({ series }) => series?.part !== undefined);
    const ofHubs = checkHubs(hubs, all.length);
    return numbered.length > 0 && numbered.length < parts.length
      ? [...ofHubs, ...parts.map((post) => describeMixed(post, parts.length - numbered.length, parts.length))]
      : [...ofHubs, ...findSameParts(numbered), ...findGaps(parts, all), ...findOvertaking(parts)];
  });
}

function describe(
  post: Post,
  field: PostField,
  fault: Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>,
): Diagnostic {
  const { line, column } = post.places[field] ?? post.places.series ?? { line: 1, column: 1 };
  return { ...fault, file: post.origin.path, line, column, postId: post.id };
}

function nameFiles(posts: readonly Post[]): string {
  return posts.map(({ origin }) => origin.path).join(', ');
}

function checkHubs(hubs: readonly Post[], parts: number): readonly Diagnostic[] {
  const [first, ...others] = hubs.toSorted(compareParts);
  if (first === undefined) return [];
  const name = first.series?.name;
  const empty = hubs.map((post) =>
    describe(post, 'series', {
      rule: 'post-series-hub-empty',
      severity: 'warning',
      message: `No post is a part of the series "${name}", so its map shows nothing.`,
      remedy: 'Write the name of the series here as its parts write it.',
    }),
  );
  const second = others.map((post) =>
    describe(post, 'series', {
      rule: 'post-series-hub-duplicate',
      severity: 'warning',
      message: `The series "${name}" has another hub, ${first.origin.path}; both show its map, and the parts lead to that one.`,
      remedy: 'Leave `hub: true` in one post.',
    }),
  );
  return [...(parts === 0 ? empty : []), ...second];
}

function describeMixed(post: Post, without: number, all: number): Diagnostic {
  return describe(post, 'part', {
    rule: 'post-series-mixed',
    severity: 'error',
    message: `${without} of the ${all} parts of the series "${post.series?.name}" have no part number, so the parts have no order.`,
    remedy: 'Number every part with `part`, or none, to order them by date.',
  });
}

function findSameParts(numbered: readonly Post[]): readonly Diagnostic[] {
  return [...Map.groupBy(numbered, ({ series }) => series?.part).values()]
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map((post) =>
        describe(post, 'part', {
          rule: 'post-series-part-duplicate',
          severity: 'warning',
          message: `Part ${post.series?.part} of the series "${post.series?.name}" is also ${nameFiles(group.filter((other) => other !== post))}; they are shown by date.`,
          remedy: 'Give each part its own number; groups share one row of numbers.',
        }),
      ),
    );
}

/** Reported at the part after the gap. A series may begin with part 0 or part 1. */
function findGaps(parts: readonly Post[], all: readonly Post[]): readonly Diagnostic[] {
  const numbers = [...new Set(all.flatMap(({ series }) => series?.part ?? []))].toSorted((a, b) => a - b);
  return parts
    .filter(({ series }) => series?.part !== undefined)
    .flatMap((post) => {
      const part = post.series?.part ?? 0;
      const before = numbers[numbers.indexOf(part) - 1] ?? 0;
      const missing = part - before - 1;
      if (missing < 1) return [];
      const gap = missing === 1 ? `part ${part - 1}` : `parts ${before + 1} to ${part - 1}`;
      return [
        describe(post, 'part', {
          rule: 'post-series-gap',
          severity: 'warning',
          message: `The series "${post.series?.name}" has no ${gap} before part ${part}; readers look for what is not there.`,
          remedy: 'Number the parts without a gap, or write what is missing, as a draft at first.',
        }),
      ];
    });
}

/** The parts that are due before an earlier one, by the date of the post or on a target that has a date of its own. */
function findOvertaking(parts: readonly Post[]): readonly Diagnostic[] {
  const ordered = parts.toSorted(compareParts);
  const targets = new Set(
    parts.flatMap(({ syndicate }) => (syndicate === false ? [] : Object.keys(syndicate))),
  );
  return ordered.flatMap((post, index) => {
    const before = ordered.slice(0, index);
    for (const target of [undefined, ...targets]) {
      const due = findDue(post, target);
      const earlier = before
        .map((part) => ({ part, due: findDue(part, target) }))
        .find((one) => due !== undefined && one.due !== undefined && Date.parse(due) < Date.parse(one.due));
      if (due === undefined || earlier?.due === undefined) continue;
      return [describeOvertaking(post, due, { ...earlier, due: earlier.due }, target)];
    }
    return [];
  });
}

/** When a post is due on a target, or on its site if no target is given; undefined if it does not go there. */
function findDue({ publishAt, syndicate }: Post, target: string | undefined): string | undefined {
  if (target === undefined) return syndicate === false ? undefined : publishAt;
  const wish = syndicate === false ? false : syndicate[target];
  if (wish === false) return undefined;
  const at = typeof wish === 'object' ? wish.at : undefined;
  return at !== undefined && Date.parse(at) > Date.parse(publishAt) ? at : publishAt;
}

function describeOvertaking(
  post: Post,
  due: string,
  earlier: { readonly part: Post; readonly due: string },
  target: string | undefined,
): Diagnostic {
  const part = (one: Post): string =>
    one.series?.part === undefined ? one.origin.path : `part ${one.series.part}`;
  const isSameDay = due.slice(0, 10) === earlier.due.slice(0, 10);
  const [own, other] = [due, earlier.due].map((instant) => (isSameDay ? instant : instant.slice(0, 10)));
  const where = target === undefined ? '' : ` on ${target}`;
  const what = part(post);
  return describe(post, target === undefined ? 'date' : 'syndicate', {
    rule: 'post-series-order',
    severity: 'warning',
    message: `${what.startsWith('part') ? `Part ${post.series?.part}` : what} of the series "${post.series?.name}" is due${where} on ${own}, before ${part(earlier.part)}, due on ${other}; its copies wait until those of ${part(earlier.part)} are out.`,
    remedy: 'Order the dates as the parts are ordered.',
  });
}
