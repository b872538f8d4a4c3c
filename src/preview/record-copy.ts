import { BroadsideError } from '../base/errors.ts';
import type { Rendition } from '../model/rendition.ts';
import { recordByHand } from '../plan/record-by-hand.ts';
import type { Workbench } from '../plan/workbench.ts';
import type { RecordCopy } from './take-made-copy.ts';

/**
 * Makes what records copies in a blog's own ledger, which is opened for each, as what the person was shown of them: `findShown` finds it
 * by its fingerprint. It throws what `recordByHand` throws.
 */
export function openRecorder(
  openBench: () => Promise<Workbench>,
  findShown: (fingerprint: string) => Rendition | undefined,
): RecordCopy {
  return async ({ post: id, target: name, url, fingerprint }) => {
    const bench = await openBench();
    const copied = fingerprint === undefined ? undefined : findShown(fingerprint);
    const post = bench.blog.posts.find((one) => one.id === id);
    const target = bench.config.targets.find((one) => one.name === name);
    if (post === undefined || target?.granularity !== 'copy' || target.by !== 'hand') {
      throw new BroadsideError('COPY_UNKNOWN', `No copy of ${id} on ${name} is made by hand.`, {
        remedy: 'Look at "broadside plan" for those that are.',
      });
    }
    if (copied !== undefined && (copied.postId !== id || copied.target !== name))
      throw new TypeError('what was shown is another copy');
    const { result } = await recordByHand(bench, { post, target, url, copied });
    return result === 'unchanged'
      ? 'This was recorded already.'
      : `The copy of ${id} on ${name} is recorded.`;
  };
}
