import { z } from 'zod';
import { meanings, shortcodeMeanings } from '../../reading/dialects/meanings.ts';
import {
  isPlaceholder,
  listPlaceholders,
  templateWords,
} from '../../reading/front-matter/address-template.ts';
import { letterFields } from '../../reading/front-matter/letter-fields.ts';
import { postFields } from '../../reading/front-matter/read-fields.ts';
import { fileWords } from './find-files.ts';

const canonicalOption = z
  .string()
  .regex(/^(\/(?!\/)|https?:\/\/)/, 'is neither a path that starts with "/" nor an http or https address')
  .refine(
    (template) => listPlaceholders(template).every(isPlaceholder),
    `has a placeholder other than ${templateWords.map((word) => `{${word}}`).join(' ')}`,
  )
  .refine(
    (template) => listPlaceholders(template).some((word) => /^(slug|id|name|title)(:lower)?$/.test(word)),
    'has none of {slug}, {id}, {name} and {title}, so posts would share an address',
  );

const addressOption = z
  .string()
  .regex(
    /^(\/(?!\/)|https?:\/\/)\S*$/,
    'is neither a path that starts with "/" nor an http or https address',
  );

const meaningOption = z.enum(meanings);

const filesOption = z
  .string()
  .regex(/^(?:\/(?!\/)|https?:\/\/|\{post\}\/)/, 'starts with neither "/", "{post}/" nor http or https')
  .refine(
    (template) =>
      [...template.matchAll(/\{([^{}]*)\}/g)].every(([, word]) => fileWords.some((known) => known === word)),
    `has a placeholder other than ${fileWords.map((word) => `{${word}}`).join(' ')}`,
  )
  .refine((template) => /\{(?:file|path)\}/.test(template), 'has neither {file} nor {path}');

const pagesOption = z.union([z.literal('live'), z.strictObject({ from: z.string().min(1) })], {
  error: 'has to be live, or { from: FOLDER } with the folder that your site is built into',
});

/** What the config may say of a folder of posts. */
export const markdownOptions = z.strictObject({
  kind: z.literal('markdown'),
  path: z.string().min(1).default('posts').describe("The posts' folder, in the blog's and relative to it."),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'is not a name: lower-case letters, digits and hyphens')
    .optional()
    .describe(
      'The name by which the `sequence` of a target takes the source’s letters; by default that of its kind, with its place among the sources.',
    ),
  as: z
    .enum(['posts', 'letters'])
    .default('posts')
    .describe(
      'Whether its files are posts or letters, which are mailed and shown nowhere else. A file that has `sequence` or `subject` is a letter in any source.',
    ),
  canonical: canonicalOption
    .default('/blog/{slug}')
    .describe(
      "Where the originals are: a path or address with {slug}, {id}, {title} or {name}, the file's own; and with {folder}, {categories}, {lang}, {year}, {month}, {monthname}, {shortmonth} and {day} as it has them. {lang?} is left out for the site's own language; {slug:lower} is in lower case.",
    ),
  addresses: z
    .record(z.string().min(1), addressOption)
    .default({})
    .describe(
      'The addresses that the template does not make, by the file: { "posts/old.md": "/2009/old.html" }.',
    ),
  lang: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i, 'is not a language tag, such as fr or pt-BR')
    .optional()
    .describe("The language of posts that name none; else the site's."),
  fields: z
    .partialRecord(z.enum([...postFields, ...letterFields]), z.string().min(1))
    .default({})
    .describe(
      "The blog's own names of front matter fields, such as { description: spoiler }; dots reach inside.",
    ),
  syntax: z
    .strictObject({
      shortcodes: z
        .union([z.boolean(), z.record(z.string().min(1), z.enum(shortcodeMeanings))])
        .default(true)
        .describe(
          "Whether Hugo's shortcodes and Liquid's tags are run rather than shown; or what the blog's own stand for, such as { shot: figure, ad: drop }.",
        ),
      math: z
        .boolean()
        .default(false)
        .describe(
          'Whether TeX between dollars is set; a post can say so by `math: true` in its front matter.',
        ),
      emoji: z.boolean().default(false).describe('Whether codes such as :smile: are shown as emoji.'),
      breaks: z
        .boolean()
        .default(false)
        .describe('Whether lines end where they do in the file, as Hexo shows them.'),
      scripts: z
        .boolean()
        .default(false)
        .describe('Whether H~2~O and 2^10^ are set lower and higher, and ^^words^^ are inserted ones.'),
      mdx: z
        .boolean()
        .default(false)
        .describe('Whether all posts are MDX, those in .md files too, as Docusaurus reads them.'),
      components: z
        .record(z.string().min(1), meaningOption)
        .default({})
        .describe('What the components of MDX posts stand for, such as { Callout: note, Chart: drop }.'),
      directives: z
        .record(z.string().min(1), meaningOption)
        .default({})
        .describe("What the blog's own directives stand for, such as { aside: note }."),
    })
    .prefault({})
    .describe('What the posts hold beside markdown.'),
  static: z
    .array(z.string().min(1))
    .optional()
    .describe(
      "The folders whose files the site serves from its root, relative to the blog's; else those of static, public, source and assets that are there, and the blog itself.",
    ),
  files: filesOption
    .optional()
    .describe(
      "Where the site has the files that stand beside posts: a path or address with {file}, from the post's folder, or {path}, from the blog's; {post} is the original's address. Else below the original for a post with a folder of its own, and otherwise where a browser looks.",
    ),
  pages: pagesOption
    .optional()
    .describe(
      'Where the pages of the posts tell what markdown cannot, such as what your own shortcodes and components show: { from: _site }, the folder that your generator writes to, or live, the site itself.',
    ),
});
