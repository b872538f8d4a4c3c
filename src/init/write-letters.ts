import { joinPath } from './paths.ts';
import { writeTarget, type BegunTarget } from './write-target.ts';

/** A folder of letters that is begun, and the target that takes them. */
export interface LetterAnswer {
  readonly folder: string;
  readonly target: BegunTarget;
}

/** What the sequence is called that init begins, and the target that takes it. */
export const sequence = 'welcome';

/** Three letters to begin with, as drafts, by their paths: a welcome sequence that ends nine days after a reader joined. */
export function writeFirstLetters(folder: string): Readonly<Record<string, string>> {
  const letters = [
    {
      subject: 'Welcome, and what you will get',
      preview: 'What comes next, and how often.',
      text: 'thank you for joining. Say here what readers will get from you, how often, and how they reach you.',
    },
    {
      subject: 'Where to begin',
      preview: 'Three posts that take ten minutes together.',
      delay: '2 days',
      text: 'here are the posts that readers liked best. Link to them with their whole addresses.',
    },
    {
      subject: 'One question for you',
      preview: 'It takes a minute to answer.',
      delay: '7 days',
      text: 'ask here what your readers would like to know. They can simply reply.',
    },
  ];
  return Object.fromEntries(
    letters.map((letter, index) => [
      joinPath(folder, `${sequence}-${index + 1}.md`),
      writeLetter(index + 1, letter),
    ]),
  );
}

function writeLetter(
  place: number,
  letter: {
    readonly subject: string;
    readonly preview: string;
    readonly delay?: string;
    readonly text: string;
  },
): string {
  const { subject, preview, delay, text } = letter;
  return `---
subject: ${JSON.stringify(subject)}
preview: ${JSON.stringify(preview)}
sequence: ${place}
${delay === undefined ? '' : `# After the letter before.\ndelay: ${delay}\n`}# A draft is never mailed: write "ready" when the letter is done.
status: draft
---

Hello {first_name|there},

${text}
`;
}

/** The lines of a config that make a folder's letters a source. */
export function writeLetterSource({ folder }: LetterAnswer): string {
  return [
    '  - kind: markdown',
    `    path: ${JSON.stringify(folder)}`,
    '    # Letters are mailed, and shown nowhere else. A target takes them by this name.',
    '    as: letters',
    `    name: ${sequence}`,
    '',
  ].join('\n');
}

/** What an author adds to the config that they have. */
export function describeLetters(letters: LetterAnswer): string {
  return `sources:\n${writeLetterSource(letters)}targets:\n${writeTarget(letters.target)}`;
}
