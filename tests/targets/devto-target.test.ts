import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import type { Site } from '../../src/model/site.ts';
import { isConnected } from '../../src/model/target.ts';
import { devto } from '../../src/targets/devto/index.ts';
import { devtoOptions } from '../../src/targets/devto/options.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';
import { urlKey } from '../../src/reading/url-key.ts';
import { examplePost, exampleSite, splitRenderer } from '../examples.ts';

const site = exampleSite();

function makeTarget(given: object = {}) {
  const options = devtoOptions.parse({ kind: 'devto', ai_disclosure: 'no_ai', ...given });
  const target = devto.create('devto', options);
  if (!isConnected(target)) throw new Error('dev.to is sent copies');
  return splitRenderer(target);
}

function contentOf(text: string) {
  return { tree: parseMarkdown(text), digest: 'digest' };
}

async function rulesOf(post: Partial<Post>, given: object = {}, text = 'Text.'): Promise<readonly string[]> {
  return (
    await makeTarget(given).audit(
      examplePost('a-post', { tags: ['example'], ...post }),
      contentOf(text),
      site,
    )
  ).map(({ rule, severity, line }) => `${rule} ${severity} ${line}`);
}

test('control characters, which nobody sees and terminals obey, are left out', async () => {
  const post = examplePost('a', { title: 'A\u001Btitle', summary: 'A\u0007bell' });
  const { body, fields } = await makeTarget().render(
    post,
    contentOf('Red \u001B[31mtext\u0000.\tEnd.'),
    site,
  );
  expect(body).toMatch(/^Red .*text.*End\.$/m);
  expect(JSON.stringify([body, fields])).not.toMatch(/\\u00(?:1b|07|00)/i);
});

describe('options', () => {
  test('the author must say what to disclose of AI', () => {
    expect(devtoOptions.safeParse({ kind: 'devto' }).success).toBe(false);
    expect(devtoOptions.safeParse({ kind: 'devto', ai_disclosure: 'some' }).success).toBe(false);
  });

  test('a tag that dev.to would refuse cannot be mapped to', () => {
    const result = devtoOptions.safeParse({
      kind: 'devto',
      ai_disclosure: 'no_ai',
      tags: { 'c++': 'c++' },
    });
    expect(result.success).toBe(false);
  });

  test.each([
    [['22:00-07:00', '07:00-21:59'], true],
    [['22:00-07:00', '07:00-22:00'], false],
    [['22:00-07:00', '06:00-12:00', '12:00-23:00'], false],
    [['00:00-23:59'], true],
    [['00:00-23:59', '23:59-00:00'], false],
    [[], true],
  ])('quiet times %j leave some of the day: %j', (quiet, success) => {
    const options = { kind: 'devto', ai_disclosure: 'no_ai', schedule: { quiet } };
    expect(devtoOptions.safeParse(options).success).toBe(success);
  });

  test('only what shapes a rendition changes its digest', () => {
    const plain = makeTarget().digestOptions(site);
    expect(makeTarget({ published: false, opt_in: true }).digestOptions(site)).toBe(plain);
    expect(makeTarget({ notice: false }).digestOptions(site)).not.toBe(plain);
    expect(makeTarget({ tags: { a: 'b' } }).digestOptions(site)).not.toBe(plain);
  });

  test('the default secret counts for the default host and loopback alone', () => {
    expect(makeTarget().secrets).toEqual([
      { role: 'apiKey', variable: 'DEVTO_API_KEY', usual: 'DEVTO_API_KEY', counts: true, required: true },
    ]);
    expect(makeTarget({ url: 'https://forem.example.com' }).secrets[0]?.variable).toBe('');
    expect(makeTarget({ secrets: { apiKey: 'OTHER_KEY' } }).secrets[0]?.variable).toBe('OTHER_KEY');
  });
});

