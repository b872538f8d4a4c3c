import { once } from '../../base/once.ts';
import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { addCanonicalNotice } from '../../transform/add-canonical-notice.ts';
import { boundSize } from '../../transform/bound-size.ts';
import type { ForemEmbeds } from './printer/fit-forem.ts';
import { fitFragments } from './printer/anchors.ts';
import { linkSounds } from '../../transform/link-sounds.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printForem } from './printer/print.ts';
import { stripIllegalCharacters } from '../../reading/plain-text.ts';
import { sealRendition } from '../define.ts';
import { reportFaults } from '../../transform/report-faults.ts';
import { chooseShown } from '../shown.ts';
import { findDevtoFaults } from './faults.ts';
import { bodyLimit } from './limits.ts';
import { chooseTags } from './tags.ts';

/** What shapes a rendition for dev.to. */
export interface DevtoRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** Whether the article ends with a line that leads to the original. */
  readonly notice: boolean;
  /** Which pages are shown in frames of dev.to's own. */
  readonly embeds: ForemEmbeds;
  /** The author's tags that have another name on dev.to, in any letter case; `false` is none. */
  readonly tags: Readonly<Record<string, string | false>>;
  readonly digestOptions: (site: Site) => string;
}

/**
 * Renders a post as an article: the body is markdown for Forem, the fields are named as its API names them. It is printed when it is
 * first looked at.
 */
export function renderForDevto(
  post: Post,
  content: Content,
  site: Site,
  rendering: DevtoRendering,
): Rendered {
  const { name, notice } = rendering;
  const shown = chooseShown(post, name);
  const { title, description, cover } = shown;
  const tags = chooseTags(shown.tags, rendering.tags);
  const print = once(() => {
    const { tree, links } = prepareTree(post, content, site, title, name);
    fitFragments(tree, post.canonicalUrl);
    linkSounds(tree);
    if (notice) addCanonicalNotice(tree, { url: post.canonicalUrl, siteTitle: site.title });
    return sealRendition({
      target: name,
      post,
      content,
      site,
      options: rendering.digestOptions(site),
      body: stripIllegalCharacters(printForem(tree, rendering.embeds)),
      fields: {
        title: stripIllegalCharacters(title),
        tags: tags.shown.map((tag) => tag.shown),
        series: post.series?.hub === true ? null : (post.series?.name ?? null),
        canonical_url: post.canonicalUrl,
        main_image: cover?.url ?? null,
        description: description === undefined ? null : stripIllegalCharacters(description),
      },
      assets: [],
      links,
      showsBody: true,
    });
  });
  const isSurelyShort = boundSize(content.tree, post, site) <= bodyLimit;
  const body = isSurelyShort ? undefined : print().body;
  const faults = findDevtoFaults(post, content, { title, cover, tags, body }, name);
  return {
    get rendition() {
      return print();
    },
    diagnostics: reportFaults(post, content, name, faults),
  };
}
