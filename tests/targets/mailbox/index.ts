import { z } from 'zod';
import { toString } from 'mdast-util-to-string';
import { digestJson } from '../../../src/base/digest.ts';
import type { LetterTarget } from '../../../src/model/target.ts';
import { defineLetterTarget, nameSecrets, readPolicy, sealLetter } from '../../../src/targets/define.ts';
import { scheduleOption } from '../../../src/targets/options.ts';
import { writeDocument } from '../../../src/views/document.ts';
import { connectBoard } from '../board/client.ts';

const secretRoles = [{ role: 'key', variable: 'BOARD_KEY', required: true }];

const options = z.strictObject({
  kind: z.literal('mailbox'),
  url: z.url(),
  sequence: z.string().optional(),
  sign: z.string().default(''),
  schedule: scheduleOption,
});

/** Letters on the invented board: the sample of a target that letters are mailed from. */
export const mailbox = defineLetterTarget({
  kind: 'mailbox',
  summary: 'A letter on a board.',
  rules: {},
  secrets: secretRoles,
  options: () => Promise.resolve(options),
  create(name, { url, sequence, sign, ...rest }): LetterTarget {
    const digest = digestJson({ sign });
    return {
      name,
      kind: 'mailbox',
      granularity: 'letter',
      by: 'program',
      fixed: [],
      policy: readPolicy(rest),
      digestOptions: () => digest,
      capabilities: { observe: true, update: 'freely', pace: { writes: { count: 100, ms: 1000 } } },
      url,
      secrets: nameSecrets(url, 'https://mailbox.example', secretRoles, {}),
      extension: 'txt',
      ...(sequence !== undefined && { sequence }),
      render(letter, content) {
        const { tree } = content;
        const { subject, delay, day, canonicalUrl } = letter;
        const wait = delay === undefined ? '' : `${delay.value} ${delay.unit} later, `;
        const online = canonicalUrl === undefined ? '' : `\nRead it at ${canonicalUrl}`;
        const rendition = sealLetter({
          target: name,
          letter,
          content,
          options: digest,
          body: `${wait}day ${day ?? 'unknown'}: ${toString({ ...tree, children: tree.children.filter(({ type }) => type !== 'yaml') })}${online}${sign}`,
          fields: { title: subject, original: letter.id },
        });
        return Promise.resolve({ rendition, diagnostics: [] });
      },
      preview: ({ rendition }, letter) => {
        const show = (name: string, text: string) => ({
          name,
          html: writeDocument({
            title: letter.subject,
            lang: letter.lang,
            style: '',
            body: `<p>${text}</p>`,
          }),
        });
        return Promise.resolve({ frames: [show('mail', rendition.body), show('plain', 'The plain part.')] });
      },
      async connect(secrets) {
        const board = await connectBoard({ url }, secrets);
        return {
          ...board,
          observe: (copies, signal) =>
            board.observe(
              copies.map((copy) => ({ ...copy, canonicalUrl: copy.postId })),
              signal,
            ),
        };
      },
    };
  },
});
