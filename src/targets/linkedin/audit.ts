import type { Diagnostic, Place, Severity } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import type { Content } from '../../model/source.ts';
import {
  commentaryLimit,
  findOpening,
  makeHashtag,
  measureCommentary,
} from '../../transform/to-commentary.ts';
import { cardDescriptionLimit, cardTitleLimit } from './limits.ts';
import { chooseShown, findRefusedEnding, type LinkedinRendering, type Shown } from './render.ts';

interface Fault {
  readonly rule: string;
  readonly severity: Severity;
  /** The field at fault; `text` exists only as an override. */
  readonly field: 'title' | 'description' | 'tags' | 'cover' | 'text';
  readonly message: string;
  readonly remedy: string;
}

/** Holds a post against what LinkedIn takes and shows. */
export function auditForLinkedin(
  post: Post,
  content: Content,
  { name, card }: Pick<LinkedinRendering, 'name' | 'card'>,
): readonly Diagnostic[] {
  const shown = chooseShown(post, name);
  const faults = [
    ...findTextFaults(shown, content),
    ...(card ? findCardFaults(shown) : []),
    ...findTagFaults(shown),
  ];
  return faults.map(({ rule, severity, field, message, remedy }) => {
    const { line, column } = findPlace(post, name, field);
    return {
      rule,
      severity,
      message,
      remedy,
      file: post.origin.path,
      line,
      column,
      postId: post.id,
      target: name,
    };
  });
}

function findPlace(post: Post, name: string, field: Fault['field']): Place {
  const own = post.syndicate === false ? undefined : post.syndicate[name];
  const isOwn = typeof own === 'object' && field in own;
  const place = isOwn || field === 'text' ? post.places.syndicate : post.places[field];
  return place ?? post.places.title ?? { line: 1, column: 1 };
}

function findTextFaults({ text, description }: Shown, content: Content): readonly Fault[] {
  if (text !== undefined) {
    const length = measureCommentary(text);
    if (length <= commentaryLimit) return [];
    return [
      {
        rule: 'linkedin-text-length',
        severity: 'error',
        field: 'text',
        message: `The text for LinkedIn is ${length} characters as it is sent, escapes included; LinkedIn takes ${commentaryLimit}.`,
        remedy: `Shorten it by ${length - commentaryLimit} characters; each of \\ | { } @ [ ] ( ) < > # * _ ~ counts twice.`,
      },
    ];
  }
  if (description !== undefined) return [];
  const hasOpening = findOpening(content.tree) !== '';
  return [
    {
      rule: 'linkedin-description-missing',
      severity: 'warning',
      field: 'description',
      message: `The post has no description, so LinkedIn shows ${hasOpening ? 'its first paragraph' : 'only its title'}.`,
      remedy: 'Add a description of one or two sentences to the front matter.',
    },
  ];
}

function findCardFaults({ title, description = '', cover }: Shown): readonly Fault[] {
  const faults: Fault[] = [];
  if (title.length > cardTitleLimit) {
    faults.push({
      rule: 'linkedin-title-length',
      severity: 'warning',
      field: 'title',
      message: `The title is ${title.length} characters long; the card on LinkedIn shows it cut at ${cardTitleLimit}.`,
      remedy: 'Give a shorter title under syndicate for this target.',
    });
  }
  if (description.length > cardDescriptionLimit) {
    faults.push({
      rule: 'linkedin-description-length',
      severity: 'warning',
      field: 'description',
      message: `The description is ${description.length} characters long; the card on LinkedIn shows it cut at ${cardDescriptionLimit}.`,
      remedy: 'Give a shorter description under syndicate for this target.',
    });
  }
  const ending = cover && findRefusedEnding(cover);
  if (ending !== undefined) {
    faults.push({
      rule: 'linkedin-cover-format',
      severity: 'warning',
      field: 'cover',
      message: `LinkedIn takes no .${ending} pictures, so the card is shown without its cover.`,
      remedy: 'Give a JPG, PNG or GIF as the cover, for all targets or under syndicate for this one.',
    });
  }
  return faults;
}

function findTagFaults({ tags }: Shown): readonly Fault[] {
  return tags
    .filter((tag) => makeHashtag(tag) === undefined)
    .map((tag) => ({
      rule: 'linkedin-hashtag-lost',
      severity: 'warning' as const,
      field: 'tags' as const,
      message: `The tag ${JSON.stringify(tag)} makes no hashtag on LinkedIn, which takes letters and digits only; it is left out.`,
      remedy: 'Give tags in letters and digits under syndicate for this target, such as cpp for c++.',
    }));
}
