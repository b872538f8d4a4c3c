import { BroadsideError, tellError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import { stateKey } from '../model/ledger.ts';
import type { Post } from '../model/post.ts';
import type { CopyTarget } from '../model/target.ts';
import { hasDrifted } from '../plan/changes.ts';
import { findRemoteId } from '../plan/copy-address.ts';
import { connectTarget } from '../workbench/connect.ts';
import { compareTexts } from './compare-texts.ts';
import type { RemoteView } from './define.ts';
import type { Snapshot } from './gather.ts';

/** Asks a target what it holds of a post, and compares what the copy would get now with it. Changes nothing. */
export async function askTarget(
  { bench, ledger, site }: Snapshot,
  post: Post,
  target: CopyTarget,
  shell: Pick<Shell, 'environment' | 'signal'>,
): Promise<RemoteView> {
  const about = { post: post.id, target: target.name };
  if (target.by === 'hand')
    return {
      ...about,
      seen: 'unasked',
      message: `A person makes the copies on ${target.title}, so it cannot be asked.`,
    };
  const receipt = ledger.get(stateKey({ target: target.name, postId: post.id }))?.receipt;
  try {
    const connection = await connectTarget(target, shell.environment, () => undefined);
    const [seen] = await connection.observe(
      [
        {
          postId: post.id,
          canonicalUrl: receipt?.canonicalUrl ?? post.canonicalUrl,
          ...(receipt && { remoteId: findRemoteId(target, receipt) }),
        },
      ],
      shell.signal,
    );
    if (seen === undefined || seen.seen === 'unknown') {
      const why = seen?.why ?? 'it did not say';
      return { ...about, seen: 'unasked', message: `${target.name} cannot tell what it holds: ${why}.` };
    }
    if (seen.seen === 'absent')
      return { ...about, seen: 'absent', message: `${target.name} holds no copy of this post.` };
    const drifted = receipt !== undefined && hasDrifted(receipt, seen);
    const rendition = (await openPostRenderer(bench.blog, bench.config, site)(post, [target])).shown.get(
      target.name,
    )?.rendition;
    const hunks =
      seen.body === undefined || rendition === undefined
        ? undefined
        : compareTexts(seen.body, rendition.body);
    return {
      ...about,
      seen: drifted ? 'drifted' : 'same',
      message: tellSeen(target.name, drifted, receipt !== undefined),
      ...(seen.url !== '' && { url: seen.url }),
      ...(hunks && hunks.length > 0 && { change: { what: `what ${target.name} holds now`, hunks } }),
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { ...about, seen: 'unasked', message: tellError(error) };
  }
}

function tellSeen(name: string, drifted: boolean, isKnown: boolean): string {
  if (!isKnown) return `${name} holds a copy that the ledger does not know. "broadside adopt" records it.`;
  return drifted
    ? `Somebody has changed the copy on ${name} since it was last taken.`
    : `${name} holds the copy as it was last taken.`;
}
