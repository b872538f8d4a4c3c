import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { listElements } from './parse-html.ts';
import { linkKeys } from './url-key.ts';

/** The other posts of the site that an absolutised tree links to, by id, each with the URL first shown. */
export function collectReferences(tree: Root, post: Post, site: Site): Record<PostId, string> {
  const references: Record<PostId, string> = {};
  for (const url of listLinks(tree)) {
    const linked = linkKeys(url)
      .map((key) => site.postsByUrl.get(key))
      .find((found) => found !== undefined);
    if (linked !== undefined && linked.id !== post.id) references[linked.id] ??= url;
  }
  return references;
}

function listLinks(tree: Root): readonly string[] {
  const urls: string[] = [];
  visit(tree, (node) => {
    if (node.type === 'link' || node.type === 'definition') urls.push(node.url);
    if (node.type !== 'html') return;
    for (const { tagName, properties } of listElements(node.value)) {
      if (tagName === 'a' && typeof properties['href'] === 'string') urls.push(properties['href']);
    }
  });
  return urls;
}
