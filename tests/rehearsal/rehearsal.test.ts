import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDevto } from '../../src/rehearsal/devto/start.ts';
import { startLinkedin } from '../../src/rehearsal/linkedin/start.ts';
import { standIns } from '../../src/rehearsal/index.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { makeFolder } from '../targets/connection-contract.ts';
import { askAs } from '../local-server.ts';

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

async function send(url: string, init: RequestInit): Promise<Sent> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, json };
}

/** A clock that stands still until it is told to move on. */
function makeStillClock(): { now: () => number; pass: (ms: number) => void } {
  let at = Date.UTC(2026, 10, 1);
  return {
    now: () => at,
    pass: (ms) => {
      at += ms;
    },
  };
}

describe('every stand-in', () => {
  test.each(Object.entries(standIns))(
    '%s takes a key that is new each time, and no other',
    async (_kind, start) => {
      const runs = [];
      for (let count = 0; count < 2; count += 1) {
        const run = await start({ folder: await makeFolder(), port: 0 });
        onTestFinished(() => run.standIn.close());
        runs.push(...Object.values(run.secrets));
      }
      expect(new Set(runs).size).toBe(runs.length);
      for (const key of runs) expect(key.length).toBeGreaterThanOrEqual(32);
    },
  );

  test.each(Object.entries(standIns))(
    '%s answers to this machine’s own names alone',
    async (_kind, start) => {
      const { standIn } = await start({ folder: await makeFolder(), port: 0 });
      onTestFinished(() => standIn.close());
      for (const host of ['rebound.example', '127.0.0.1.rebound.example', '127.0.0.2']) {
        expect(await askAs(host, standIn.url)).toBe(421);
      }
      expect(standIn.requests).toEqual([]);
      for (const host of ['127.0.0.1', 'localhost', '[::1]'])
        expect(await askAs(host, standIn.url)).toBe(200);
    },
  );
});

