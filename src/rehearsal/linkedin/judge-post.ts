import { isFields } from '../../base/is-fields.ts';
import { replyJson } from '../stand-in.ts';
import type { Reply } from '../exchange.ts';
import type { Card, Image } from './post.ts';
import { refuse } from './refusals.ts';

/** UTF-16 units of the escaped commentary (LinkedIn's own error to publishers, December 2025 and April 2026). */
const longestCommentary = 3000;

const visibilities = new Set(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER']);

const postFields = new Set([
  'author',
  'commentary',
  'visibility',
  'distribution',
  'lifecycleState',
  'isReshareDisabledByAuthor',
  'content',
]);

/** The refusal of a post for what it says or leaves out. */
export function findPostFault(given: Readonly<Record<string, unknown>>): Reply | undefined {
  const unknown = Object.keys(given).find((key) => !postFields.has(key));
  if (unknown !== undefined) {
    return refuse(422, `ERROR :: /${unknown} :: unrecognized field found but not allowed`);
  }
  for (const key of ['author', 'commentary', 'visibility', 'lifecycleState']) {
    if (typeof given[key] !== 'string') return refuse(422, requiredField(`/${key}`));
  }
  const { distribution, visibility, lifecycleState } = given;
  if (!isFields(distribution) || typeof distribution['feedDistribution'] !== 'string') {
    return refuse(422, requiredField('/distribution/feedDistribution'));
  }
  if (!visibilities.has(String(visibility))) {
    return refuse(422, `ERROR :: /visibility :: "${String(visibility)}" is not an enum symbol`);
  }
  if (lifecycleState !== 'PUBLISHED')
    return refuse(422, 'ERROR :: /lifecycleState :: only PUBLISHED can be created');
  return undefined;
}

/** The refusal of an author who is not the member whose token it is. */
export function findAuthorFault(author: string, member: string): Reply | undefined {
  if (author === `urn:li:person:${member}`) return undefined;
  return author.startsWith('urn:li:organization:')
    ? refuse(400, 'Organization permissions must be used when using organization as author')
    : refuse(403, 'The author is not the member whose token it is', 'ACCESS_DENIED');
}

/** The refusal of a commentary that is too long. */
export function findLengthFault(commentary: string): Reply | undefined {
  if (commentary.length <= longestCommentary) return undefined;
  return replyJson(400, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `ShareCommentary text length (${commentary.length} characters) exceeded the maximum allowed (${longestCommentary} characters)`,
    errorDetails: {
      inputErrors: [
        {
          description: 'Size of array cannot be higher than the maxLength',
          input: { inputPath: { fieldPath: 'commentary' } },
          code: 'FIELD_ARRAY_SIZE_TOO_HIGH',
          maxLength: longestCommentary,
        },
      ],
    },
    status: 400,
  });
}

/** The card that a post shows, none, or the refusal of it. */
export function readCard(
  content: unknown,
  images: readonly Image[],
): Card | null | { readonly refuse: Reply } {
  if (content === undefined || content === null) return null;
  const article = isFields(content) ? content['article'] : undefined;
  if (!isFields(article))
    return { refuse: refuse(422, 'ERROR :: /content :: unrecognized field found but not allowed') };
  const { source, title, description, thumbnail } = article;
  if (typeof source !== 'string' || !/^https?:\/\/\S+$/.test(source)) {
    return { refuse: refuse(422, requiredField('/content/article/source')) };
  }
  if (typeof title !== 'string' || title === '') {
    return { refuse: refuse(422, requiredField('/content/article/title')) };
  }
  const image = images.find((it) => it.urn === thumbnail);
  if (thumbnail !== undefined && image?.uploaded !== true) {
    return { refuse: refuse(400, 'Media asset is waiting for its upload', 'MEDIA_ASSET_WAITING_UPLOAD') };
  }
  return {
    source,
    title,
    description: typeof description === 'string' ? description : '',
    thumbnail: image?.file ?? null,
  };
}

function requiredField(path: string): string {
  return `ERROR :: ${path} :: field is required but not found and has no default value`;
}
