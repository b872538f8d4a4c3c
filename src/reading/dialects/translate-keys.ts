import type { Html, PhrasingContent } from 'mdast';
import { cutWords, type FindEnd } from '../cut-words.ts';

/** Keys that have a name, of which one makes a combination of keys (https://facelessuser.github.io/pymdown-extensions/extensions/keys/, checked December 2026). */
const named =
  'alt|alt-graph|arrow-(?:down|left|right|up)|backspace|caps-lock|cmd|command|control|ctrl|del|delete|down|end|enter|esc|escape|f\\d{1,2}|fn|home|ins|insert|left|meta|num-lock|option|page-(?:down|up)|print-screen|return|right|scroll-lock|shift|space|super|tab|up|win|windows';
const part = `(?:${named}|[a-z0-9])`;
const opensKeys = new RegExp(
  `(?<![\\p{L}\\p{N}+])\\+\\+(?=(?:${part}\\+)*(?:${named})(?:\\+${part})*\\+\\+(?![\\p{L}\\p{N}+]))`,
  'giu',
);

const findKeysEnd: FindEnd = (text, from) => {
  const at = text.indexOf('++', from);
  return at < 0 ? undefined : [at, at + 2];
};

/** Reads `++ctrl+c++` as the keys that a reader presses. */
export function translateKeys(words: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const keys = cutWords(words, opensKeys, () => findKeysEnd);
  if (keys === undefined) return words;
  return [...keys.before, ...keys.inside.flatMap(showKeys), ...translateKeys(keys.after)];
}

function showKeys(word: PhrasingContent): readonly PhrasingContent[] {
  if (word.type !== 'text') return [word];
  const tag = (value: string): Html => ({ type: 'html', value });
  return word.value.split('+').flatMap((key, index) => {
    const value = key
      .split('-')
      .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
      .join(' ');
    const pressed: readonly PhrasingContent[] = [tag('<kbd>'), { ...word, value }, tag('</kbd>')];
    return index === 0 ? pressed : [{ ...word, value: '+' }, ...pressed];
  });
}
