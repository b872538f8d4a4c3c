import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { findGist } from './printer/find-gist.ts';
import { findOpening } from '../../transform/find-opening.ts';
import { commentaryLimit, makeHashtag, measureCommentary } from './printer/commentary.ts';
import { reportFaults, type Fault } from '../faults.ts';
import { cardTitleLimit } from './limits.ts';
import {
  chooseForLinkedin,
  composeCommentary,
  findRefusedEnding,
  type LinkedinRendering,
  type LinkedinShown,
} from './render.ts';

/** Holds a post against what LinkedIn takes and shows. */
export function auditForLinkedin(
  post: Post,
  content: Content,
  site: Site,
  rendering: LinkedinRendering,
): readonly Diagnostic[] {
  const shown = chooseForLinkedin(post, content, rendering.name);
  const length = measureCommentary(composeCommentary(post, content, site, rendering));
  return reportFaults(post, content, rendering.name, [
    ...findTextFaults(shown, length, post, content),
    ...findTitleFaults(shown),
    ...(rendering.link === 'card' ? findCoverFaults(shown) : []),
    ...findTagFaults(shown),
  ]);
}

function findTextFaults(
  { text, description }: LinkedinShown,
  length: number,
  post: Post,
  content: Content,
): readonly Fault[] {
  const over = length - commentaryLimit;
  if (over > 0) {
    const what = `${length} characters as it is sent, escapes and hashtags included`;
    const remedy = `Shorten it by ${over} characters; each of \\ | { } @ [ ] ( ) < > # * _ ~ counts twice.`;
    return text === undefined
      ? [
          {
            rule: 'linkedin-description-length',
            severity: 'warning',
            at: 'description',
            message: `With the description the post is ${what}; LinkedIn takes ${commentaryLimit}, so its end is cut.`,
            remedy,
          },
        ]
      : [
          {
            rule: 'linkedin-text-length',
            severity: 'error',
            at: 'text',
            message: `The text for LinkedIn is ${what}; LinkedIn takes ${commentaryLimit}.`,
            remedy,
          },
        ];
  }
  if (text !== undefined || description !== undefined) return [];
  const { summary, takeaways } = findGist(content.tree, post.lang);
  if (summary !== undefined) return [];
  const shown =
    takeaways.length > 0
      ? 'its takeaways'
      : findOpening(content.tree) === ''
        ? 'only its title'
        : 'how it begins';
  return [
    {
      rule: 'linkedin-description-missing',
      severity: 'warning',
      at: 'description',
      message: `The post has no description, so LinkedIn shows ${shown}.`,
      remedy: 'Add a description of one or two sentences to the front matter.',
    },
  ];
}

function findTitleFaults({ title }: LinkedinShown): readonly Fault[] {
  if (title.length <= cardTitleLimit) return [];
  return [
    {
      rule: 'linkedin-title-length',
      severity: 'warning',
      at: 'title',
      message: `The title is ${title.length} characters long; LinkedIn shows it cut at ${cardTitleLimit}.`,
      remedy: 'Give a shorter title under syndicate for this target.',
    },
  ];
}

function findCoverFaults({ cover }: LinkedinShown): readonly Fault[] {
  const ending = cover && findRefusedEnding(cover);
  if (ending === undefined) return [];
  return [
    {
      rule: 'linkedin-cover-format',
      severity: 'warning',
      at: 'cover',
      message: `LinkedIn takes no .${ending} pictures, so the card is shown without its cover.`,
      remedy: 'Give a JPG, PNG or GIF as the cover, for all targets or under syndicate for this one.',
    },
  ];
}

function findTagFaults({ tags }: LinkedinShown): readonly Fault[] {
  return tags
    .filter((tag) => makeHashtag(tag) === undefined)
    .map((tag) => ({
      rule: 'linkedin-hashtag-lost',
      severity: 'warning' as const,
      at: 'tags' as const,
      message: `The tag ${JSON.stringify(tag)} makes no hashtag on LinkedIn, which takes letters and digits only; it is left out.`,
      remedy: 'Give tags in letters and digits under syndicate for this target, such as cpp for c++.',
    }));
}
