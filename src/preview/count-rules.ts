import type { Diagnostic } from '../model/diagnostic.ts';
import type { RuleCount } from './define.ts';

/** How often each rule is broken by what was `found` in posts and what is wrong with the blog; errors first, then the most frequent. */
export function countRules(
  found: readonly Diagnostic[],
  ofBlog: readonly Diagnostic[],
): readonly RuleCount[] {
  const byRule = Map.groupBy([...found, ...ofBlog], ({ rule }) => rule);
  return [...byRule]
    .map(([rule, faults]): RuleCount => {
      const posts = new Set(faults.flatMap(({ postId }) => postId ?? []));
      const isError = faults.some(({ severity }) => severity === 'error');
      return { rule, severity: isError ? 'error' : 'warning', count: faults.length, posts: [...posts] };
    })
    .toSorted(
      (a, b) =>
        Number(b.severity === 'error') - Number(a.severity === 'error') ||
        b.count - a.count ||
        Number(a.rule > b.rule) - Number(a.rule < b.rule),
    );
}
