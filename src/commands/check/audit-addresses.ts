import type { Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import { tryAddresses } from '../try-addresses.ts';

/** How many posts are told of one by one. */
const shownLimit = 20;

/**
 * Warns of canonical URLs that lead elsewhere: post by post where the site that was built beside the posts says so, and of all at
 * once where its generator would make another address of every post tried.
 */
export async function auditAddresses(config: Config, posts: readonly Post[]): Promise<readonly Diagnostic[]> {
  const tried = await tryAddresses(config, posts);
  const [one] = tried?.wrong ?? [];
  if (tried === undefined || one === undefined) return [];
  const { from, isProof, wrong } = tried;
  const about = { rule: 'post-address-wrong', severity: 'warning' } as const;
  if (isProof && wrong.length < tried.tried && wrong.length <= shownLimit) {
    return wrong.map(({ post, at }) => ({
      ...about,
      message: `${from} has this post at ${at}, and its canonical URL is ${post.canonicalUrl}.`,
      remedy: `Write { ${JSON.stringify(post.origin.path)}: ${JSON.stringify(at)} } under "addresses" of the source in ${config.file}.`,
      file: post.origin.path,
      postId: post.id,
      ...(post.places.canonical_url ?? { line: 1, column: 1 }),
    }));
  }
  if (!isProof && wrong.length < tried.tried) return [];
  const count = wrong.length === tried.tried ? `all ${wrong.length}` : `${wrong.length} of ${tried.tried}`;
  const says = isProof ? `${from} has` : `${from} makes`;
  return [
    {
      ...about,
      message: `The addresses of posts are wrong for ${wrong.length === 1 && tried.tried === 1 ? 'the one post' : `${count} posts`} tried: ${says} ${one.at} of ${one.post.origin.path}, and its canonical URL is ${one.post.canonicalUrl}.`,
      remedy: 'Correct "canonical" of the source, or "url" of the site, before anything is published.',
      file: config.file,
      line: 1,
      column: 1,
    },
  ];
}
