import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import type { Site } from '../../src/model/site.ts';
import { devto } from '../../src/targets/devto/index.ts';
import { devtoOptions } from '../../src/targets/devto/options.ts';
import { auditLinks, listSectionsLinked } from '../../src/blog/audit-links.ts';
import { findLinkEnd } from '../../src/transform/find-linked-post.ts';
import { hasAnchor } from '../../src/blog/list-anchors.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { urlKey } from '../../src/reading/url-key.ts';
import { examplePost, exampleSite, splitRenderer } from '../examples.ts';

function fileOf(path: string, given: Partial<Post> = {}): Post {
  const id = given.id ?? path.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return examplePost(id, { origin: { source: 'markdown-1', path }, ...given });
}

const posts = [
  fileOf('content/posts/one.md'),
  fileOf('content/posts/two words.mdx', { id: 'two', canonicalUrl: 'https://example.com/blog/two' }),
  fileOf('content/posts/2026-01-02-dated.md', {
    id: 'own-id',
    canonicalUrl: 'https://example.com/2026/01/dated/',
  }),
  fileOf('content/series/part/index.md', { id: 'part', canonicalUrl: 'https://example.com/series/part' }),
  fileOf('content/posts/part.de.md', { id: 'part.de', lang: 'de' }),
  fileOf('content/posts/draft.md', { draft: true }),
  fileOf('content/posts/numbered.md', { canonicalUrl: 'https://example.com/?p=12' }),
];

const site = exampleSite(posts);

const [one] = posts;
if (one === undefined) throw new Error('there is no first post');

describe('where a link leads', () => {
  test.each([
    ['./two%20words.mdx#a', 'two #a'],
    ['two words.mdx?x=1', 'two ?x=1'],
    ['../series/part/index.md', 'part'],
    ['../series/part', 'part'],
    ['/posts/one.md', 'one'],
    ['/content/posts/one.md', 'one'],
    ['@/posts/one.md', 'one'],
    ['@site/posts/one.md', 'one'],
    ['@/posts/gone.md', 'missing @/posts/gone.md'],
    ['gone.md', 'missing gone.md'],
    ['../../../one.md', 'missing ../../../one.md'],
    ['/blog/two/', 'two'],
    ['two', 'two'],
    ['../two', 'two'],
    ['http://example.com/blog/two?utm_source=x#b', 'two ?utm_source=x#b'],
    ['//example.com/blog/two', 'two'],
    ['https://example.com/2026/01/dated/index.html', 'own-id'],
    ['/?p=12', 'numbered ?p=12'],
    ['/?p=12&utm_medium=y', 'numbered ?p=12&utm_medium=y'],
    ['/?p=13', 'elsewhere'],
    ['/blog/draft', 'draft'],
    ['/blog/unwritten', 'unknown https://example.com/blog/unwritten'],
    ['/2019/11/unwritten/', 'unknown https://example.com/2019/11/unwritten/'],
    ['/blog/tags', 'elsewhere'],
    ['/blog/slides.pdf', 'elsewhere'],
    ['/about', 'elsewhere'],
    ['https://example.org/blog/two', 'elsewhere'],
    ['https://example.org/one.md', 'elsewhere'],
    ['mailto:me@example.com', 'elsewhere'],
    ['#here', 'elsewhere'],
    ['', 'elsewhere'],
    ['broadside-ref:dated', 'own-id'],
    ['broadside-ref:2026-01-02-dated', 'own-id'],
    ['broadside-ref:own-id#c', 'own-id #c'],
    ['broadside-ref:posts/one', 'one'],
    ['broadside-ref:/posts/one.md', 'one'],
    ['broadside-ref:content/posts/one.md', 'one'],
    ['broadside-ref:two%20words', 'two'],
    ['broadside-ref:part', 'part'],
    ['broadside-ref:elsewhere/one', 'missing elsewhere/one'],
    ['broadside-ref:nothing', 'missing nothing'],
  ])('%s', (url, expected) => {
    const end = findLinkEnd(url, { post: one, path: one.origin.path }, site);
    const shown = {
      post: () =>
        end.kind === 'post' ? `${end.post.id} ${end.query}${end.fragment && `#${end.fragment}`}` : '',
      missing: () => (end.kind === 'missing' ? `missing ${end.name}` : ''),
      unknown: () => (end.kind === 'unknown' ? `unknown ${end.url}` : ''),
      elsewhere: () => 'elsewhere',
    }[end.kind]();
    expect(shown.trim()).toBe(expected);
  });

  test('is no file where a post does not come from one', () => {
    const from = { post: one, path: 'https://example.com/blog/one' };
    expect(findLinkEnd('two words.mdx', from, site)).toEqual({ kind: 'elsewhere' });
    expect(findLinkEnd('/blog/two', from, site).kind).toBe('post');
  });

  test('is looked up once for the rules and the targets that ask, and anew for the next post', () => {
    const from = { post: one, path: one.origin.path };
    const end = findLinkEnd('part.de.md', from, site);
    expect(findLinkEnd('part.de.md', { ...from }, { ...site })).toBe(end);
    const beside = { post: one, path: 'content/series/part/index.md' };
    expect(findLinkEnd('part.de.md', beside, site)).toMatchObject({ kind: 'missing' });
    expect(findLinkEnd('part.de.md', from, site)).toEqual(end);
  });
});

