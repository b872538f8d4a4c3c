import { describe, expect, test } from 'vitest';
import { hasNamesakes, tellApart } from '../../src/blog/tell-apart.ts';
import type { Post } from '../../src/model/post.ts';

function makePost(path: string, publishAt: string, more: Partial<Post> = {}): Post {
  return {
    id: 'news',
    origin: { source: 'markdown-1', path },
    canonicalUrl: `https://example.com/${path}`,
    title: 'News',
    publishAt: `${publishAt}T00:00:00Z`,
    draft: false,
    tags: [],
    authors: [],
    lang: 'en',
    syndicate: {},
    places: {},
    ...more,
  };
}

const telling = { language: 'en', timezone: 'UTC', recorded: new Map<string, string>() };

const idsOf = (posts: readonly Post[], more: Partial<typeof telling> = {}) =>
  Object.fromEntries(tellApart(posts, { ...telling, ...more }).map(({ id, origin }) => [origin.path, id]));

describe('posts that are called alike', () => {
  test('are told apart by year, and in one year by day; the first keeps the name', () => {
    const posts = [makePost('c', '2025-06-07'), makePost('b', '2025-01-02'), makePost('a', '2024-01-02')];
    expect(idsOf(posts)).toEqual({ a: 'news', b: 'news-2025', c: 'news-2025-06-07' });
    expect(idsOf(posts.slice(1))).toEqual({ a: 'news', b: 'news-2025' });
  });

  test('are told apart by language; the site’s own keeps the name on one day', () => {
    const posts = [
      makePost('de', '2025-01-02', { lang: 'de' }),
      makePost('en', '2025-01-02'),
      makePost('pt', '2025-03-04', { lang: 'pt-BR' }),
    ];
    expect(idsOf(posts)).toEqual({ de: 'news-de', en: 'news', pt: 'news-pt-br' });
  });

  test('keep what the ledger has them under, whatever is added before them', () => {
    const old = makePost('old', '2019-01-02');
    const known = makePost('known', '2024-01-02');
    const third = makePost('third', '2025-01-02');
    const recorded = new Map([
      [known.canonicalUrl, 'news'],
      [third.canonicalUrl, 'news-2025'],
    ]);
    expect(idsOf([old, known, third], { recorded })).toEqual({
      old: 'news-2019',
      known: 'news',
      third: 'news-2025',
    });
  });

  test('leave an id alone that a post gives itself, or that another post has', () => {
    const own = makePost('own', '2025-01-02', { places: { id: { line: 2, column: 1 } } });
    const taken = makePost('taken', '2023-01-02', { id: 'news-2024' });
    expect(idsOf([own, makePost('a', '2024-01-02'), taken])).toEqual({
      own: 'news',
      a: 'news-2024-01-02',
      taken: 'news-2024',
    });
  });

  test('stay as they are where they share an address, or give themselves one id', () => {
    const same = { canonicalUrl: 'https://example.com/x' };
    const given = { places: { id: { line: 2, column: 1 } } };
    for (const more of [same, given]) {
      const posts = [makePost('a', '2024-01-02', more), makePost('b', '2025-01-02', more)];
      expect(hasNamesakes(posts)).toBe(false);
      expect(idsOf(posts)).toEqual({ a: 'news', b: 'news' });
    }
  });

  test('a draft without a date comes last', () => {
    const draft = makePost('draft', '9999-12-31', { draft: true });
    expect(idsOf([draft, makePost('a', '2025-01-02')])).toEqual({ a: 'news', draft: 'news-draft' });
  });
});
