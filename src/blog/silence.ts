import { suggestWord } from '../base/errors.ts';
import type { Diagnostic, Rules } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';

/** Whether an author may silence a rule at this severity. */
function isOptional(rule: string, severity: Diagnostic['severity'], rules: Rules): boolean {
  return severity === 'warning' || rules[rule]?.optional === true;
}

/** The faults that a post's author has not silenced. */
export function dropSilenced(
  faults: readonly Diagnostic[],
  { silence }: Pick<Post, 'silence'>,
  rules: Rules,
): readonly Diagnostic[] {
  if (silence === undefined) return faults;
  return faults.filter(
    ({ rule, severity }) => !(Object.hasOwn(silence, rule) && isOptional(rule, severity, rules)),
  );
}

/** What is wrong with a post's `silence`: rules that do not exist, and those that nobody can silence. */
export function findSilenceFaults(post: Post, rules: Rules): readonly Diagnostic[] {
  const { silence } = post;
  if (silence === undefined) return [];
  const known = Object.keys(rules);
  return Object.keys(silence).flatMap((name) => {
    const rule = rules[name];
    if (rule !== undefined && (rule.severity !== 'error' || rule.optional === true)) return [];
    const near = rule === undefined ? suggestWord(name, known) : undefined;
    return [
      {
        rule: 'post-silence-unknown',
        severity: 'warning' as const,
        message:
          rule === undefined
            ? `\`silence\` names "${name}", which is not a rule of any target in the config.`
            : `\`silence\` names "${name}", which cannot be silenced: without a remedy the post cannot go out.`,
        remedy:
          rule !== undefined
            ? rule.remedy
            : near === undefined
              ? 'Write the rule’s id as it is reported.'
              : `Did you mean "${near}"?`,
        file: post.origin.path,
        ...(post.places.silence ?? { line: 1, column: 1 }),
        postId: post.id,
      },
    ];
  });
}
