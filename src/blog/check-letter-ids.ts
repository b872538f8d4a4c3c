import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { Post } from '../model/post.ts';

/** The letters whose ids no other letter or post has, and what is wrong with the others, which are left out. */
export function checkLetterIds(
  letters: readonly Letter[],
  posts: readonly Pick<Post, 'id' | 'origin'>[],
): { readonly letters: readonly Letter[]; readonly diagnostics: readonly Diagnostic[] } {
  if (letters.length === 0) return { letters, diagnostics: [] };
  const byId = Map.groupBy<string, Pick<Post, 'id' | 'origin'>>([...letters, ...posts], ({ id }) => id);
  const othersOf = (letter: Letter) => (byId.get(letter.id) ?? []).filter((one) => one !== letter);
  return {
    letters: letters.filter((letter) => othersOf(letter).length === 0),
    diagnostics: letters.flatMap((letter): readonly Diagnostic[] => {
      const others = othersOf(letter).map(({ origin }) => origin.path);
      if (others.length === 0) return [];
      const { line, column } = letter.places.id ?? letter.places.slug ?? { line: 1, column: 1 };
      return [
        {
          rule: 'post-id-duplicate',
          severity: 'error',
          message: `The id "${letter.id}" is also that of ${others.join(', ')}; this letter is not mailed.`,
          remedy: 'Give the letter an `id` of its own.',
          file: letter.origin.path,
          line,
          column,
          postId: letter.id,
        },
      ];
    }),
  };
}
