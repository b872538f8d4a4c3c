import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import type { Letter } from '../model/letter.ts';
import { addCover } from '../transform/add-cover.ts';
import { copyTree } from '../transform/copy-tree.ts';
import { dropFrontMatter } from '../transform/drop-front-matter.ts';
import { prepareTree } from '../transform/prepare-tree.ts';
import { resolveLinks } from '../transform/resolve-links.ts';
import { printHtml } from '../transform/to-html.ts';
import { escapeHtml } from '../base/escape-html.ts';
import { writeDocument } from '../views/document.ts';

const style = `
body { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; font: 1.05rem/1.65 'Iowan Old Style', 'Source Serif 4', Charter, Georgia, 'Times New Roman', serif; }
h1, h2, h3, h4, h5, h6 { margin: 1.8em 0 .6em; font-family: system-ui, sans-serif; line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 .4em; font-size: 1.85rem; letter-spacing: -.01em; }
h1 + .about { margin: 0 0 1.5rem; }
img { border-radius: .25rem; }
a { color: light-dark(#1f4b99, #9abaff); text-underline-offset: .15em; }
.about { color: light-dark(#595959, #a8a8a8); font: .9rem/1.5 system-ui, sans-serif; }
pre { padding: 1rem; border: 1px solid #8886; border-radius: .4rem; }
pre, code { font-size: .9rem; }
table { border-collapse: collapse; display: block; overflow: auto; }
th, td { border: 1px solid #8886; padding: .3rem .6rem; }
blockquote { margin-inline: 0; padding-left: 1rem; border-left: 4px solid #8886; }
`;

/** The original as plain HTML, in a document for a frame: what it says, not how its site dresses it. */
export function showOriginal(post: Post, content: Content, site: Site): string {
  const { tree } = prepareTree(post, content, { ...site, navigation: 'none' }, post.title, '');
  if (post.cover !== undefined) addCover(tree, post.cover);
  return writeDocument({
    title: post.title,
    lang: post.lang,
    dir: 'auto',
    style,
    body: `<h1>${escapeHtml(post.title)}</h1>\n<p class="about"><bdi dir="ltr">${escapeHtml(post.canonicalUrl)}</bdi></p>\n${printHtml(tree, post)}`,
  });
}

/** A letter as its author wrote it, in a document for a frame. */
export function showLetterText(letter: Letter, content: Content, site: Site): string {
  const { id, origin, lang, subject, preview = '' } = letter;
  const owner = { id, origin, lang, canonicalUrl: letter.canonicalUrl ?? `${site.url}/` };
  const tree = copyTree(content.tree);
  dropFrontMatter(tree);
  resolveLinks(tree, owner, content, site, '');
  return writeDocument({
    title: subject,
    lang,
    dir: 'auto',
    style,
    body: `<h1>${escapeHtml(subject)}</h1>\n<p class="about">${escapeHtml(preview)}</p>\n${printHtml(tree, owner)}`,
  });
}
