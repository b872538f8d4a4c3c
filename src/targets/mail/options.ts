import { z } from 'zod';
import { isSitePath } from '../../model/address.ts';
import { commonOptions } from '../options.ts';

/** One address, with a name before it or without. */
const mailbox = z
  .string()
  .regex(
    /^(?:[^<>@\p{Cc}]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u,
    'is not a mail address such as "Me <me@example.com>"',
  );

const unsubscribeAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^(?:https|mailto):/i.test(text) && !/[\s<>"]/.test(text),
    'is neither an https nor a mailto address',
  );

/** What the config may say of letters that are written as files. */
export const mailOptions = z.strictObject({
  kind: z.literal('mail'),
  path: z
    .string()
    .refine(isSitePath, 'is not a path inside the blog’s folder such as "mail"')
    .default('mail')
    .describe(
      'The folder that the letters are written to, inside the blog’s folder. No other target may have the same.',
    ),
  sequence: z
    .string()
    .min(1)
    .optional()
    .describe('The name of the source whose letters it holds; without it, letters that are in no sequence.'),
  from: mailbox.optional().describe('The sender of the letters, such as "Me <me@example.com>".'),
  unsubscribe: unsubscribeAddress
    .optional()
    .describe('Where readers unsubscribe: an https or mailto address, put under every letter.'),
  merge_tags: z
    .record(z.string().regex(/^[a-z]\w*$/i, 'is not a name such as "first_name"'), z.string().min(1))
    .default({})
    .describe(
      'How your mail program writes a merge tag, by its name in letters, such as { first_name: "*|FNAME|*" }. {fallback} in it stands for the fallback. Others stay as you wrote them.',
    ),
  ...commonOptions,
});
