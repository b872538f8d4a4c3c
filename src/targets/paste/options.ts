import { z } from 'zod';
import { commonOptions, optInOption } from '../options.ts';
import { fillImportUrl } from './import-url.ts';

/** The address of a page that makes a copy of what another address shows. */
const importUrlOption = z.string().refine((text) => {
  const url = URL.parse(fillImportUrl(text));
  return (
    url?.protocol === 'https:' &&
    url.username + url.password === '' &&
    !/[{}\s"'<>`\\]/.test(fillImportUrl(text))
  );
}, 'is not an https address such as "https://medium.com/p/import", in which {url} and {title} alone may stand for something');

/** What the config may say of a place to paste into. */
export const pasteOptions = z.strictObject({
  kind: z.literal('paste'),
  title: z.string().min(1).optional().describe('What you call the place, such as "Hacker News".'),
  format: z
    .enum(['html', 'markdown', 'text'])
    .default('html')
    .describe('What its editor takes: html (formatted text), markdown, or text (plain).'),
  import_url: importUrlOption
    .optional()
    .describe(
      'The page that makes a copy from an address, such as "https://medium.com/p/import". {url} and {title} in it stand for those of the post.',
    ),
  links: z
    .enum(['canonical', 'native'])
    .default('canonical')
    .describe(
      'Where links between posts lead: canonical to the originals, native to their copies on this target, as far as they are recorded.',
    ),
  notice: z.boolean().default(true).describe('Whether a copy ends with a line that leads to the original.'),
  opt_in: optInOption.default(false),
  ...commonOptions,
});
