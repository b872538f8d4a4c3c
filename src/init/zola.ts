import { slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, sitePath, stemOf } from './addresses.ts';
import type { Generator, Inspection, PostHead } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, folderOf, joinPath, pathBelow } from './paths.ts';
import { isData, readData, textAt, textsAt, valueAt } from '../reading/site-files/read-data.ts';
import { placePosts } from './scan.ts';

const sections = ['blog', 'posts', 'post', 'articles', 'news', 'notes'];

/** Zola: zola.toml, or a config.toml with `base_url`, and the posts below content/. */
export const zola: Generator = {
  name: 'Zola',
  detect(view, wish) {
    const evidence = findFile(view, ['zola.toml', 'config.toml']);
    const data = readData(view, evidence) ?? {};
    const isZola = evidence === 'zola.toml' || Object.hasOwn(data, 'base_url');
    if (evidence === undefined || !isZola) return undefined;
    const url = textAt(data, 'base_url');
    const language = textAt(data, 'default_language') ?? 'en';
    const languages = Object.keys(
      isData(valueAt(data, 'languages')) ? (valueAt(data, 'languages') as object) : {},
    );
    const base = joinPath(URL.parse(wish.url ?? url ?? '')?.pathname ?? '');
    const keepsCase = ['off', 'safe'].includes(textAt(data, 'slugify.paths', 'slugify_paths') ?? '');
    const usual = sections.map((name) => `content/${name}`);
    const places = placePosts(view, wish, usual, 'content');
    const below = pathBelow(places.posts, 'content');
    const names = textsAt(data, 'feed_filenames');
    const own = names.length > 0 ? names : [textAt(data, 'feed_filename') ?? 'atom.xml'];
    const hasFeeds = [valueAt(data, 'generate_feeds'), valueAt(data, 'generate_feed')].includes(true);
    return {
      generator: 'Zola',
      evidence,
      facts: tidyFacts({
        url,
        title: textAt(data, 'title'),
        description: textAt(data, 'description'),
        author: valueAt(data, 'author') ?? valueAt(data, 'extra.author'),
        language,
        timezone: textAt(data, 'extra.timezone'),
      }),
      ...places,
      syntax: { emoji: valueAt(data, 'markdown.render_emoji') === true },
      canonical: sitePath([base, below === 'content' ? '' : below, '{slug}'], '/'),
      addressOf: (post) => addressPost(post, base, languages, keepsCase),
      feedFolder: 'static',
      feedPrefix: '',
      output: joinPath(textAt(data, 'output_dir') ?? 'public'),
      ownFeeds: hasFeeds ? own : [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** As Zola makes it: the date before a name is dropped (getzola/zola components/content/src/page.rs, checked December 2026). */
function addressPost(post: PostHead, base: string, languages: readonly string[], keepsCase: boolean): string {
  const [, plain = post.path, code] = /^(.+)\.([a-z-]+)\.md$/i.exec(post.path) ?? [];
  const isOther = code !== undefined && languages.includes(code);
  const stem = stemOf(isOther ? `${plain}.md` : post.path).replace(/^content\//, '');
  const name = (stem.split('/').at(-1) ?? '').replace(/^\d{4}-\d{2}-\d{2}(?:T[^_-]*)?[-_ ](?=.)/, '');
  const write = (text: string): string => (keepsCase ? text : slugifyTitle(text.replaceAll('.', '-')));
  const folders = folderOf(stem).split('/').map(write);
  return sitePath([base, isOther ? code : '', ...folders, fieldOf(post, 'slug') ?? write(name)], '/');
}
