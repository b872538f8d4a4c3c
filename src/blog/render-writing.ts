import { BroadsideError } from '../base/errors.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Site } from '../model/site.ts';
import type { Target } from '../model/target.ts';
import type { Blog } from './load.ts';
import { listMailable } from './mailable.ts';
import { openLetterRenderer } from './render-letters.ts';
import { openPostRenderer, type ShownPost } from './render-posts.ts';

/** A post or a letter as one target shows it, and what is wrong with it; not shown where its body cannot be read. */
export interface RenderedWriting {
  readonly diagnostics: readonly Diagnostic[];
  readonly shown?: ShownPost | undefined;
}

/** Renders the post or letter of an id for one target. Throws `POST_UNKNOWN` where the target does not take it. */
export async function renderWriting(
  id: string,
  target: Target,
  { blog, config, site }: { readonly blog: Blog; readonly config: Config; readonly site: Site },
): Promise<RenderedWriting> {
  if (target.granularity === 'letter') {
    const found = listMailable(target, blog, '').find(({ letter }) => letter.id === id);
    if (found === undefined) throw refuse(id, target, 'does not mail it');
    const { diagnostics, shown } = await openLetterRenderer(blog, config, site)(found.letter, target);
    return { diagnostics: [...(blog.letterFaults.get(id) ?? []), ...diagnostics], shown };
  }
  const post = blog.posts.find((one) => one.id === id);
  if (post === undefined) throw refuse(id, target, 'takes only posts');
  const { diagnostics, shown } = await openPostRenderer(blog, config, site)(post, [target]);
  return { diagnostics, shown: shown.get(target.name) };
}

function refuse(id: string, { name }: Target, why: string): BroadsideError {
  return new BroadsideError('POST_UNKNOWN', `"${id}" cannot be shown for ${name}, which ${why}.`, {
    remedy: 'Name another target, or look at `sequence` of this one in the config.',
  });
}
