import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { printArticle } from '../../src/targets/linkedin/printer/article.ts';

const page = {
  title: 'A post',
  language: 'en',
  post: { id: 'one', canonicalUrl: 'https://example.com/one' },
};

test.each([
  ['<p dir="rtl">אחד</p>', '<p dir="rtl">אחד</p>'],
  ['<div dir="rtl">\n\nאחד\n\n</div>\n\none', '<p dir="rtl">אחד</p>\n<p>one</p>'],
  ['<div dir="rtl">\n\n<section>\n\nאחד\n\n</section>\n\n</div>\n\none', '<p dir="rtl">אחד</p>\n<p>one</p>'],
  ['> <div dir="auto">\n>\n> אחד\n>\n> </div>', '<blockquote>\n<p dir="auto">אחד</p>\n</blockquote>'],
  ['<p dir="up">one</p>', '<p>one</p>'],
])('blocks keep their direction: %j', (text, html) => {
  expect(printArticle(parsePost(text), page)).toContain(html);
});
