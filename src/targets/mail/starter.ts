import type { LetterStarter } from '../../model/starter.ts';

/** The first target of a folder of letters, which needs no account. */
export const mailStarter: LetterStarter = {
  write: (sequence) => [
    '# Writes the letters as .eml files, for any mail program. "kind: kit" or "kind: buttondown" takes them to where they are sent from.',
    'kind: mail',
    `sequence: ${sequence}`,
  ],
};
