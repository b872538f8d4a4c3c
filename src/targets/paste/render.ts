import type { Root } from 'mdast';
import type { Post } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { cleanLine } from '../../reading/plain-text.ts';
import { addCanonicalNotice } from '../../transform/add-canonical-notice.ts';
import { addCover } from '../../transform/add-cover.ts';
import { prepareTree } from '../../transform/prepare-tree.ts';
import { printHtml } from '../../transform/to-html.ts';
import { readHtmlAsText } from '../../transform/to-text.ts';
import { sealRendition } from '../define.ts';
import { reportFaults } from '../../transform/report-faults.ts';
import { chooseShown } from '../shown.ts';
import { findPasteFaults } from './faults.ts';
import { printMarkdown } from './printer/markdown.ts';
import { printPage } from './printer/page.ts';

/** What shapes a copy that is pasted. */
export interface PasteRendering {
  /** The target's name in the config. */
  readonly name: string;
  readonly format: 'html' | 'markdown' | 'text';
  /** Whether the copy ends with a line that leads to the original. */
  readonly notice: boolean;
  readonly digestOptions: (site: Site) => string;
}

const printers: Readonly<Record<PasteRendering['format'], (tree: Root, post: Post) => string>> = {
  html: printHtml,
  markdown: printMarkdown,
  text: (tree, post) => readHtmlAsText(printHtml(tree, post)),
};

/** Renders a post as it is pasted: the body alone, with what a place asks for beside it as fields. */
export function renderForPaste(
  post: Post,
  content: Content,
  site: Site,
  rendering: PasteRendering,
): Rendered {
  const { name, format, notice } = rendering;
  const shown = chooseShown(post, name);
  const title = cleanLine(shown.title);
  const { tree, links } = prepareTree(post, content, site, shown.title, name);
  if (shown.cover !== undefined && format === 'html') addCover(tree, shown.cover);
  if (notice) addCanonicalNotice(tree, { url: post.canonicalUrl, siteTitle: site.title });
  const body = printers[format](tree, post);
  const rendition = sealRendition({
    target: name,
    post,
    content,
    site,
    options: rendering.digestOptions(site),
    body,
    fields: {
      title,
      description: shown.description === undefined ? null : cleanLine(shown.description),
      tags: [...new Set(shown.tags.map(cleanLine))].filter((tag) => tag !== ''),
      canonical_url: post.canonicalUrl,
      cover: shown.cover?.url ?? null,
    },
    assets: [],
    links,
    showsBody: true,
  });
  return {
    rendition,
    diagnostics: reportFaults(post, content, name, findPasteFaults(content.tree)),
    ...(format === 'html' && {
      byHand: { 'page.html': () => Promise.resolve(printPage(title, rendition, post.lang)) },
    }),
  };
}
