import type { Cover, Overrides, Post } from '../../model/post.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import { absolutiseUrls } from '../../transform/absolutise-urls.ts';
import { addCanonicalNotice } from '../../transform/add-canonical-notice.ts';
import { addSeriesNavigation } from '../../transform/add-series-navigation.ts';
import { collectReferences } from '../../transform/collect-references.ts';
import { dropFrontMatter } from '../../transform/drop-front-matter.ts';
import { dropTitleHeading } from '../../transform/drop-title-heading.ts';
import { printForem } from '../../transform/to-forem.ts';
import { sealRendition } from '../define.ts';

/** What shapes a rendition for dev.to. */
export interface DevtoRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** Whether the article ends with a line that leads to the original. */
  readonly notice: boolean;
  /** The author's tags that have another name on dev.to; `false` is none. */
  readonly tags: Readonly<Record<string, string | false>>;
  readonly optionsDigest: string;
}

/** A tag as the author wrote it, and as dev.to gets it. */
export interface ShownTag {
  readonly written: string;
  readonly shown: string;
}

/** What dev.to shows of a post beside its body: what the front matter says for this target, else for all. */
export interface Shown {
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly ShownTag[];
  readonly cover: Cover | undefined;
}

/** Chooses what is shown of a post; of tags that come to the same, the first. */
export function chooseShown(post: Post, { name, tags }: Pick<DevtoRendering, 'name' | 'tags'>): Shown {
  const asked = post.syndicate === false ? undefined : post.syndicate[name];
  const own: Overrides = typeof asked === 'object' ? asked : {};
  const shown = (own.tags ?? post.tags).flatMap((written): readonly ShownTag[] => {
    const mapped = Object.hasOwn(tags, written) ? tags[written] : written;
    const tag = mapped === false ? '' : (mapped ?? written).trim().toLowerCase();
    return tag === '' ? [] : [{ written, shown: tag }];
  });
  return {
    title: own.title ?? post.title,
    description: (own.description ?? post.summary)?.trim() || undefined,
    tags: shown.filter((tag, index) => shown.findIndex((other) => other.shown === tag.shown) === index),
    cover: own.cover ?? post.cover,
  };
}

/** Renders a post as an article: the body is markdown for Forem, the fields are named as its API names them. */
export function renderForDevto(
  post: Post,
  content: Content,
  site: Site,
  rendering: DevtoRendering,
): Rendition {
  const { name, notice, optionsDigest } = rendering;
  const { title, description, tags, cover } = chooseShown(post, rendering);
  const tree = structuredClone(content.tree);
  dropFrontMatter(tree);
  dropTitleHeading(tree, post.title);
  absolutiseUrls(tree, post.canonicalUrl);
  const links = collectReferences(tree, post, site);
  const series = site.seriesByPost.get(post.id);
  if (series !== undefined) addSeriesNavigation(tree, series, post.id, site.navigation);
  if (notice) addCanonicalNotice(tree, { url: post.canonicalUrl, siteTitle: site.title });
  return sealRendition({
    target: name,
    post,
    content,
    site,
    optionsDigest,
    body: printForem(tree),
    fields: {
      title,
      tags: tags.map((tag) => tag.shown),
      series: post.series?.name ?? null,
      canonical_url: post.canonicalUrl,
      main_image: cover?.url ?? null,
      description: description ?? null,
    },
    assets: [],
    links,
    showsSeries: site.navigation !== 'none',
  });
}
