import type { Source } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import type { OptionFault } from './refuse.ts';

/** Sources that share a name, and targets whose sequence is that of no source. */
export function findLooseSequences(
  sources: readonly Source[],
  targets: readonly Target[],
): readonly OptionFault[] {
  const names = sources.map(({ name }) => name);
  const shared = names.flatMap((name, index): readonly OptionFault[] =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: ['sources', index, 'name'],
            message: `Two sources are called "${name}".`,
            remedy: 'Give each a name of its own.',
          },
        ],
  );
  const loose = targets.flatMap((target): readonly OptionFault[] => {
    if (target.granularity !== 'letter' || target.sequence === undefined || names.includes(target.sequence))
      return [];
    return [
      {
        path: ['targets', target.name, 'sequence'],
        message: `targets.${target.name}.sequence is "${target.sequence}", which is the name of no source.`,
        remedy: `Write "name: ${target.sequence}" and "as: letters" in the source that its letters come from.`,
      },
    ];
  });
  return [...shared, ...loose];
}
