import { auditLetter } from './audit-letter.ts';
import { findExclusion, isOutAt } from './eligibility.ts';
import { describeSite } from './describe-site.ts';
import { openBody } from './open-body.ts';
import type { Blog } from './load.ts';
import { listMailable } from './mailable.ts';
import { openLetterRenderer } from './render-letters.ts';
import { dropSilenced } from './silence.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter, LetterId } from '../model/letter.ts';

/**
 * What is wrong with letters, and with posts that are mailed, on each target that mails them. A letter that no target mails is
 * looked at all the same. `chosen`: the ids of those to look at.
 */
export async function auditLetters(
  config: Config,
  blog: Blog,
  chosen: ReadonlySet<LetterId>,
  now: string,
): Promise<readonly Diagnostic[]> {
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, now));
  const render = openLetterRenderer(blog, config, site);
  const faults: Diagnostic[] = [];
  const seen = new Set<LetterId>();
  for (const target of config.targets) {
    if (target.granularity !== 'letter') continue;
    for (const { letter, writing } of listMailable(target, blog, now)) {
      if (!chosen.has(letter.id) || findExclusion({ ...writing, draft: false }, target) !== undefined)
        continue;
      seen.add(letter.id);
      faults.push(...(await render(letter, target)).diagnostics);
    }
  }
  for (const letter of blog.letters) {
    if (chosen.has(letter.id) && !seen.has(letter.id))
      faults.push(...(await auditAlone(letter, config, blog)));
  }
  return dropRepeated(faults);
}

async function auditAlone(letter: Letter, config: Config, blog: Blog): Promise<readonly Diagnostic[]> {
  const opened = await openBody(letter, async () => auditLetter(letter, await blog.readLetter(letter)));
  return 'result' in opened ? dropSilenced(opened.result, letter, config.rules) : [opened.fault];
}

/** A fault of one letter on two targets is reported once. */
function dropRepeated(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
