import type { Cover, Overrides, Post } from '../../model/post.ts';
import type { Asset, Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { describeSeries } from '../../transform/add-series-navigation.ts';
import {
  cutText,
  findOpening,
  printCommentary,
  type CommentaryParts,
} from '../../transform/to-commentary.ts';
import { sealRendition } from '../define.ts';
import { alternativeTextLimit, cardDescriptionLimit, cardTitleLimit, refusedPictures } from './limits.ts';

/** What shapes a rendition for LinkedIn. */
export interface LinkedinRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** Whether the link is shown as a card rather than in the text. */
  readonly card: boolean;
  readonly optionsDigest: string;
}

/** What LinkedIn shows of a post: what its front matter says for this target, else what it says for all. */
export interface Shown {
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly cover: Cover | undefined;
  /** The whole commentary in the author's own words. */
  readonly text: string | undefined;
}

/** Chooses what is shown of a post; own words bring no tags but those given beside them. */
export function chooseShown(post: Post, target: string): Shown {
  const asked = post.syndicate === false ? undefined : post.syndicate[target];
  const own: Overrides = typeof asked === 'object' ? asked : {};
  return {
    title: own.title ?? post.title,
    description: (own.description ?? post.summary)?.trim() || undefined,
    tags: own.tags ?? (own.text === undefined ? post.tags : []),
    cover: own.cover ?? post.cover,
    text: own.text?.trim() || undefined,
  };
}

/** The ending of a picture's address, such as `webp`, when it is one that LinkedIn refuses. */
export function findRefusedEnding(cover: Cover): string | undefined {
  const path = URL.canParse(cover.url) ? new URL(cover.url).pathname.toLowerCase() : '';
  return refusedPictures.find((ending) => path.endsWith(`.${ending}`));
}

/** Renders a post as a LinkedIn post: the body is the commentary exactly as it is sent. */
export function renderForLinkedin(
  post: Post,
  content: Content,
  site: Site,
  { name, card, optionsDigest }: LinkedinRendering,
): Rendition {
  const shown = chooseShown(post, name);
  const description = shown.description ?? findOpening(content.tree);
  const article = {
    source: post.canonicalUrl,
    title: cutText(shown.title, cardTitleLimit),
    description: cutText(description, cardDescriptionLimit),
  };
  return sealRendition({
    target: name,
    post,
    content,
    site,
    optionsDigest,
    body: printCommentary({
      ...(shown.text === undefined
        ? composeText(post, site, shown.title, description, card)
        : { text: shown.text, hashtagsInText: true }),
      ...(!card && !shown.text?.includes(post.canonicalUrl) && { link: post.canonicalUrl }),
      tags: shown.tags,
    }),
    fields: { article: card ? article : null },
    assets: card ? listAssets(shown.cover) : [],
    links: {},
    showsSeries: false,
    ...(card && { fixed: { card: { ...article, cover: shown.cover?.url ?? null } } }),
  });
}

function composeText(
  post: Post,
  site: Site,
  title: string,
  description: string,
  card: boolean,
): Omit<CommentaryParts, 'tags'> {
  const series = placeInSeries(post, site);
  return {
    text: description === '' ? title : description,
    ...(!card && description !== '' && { title }),
    ...(series !== undefined && { series }),
  };
}

/** The total is told only once later parts are out: a LinkedIn post stays as it was when it went out. */
function placeInSeries(post: Post, site: Site): CommentaryParts['series'] {
  const series = site.seriesByPost.get(post.id);
  const place = series && describeSeries(series, post.id);
  if (series === undefined || place === undefined) return undefined;
  const part = post.series?.part;
  if (part === undefined && place.total < 2) return undefined;
  const number = part ?? place.position;
  return { name: series.name, part: number, ...(number < place.total && { total: place.total }) };
}

function listAssets(cover: Cover | undefined): readonly Asset[] {
  if (cover === undefined || findRefusedEnding(cover) !== undefined) return [];
  const alt = cover.alt && cutText(cover.alt, alternativeTextLimit);
  return [{ role: 'cover', url: cover.url, ...(alt !== undefined && alt !== '' && { alt }) }];
}