describe('the dev.to stand-in', () => {
  const key = {
    'api-key': 'key',
    accept: 'application/vnd.forem.api-v1+json',
    'content-type': 'application/json',
    'user-agent': 'broadside-tests',
  };
  const words = {
    title: 'On ledgers',
    body_markdown: 'Words.',
    published: true,
    ai_disclosure_level: 'no_ai',
  };

  async function open(folder?: string) {
    const clock = makeStillClock();
    const standIn = await startDevto({
      folder: folder ?? (await makeFolder()),
      apiKey: 'key',
      now: clock.now,
    });
    onTestFinished(() => standIn.close());
    const post = async (article: unknown, headers: Record<string, string> = key): Promise<Sent> => {
      clock.pass(5000);
      return send(`${standIn.url}/api/articles`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ article }),
      });
    };
    const put = async (id: unknown, article: unknown): Promise<Sent> => {
      clock.pass(5000);
      return send(`${standIn.url}/api/articles/${String(id)}`, {
        method: 'PUT',
        headers: key,
        body: JSON.stringify({ article }),
      });
    };
    const get = async (path: string): Promise<Sent> => {
      clock.pass(5000);
      return send(standIn.url + path, { headers: key });
    };
    return { standIn, clock, post, put, get };
  }

  test('wants a key, a name and the version', async () => {
    const { post, get, standIn } = await open();
    expect(await post(words, { ...key, 'api-key': 'other' })).toMatchObject({
      status: 401,
      json: { error: 'unauthorized', status: 401 },
    });
    expect(await post(words, { ...key, 'user-agent': '' })).toMatchObject({ status: 403, text: '' });
    const old = await post(words, { ...key, accept: 'application/json' });
    expect(old.status).toBe(201);
    expect(old.headers.get('warning')).toMatch(/^299/);
    expect((await get('/api/users/me')).json).toMatchObject({ type_of: 'user', username: 'rehearsal' });
    expect(JSON.stringify(standIn.requests)).not.toContain('"api-key"');
    expect(standIn.requests.map((request) => request.status)).toEqual([401, 403, 201, 200]);
  });

  test('wants to be told about AI, each time', async () => {
    const { post } = await open();
    const { ai_disclosure_level: _, ...silent } = words;
    expect(await post(silent)).toMatchObject({
      status: 422,
      json: { ai_disclosure_level: { required: true } },
    });
    expect((await post({ ...words, ai_disclosure_level: 'not_disclosed' })).status).toBe(201);
  });

  test('answers an article in one shape and lists it in another', async () => {
    const { post, get } = await open();
    const article = {
      ...words,
      tags: ['Git', 'testing'],
      series: 'Parts',
      canonical_url: 'https://example.com/a',
    };
    const shown = await post(article);
    expect(shown.status).toBe(201);
    expect(shown.headers.get('location')).toBe(shown.json['url']);
    expect(shown.json).toMatchObject({
      tag_list: 'git, testing',
      tags: ['git', 'testing'],
      collection_id: 1,
    });
    expect(shown.json).toHaveProperty('body_html');
    expect(shown.json).not.toHaveProperty('published');
    const [listed] = JSON.parse((await get('/api/articles/me')).text) as Record<string, unknown>[];
    expect(listed).toMatchObject({ tag_list: ['git', 'testing'], published: true });
    for (const name of ['body_html', 'tags', 'collection_id']) expect(listed).not.toHaveProperty(name);
  });

  test.each([
    [{ title: ' ' }, "Title can't be blank"],
    [{ title: 'x'.repeat(129) }, 'Title is too long (maximum is 128 characters)'],
    [{ tags: ['a', 'b', 'c', 'd', 'e'] }, 'Tag list exceed the maximum of 4 tags'],
    [{ tags: ['node.js'] }, 'Tag "node.js" contains non-alphanumeric or prohibited unicode characters'],
    [{ tags: ['x'.repeat(31)] }, `Tag "${'x'.repeat(31)}" is too long (maximum is 30 characters)`],
    [
      { title: '', tags: ['a', 'b', 'c', 'd', 'e'] },
      "Title can't be blank and Tag list exceed the maximum of 4 tags",
    ],
    [{ body_markdown: 'é'.repeat(410 * 1024) }, 'Body markdown is too long.'],
    [{ canonical_url: 'http://localhost:4000/a' }, 'Canonical url is not a valid URL'],
    [{ main_image: '/cover.png' }, 'Main image is not a valid URL'],
    [{ body_markdown: '{% if x %}y{% endif %}' }, 'Liquid#if tag is disabled'],
    [{ body_markdown: '<img src="data:image/png;base64,AA">' }, 'Invalid markdown detected'],
    [{ body_markdown: '---\ndate: 2026-01-01\n---\nWords.' }, 'Tried to load unspecified class: Date'],
    [{ published_at: '2020-01-01T00:00:00Z' }, 'Published at only future or current published_at allowed'],
  ])('refuses %j', async (part, sentence) => {
    const { post } = await open();
    const answer = await post({ ...words, ...part });
    expect(answer.status).toBe(422);
    expect(answer.json['error']).toBe(sentence);
  });

  test('takes neither nothing nor a text for an article, and drops tags that are a text', async () => {
    const { post } = await open();
    expect((await post(null)).json['error']).toBe('param is missing or the value is empty: article');
    expect((await post('words')).json['error']).toContain('You provided article as a String');
    expect((await post({ ...words, tags: 'git, testing' })).json['tags']).toEqual([]);
  });

  test('takes a title again only after five minutes', async () => {
    const { post, clock } = await open();
    await post(words);
    expect((await post(words)).json['error']).toBe('Title has already been used in the last five minutes');
    clock.pass(5 * 60_000);
    expect((await post(words)).status).toBe(201);
  });

  test('wants canonical addresses to be unique among what is published, drafts aside', async () => {
    const { post, put } = await open();
    const canonical_url = 'https://example.com/a';
    const draft = await post({ ...words, canonical_url, published: false });
    expect((await post({ ...words, title: 'Second', canonical_url })).status).toBe(201);
    expect((await post({ ...words, title: 'Third', canonical_url })).json['error']).toMatch(
      /^Canonical url has already been taken/,
    );
    expect((await put(draft.json['id'], { published: true })).status).toBe(422);
  });

  test('lists drafts and scheduled articles only where all are listed', async () => {
    const { post, get } = await open();
    await post({ ...words, title: 'Live' });
    await post({ ...words, title: 'Draft', published: false });
    await post({ ...words, title: 'Scheduled', published_at: '2027-01-01T00:00:00Z' });
    const titles = async (which: string): Promise<unknown> =>
      (JSON.parse((await get(`/api/articles/me/${which}`)).text) as { title: string }[]).map(
        ({ title }) => title,
      );
    expect(await titles('published')).toEqual(['Live']);
    expect(await titles('unpublished')).toEqual(['Draft']);
    expect(await titles('all')).toEqual(['Draft', 'Scheduled', 'Live']);
    expect(await titles('all?per_page=2&page=2')).toEqual(['Live']);
    expect((await get('/api/articles/1')).status).toBe(200);
    expect((await get('/api/articles/2')).status).toBe(404);
    expect((await get('/api/articles/3')).status).toBe(404);
  });

  test('names a draft anew when it is first published and never again', async () => {
    const { post, put } = await open();
    const draft = await post({ ...words, published: false });
    expect(draft.json['url']).toContain('-temp-slug-');
    const live = await put(draft.json['id'], { published: true });
    expect(live.json['url']).toMatch(/\/rehearsal\/on-ledgers-\w+$/);
    const later = await put(draft.json['id'], { title: 'Another', published: false });
    expect(later.json).toMatchObject({ url: live.json['url'], published_timestamp: '', title: 'Another' });
  });

  test('lets nobody change what is not theirs, nor an author unpublish by the moderators’ call', async () => {
    const folder = await makeFolder();
    const { post, put, standIn } = await open(folder);
    const { json } = await post(words);
    expect(await put('99', words)).toMatchObject({ status: 404, json: { error: 'not found' } });
    expect((await put(`${String(json['id'])}/unpublish`, {})).status).toBe(401);
    await standIn.close();
    const file = join(folder, 'devto.json');
    const held = await readFile(file, 'utf8');
    await writeFile(file, held.replace('"owner": "rehearsal"', '"owner": "another"'));
    const again = await open(folder);
    expect((await again.put(json['id'], words)).status).toBe(404);
    expect((await again.get('/api/articles/me/all')).text).toBe('[]');
  });

  test('slows down who asks too much', async () => {
    const { standIn, clock, post } = await open();
    const write = (article: unknown): Promise<Sent> =>
      send(`${standIn.url}/api/articles`, {
        method: 'POST',
        headers: key,
        body: JSON.stringify({ article }),
      });
    expect((await write(words)).status).toBe(201);
    const fast = await write({ ...words, title: 'Another' });
    expect(fast).toMatchObject({ status: 429, text: 'Retry later\n' });
    expect(fast.headers.get('retry-after')).toBe('1');
    for (let index = 0; index < 8; index += 1) {
      clock.pass(1000);
      expect((await write({ ...words, title: `Title ${index}` })).status).toBe(201);
    }
    clock.pass(1000);
    const many = await write({ ...words, title: 'One too many' });
    expect(many.json['error']).toBe('Rate limit reached, try again in 30 seconds');
    expect(many.headers.get('retry-after')).toBe('30');
    clock.pass(1000);
    expect((await write({ ...words, title: 'A draft', published: false })).status).toBe(201);
    clock.pass(30_000);
    expect((await post({ ...words, title: 'Later' })).status).toBe(201);

    const read = (): Promise<Sent> => send(`${standIn.url}/api/articles/me`, { headers: key });
    clock.pass(60_000);
    const statuses = [await read(), await read(), await read(), await read()].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('fails on a body that begins with a thematic break and obeys front matter', async () => {
    const { post } = await open();
    expect((await post({ ...words, body_markdown: '---\n\nIntro\n\n---\n\nWords.' })).status).toBe(500);
    const body_markdown = '---\ntitle: From the body\npublished: false\ntags: a, b\n---\nWords.';
    expect((await post({ ...words, body_markdown, description: 'Given.' })).json).toMatchObject({
      title: 'From the body',
      published_timestamp: '',
      tags: ['a', 'b'],
      body_html: '<p>Words.</p>',
    });
  });

  test.each([
    ['{% odd %}', "Liquid syntax error: Unknown tag 'odd'"],
    ['a {% b', "Liquid syntax error: Tag '{%' was not properly terminated"],
    ['a {{ b', "Liquid syntax error: Variable '{{' was not properly terminated"],
    ['{% details A %}\n\nb', "Liquid syntax error: 'details' tag was never closed"],
    ['`{%endraw%}` then', 'Liquid syntax error'],
  ])('takes %j and shows an error in place of the article', async (body_markdown, error) => {
    const { post } = await open();
    const answer = await post({ ...words, body_markdown });
    expect(answer.status).toBe(201);
    expect(answer.json['body_html']).toContain(error);
  });

  test.each([
    ['`{% odd %}` and `{{ x }}`', '<p><code>{% odd %}</code> and <code>{{ x }}</code></p>'],
    ['```html\n{% if x %}\n```', '{% if x %}'],
    ['`{% raw %}` and `{% endraw %}`', '<code>{% raw %}</code> and <code>{% endraw %}</code>'],
    ['{% raw %}{%{% endraw %} and {{ x }}', '<p>{% and {{ x }}</p>'],
    ['one\ntwo', '<p>one<br>\ntwo</p>'],
    ['{% details More %}\n\n**b**\n\n{% enddetails %}', '<p><strong>b</strong></p>'],
    ['<script>alert(1)</script>*a*<b onclick="x()">b</b>', '<b>b</b>'],
  ])('shows %j as readers see it', async (body_markdown, html) => {
    const { post } = await open();
    const answer = await post({ ...words, body_markdown });
    expect(answer.json['body_html']).toContain(html);
    expect(answer.json['body_html']).not.toMatch(/Liquid syntax error|script|onclick/);
  });

  test('shows its articles as pages', async () => {
    const { post, get } = await open();
    const series = 'Parts & pieces';
    const first = await post({
      ...words,
      title: 'One <b>',
      series,
      tags: ['git'],
      canonical_url: 'https://example.com/one',
      main_image: 'https://example.com/cover.png',
    });
    await post({ ...words, title: 'Two', series, published: false });
    const page = await get(new URL(String(first.json['url'])).pathname);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<link rel="canonical" href="https://example.com/one">');
    expect(page.text).toContain('Originally published at <a href="https://example.com/one">example.com</a>');
    expect(page.text).toContain('<h1 class="title">One &lt;b&gt;</h1>');
    expect(page.text).toContain('Parts &amp; pieces');
    expect(page.text).toContain('<img class="cover" src="https://example.com/cover.png"');
    const index = await get('/');
    expect(index.text).toContain('#git');
    expect(index.text).toContain('Two</a> (draft)');
    expect((await get('/rehearsal/nothing')).status).toBe(404);
  });

  test('refuses a folder that cannot serve', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'devto.json'), '{"cut');
    await expect(startDevto({ folder, apiKey: 'key' })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  test('takes a free port when the wanted one is taken', async () => {
    const { standIn } = await open();
    const port = Number(new URL(standIn.url).port);
    const other = await startDevto({ folder: await makeFolder(), apiKey: 'key', port });
    onTestFinished(() => other.close());
    expect(other.url).not.toBe(standIn.url);
    expect((await fetch(other.url)).status).toBe(200);
  });
});