describe('fields', () => {
  test('are named as the API names them, and null where there is nothing', async () => {
    const { fields } = await makeTarget().render(examplePost('a-post'), contentOf('Text.'), site);
    expect(fields).toEqual({
      title: 'About a-post',
      tags: [],
      series: null,
      canonical_url: 'https://example.com/blog/a-post',
      main_image: null,
      description: null,
    });
  });

  test('say what the front matter says for this target before what it says for all', async () => {
    const post = examplePost('a-post', {
      summary: 'For all.',
      tags: ['one', 'Machine Learning', 'two', 'ONE', 'not-there'],
      series: { name: 'A series' },
      cover: { url: 'https://example.com/cover.png' },
      syndicate: { devto: { title: 'For dev.to' } },
    });
    const tags = { 'Machine Learning': 'machinelearning', 'not-there': false };
    expect((await makeTarget({ tags }).render(post, contentOf('Text.'), site)).fields).toEqual({
      title: 'For dev.to',
      tags: ['one', 'machinelearning', 'two'],
      series: 'A series',
      canonical_url: 'https://example.com/blog/a-post',
      main_image: 'https://example.com/cover.png',
      description: 'For all.',
    });
  });

  test('find a tag by its name in any letter case', async () => {
    const post = examplePost('a-post', { tags: ['Node.js', ' C++', 'constructor'] });
    const tags = { 'node.js': 'nodejs', 'C++': 'cpp' };
    expect((await makeTarget({ tags }).render(post, contentOf('Text.'), site)).fields['tags']).toEqual([
      'nodejs',
      'cpp',
      'constructor',
    ]);
  });

  test('the notice can be left out', async () => {
    const post = examplePost('a-post');
    expect((await makeTarget().render(post, contentOf('Text.'), site)).body).toContain(
      'Originally published at',
    );
    expect((await makeTarget({ notice: false }).render(post, contentOf('Text.'), site)).body).toBe('Text.\n');
  });
});

describe('inputs', () => {
  const inputsOf = async (given: Partial<Site>, options: object = {}, text = 'Text.') =>
    (await makeTarget(options).render(examplePost('a-post'), contentOf(text), { ...site, ...given })).inputs;

  test('tell of the site’s title where the notice shows it', async () => {
    expect(await inputsOf({ title: 'Renamed' })).not.toEqual(await inputsOf({}));
    const quiet = { notice: false };
    expect(await inputsOf({ title: 'Renamed' }, quiet)).toEqual(await inputsOf({}, quiet));
  });

  test('tell of the series and where its navigation stands', async () => {
    const parts = [
      { postId: 'a-post', title: 'A' },
      { postId: 'b-post', title: 'B' },
    ];
    const seriesByPost = new Map([['a-post', { name: 'Series', parts }]]);
    const bottom = await inputsOf({ seriesByPost });
    expect((await inputsOf({ seriesByPost, navigation: 'top' }))['navigation']).not.toBe(
      bottom['navigation'],
    );
    expect(await inputsOf({ seriesByPost, navigation: 'none' })).toEqual(await inputsOf({}));
  });

  test('tell of links to other posts, whose address may have a query of its own', async () => {
    const others = [
      'https://example.com/?p=12',
      'https://example.com/?p=13',
      'https://example.com/blog/c/',
    ].map((canonicalUrl, index) => examplePost(`post-${index}`, { canonicalUrl }));
    const postsByUrl = new Map(others.map((post) => [urlKey(post.canonicalUrl), post]));
    const linkTo = async (url: string) =>
      (await makeTarget().render(examplePost('a-post'), contentOf(`[x](${url})`), { ...site, postsByUrl }))
        .references;
    expect(postsByUrl.size).toBe(3);
    expect(await linkTo('/?p=13#part')).toEqual(['post-1']);
    expect(await linkTo('/?p=14')).toEqual([]);
    expect(await linkTo('/blog/c?utm_source=feed')).toEqual(['post-2']);
    expect(await linkTo('https://example.com/')).toEqual([]);
  });
});