describe('places in a post', () => {
  const tree = parseMarkdown('# It’s “Über” C++\n\n## Twice\n\n## Twice\n\n<a id="by-hand"></a>\n');

  test.each([
    ['its-über-c', true],
    ['its-uber-c', true],
    ['It%E2%80%99s-%C3%9Cber-C', true],
    ['twice-1', true],
    ['by-hand', true],
    ['about-one', true],
    ['fn:1', true],
    ['top', true],
    ['once', false],
  ])('#%s', (fragment, expected) => {
    expect(hasAnchor(tree, 'About one', fragment)).toBe(expected);
  });

  test('are looked for in the posts that links lead into', () => {
    const content = { tree: parseMarkdown('[a](two%20words.mdx#gone) [b](/blog/two) [c](#x)'), digest: '' };
    const two = posts[1];
    expect(listSectionsLinked(one, content, site)).toEqual([two]);
    const rules = (bodies: ReadonlyMap<string, ReturnType<typeof parseMarkdown>>) =>
      auditLinks(one, content, site, bodies).map(({ rule, column }) => `${rule} ${column}`);
    expect(rules(new Map())).toEqual(['post-link-fragment 42']);
    expect(rules(new Map([['two', parseMarkdown('## Here\n')]]))).toEqual([
      'post-link-fragment 1',
      'post-link-fragment 42',
    ]);
    expect(rules(new Map([['two', parseMarkdown('## Gone\n')]]))).toEqual(['post-link-fragment 42']);
  });
});

describe('links of a draft, and to what is not out', () => {
  const faults = (text: string, post: Post, given: Partial<Site> = {}) =>
    auditLinks(post, { tree: parseMarkdown(text), digest: '' }, { ...site, ...given }, new Map()).map(
      ({ rule, severity }) => `${rule} ${severity}`,
    );

  test('keep no draft from anything', () => {
    expect(faults('[x](gone.md)', one)).toEqual(['post-link-missing error']);
    expect(faults('[x](gone.md)', { ...one, draft: true })).toEqual(['post-link-missing warning']);
  });

  test('say of a post that expires when it is there', () => {
    const two = fileOf('content/posts/two words.mdx', {
      id: 'two',
      canonicalUrl: 'https://example.com/blog/two',
      publishAt: '2024-06-01T00:00:00Z',
      expiresAt: '2024-07-01T00:00:00Z',
    });
    const given = {
      ...site,
      postsByUrl: new Map([[urlKey(two.canonicalUrl), two]]),
      awaited: new Set(['two']),
    };
    const [fault] = auditLinks(one, { tree: parseMarkdown('[x](/blog/two)'), digest: '' }, given, new Map());
    expect(fault?.message).toContain('is on the site from 2024-06-01 00:00 UTC to 2024-07-01 00:00 UTC only');
  });

  test('warn until it is out, unless it comes out first', () => {
    const awaited = new Set(['two']);
    expect(faults('[x](/blog/two)', { ...one, publishAt: '2026-11-01T08:00:00Z' }, { awaited })).toEqual([
      'post-link-scheduled warning',
    ]);
    expect(faults('[x](/blog/two)', { ...one, publishAt: '2026-11-02T08:00:00Z' }, { awaited })).toEqual([]);
    expect(faults('[x](/blog/two)', { ...one, publishAt: '2026-11-01T08:00:00Z' })).toEqual([]);
  });
});

