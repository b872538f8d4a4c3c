import { once } from '../base/once.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { Site } from '../model/site.ts';
import type { LetterTarget } from '../model/target.ts';
import { chooseContent } from '../transform/choose-content.ts';
import { showWrapped } from '../transform/show-wrapped.ts';
import { openBody } from './open-body.ts';
import type { Blog } from './load.ts';
import type { ShownPost } from './render-posts.ts';
import { dropSilenced } from './silence.ts';

/** A letter as one target mails it, and what is wrong with it, without what its author silenced. */
interface RenderedLetter {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where the body cannot be read. */
  readonly shown?: ShownPost;
}

/** Renders a letter for a target, and looks for its faults. */
export type LetterRenderer = (letter: Letter, target: LetterTarget) => Promise<RenderedLetter>;

const loadAudit = once(() => import('./audit-letter.ts'));

/** Opens what renders the letters of a blog, and the posts that are mailed. */
export function openLetterRenderer(blog: Blog, config: Config, site: Site): LetterRenderer {
  return async (letter, target) => {
    const opened = await openBody(letter, async () => {
      const content = chooseContent(showWrapped(await blog.readLetter(letter)), target);
      const { diagnostics, ...rendered } = await target.render(letter, content, site);
      const { auditLetter } = await loadAudit();
      const faults = [...auditLetter(letter, content), ...diagnostics];
      return { diagnostics: dropSilenced(faults, letter, config.rules), shown: { ...rendered, content } };
    });
    return 'result' in opened ? opened.result : { diagnostics: [opened.fault] };
  };
}
