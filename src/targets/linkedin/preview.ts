import type { Post } from '../../model/post.ts';
import type { Json } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Made } from '../../model/target.ts';
import type { Frame, View } from '../../model/view.ts';
import { cleanHtml } from '../../views/clean-html.ts';
import { writeDocument } from '../../views/document.ts';
import { postStyle } from '../../views/linkedin/post-style.ts';
import { showPost, type ShownCard, type ShownPost } from '../../views/linkedin/show-post.ts';
import type { LinkedinRendering } from './compose.ts';
import { foldLimit, printWithHashtags } from './printer/commentary.ts';

/** The widths of a post in the feed, in CSS pixels: a desktop's column, and a usual phone. Seen in November 2026. */
const widths = [552, 375] as const;

/** Where a text is folded, in characters. Third parties' figures of 2025 and 2026; LinkedIn gives none. */
const marks = [
  { at: foldLimit, what: 'A phone folds about here.' },
  { at: 210, what: 'A desktop folds about here.' },
] as const;

/** A post as LinkedIn's feed shows it, folded and whole, and the article that a person may paste, where there is one. */
export async function previewOnLinkedin(
  { rendition, byHand }: Made,
  post: Post,
  site: Site,
  by: LinkedinRendering['by'],
): Promise<View> {
  const { body, fields, assets } = rendition;
  const card = readCard(fields['article'], assets[0]);
  const shared = {
    id: 'post',
    author: (post.authors[0] ?? site.author).name,
    below: 'Now',
    commentary: by === 'hand' ? printWithHashtags(body) : body,
    ...(card !== undefined && { card }),
  };
  const write = (text: ShownPost['text']): string =>
    writeDocument({
      title: post.title,
      lang: post.lang,
      style: postStyle,
      body: showPost({ ...shared, text }),
    });
  const article = await byHand?.['article.html']?.();
  return {
    frames: [
      { name: 'feed', html: write('folded'), widths },
      { name: 'whole text', html: write({ marks: marks.map(({ at }) => at) }), widths, marks },
      ...(article === undefined ? [] : [writeArticleFrame(article, post)]),
    ],
  };
}

function readCard(
  article: Json | undefined,
  cover: { readonly url: string; readonly alt?: string } | undefined,
): ShownCard | undefined {
  if (typeof article !== 'object' || article === null || !('source' in article)) return undefined;
  const { source, title, description } = article;
  if (typeof source !== 'string' || typeof title !== 'string') return undefined;
  return {
    source,
    title,
    ...(typeof description === 'string' && { description }),
    ...(cover && { picture: { url: cover.url, alt: cover.alt ?? '' } }),
  };
}

const articleStyle = `
body { background: light-dark(#fff, #1b1f23); color: light-dark(#191919, #f0f0f0); font: 1.125rem/1.7 Georgia, "Source Serif 4", serif; }
main { max-width: 744px; margin: 0 auto; padding: 24px 16px 48px; }
a { color: light-dark(#0a66c2, #71b7fb); }
header { margin-bottom: 32px; padding: 12px 16px; border: 1px solid light-dark(#dfdeda, #38434f); border-radius: 8px; font: 14px/20px system-ui, sans-serif; }
h2, h3 { font-family: system-ui, sans-serif; line-height: 1.3; }
pre { padding: 16px; background: light-dark(#f4f2ee, #293138); font-size: .9rem; }
blockquote { margin-inline: 0; padding-left: 20px; border-left: 4px solid light-dark(#dfdeda, #38434f); }
`;

/** The page to paste into the article editor, as it is pasted. */
function writeArticleFrame(page: string, post: Post): Frame {
  const text = page.replace(/^[\s\S]*?<\/style>/, '');
  const body = `<main>\n${cleanHtml(text)}\n</main>`;
  return {
    name: 'article',
    html: writeDocument({ title: post.title, lang: post.lang, style: articleStyle, body }),
  };
}
