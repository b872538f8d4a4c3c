import type { Cover, Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { describeSeries } from '../../transform/add-series-navigation.ts';
import { isHub } from '../../transform/choose-series.ts';
import { findOpening, toPlainText } from '../../transform/find-opening.ts';
import { overridesFor } from '../../transform/overrides-for.ts';
import { chooseShown, type Shown } from '../shown.ts';
import { refusedPictures } from './limits.ts';
import {
  chooseHook,
  hashtagsWanted,
  makeHashtags,
  openWithHook,
  type CommentaryParts,
} from './printer/commentary.ts';
import { findGist } from './printer/find-gist.ts';

/** What shapes a rendition for LinkedIn. */
export interface LinkedinRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** Who posts it: what a person pastes has no escapes. */
  readonly by: 'program' | 'hand';
  /** Where the link to the original is shown. */
  readonly link: 'card' | 'text' | 'none';
  /** Hashtags of the blog, for posts whose own tags make fewer than `hashtagsWanted`. */
  readonly hashtags: readonly string[];
  readonly digestOptions: () => string;
}

/** What LinkedIn shows of a post. */
export interface LinkedinShown extends Shown {
  /** The whole commentary in the author's own words. */
  readonly text: string | undefined;
  /** How the body begins. */
  readonly opening: string;
}

/**
 * Chooses what is shown of a post. Own words are those in its front matter or, as plain text, a body written for this target
 * alone; they bring no tags but those given beside them.
 */
export function chooseForLinkedin(post: Post, { path, tree }: Content, target: string): LinkedinShown {
  const shown = { ...chooseShown(post, target), opening: findOpening(tree) };
  const { text, tags } = overridesFor(post, target);
  const own = text?.trim() || (path === undefined ? '' : toPlainText(tree).trim());
  return own === '' ? { ...shown, text: undefined } : { ...shown, text: own, tags: tags ?? [] };
}

/** The ending of a picture's address, such as `webp`, when it is one that LinkedIn refuses. */
export function findRefusedEnding(cover: Cover): string | undefined {
  const path = URL.canParse(cover.url) ? new URL(cover.url).pathname.toLowerCase() : '';
  return refusedPictures.find((ending) => path.endsWith(`.${ending}`));
}

/** A commentary, and what its text begins with, for people. */
export interface Commentary {
  readonly parts: CommentaryParts;
  readonly begins:
    'the description' | 'its own summary' | 'its takeaways' | 'how it begins' | 'only its title';
}

/**
 * What a post's commentary is made of: the author's own words, else a hook (the description, the post's own summary or how
 * it begins, whichever is first to say something before LinkedIn folds it) and the takeaways the post names.
 */
export function composeCommentary(
  post: Post,
  { tree }: Content,
  site: Site,
  shown: LinkedinShown,
  { link: shownAs, hashtags }: LinkedinRendering,
): Commentary {
  const { title, description, tags, text, opening } = shown;
  const link = shownAs === 'text' ? { link: post.canonicalUrl } : {};
  if (text !== undefined) {
    const parts = { text, hashtagsInText: true, tags, ...(!text.includes(post.canonicalUrl) && link) };
    return { parts, begins: 'the description' };
  }
  const { summary, takeaways } = findGist(tree, post.lang);
  const written = [description, summary].filter((one) => one !== undefined);
  const [first, ...lines] = written.length > 0 ? [undefined, ...takeaways] : takeaways;
  const said = chooseHook(written, post.lang) ?? first ?? opening;
  const series = placeInSeries(post, site);
  return {
    parts: {
      text: said === '' ? title : openWithHook(said, post.lang),
      takeaways: lines.filter((line) => line !== undefined),
      tags: fillTags(tags, hashtags),
      ...link,
      ...(shownAs !== 'card' && said !== '' && { title }),
      ...(series !== undefined && { series }),
    },
    begins: nameBeginning(description, summary, first, opening),
  };
}

function nameBeginning(
  description: string | undefined,
  summary: string | undefined,
  takeaway: string | undefined,
  opening: string,
): Commentary['begins'] {
  if (description !== undefined) return 'the description';
  if (summary !== undefined) return 'its own summary';
  if (takeaway !== undefined) return 'its takeaways';
  return opening === '' ? 'only its title' : 'how it begins';
}

/** Adds the blog's own hashtags to a post's tags until they make as many hashtags as are wanted. */
function fillTags(tags: readonly string[], more: readonly string[]): readonly string[] {
  const filled = [...tags];
  for (const tag of more) {
    if (makeHashtags(filled).length >= hashtagsWanted) break;
    filled.push(tag);
  }
  return filled;
}

/**
 * The total is given only once later parts are out, because a LinkedIn post stays as it was when it went out. A hub counts the
 * parts that its map shows.
 */
function placeInSeries(post: Post, site: Site): CommentaryParts['series'] {
  const series = site.seriesByPost.get(post.id);
  if (series !== undefined && isHub(series, post)) {
    const total = series.parts.length;
    return { name: series.name, ...(total > 1 && { total }) };
  }
  const place = series && describeSeries(series, post.id);
  if (series === undefined || place === undefined) return undefined;
  const part = post.series?.part;
  if (part === undefined && place.total < 2) return undefined;
  const { total, countedFrom } = place;
  const number = part ?? place.number;
  return { name: series.name, part: number, ...(countedFrom === 1 && number < total && { total }) };
}
