import { describe, expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { resolveLinks } from '../../src/transform/resolve-links.ts';
import { walk } from '../../src/reading/walk.ts';
import { examplePost, exampleSite } from '../examples.ts';

const post = examplePost('a-post', { canonicalUrl: 'https://example.com/project/blog/a-post/' });
const other = examplePost('other', { canonicalUrl: 'https://example.com/project/blog/other/' });
const outside = examplePost('outside', { canonicalUrl: 'https://example.com/notes/outside/' });
const posts = [post, other, outside];

const site = exampleSite(posts, { url: 'https://example.com/project' });

function resolve(target: string, from = post): string | undefined {
  const tree = parsePost(`[words](${target})`);
  resolveLinks(tree, from, {}, site, 'devto');
  let url: string | undefined;
  walk(tree, (node) => {
    if (node.type === 'link') url = node.url;
  });
  return url;
}

describe('on a site that lives below a folder', () => {
  test.each([
    ['/about/', 'https://example.com/project/about/'],
    ['/about?x=1#b', 'https://example.com/project/about?x=1#b'],
    ['/', 'https://example.com/project/'],
    ['/project/about/', 'https://example.com/project/about/'],
    ['/project', 'https://example.com/project'],
    ['/projects', 'https://example.com/project/projects'],
    ['/blog/other', 'https://example.com/project/blog/other/'],
    ['/project/blog/other/', 'https://example.com/project/blog/other/'],
    ['/notes/outside/', 'https://example.com/notes/outside/'],
    ['../other/', 'https://example.com/project/blog/other/'],
    ['//cdn.example/x', 'https://cdn.example/x'],
    ['https://example.com/about/', 'https://example.com/about/'],
    ['{{ site.baseurl }}/about/', 'https://example.com/project/about/'],
    ['{{ site.url }}{{ site.baseurl }}/about/', 'https://example.com/project/about/'],
    ['{{ "/about/" | relative_url }}', 'https://example.com/project/about/'],
    ["{{ 'about/' | absolute_url }}", 'https://example.com/project/about/'],
    ['{{ "/about/" | prepend: site.baseurl | prepend: site.url }}', 'https://example.com/project/about/'],
  ])('%s leads to %s', (target, url) => {
    expect(resolve(target)).toBe(url);
  });

  test('a path is left to a post that is outside of the folder', () => {
    expect(resolve('/about/', outside)).toBe('https://example.com/about/');
  });
});
