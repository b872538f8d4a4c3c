import type { Node } from 'mdast';
import type { Unknown } from '../nodes.ts';

const remedies: Readonly<Record<Exclude<Unknown['fault'], undefined> | 'unknown', string>> = {
  unknown: 'Say what it stands for in `syntax.shortcodes` of the source, or write it in markdown.',
  unclosed: 'Close it, in the same paragraph or among the same blocks, or write it in markdown.',
  unopened: 'Remove it, or open it in the same paragraph or among the same blocks.',
  incomplete: 'Give it what it needs, written out, or write it in markdown.',
  address: 'Write the address out.',
};

/** What is left where a tag cannot be translated. */
export function leave(
  found: Omit<Unknown, 'type' | 'syntax' | 'position'> & Pick<Node, 'position'>,
): Unknown {
  const { position, name, fault, hasValues, remedy = remedies[fault ?? 'unknown'] } = found;
  return {
    type: 'unknown',
    syntax: 'shortcode',
    name,
    ...(fault && { fault }),
    ...(hasValues !== undefined && { hasValues }),
    remedy,
    ...(position && { position }),
  };
}
