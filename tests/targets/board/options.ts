import { z } from 'zod';
import { accountOptions, optInOption, secretVariable, targetUrl } from '../../../src/targets/options.ts';
import { defaultUrl } from './limits.ts';

/** What the config may say of a board. */
export const boardOptions = z.strictObject({
  kind: z.literal('board'),
  url: targetUrl.default(defaultUrl).describe('The board’s address.'),
  sign: z.string().default('').describe('What each notice ends with.'),
  opt_in: optInOption.default(false),
  ...accountOptions({ key: secretVariable('BOARD_KEY') }),
});
