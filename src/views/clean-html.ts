import rehypeParse from 'rehype-parse';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';

const addresses = ['http', 'https', 'mailto'];

const processor = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeSanitize, {
    ...defaultSchema,
    clobberPrefix: '',
    tagNames: [
      ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'input'),
      ...'abbr audio caption cite col colgroup dfn figcaption figure header mark small time u video wbr'.split(
        ' ',
      ),
    ],
    attributes: {
      ...defaultSchema.attributes,
      video: ['src', 'poster', 'controls', 'width', 'height'],
      audio: ['src', 'controls'],
      source: ['src', 'srcSet', 'type'],
    },
    protocols: {
      ...defaultSchema.protocols,
      href: addresses,
      src: ['http', 'https', 'data'],
      poster: addresses,
    },
  })
  .use(rehypeStringify)
  .freeze();

/** HTML as a careful reader shows it: nothing in it runs, has a style of its own, asks for anything or leads into the page around. */
export function cleanHtml(html: string): string {
  return String(processor.processSync(html));
}
