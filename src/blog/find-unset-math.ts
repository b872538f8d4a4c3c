import type { Root } from 'mdast';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { UnsetMath } from '../reading/dialects/translate-math.ts';
import { walk } from '../reading/walk.ts';

/** A warning at the first of the formulas that readers would see as TeX, since nothing says that they are set. */
export function findUnsetMath(
  tree: Root,
): readonly Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'line' | 'column'>[] {
  const places: UnsetMath[] = [];
  walk(tree, (node) => {
    if (node.data?.unsetMath !== undefined) places.push(node.data.unsetMath);
  });
  const [first] = places;
  if (first === undefined) return [];
  return [
    {
      rule: 'post-math-off',
      severity: 'warning',
      message: `What stands between ${first.marks} looks like a formula; readers would see it as it is written.`,
      remedy: remedies[first.marks],
      line: first.line,
      column: first.column,
    },
  ];
}

const remedies: Readonly<Record<UnsetMath['marks'], string>> = {
  dollars:
    'Write `math: true` in the front matter, or in `syntax` of the source; or put backslashes before the dollars.',
  'brackets with backslashes':
    'Write `math: true` in the front matter, or in `syntax` of the source; or put it in a code span.',
  tags: 'Write the table or the element in markdown, where formulas are set.',
};
