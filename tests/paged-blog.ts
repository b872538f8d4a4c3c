import { openLiveBlog, type LiveBlog, type LiveBlogOptions } from './live-blog.ts';

/** Opens a live blog whose pages tell what markdown cannot; `pages` is the option of its source. */
export async function openPagedBlog(
  context: Parameters<typeof openLiveBlog>[0],
  options: LiveBlogOptions,
  pages = '{ from: _site }',
): Promise<LiveBlog> {
  const blog = await openLiveBlog(context, options);
  const config = blog.read('config/broadside.yaml');
  const source = `path: posts, canonical: "/blog/{slug}/", pages: ${pages} }`;
  blog.write({ 'config/broadside.yaml': config.replace('path: posts }', source) });
  return blog;
}

/** The line of a dev.to that has long been open. */
export function devtoAlone({ devto }: { readonly devto: string }): string {
  return `  devto: { kind: devto, url: "${devto}", ai_disclosure: no_ai, since: 2020-01-01 }`;
}

/** Three paragraphs of a post, by which its page is told from others. */
const known = [
  'Every garden has a corner where nothing grows, and ours is behind the shed.',
  'We measured how much light falls there on each day of a whole year.',
  'The lesson is plain: look first, plant later, and write down what you saw.',
];

/** A post's body with something in the middle that only its site knows. */
export function bodyWith(construct: string): string {
  return `${known[0]}\n\n${known[1]}\n\n${construct}\n\n${known[2]}`;
}

/** The page of such a post, with what the site shows there. */
export function pageWith(shown: string, title = 'A corner'): string {
  const [first, second, third] = known.map((text) => `<p>${text}</p>`);
  return `<!doctype html><html><head><title>${title}</title></head><body><nav><a href="/">Home</a></nav>
<main><article><h1>${title}</h1>${first}${second}${shown}${third}</article></main><footer>The end</footer></body></html>`;
}
