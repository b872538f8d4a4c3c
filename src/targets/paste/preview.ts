import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { escapeText } from '../../base/escape-html.ts';
import type { Post } from '../../model/post.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { View } from '../../model/view.ts';
import { printHtml } from '../../transform/to-html.ts';
import { writeDocument } from '../../views/document.ts';

const style = `
body { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem; font: 1.05rem/1.65 system-ui, sans-serif; }
h1 { line-height: 1.2; }
pre { padding: 1rem; border: 1px solid light-dark(#ccc, #555); border-radius: .4rem; font-size: .9em; }
table { border-collapse: collapse; display: block; overflow: auto; }
th, td { border: 1px solid light-dark(#ccc, #555); padding: .3rem .6rem; }
blockquote { margin-inline: 0; padding-left: 1rem; border-left: 4px solid light-dark(#ccc, #555); }
.text { white-space: pre-wrap; }
`;

const reader = unified().use(remarkParse).use(remarkGfm).freeze();

const printers: Readonly<Record<'html' | 'markdown' | 'text', (body: string) => string>> = {
  html: (body) => body,
  markdown: (body) => printHtml(reader.parse(body)),
  text: (body) => `<div class="text">${escapeText(body)}</div>`,
};

/** What is pasted as an editor that keeps all of it shows it, below its title: places have looks of their own. */
export function viewPaste(
  { body, fields }: Rendition,
  post: Post,
  format: 'html' | 'markdown' | 'text',
): View {
  const title = typeof fields['title'] === 'string' ? fields['title'] : post.title;
  const shown = `<h1>${escapeText(title)}</h1>\n${printers[format](body)}`;
  return {
    frames: [{ name: 'page', html: writeDocument({ title, lang: post.lang, style, body: shown }) }],
  };
}
