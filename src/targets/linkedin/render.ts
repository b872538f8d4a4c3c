import type { Cover, Post } from '../../model/post.ts';
import type { Asset } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { cleanLine, cutText } from '../../reading/plain-text.ts';
import { sealRendition } from '../define.ts';
import { reportFaults } from '../../transform/report-faults.ts';
import {
  chooseForLinkedin,
  composeCommentary,
  findRefusedEnding,
  type LinkedinRendering,
} from './compose.ts';
import { findLinkedinFaults } from './faults.ts';
import { alternativeTextLimit, cardDescriptionLimit, cardTitleLimit } from './limits.ts';
import { printCommentary } from './printer/commentary.ts';
import { readCommentary } from './printer/read-commentary.ts';

/** Renders a post as a LinkedIn post: the body is the commentary exactly as it is sent, or as it is pasted. */
export function renderForLinkedin(
  post: Post,
  content: Content,
  site: Site,
  rendering: LinkedinRendering,
): Rendered {
  const { name, link, by } = rendering;
  const shown = chooseForLinkedin(post, content, name);
  const { title, description, cover, opening } = shown;
  const commentary = composeCommentary(post, content, site, shown, rendering);
  const card = link === 'card';
  const below = chooseCardText([description, opening], commentary.parts.text);
  const printed = printCommentary(commentary.parts);
  const article = {
    source: post.canonicalUrl,
    title: cutText(cleanLine(title), cardTitleLimit),
    ...(below !== '' && { description: below }),
  };
  return {
    rendition: sealRendition({
      target: name,
      post,
      content,
      site,
      options: rendering.digestOptions(),
      body: by === 'hand' ? readCommentary(printed) : printed,
      fields: {
        article: card ? article : null,
        ...(by === 'hand' && card && { link: post.canonicalUrl }),
      },
      assets: card && by === 'program' ? listAssets(cover) : [],
      links: {},
      showsBody: false,
      ...(card && { fixed: { card: { ...article, cover: cover?.url ?? null } } }),
    }),
    diagnostics: reportFaults(post, content, name, findLinkedinFaults(shown, commentary, rendering)),
    byHand: {
      'article.html': async () => {
        const { writeArticle } = await import('./article.ts');
        return writeArticle(post, content, site, name);
      },
    },
  };
}

function listAssets(cover: Cover | undefined): readonly Asset[] {
  if (cover === undefined || findRefusedEnding(cover) !== undefined) return [];
  const alt = cover.alt && cutText(cover.alt, alternativeTextLimit);
  return [{ role: 'cover', url: cover.url, ...(alt !== undefined && alt !== '' && { alt }) }];
}

/** What the card says below its title: what the text above it does not say already; often nothing. */
function chooseCardText(candidates: readonly (string | undefined)[], above: string): string {
  const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  const said = bare(above);
  const fresh = candidates.find((one) => one !== undefined && bare(one) !== '' && !repeats(bare(one), said));
  return fresh === undefined ? '' : cutText(cleanLine(fresh), cardDescriptionLimit);
}

/** Whether one text begins with what the other says: an opening is cut, and a hook is shortened. */
function repeats(text: string, said: string): boolean {
  return said.includes(text) || text.startsWith(said);
}
