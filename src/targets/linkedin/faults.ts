import { commentaryLimit, makeHashtag, measureCommentary } from './printer/commentary.ts';
import type { Fault } from '../../transform/report-faults.ts';
import { cardTitleLimit } from './limits.ts';
import { findRefusedEnding, type Commentary, type LinkedinRendering, type LinkedinShown } from './compose.ts';

/** What LinkedIn would not take or show of a post. `commentary` is what its commentary is made of. */
export function findLinkedinFaults(
  shown: LinkedinShown,
  commentary: Commentary,
  { link }: Pick<LinkedinRendering, 'link'>,
): readonly Fault[] {
  return [
    ...findTextFaults(shown, commentary),
    ...findTitleFaults(shown),
    ...(link === 'card' ? findCoverFaults(shown) : []),
    ...findTagFaults(shown),
  ];
}

function findTextFaults(
  { text, description }: LinkedinShown,
  { parts, begins }: Commentary,
): readonly Fault[] {
  const length = measureCommentary(parts);
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
  if (text !== undefined || description !== undefined || begins === 'its own summary') return [];
  return [
    {
      rule: 'linkedin-description-missing',
      severity: 'warning',
      at: 'description',
      message: `The post has no description, so LinkedIn shows ${begins}.`,
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
      once: true as const,
      message: `The tag ${JSON.stringify(tag)} makes no hashtag on LinkedIn, which takes one with a letter in it; it is left out.`,
      remedy: 'Give tags with letters under syndicate for this target, such as Year2026 for 2026.',
    }));
}
