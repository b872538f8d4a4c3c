import { describe, expect, test } from 'vitest';
import { splitRenderer } from '../examples.ts';
import type { Post } from '../../src/model/post.ts';
import type { Series, Site } from '../../src/model/site.ts';
import type { Content } from '../../src/model/source.ts';
import { isConnected } from '../../src/model/target.ts';
import { linkedin } from '../../src/targets/linkedin/index.ts';
import { linkedinOptions } from '../../src/targets/linkedin/options.ts';
import { commentaryLimit } from '../../src/targets/linkedin/printer/commentary.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';

function makePost(changes: Partial<Post> = {}): Post {
  return {
    id: 'on-trees',
    origin: { source: 'posts', path: 'posts/on-trees.md' },
    canonicalUrl: 'https://example.com/blog/on_trees/',
    title: 'On [trees]',
    summary: 'Trees are tall (mostly).',
    publishAt: '2026-11-21T08:30:00Z',
    draft: false,
    tags: ['trees', 'web-dev'],
    cover: { url: 'https://example.com/tree.png', alt: 'A tree' },
    authors: [],
    lang: 'en',
    syndicate: { linkedin: true },
    places: {
      title: { line: 2, column: 1 },
      tags: { line: 5, column: 1 },
      syndicate: { line: 9, column: 3 },
    },
    ...changes,
  };
}

function makeSite(series: Readonly<Record<string, Series>> = {}): Site {
  return {
    url: 'https://example.com',
    title: 'Example',
    description: '',
    author: { name: 'Example Author' },
    language: 'en',
    timezone: 'Europe/London',
    navigation: 'bottom',
    postsByUrl: new Map(),
    postsById: new Map(),
    postsByPath: new Map(),
    copies: new Map(),
    seriesByPost: new Map(Object.entries(series)),
  };
}

function makeContent(text = '# On [trees]\n\nA tree is a plant. It has a *stem*.\n'): Content {
  return { tree: parseMarkdown(text), digest: 'd1' };
}

function makeTarget(options: Readonly<Record<string, unknown>> = {}) {
  const target = linkedin.create('linkedin', linkedinOptions.parse({ kind: 'linkedin', ...options }));
  if (!isConnected(target)) throw new Error('LinkedIn is sent copies');
  return splitRenderer(target);
}

describe('options', () => {
  test('default to the safe ones', () => {
    expect(linkedinOptions.parse({ kind: 'linkedin' })).toMatchObject({
      url: 'https://api.linkedin.com',
      version: '202609',
      card: true,
      visibility: 'PUBLIC',
      opt_in: true,
    });
  });

  test.each([
    { version: '2026-09' },
    { version: '202613' },
    { version: 202609 },
    { author: 'example' },
    { author: 'urn:li:person:' },
    { visibility: 'EVERYONE' },
    { url: 'http://example.com' },
    { secrets: { accessToken: 'not a name' } },
    { secrets: { token: 'TOKEN' } },
    { unknown: true },
  ])('refuse %j', (options) => {
    expect(linkedinOptions.safeParse({ kind: 'linkedin', ...options }).success).toBe(false);
  });

  test('take a stand-in’s address, an author and other names for secrets', () => {
    const target = makeTarget({
      url: 'http://127.0.0.1:4000/',
      author: 'urn:li:organization:123',
      secrets: { accessToken: 'OTHER_TOKEN' },
    });
    expect(target.url).toBe('http://127.0.0.1:4000');
    expect(target.secrets).toEqual([
      {
        role: 'accessToken',
        variable: 'OTHER_TOKEN',
        usual: 'LINKEDIN_ACCESS_TOKEN',
        counts: true,
        required: true,
      },
      {
        role: 'clientId',
        variable: 'LINKEDIN_CLIENT_ID',
        usual: 'LINKEDIN_CLIENT_ID',
        counts: true,
        required: false,
      },
      {
        role: 'clientSecret',
        variable: 'LINKEDIN_CLIENT_SECRET',
        usual: 'LINKEDIN_CLIENT_SECRET',
        counts: true,
        required: false,
      },
    ]);
  });

  test('never take the default secrets to another host', () => {
    const { secrets } = makeTarget({ url: 'https://example.com' });
    expect(secrets.map((secret) => secret.variable)).toEqual(['', '', '']);
  });

  test('that shape no rendition are not in the digest', () => {
    const digestOf = (options: object) => makeTarget({ ...options }).digestOptions(makeSite());
    expect(digestOf({ version: '202701', visibility: 'LOGGED_IN' })).toBe(digestOf({}));
    expect(digestOf({ card: false })).not.toBe(digestOf({}));
  });

  test('say that it asks first, cannot be observed and changes only what is named', () => {
    const target = makeTarget();
    expect(target.policy.optIn).toBe(true);
    expect(target.fixed).toEqual(['card']);
    expect(target.capabilities).toEqual({
      observe: false,
      update: 'named',
      pace: { writes: { count: 1, ms: 1000 }, daily: { requests: 150, perWrite: 4 } },
    });
  });
});

