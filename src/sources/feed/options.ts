import { z } from 'zod';

/** What the config may say of a feed that posts come from. */
export const feedSourceOptions = z
  .strictObject({
    kind: z.literal('feed'),
    url: z
      .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
      .optional()
      .describe("The feed's address, http or https."),
    path: z.string().min(1).optional().describe("The feed's file, in the blog's folder and relative to it."),
    allow_private: z
      .boolean()
      .default(false)
      .describe('Whether `url` may lead to this machine or into a private network.'),
  })
  .refine(({ url, path }) => (url === undefined) !== (path === undefined), {
    error: 'needs exactly one of url and path',
  });
