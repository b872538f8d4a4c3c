import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a post that is pasted by hand. */
export const pasteRules = {
  'paste-image-data': {
    severity: 'warning',
    wrong: 'A picture is a `data:` address, which editors drop when it is pasted.',
    remedy: 'Put the picture on the site and give its address.',
  },
  'paste-html-lost': {
    severity: 'warning',
    wrong:
      'The post has HTML that only a page can show, such as a script or a form; what it shows is missing from the copy.',
    remedy: 'Add a picture of it, or a sentence that links to it.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof pasteRules, Rule> {}
}
