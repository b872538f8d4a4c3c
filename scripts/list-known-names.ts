import type { Family } from '../src/reading/dialects/known/family.ts';
import { families } from '../src/reading/dialects/known/names.ts';
import { shortcodeMeanings } from '../src/reading/dialects/meanings.ts';

const groups = {
  components: (name: string) => `<${name}>`,
  shortcodes: (name: string) => name,
  directives: (name: string) => `:::${name}`,
} as const satisfies Record<keyof Family, (name: string) => string>;

/** The page of the names that posts can use without a line in the config. */
export function listKnownNames(notice: string): string {
  const sections = Object.entries(families).flatMap(([owner, family]) => [
    `## ${owner}\n`,
    '| what | name | is shown as |',
    '| - | - | - |',
    ...Object.entries(groups).flatMap(([group, write]) =>
      listRows(group, write, family[group as keyof Family]),
    ),
    '',
  ]);
  return (
    `# Names that are known\n\n${notice}\n\n` +
    'Posts may use these names as they are. [Writing](writing.md) says what each form shows. What is under `syntax` in your ' +
    'config comes first. Beside these, each of the following words can be a shortcode, and is shown as what it says: ' +
    `${shortcodeMeanings
      .filter((word) => !['drop', 'link', 'tab', 'text', 'unwrap'].includes(word))
      .map((word) => `\`${word}\``)
      .join(', ')}.\n\n` +
    'A name that is not here is shown as your own page shows it, if the source has [`pages`](pages.md).\n\n' +
    sections.join('\n')
  );
}

function listRows(
  group: string,
  write: (name: string) => string,
  names: Readonly<Record<string, string>> = {},
): readonly string[] {
  const byMeaning = Map.groupBy(Object.entries(names), ([, meaning]) => meaning);
  return [...byMeaning].map(([meaning, own], index) => {
    const written = own.map(([name]) => `\`${write(name)}\``).join(' ');
    return `| ${index === 0 ? group : ''} | ${written} | \`${meaning}\` |`;
  });
}
