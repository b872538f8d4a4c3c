import type { Post } from '../../model/post.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { addCanonicalNotice } from '../../transform/add-canonical-notice.ts';
import type { ForemEmbeds } from './printer/settle.ts';
import { settleFragments } from './printer/anchors.ts';
import { linkSounds } from '../../transform/link-sounds.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printForem } from './printer/print.ts';
import { stripIllegalCharacters } from '../../reading/plain-text.ts';
import { sealRendition } from '../define.ts';
import { chooseShown } from '../shown.ts';

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

/** A tag as the author wrote it, and as dev.to gets it. */
export interface ShownTag {
  readonly written: string;
  readonly shown: string;
}

/** The tags that dev.to shows of those an author wrote; of tags that come to the same, the first. */
export function chooseTags(written: readonly string[], names: DevtoRendering['tags']): readonly ShownTag[] {
  const byName = new Map(Object.entries(names).map(([tag, name]) => [normaliseTag(tag), name]));
  const shown = new Map<string, ShownTag>();
  for (const tag of written) {
    const plain = normaliseTag(tag);
    const name = byName.get(plain) ?? plain;
    if (name === false || name === '') continue;
    const lower = name.toLowerCase();
    if (!shown.has(lower)) shown.set(lower, { written: tag, shown: lower });
  }
  return [...shown.values()];
}

function normaliseTag(tag: string): string {
  return tag.trim().toLowerCase();
}

/** Renders a post as an article: the body is markdown for Forem, the fields are named as its API names them. */
export function renderForDevto(
  post: Post,
  content: Content,
  site: Site,
  rendering: DevtoRendering,
): Rendition {
  const { name, notice } = rendering;
  const { title, description, tags, cover } = chooseShown(post, name);
  const { tree, links } = prepareTree(post, content, site, title, name);
  settleFragments(tree, post.canonicalUrl);
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
      tags: chooseTags(tags, rendering.tags).map((tag) => tag.shown),
      series: post.series?.hub === true ? null : (post.series?.name ?? null),
      canonical_url: post.canonicalUrl,
      main_image: cover?.url ?? null,
      description: description === undefined ? null : stripIllegalCharacters(description),
    },
    assets: [],
    links,
    showsBody: true,
  });
}