describe('the LinkedIn stand-in', () => {
  const author = 'urn:li:person:rehearsal';
  const headers = {
    authorization: 'Bearer token',
    'linkedin-version': '202609',
    'x-restli-protocol-version': '2.0.0',
    'content-type': 'application/json',
  };
  const words = {
    author,
    commentary: 'Words.',
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
  };

  async function open() {
    const clock = makeStillClock();
    const standIn = await startLinkedin({ folder: await makeFolder(), accessToken: 'token', now: clock.now });
    onTestFinished(() => standIn.close());
    return { standIn, clock };
  }

  function post(
    standIn: StandIn,
    body: unknown,
    more: Record<string, string> = {},
    path = '',
  ): Promise<Sent> {
    return send(`${standIn.url}/rest/posts${path}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    });
  }

  function pathOf(sent: Sent): string {
    return `/${encodeURIComponent(sent.headers.get('x-restli-id') ?? '')}`;
  }

  function without(name: keyof typeof headers): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
  }

  test('answers a post with nothing but its name', async () => {
    const { standIn } = await open();
    const made = await post(standIn, words);
    expect(made).toMatchObject({ status: 201, text: '' });
    expect(made.headers.get('x-restli-id')).toMatch(/^urn:li:share:\d{19}$/);
    expect(JSON.stringify(standIn.requests)).not.toContain('Bearer');
  });

  test('wants a token and the two headers', async () => {
    const { standIn } = await open();
    const url = `${standIn.url}/rest/posts`;
    const body = JSON.stringify(words);
    const attempt = (given: Record<string, string>): Promise<Sent> =>
      send(url, { method: 'POST', headers: given, body });
    expect(await attempt(without('authorization'))).toMatchObject({
      status: 401,
      json: { code: 'EMPTY_ACCESS_TOKEN' },
    });
    expect(await attempt({ ...headers, authorization: 'Bearer other' })).toMatchObject({
      status: 401,
      json: { serviceErrorCode: 65_600, code: 'INVALID_ACCESS_TOKEN' },
    });
    const unversioned = await attempt(without('linkedin-version'));
    expect(unversioned).toMatchObject({ status: 400, json: { code: 'VERSION_MISSING' } });
    expect(unversioned.headers.has('x-restli-gateway-error')).toBe(true);
    expect((await attempt(without('x-restli-protocol-version'))).status).toBe(400);
    expect((await post(standIn, words)).status).toBe(201);
  });

  test('answers no version that is over a year old or not yet out', async () => {
    const { standIn, clock } = await open();
    const ask = (version: string): Promise<Sent> => post(standIn, words, { 'linkedin-version': version });
    expect(await ask('202504')).toMatchObject({
      status: 426,
      json: { code: 'NONEXISTENT_VERSION', message: 'Requested version 20250401 is not active' },
    });
    expect((await ask('202612')).status).toBe(426);
    expect((await ask('202511')).status).toBe(201);
    clock.pass(20 * 24 * 3_600_000);
    expect((await ask('202511')).status).toBe(426);
    const info = await send(`${standIn.url}/v2/userinfo`, { headers });
    expect(info.status).toBe(426);
    const plain = await send(`${standIn.url}/v2/userinfo`, { headers: without('linkedin-version') });
    expect(plain.json['sub']).toBe('rehearsal');
  });

  test('lets a member’s token read nothing', async () => {
    const { standIn } = await open();
    const made = await post(standIn, words);
    const one = await send(`${standIn.url}/rest/posts${pathOf(made)}`, { headers });
    expect(one).toMatchObject({
      status: 403,
      json: { message: 'Not enough permissions to access: partnerApiPostsExternal.GET.20260901' },
    });
    const all = await send(`${standIn.url}/rest/posts?q=author&author=${author}`, { headers });
    expect(all.json['message']).toContain('partnerApiPostsExternal.FINDER-author.20260901');
    expect((await send(`${standIn.url}/rest/images/urn%3Ali%3Aimage%3A1`, { headers })).status).toBe(403);
  });

  test('cuts a text at the first reserved character that is not escaped, without a word', async () => {
    const { standIn } = await open();
    const shown = async (commentary: string): Promise<string> => {
      const made = await post(standIn, { ...words, commentary });
      expect(made.status).toBe(201);
      const page = await (await fetch(`${standIn.url}/feed/update${pathOf(made)}/`)).text();
      return /<\/label>([\s\S]*?)<\/div>/.exec(page)?.[1] ?? '';
    };
    expect(await shown('One (two) three')).toBe('One ');
    expect(await shown('One \\(two\\) three')).toBe('One (two) three');
    expect(await shown('A \\\\ and a \\x')).toBe('A \\ and a ');
    expect(await shown('C\\# and snake_case')).toBe('C# and snake');
    expect(await shown('See #git and {hashtag|\\#|testing} end')).toBe(
      'See <span class="hashtag">#git</span> and <span class="hashtag">#testing</span> end',
    );
    expect(await shown('By @[Example](urn:li:organization:1) \\<b\\>')).toBe(
      'By <span class="mention">Example</span> &lt;b&gt;',
    );
    expect(await shown('Line\n\nline')).toBe('Line\n\nline');
  });

  test('takes 3000 characters and not one more', async () => {
    const { standIn } = await open();
    expect((await post(standIn, { ...words, commentary: 'a'.repeat(3000) })).status).toBe(201);
    expect(await post(standIn, { ...words, commentary: 'a'.repeat(3001) })).toMatchObject({
      status: 400,
      json: { errorDetails: { inputErrors: [{ code: 'FIELD_ARRAY_SIZE_TOO_HIGH', maxLength: 3000 }] } },
    });
  });

  test('takes the same post again only after ten minutes', async () => {
    const { standIn, clock } = await open();
    const first = await post(standIn, words);
    const again = await post(standIn, words);
    expect(again).toMatchObject({
      status: 422,
      json: { errorDetails: { inputErrors: [{ code: 'DUPLICATE_POST' }] } },
    });
    expect(again.json['message']).toContain(`Content is a duplicate of ${first.headers.get('x-restli-id')}`);
    clock.pass(10 * 60_000);
    expect((await post(standIn, words)).status).toBe(201);
  });

  test.each([
    [{ author: undefined }, 422],
    [{ author: 'urn:li:person:other' }, 403],
    [{ author: 'urn:li:organization:1' }, 400],
    [{ commentary: undefined }, 422],
    [{ visibility: 'EVERYBODY' }, 422],
    [{ distribution: {} }, 422],
    [{ lifecycleState: 'DRAFT' }, 422],
    [{ odd: 1 }, 422],
    [{ content: { media: {} } }, 422],
    [{ content: { article: { source: 'https://example.com' } } }, 422],
    [
      { content: { article: { source: 'https://example.com', title: 'A', thumbnail: 'urn:li:image:9' } } },
      400,
    ],
  ])('refuses %j', async (part, status) => {
    const { standIn } = await open();
    expect((await post(standIn, { ...words, ...part })).status).toBe(status);
  });

  test('changes a text and nothing else, and takes a post down once', async () => {
    const { standIn } = await open();
    const made = await post(standIn, words);
    const patch = (set: unknown, path = pathOf(made)): Promise<Sent> =>
      post(standIn, { patch: { $set: set } }, { 'x-restli-method': 'PARTIAL_UPDATE' }, path);
    expect((await patch({ commentary: 'Other words.' })).status).toBe(204);
    expect((await patch({ content: {} })).json['message']).toContain('CreateOnly field present');
    expect((await patch({ commentary: 'a' }, '/urn:li:share:1')).json['message']).toContain(
      'Syntax exception',
    );
    const page = `${standIn.url}/feed/update${pathOf(made)}/`;
    expect(await (await fetch(page)).text()).toContain('Other words.');
    const remove = (): Promise<Sent> =>
      send(`${standIn.url}/rest/posts${pathOf(made)}`, { method: 'DELETE', headers });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await fetch(page)).status).toBe(404);
  });

  test('takes a picture and shows it on the card', async () => {
    const { standIn } = await open();
    const ask = (owner: string): Promise<Sent> =>
      send(`${standIn.url}/rest/images?action=initializeUpload`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ initializeUploadRequest: { owner } }),
      });
    expect(await ask('urn:li:person:')).toMatchObject({ status: 403 });
    const slot = (await ask(author)).json['value'] as { uploadUrl: string; image: string };
    const upload = (body: string, given: Record<string, string> = headers): Promise<Sent> =>
      send(slot.uploadUrl, { method: 'PUT', headers: given, body });
    expect((await upload('GIF89a', without('authorization'))).status).toBe(401);
    expect((await upload('<svg/>')).status).toBe(400);
    expect((await upload('GIF89a')).status).toBe(201);
    const article = { source: 'https://example.com/a', title: 'A <title>', thumbnail: slot.image };
    expect((await post(standIn, { ...words, content: { article } })).status).toBe(201);
    const feed = await (await fetch(standIn.url)).text();
    expect(feed).toContain('A &lt;title&gt;');
    expect(feed).toContain('<a class="card" href="https://example.com/a">');
    const picture = /src="(\/images\/[^"]+)"/.exec(feed)?.[1] ?? '';
    expect((await fetch(standIn.url + picture)).headers.get('content-type')).toBe('image/gif');
  });

  test('answers 150 requests on one day in UTC', async () => {
    const { standIn, clock } = await open();
    const ask = (): Promise<Sent> =>
      send(`${standIn.url}/v2/userinfo`, { headers: { authorization: 'Bearer token' } });
    const statuses = new Set<number>();
    for (let count = 0; count < 150; count += 1) statuses.add((await ask()).status);
    expect([...statuses]).toEqual([200]);
    const over = await ask();
    expect(over).toMatchObject({ status: 429, json: { serviceErrorCode: 101 } });
    expect(over.headers.has('retry-after')).toBe(false);
    clock.pass(24 * 3_600_000);
    expect((await ask()).status).toBe(200);
  });
});
