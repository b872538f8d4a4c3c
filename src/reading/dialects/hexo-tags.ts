import type { Image, PhrasingContent } from 'mdast';
import { parseWords } from './parse-words.ts';
import type { Tag } from './shortcode-tag.ts';

const picture = /\.(?:avif|gif|jpe?g|png|svg|webp)$/i;

/**
 * What a tag of Hexo or of its theme NexT shows by values that have neither names nor quotes: a link to a post or a file beside it, a
 * picture beside it, a button with its parts between commas, a label. Undefined for all others.
 */
export function readHexoTag({ syntax, name, rest, values }: Tag): readonly PhrasingContent[] | undefined {
  if (syntax !== 'liquid') return undefined;
  const [first = '', ...others] = values;
  const words = others.filter((word) => word !== 'true' && word !== 'false').join(' ');
  switch (name) {
    case 'post_link':
      return first === '' || words === '' ? undefined : link(`broadside-ref:${encodeURI(first)}`, words);
    case 'asset_link':
      return first === '' ? undefined : link(first, words || first);
    case 'asset_img':
      return readPicture(values);
    case 'btn':
    case 'button': {
      const [url = '', text = ''] = rest.split(',').map((part) => part.trim());
      return rest.includes(',') && /^(?:https?:|\/|#)\S*$/.test(url) && text !== ''
        ? link(url, text)
        : undefined;
    }
    case 'label': {
      const [, text = ''] = /^[\w-]*@(.+)$/s.exec(rest) ?? [];
      return text === '' ? undefined : parseWords(text.trim());
    }
    default:
      return undefined;
  }
}

/** Classes, the file, a width and a height, and the words: `left photo.jpg 500 "A title 'what it shows'"`. */
function readPicture(values: readonly string[]): readonly Image[] | undefined {
  const at = values.findIndex((value) => picture.test(value));
  const url = values[at];
  if (url === undefined) return undefined;
  const words = values
    .slice(at + 1)
    .filter((value) => !/^\d+$/.test(value))
    .join(' ');
  return [{ type: 'image', url, alt: /'([^']*)'/.exec(words)?.[1] ?? words }];
}

function link(url: string, text: string): readonly PhrasingContent[] {
  const children = parseWords(text) as Extract<PhrasingContent, Image>[];
  return [{ type: 'link', url, children }];
}