describe('limits', () => {
  test('a title of 128 characters is taken, astral ones counted once', async () => {
    expect(await rulesOf({ title: '😀'.repeat(128) })).toEqual([]);
    expect(await rulesOf({ title: '😀'.repeat(129) })).toEqual(['devto-title-length error 1']);
  });

  test('a body of 800 KB is taken, counted in bytes', async () => {
    const bytes = 800 * 1024 - 1;
    expect(await rulesOf({}, { notice: false }, `a${'é'.repeat((bytes - 1) / 2)}`)).toEqual([]);
    expect(await rulesOf({}, { notice: false }, 'é'.repeat((bytes + 1) / 2))).toEqual([
      'devto-body-size error 1',
    ]);
  });

  test('a diagram of 500 lines and 20,000 bytes is drawn', async () => {
    const diagram = (text: string): string => `Text.\n\n\`\`\`mermaid\n${text}\n\`\`\``;
    const lines = (count: number): string => Array.from({ length: count }, () => 'a-->b').join('\n');
    expect(await rulesOf({}, {}, diagram(lines(500)))).toEqual([]);
    expect(await rulesOf({}, {}, diagram(lines(501)))).toEqual(['devto-diagram-size warning 3']);
    expect(await rulesOf({}, {}, diagram('é'.repeat(10_000)))).toEqual([]);
    expect(await rulesOf({}, {}, diagram('é'.repeat(10_001)))).toEqual(['devto-diagram-size warning 3']);
    expect(await rulesOf({}, {}, diagram(lines(501)).replace('mermaid', 'dot'))).toEqual([]);
  });

  test.each([
    ['C#', 'csharp'],
    ['C# 12', 'csharp12'],
    ['F#', 'fsharp'],
    ['c++', 'cpp'],
    ['C++20', 'cpp20'],
    ['g++', 'gpp'],
    ['.NET', 'dotnet'],
    ['.NET 10', 'dotnet10'],
    ['ASP.NET Core', 'aspnetcore'],
    ['Node.js', 'node'],
    ['nodejs', 'nodejs'],
    ['Vue.js', 'vue'],
    ['Next.js', 'nextjs'],
    ['machine-learning', 'machinelearning'],
    ['open_source', 'opensource'],
    ['CI/CD', 'cicd'],
    ['Q&A', 'qanda'],
    ['#meta', 'meta'],
    ['what’s new?', 'whatsnew'],
    ['Über-Blick', 'überblick'],
    ['机器 学习', '机器学习'],
    ['हिन्दी', 'हिन्दी'],
    ['Ｃ＃', 'csharp'],
    ['launch 🚀', 'launch'],
  ])('the tag %s is written %s, as its authors write it', async (tag, shown) => {
    const post = examplePost('a-post', { tags: [tag] });
    const { fields } = await makeTarget().render(post, contentOf('Text.'), site);
    expect(fields['tags']).toEqual([shown]);
  });

  test('of tags that come to the same one is shown, of more than four the first four', async () => {
    const tags = ['node.js', 'Node', 'C#', 'csharp', 'a', '🚀', 'b', 'c'];
    const post = examplePost('a-post', { tags });
    const { fields } = await makeTarget().render(post, contentOf('Text.'), site);
    expect(fields['tags']).toEqual(['node', 'csharp', 'a', 'b']);
    const diagnostics = await makeTarget().audit(post, contentOf('Text.'), site);
    expect(diagnostics.map(({ severity, message, once }) => [severity, message.slice(0, 29), once])).toEqual([
      ['warning', 'The tag "node.js" is "node" o', true],
      ['warning', 'The tag "C#" is "csharp" on d', true],
      ['warning', 'The tag "🚀" is left out: dev', true],
      ['warning', 'The tag "c" is left out where', true],
    ]);
  });

  test('the names in the config have the last word, for a tag as it is written or as it would be shown', async () => {
    const post = examplePost('a-post', { tags: ['Node.js', 'C#', 'F#'] });
    const tags = { 'node.js': 'nodejs', csharp: 'dotnet', fsharp: false };
    const { fields } = await makeTarget({ tags }).render(post, contentOf('Text.'), site);
    expect(fields['tags']).toEqual(['nodejs', 'dotnet']);
    expect(await makeTarget({ tags }).audit(post, contentOf('Text.'), site)).toEqual([]);
  });

  test('four tags of at most 30 letters and digits are taken', async () => {
    const places = { tags: { line: 5, column: 1 } };
    expect(await rulesOf({ places, tags: ['a', 'b', 'c', 'Über9'] })).toEqual([]);
    expect(await rulesOf({ places, tags: ['a', 'b', 'c', 'd', 'e'] })).toEqual(['devto-tag-count warning 5']);
    expect(await rulesOf({ places, tags: ['a'.repeat(31)] })).toEqual(['devto-tag-length warning 5']);
    expect(await rulesOf({ places, tags: ['web-dev'] })).toEqual(['devto-tag-characters warning 5']);
    expect(await rulesOf({ places, tags: ['web-dev'] }, { tags: { 'web-dev': 'webdev' } })).toEqual([]);
  });

  test('a fault in what is said for this target is shown where that is said', async () => {
    const places = { title: { line: 2, column: 1 }, syndicate: { line: 9, column: 1 } };
    const syndicate = { devto: { title: 'x'.repeat(129) } };
    expect(await rulesOf({ places, syndicate })).toEqual(['devto-title-length error 9']);
  });

  test.each([
    'http://localhost/a',
    'https://192.168.1.2/a',
    'https://blog.local/a',
    'ftp://example.com/a',
    '/a',
  ])('the canonical URL %s is refused', async (canonicalUrl) => {
    expect(await rulesOf({ canonicalUrl })).toContain('devto-canonical-url error 1');
  });

  test('a cover has to be on the web', async () => {
    expect(await rulesOf({ cover: { url: 'data:image/png;base64,AAAA' } })).toEqual([
      'devto-cover-url error 1',
    ]);
    expect(await rulesOf({ cover: { url: 'https://example.com/a.png' } })).toEqual([]);
  });
});