describe('render', () => {
  test('makes the description the commentary and the link a card', async () => {
    const rendition = await makeTarget().render(makePost(), makeContent(), makeSite());
    expect(rendition.body).toBe(
      String.raw`Trees are tall \(mostly\).` + '\n\n' + String.raw`{hashtag|\#|trees} {hashtag|\#|WebDev}`,
    );
    expect(rendition.fields).toEqual({
      article: {
        source: 'https://example.com/blog/on_trees/',
        title: 'On [trees]',
        description: 'A tree is a plant. It has a stem.',
      },
    });
    expect(rendition.assets).toEqual([{ role: 'cover', url: 'https://example.com/tree.png', alt: 'A tree' }]);
    expect(rendition.references).toEqual([]);
    expect(rendition.inputs).toEqual({ source: 'd1', options: expect.any(String), card: expect.any(String) });
  });

  test('without a card shows title and address in the text, and no picture', async () => {
    const rendition = await makeTarget({ card: false }).render(
      makePost({ tags: [] }),
      makeContent(),
      makeSite(),
    );
    expect(rendition.body).toBe(
      [
        String.raw`On \[trees\]`,
        String.raw`Trees are tall \(mostly\).`,
        'https://example.com/blog/on%5Ftrees/',
      ].join('\n\n'),
    );
    expect(rendition.fields).toEqual({ article: null });
    expect(rendition.assets).toEqual([]);
  });

  test('without a description opens with the first paragraph, and with nothing else with the title', async () => {
    const { summary: _summary, ...post } = makePost({ tags: [] });
    const target = makeTarget();
    expect((await target.render(post, makeContent(), makeSite())).body).toBe(
      'A tree is a plant. It has a stem.',
    );
    const bare = await target.render(post, makeContent('```\ncode\n```\n'), makeSite());
    expect(bare.body).toBe(String.raw`On \[trees\]`);
    const inText = await makeTarget({ card: false }).render(post, makeContent('---\n'), makeSite());
    expect(inText.body).toBe([String.raw`On \[trees\]`, 'https://example.com/blog/on%5Ftrees/'].join('\n\n'));
  });

  test('shows title and description on one line each on the card', async () => {
    const post = makePost({
      title: 'On\n trees',
      summary: 'First line.\n\nSecond\u0007 line.',
      syndicate: { linkedin: { text: 'Words of mine.' } },
    });
    const { fields } = await makeTarget().render(post, makeContent(), makeSite());
    expect(fields).toMatchObject({ article: { title: 'On trees', description: 'First line. Second line.' } });
  });

  test('says on the card nothing that stands above it', async () => {
    const show = async (text: string, summary?: string) => {
      const { summary: _, ...bare } = makePost();
      const post = summary === undefined ? bare : { ...bare, summary };
      return (await makeTarget().render(post, makeContent(text), makeSite())).fields;
    };
    const begun = { article: { description: 'How it begins.' } };
    expect(await show('How it begins.\n\n# More\n', 'What it is about.')).toMatchObject(begun);
    const bare = { article: expect.not.objectContaining({ description: expect.anything() }) };
    expect(await show('How it begins.\n')).toMatchObject(bare);
    expect(await show('What it is *about*: words.\n', 'What it is about')).toMatchObject(bare);
  });

  test('shows what the front matter says for this target', async () => {
    const post = makePost({
      syndicate: {
        linkedin: {
          title: 'Trees',
          description: 'All of them.',
          tags: ['oak'],
          cover: { url: 'https://example.com/oak.jpg' },
        },
        other: { title: 'Not this' },
      },
    });
    const rendition = await makeTarget().render(post, makeContent(), makeSite());
    expect(rendition.body).toBe(`All of them.\n\n${String.raw`{hashtag|\#|oak}`}`);
    expect(rendition.fields).toMatchObject({ article: { title: 'Trees' } });
    expect(rendition.assets).toEqual([{ role: 'cover', url: 'https://example.com/oak.jpg' }]);
  });

  test('shows an author’s own text as it is, with the hashtags in it and those given beside it', async () => {
    const series = { name: 'Trees', parts: [{ postId: 'on-trees', title: 'On trees' }] };
    const own = async (overrides: object, options = {}) =>
      (
        await makeTarget(options).render(
          makePost({
            syndicate: { linkedin: { text: 'My #oak (again).', ...overrides } },
            series: { name: 'Trees', part: 1 },
          }),
          makeContent(),
          makeSite({ 'on-trees': series }),
        )
      ).body;
    const text = String.raw`My {hashtag|\#|oak} \(again\).`;
    expect(await own({})).toBe(text);
    expect(await own({ tags: ['elm'] })).toBe(`${text}\n\n${String.raw`{hashtag|\#|elm}`}`);
    expect(await own({}, { card: false })).toBe(`${text}\n\nhttps://example.com/blog/on%5Ftrees/`);
    const withLink = await own({ text: 'See https://example.com/blog/on_trees/' }, { card: false });
    expect(withLink).toBe('See https://example.com/blog/on%5Ftrees/');
  });

  test('names the series, and its length once later parts are out', async () => {
    const parts = ['a', 'on-trees', 'c', 'd'].map((postId) => ({ postId, title: postId }));
    const body = async (count: number, part?: number) =>
      (
        await makeTarget().render(
          makePost({ tags: [], series: { name: 'Tall_things', ...(part !== undefined && { part }) } }),
          makeContent(),
          makeSite({ 'on-trees': { name: 'Tall_things', parts: parts.slice(0, count) } }),
        )
      ).body;
    expect(await body(4)).toMatch(/\n\nTall\\_things, part 2 of 4$/);
    expect(await body(2)).toMatch(/\n\nTall\\_things, part 2$/);
    expect(await body(2, 2)).toMatch(/\n\nTall\\_things, part 2$/);
  });

  test('does not change when the series grows: a post stays as it went out', async () => {
    const parts = ['on-trees', 'b', 'c'].map((postId) => ({ postId, title: postId }));
    const inputsOf = async (count: number) => {
      const shown = makeSite({ 'on-trees': { name: 'Trees', parts: parts.slice(0, count) } });
      const post = makePost({ series: { name: 'Trees' } });
      return (await makeTarget().render(post, makeContent(), shown)).inputs;
    };
    expect(await inputsOf(2)).toEqual(await inputsOf(3));
  });

  test('leaves the tree as it was and gives the same again', async () => {
    const content = makeContent();
    const before = JSON.stringify(content.tree);
    const target = makeTarget();
    const first = await target.render(makePost(), content, makeSite());
    expect(await target.render(makePost(), content, makeSite())).toEqual(first);
    expect(JSON.stringify(content.tree)).toBe(before);
  });
});

describe('audit', () => {
  async function audit(changes: Partial<Post>, text?: string, options = {}) {
    return (await makeTarget(options).audit(makePost(changes), makeContent(text), makeSite())).map(
      ({ rule, severity, line, file, target, postId }) => ({
        rule,
        severity,
        line,
        file,
        target,
        postId,
      }),
    );
  }
  const about = { file: 'posts/on-trees.md', target: 'linkedin', postId: 'on-trees' };

  test('finds nothing in a good post', async () => {
    expect(await audit({})).toEqual([]);
  });

  test('refuses own text that is too long as it is sent, with what stands beside it', async () => {
    const text = '('.repeat(commentaryLimit / 2);
    const tooLong = [{ rule: 'linkedin-text-length', severity: 'error', line: 9, ...about }];
    expect(await audit({ syndicate: { linkedin: { text } } })).toEqual([]);
    expect(await audit({ syndicate: { linkedin: { text: `${text}a` } } })).toEqual(tooLong);
    expect(await audit({ syndicate: { linkedin: { text, tags: ['oak'] } } })).toEqual(tooLong);
    expect(await audit({ syndicate: { linkedin: { text } } }, undefined, { card: false })).toEqual(tooLong);
  });

  test('warns of a missing description, unless own text stands for it', async () => {
    const { summary: _summary, ...post } = makePost();
    const target = makeTarget();
    expect(await target.audit(post, makeContent(), makeSite())).toMatchObject([
      {
        rule: 'linkedin-description-missing',
        severity: 'warning',
        line: 2,
        message: expect.stringMatching(/how it begins/),
      },
    ]);
    expect(await target.audit(post, makeContent(''), makeSite())).toMatchObject([
      { message: expect.stringMatching(/only its title/) },
    ]);
    const own = { ...post, syndicate: { linkedin: { text: 'Mine' } } };
    expect(await target.audit(own, makeContent(), makeSite())).toEqual([]);
  });

  test('warns of what is shown cut, and shows it cut', async () => {
    const long = { title: 'tall '.repeat(100), summary: 'Trees grow. '.repeat(400) };
    const cut = [
      { rule: 'linkedin-description-length', severity: 'warning', line: 2, ...about },
      { rule: 'linkedin-title-length', severity: 'warning', line: 2, ...about },
    ];
    expect(await audit(long)).toEqual(cut);
    expect(await audit(long, undefined, { card: false })).toEqual(cut);
    const { fields, body } = await makeTarget().render(makePost(long), makeContent(), makeSite());
    expect(body.length).toBeLessThanOrEqual(commentaryLimit);
    expect(body).toMatch(/Trees grow\.\n\n\{hashtag/);
    const { title, description } = fields['article'] as { title: string; description: string };
    expect(title.length).toBeLessThanOrEqual(400);
    expect(description.length).toBeLessThanOrEqual(4000);
  });

  test.each(['webp', 'svg', 'AVIF'])('warns of a .%s cover and leaves it out', async (ending) => {
    const cover = { url: `https://example.com/tree.${ending}?v=1` };
    expect(await audit({ cover })).toEqual([
      { rule: 'linkedin-cover-format', severity: 'warning', line: 2, ...about },
    ]);
    expect((await makeTarget().render(makePost({ cover }), makeContent(), makeSite())).assets).toEqual([]);
    expect(await audit({ syndicate: { linkedin: { cover } } })).toMatchObject([{ line: 9 }]);
  });

  test('warns of tags that make no hashtag', async () => {
    expect(await audit({ tags: ['2026', 'trees', '🌳'] })).toEqual([
      { rule: 'linkedin-hashtag-lost', severity: 'warning', line: 5, ...about },
      { rule: 'linkedin-hashtag-lost', severity: 'warning', line: 5, ...about },
    ]);
  });
});

describe('an article to paste', () => {
  const body = [
    '# On [trees]',
    '',
    'See[^1] ![a tree](/tree.png) and ~~not~~ this <kbd>key</kbd>.',
    '',
    '#### Deep',
    '',
    '| tree | height | age |',
    '| --- | --- | --- |',
    '| *Oak* | 30 m | old |',
    '',
    '> | a | b |',
    '> | - | - |',
    '> | 1 | 2 |',
    '',
    '```js',
    'grow(1 < 2);',
    '```',
    '',
    '<div onclick="steal()">Words<script>evil()</script><img src="https://example.com/x.png" alt="x"></div>',
    '',
    '[^1]: A note.',
  ].join('\n');

  async function writeArticle(changes: Partial<Post> = {}): Promise<string> {
    const target = linkedin.create('linkedin', linkedinOptions.parse({ kind: 'linkedin' }));
    const { byHand } = await target.render(makePost(changes), makeContent(body), makeSite());
    const print = byHand?.['article.html'];
    if (print === undefined) throw new Error('LinkedIn has articles');
    return print();
  }

  test('holds only what the editor keeps on paste', async () => {
    const text = (await writeArticle()).replace(/^[\s\S]*<\/header>\n/, '');
    expect(text).toContain(
      '<p>See[1] <a href="https://example.com/tree.png">[picture: a tree]</a> and not this',
    );
    expect(text).toContain('<h3>Deep</h3>');
    expect(text).toContain('<li><strong><em>Oak</em></strong> – height: 30 m; age: old</li>');
    expect(text).toContain('<li><strong>1</strong> – 2</li>');
    expect(text).toContain('<pre><code class="language-js">grow(1 &lt; 2);\n</code></pre>');
    expect(text).toContain('<p>Words</p>');
    expect(text).toContain('[picture: x]');
    expect(text).toContain('<p>[1] A note.</p>');
    expect(text).toMatch(
      /Originally published at <a href="https:\/\/example\.com\/blog\/on_trees\/">Example<\/a>/,
    );
    expect(text).not.toMatch(/<(?:img|table|script|section|h1|del|sup)\b|onclick|evil|steal/);
  });

  test('is a page of its own whose instructions are not copied', async () => {
    const page = await writeArticle({ title: 'A <b>title</b> & "more"' });
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain('<title>A &lt;b&gt;title&lt;/b&gt; &amp; &quot;more&quot;</title>');
    expect(page).toMatch(/header \{ user-select: none/);
    expect(page).toContain('Cover: <a href="https://example.com/tree.png">');
  });
});

describe('the link and the hashtags of a blog', () => {
  test('a link can be left out', async () => {
    const render = (options: object) =>
      makeTarget({ ...options }).render(makePost(), makeContent(), makeSite());
    expect((await render({ card: false })).body).toContain('https://example.com/blog/on%5Ftrees/');
    const none = await render({ card: false, link: false });
    expect(none.body).not.toContain('example.com');
    expect(none.fields).toEqual({ article: null });
    expect((await render({ link: false })).fields['article']).toMatchObject({ source: expect.any(String) });
  });

  test('the blog’s own hashtags fill up to three', async () => {
    const target = makeTarget({ hashtags: ['Forestry', 'trees', 'Wood', 'More'] });
    const hashtagsOf = async (tags: readonly string[]) =>
      [
        ...(await target.render(makePost({ tags }), makeContent(), makeSite())).body.matchAll(/\|(\w+)\}/g),
      ].map(([, tag]) => tag);
    expect(await hashtagsOf(['trees'])).toEqual(['trees', 'Forestry', 'Wood']);
    expect(await hashtagsOf(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
    expect(await hashtagsOf([])).toEqual(['Forestry', 'trees', 'Wood']);
    expect(() => makeTarget({ hashtags: ['2026'] })).toThrow(/hashtag/);
  });
});

describe('a post that is pasted', () => {
  const options = { kind: 'linkedin', by: 'hand' };
  const target = linkedin.create('linkedin', linkedinOptions.parse(options));
  const content = makeContent('How it goes.');
  const post = makePost({ summary: String.raw`It is [here] (really): a_b \ #fine` });

  test('has no escapes, the same inputs as one that is sent, and its card’s link beside it', async () => {
    const { rendition } = await target.render(post, content, makeSite());
    const sent = await makeTarget().render(post, content, makeSite());
    expect(rendition.body).toBe(String.raw`It is [here] (really): a_b \ #fine` + '\n\n#trees #WebDev');
    expect(rendition.fields).toMatchObject({ link: post.canonicalUrl });
    expect(rendition.inputs).toEqual(sent.inputs);
  });

  test('is seen whole, as the same text is that is sent', async () => {
    const made = await target.render(post, content, makeSite());
    const { frames } = (await target.preview?.(made, post, makeSite())) ?? { frames: [] };
    const whole = frames.find(({ name }) => name === 'whole text')?.html ?? '';
    expect(whole).toContain('It is [here] (really): a_b');
    expect(whole).toContain('#WebDev');
  });
});