describe('a target whose links lead to copies', () => {
  const render = (links: string, copies: Site['copies'], text: string) =>
    splitRenderer(
      devto.create(
        'devto',
        devtoOptions.parse({ kind: 'devto', ai_disclosure: 'no_ai', notice: false, links }),
      ),
    ).render(one, { tree: parseMarkdown(text), digest: '' }, { ...site, copies });
  const copies = new Map([['devto', new Map([['two', 'https://dev.to/me/two-1abc']])]]);

  test('shows those that are live, and keeps a fragment that both sites make alike', async () => {
    const text = '[a](/blog/two?x#part-1) [b](/blog/two#F%C3%BCnf) [c](/series/part#x) [d](/blog/one)';
    expect((await render('native', copies, text)).body).toBe(
      '[a](https://dev.to/me/two-1abc#part-1) [b](https://dev.to/me/two-1abc) [c](https://example.com/series/part#x) [d](https://example.com/blog/one)\n',
    );
    expect((await render('native', new Map(), text)).body).toContain('https://example.com/blog/two?x#part-1');
  });

  test('says so in the inputs, and of its series’ navigation too', async () => {
    const inputs = async (given: Site['copies'], text: string) =>
      (await render('native', given, text)).inputs;
    expect((await inputs(copies, '[a](/blog/two)'))['links']).not.toBe(
      (await inputs(new Map(), '[a](/blog/two)'))['links'],
    );
    expect(await inputs(copies, '[a](/series/part)')).toEqual(await inputs(new Map(), '[a](/series/part)'));
    const parts = ['one', 'two'].map((postId) => ({
      postId,
      title: postId,
      url: `https://example.com/blog/${postId}`,
    }));
    const seriesByPost = new Map([['one', { name: 'Series', parts }]]);
    const made = await splitRenderer(
      devto.create('devto', devtoOptions.parse({ kind: 'devto', ai_disclosure: 'no_ai', links: 'native' })),
    ).render(one, { tree: parseMarkdown('x'), digest: '' }, { ...site, seriesByPost, copies });
    expect(made.body).toContain('[two](https://dev.to/me/two-1abc)');
    expect(made.body).not.toContain('https://example.com/blog/two');
  });
});

describe('names whose accents are written in another form', () => {
  const [short, long] = ['caf\u00E9', 'cafe\u0301'] as const;
  const cafe = examplePost(long, {
    origin: { source: 'markdown-1', path: `content/posts/${long}.md` },
    canonicalUrl: `https://example.com/blog/${encodeURIComponent(long)}`,
  });
  const cafes: Site = {
    ...site,
    postsByUrl: new Map([[urlKey(cafe.canonicalUrl), cafe]]),
    postsByPath: new Map([[cafe.origin.path, cafe]]),
  };

  test.each([
    `./${short}.md`,
    `/content/posts/${short}.md`,
    `/blog/${short}`,
    'https://example.com/blog/caf%C3%A9/',
    `broadside-ref:${short}`,
    `broadside-wiki:${encodeURIComponent(short.toUpperCase())}`,
  ])('%s is found', (link) => {
    expect(findLinkEnd(link, { post: one, path: one.origin.path }, cafes)).toMatchObject({
      kind: 'post',
      post: { id: long },
    });
  });

  test('the key of an address leaves what else it holds', () => {
    expect(urlKey('https://example.com/e%CC%81%2Fa%25%FF?q=e%CC%81#e')).toBe(
      'https://example.com/%C3%A9%2Fa%25%FF?q=e%CC%81',
    );
  });
});
