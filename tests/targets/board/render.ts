import type { Post } from '../../../src/model/post.ts';
import type { Site } from '../../../src/model/site.ts';
import type { Content } from '../../../src/model/source.ts';
import type { Rendered } from '../../../src/model/target.ts';
import { sealRendition } from '../../../src/targets/define.ts';
import { reportFaults, type Fault } from '../../../src/transform/report-faults.ts';
import { chooseShown } from '../../../src/targets/shown.ts';
import { findOpening } from '../../../src/transform/find-opening.ts';

/** Characters a notice's title may have. */
const titleLimit = 40;

/** What shapes a notice. */
export interface BoardRendering {
  /** The target's name in the config. */
  readonly name: string;
  readonly sign: string;
  /** The digest of its options. */
  readonly options: string;
}

/** Renders a post as a notice: how it begins, and who says so. */
export function renderForBoard(
  post: Post,
  content: Content,
  site: Site,
  { name, sign, options }: BoardRendering,
): Rendered {
  const { title } = chooseShown(post, name);
  const rendition = sealRendition({
    target: name,
    post,
    content,
    site,
    options,
    body: [findOpening(content.tree), sign].filter((part) => part !== '').join('\n'),
    fields: { title, original: post.canonicalUrl },
    assets: [],
    links: {},
    showsBody: false,
  });
  return { rendition, diagnostics: reportFaults(post, content, name, findFaults(title)) };
}

function findFaults(title: string): readonly Fault[] {
  if (title.length <= titleLimit) return [];
  return [
    {
      rule: 'board-title-length',
      severity: 'error',
      at: 'title',
      message: `The title is ${title.length} characters long; a notice takes ${titleLimit}.`,
      remedy: 'Give a shorter title under syndicate for this target.',
    },
  ];
}
