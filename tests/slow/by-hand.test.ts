import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Rendition } from '../../src/model/rendition.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import {
  findWrites,
  makeArticle,
  makeSmallBlog,
  openDevto,
  readEntries,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const medium = 'medium: { kind: paste, import_url: "https://medium.example/p/import" }';
const wiki = 'wiki: { kind: paste, format: markdown, links: native }';
const address = 'https://medium.example/@author/one-1a2b';

function makeBlog(targets: readonly string[] = [medium], matter = ''): SmallBlog {
  return makeSmallBlog(targets, { one: writePost('One.', `date: ${today}\n${matter}`) });
}

const series = (part: number): string => `date: ${today}\nseries: Plans\npart: ${part}\n`;

function makeSeries(target = wiki): SmallBlog {
  return makeSmallBlog([target], {
    one: writePost('One.', series(1)),
    two: writePost('Two, after [one](/blog/one).', series(2)),
  });
}

/** A blog that is the same but for its targets. */
function changeTargets(blog: SmallBlog, before: string, after: string): void {
  const file = join(blog.folder, 'config/broadside.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
}

async function planJson(blog: SmallBlog, ...words: readonly string[]) {
  const { stdout } = await blog.run('plan', ...words, '--format', 'json');
  return JSON.parse(stdout).actions as readonly Record<string, unknown>[];
}

describe('a copy that is made by hand', () => {
  it('waits once it is due, and is well that way', async () => {
    const blog = makeBlog();
    const record = 'broadside resolve one medium --url URL';
    const line = `. medium  one  by-hand: import it at https://medium.example/p/import, then run "${record}"`;
    expect(await blog.runWith({}, 'plan', '--detailed-exitcode')).toMatchObject({
      stdout: `${line}\n1 by hand. Nothing has been sent.\n`,
      code: 0,
    });
    expect(await blog.runWith({}, 'publish')).toMatchObject({ code: 0 });
    expect((await blog.runWith({}, 'check')).stderr + (await blog.runWith({}, 'check')).stdout).toContain(
      line,
    );
    const status = await blog.run('status');
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toBe(
      `medium  one  by hand  import it at https://medium.example/p/import, then run "${record}"\n`,
    );
    const [action] = await planJson(blog);
    expect(action).toMatchObject({
      verb: 'wait',
      reason: 'by-hand',
      work: 'create',
      importUrl: 'https://medium.example/p/import',
      since: `${today}T00:00:00Z`,
      record,
      rendition: { fields: { title: 'One.', canonical_url: 'https://example.com/blog/one' } },
    });
  });

  it('is recorded with what it was made from, and never asked for again', async () => {
    const blog = makeBlog();
    expect(await blog.run('resolve', 'posts/one.md', 'medium', '--url', address)).toEqual({
      stdout: `= medium  one  recorded  ${address}\n`,
      stderr: '',
      code: 0,
    });
    const [receipt, ...more] = await readEntries(blog.ledger, 'medium', 'one');
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({
      kind: 'receipt',
      verb: 'create',
      state: 'live',
      url: address,
      remoteId: address,
      canonicalUrl: 'https://example.com/blog/one',
      by: 'author',
    });
    expect((await blog.run('plan')).stdout).toBe('Nothing to do: 1 copy is as it should be.\n');
    expect((await blog.run('status')).stdout).toBe(`medium  one  live  ${address}\n`);
    const again = await blog.run('resolve', 'one', 'medium', '--url', `${address}/`);
    expect(again.stdout).toBe(
      `= medium  one  was recorded already, and nothing has changed since  ${address}\n`,
    );
    expect(await readEntries(blog.ledger, 'medium', 'one')).toHaveLength(1);
    expect((await blog.ledger.readStates()).opened['medium']).toBeDefined();
  });

  it('waits to be changed once its post was, and the same command says that it is done', async () => {
    const blog = makeBlog();
    await blog.run('resolve', 'one', 'medium', '--url', address);
    writeFiles(blog.folder, { 'posts/one.md': writePost('One.\n\nAnd more.', `date: ${today}\n`) });
    const record = `broadside resolve one medium --url ${address}`;
    expect((await blog.run('plan')).stdout).toContain(
      `. medium  one  by-hand: changed since it was made: post; change it at ${address} to what "broadside render one --target medium" prints, then run "${record}"\n`,
    );
    expect(await blog.run('status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^medium {2}one {2}by hand {2}.*changed since it was made: post; change it at/,
      ) as string,
    });
    expect(await blog.run('publish')).toMatchObject({ code: 0 });
    const done = await blog.run('resolve', 'one', 'medium', '--url', address, '--format', 'json');
    expect(JSON.parse(done.stdout)).toEqual({
      target: 'medium',
      post: 'one',
      decided: 'posted',
      url: address,
      result: 'updated',
    });
    expect(
      (await readEntries(blog.ledger, 'medium', 'one')).map((entry) => 'verb' in entry && entry.verb),
    ).toEqual(['create', 'update']);
    expect((await blog.run('plan')).stdout).toContain('Nothing to do');
    expect((await blog.run('status')).stdout).toBe(`medium  one  live  ${address}\n`);
  });

  it('is not asked for again because an option was changed, unless its post is named', async () => {
    const blog = makeBlog([wiki]);
    await blog.run('resolve', 'one', 'wiki', '--url', address);
    changeTargets(blog, 'format: markdown', 'format: text');
    expect((await blog.run('plan')).stdout).toContain('Nothing to do');
    expect((await blog.run('plan', 'one')).stdout).toContain('by-hand: changed since it was made: config;');
  });

  it('has its schedule, and waits from its slot on rather than for the next one', async () => {
    const blog = makeBlog([
      `${medium.slice(0, -1)}, schedule: { slots: [Mon 08:00] }, since: "2026-11-01" }`,
    ]);
    writeFiles(blog.folder, { 'posts/one.md': writePost('One.', 'date: 2026-11-05\n') });
    const at = (instant: string) => blog.run('plan', '--at', instant);
    expect((await at('2026-11-06T12:00:00Z')).stdout).toContain(
      '. medium  one  scheduled 2026-11-09 08:00 UTC\n',
    );
    expect((await at('2026-11-09T09:00:00Z')).stdout).toContain('. medium  one  by-hand:');
    expect((await at('2026-11-12T09:00:00Z')).stdout).toContain('. medium  one  by-hand:');
  });

  it('is no copy of an old post', async () => {
    const blog = makeSmallBlog([medium], { one: writePost('One.') });
    expect((await blog.run('plan')).stdout).toContain('1 old copy is left out until named');
    expect((await blog.run('plan', 'one')).stdout).toContain('by-hand');
  });

  it('is never too much at once, since nothing is sent', async () => {
    const names = ['a', 'b', 'c'];
    const posts = Object.fromEntries(names.map((name) => [name, writePost(`${name}.`, `date: ${today}\n`)]));
    const blog = makeSmallBlog([wiki], posts, ['max_updates: 1']);
    for (const name of names)
      await blog.run('resolve', name, 'wiki', '--url', `https://wiki.example/${name}`);
    for (const name of names)
      writeFiles(blog.folder, { [`posts/${name}.md`]: writePost(`${name}, edited.`, `date: ${today}\n`) });
    expect(await blog.run('plan')).toMatchObject({
      stdout: expect.stringContaining('3 by hand.'),
      code: 0,
    });
  });
});

describe('the address that a person gives', () => {
  const refused = [
    ['http://medium.example/one', 'is not the address of a copy on medium'],
    ['medium.example/one', 'is not the address of a copy on medium'],
    ['https://someone:word@medium.example/one', 'is not the address of a copy on medium'],
    ['https://example.com/blog/one', 'is the original itself, not a copy'],
    ['http://example.com/blog/one/?utm_source=x', 'is not the address of a copy'],
    ['https://example.com/blog/two/', 'is the original of two, not a copy'],
    ['https://wiki.example/one', 'is recorded already, as the copy of one on wiki'],
  ] as const;

  it.each(refused)('is not %s', async (given, why) => {
    const blog = makeSmallBlog([medium, wiki], {
      one: writePost('One.', `date: ${today}\n`),
      two: writePost('Two.', `date: ${today}\n`),
    });
    await blog.run('resolve', 'one', 'wiki', '--url', 'https://wiki.example/one');
    const { stderr, code } = await blog.run('resolve', 'one', 'medium', '--url', given);
    expect(stderr).toContain('COPY_ADDRESS_UNLIKELY');
    expect(stderr).toContain(why);
    expect(code).toBe(1);
    expect(await readEntries(blog.ledger, 'medium', 'one')).toEqual([]);
  });

  it('may be that of another copy where the author insists', async () => {
    const blog = makeBlog([medium, wiki]);
    await blog.run('resolve', 'one', 'wiki', '--url', address);
    expect(await blog.run('resolve', 'one', 'medium', '--url', address, '--anyway')).toMatchObject({
      code: 0,
    });
  });

  it('is another one only where the copy has moved', async () => {
    const blog = makeBlog();
    await blog.run('resolve', 'one', 'medium', '--url', address);
    const moved = `${address}-moved`;
    const { stderr, code } = await blog.run('resolve', 'one', 'medium', '--url', moved);
    expect(stderr).toContain(`COPY_SETTLED: The copy of one on medium is recorded at ${address}.`);
    expect(code).toBe(1);
    expect(await blog.run('resolve', 'one', 'medium', '--url', moved, '--anyway')).toMatchObject({ code: 0 });
    expect((await blog.run('status')).stdout).toContain(moved);
  });
});

describe('a series that is made by hand', () => {
  it('goes on once its earlier part is recorded, and links to it', async () => {
    const blog = makeSeries();
    const { stdout } = await blog.run('plan');
    expect(stdout).toContain('. wiki  one  by-hand:');
    expect(stdout).toContain('. wiki  two  out-of-order: after one, an earlier part of "Plans"');
    await blog.run('resolve', 'one', 'wiki', '--url', 'https://wiki.example/one');
    const two = (await planJson(blog)).find(({ post }) => post === 'two');
    expect(two).toMatchObject({ reason: 'by-hand', work: 'create' });
    expect(two).toMatchObject({
      rendition: { body: expect.stringContaining('[one](https://wiki.example/one)') },
    });
    await blog.run('resolve', 'two', 'wiki', '--url', 'https://wiki.example/two');
    expect((await blog.run('plan')).stdout).toContain(
      '. wiki  one  by-hand: changed since it was made: series navigation; change it at https://wiki.example/one',
    );
  });
});

describe('a copy that is taken down by hand', () => {
  it('is recorded as gone, with what is left to do, and can come back', async () => {
    const blog = makeBlog();
    await blog.run('resolve', 'one', 'medium', '--url', address);
    expect(await blog.run('retract', 'one', '--target', 'medium')).toMatchObject({
      stdout: `- medium  one  recorded as retracted; now take it down yourself: ${address}\n`,
      stderr: 'To undo it: "broadside publish one --target medium --again" brings it back.\n',
      code: 0,
    });
    expect((await blog.run('status')).stdout).toContain('retracted');
    expect((await blog.run('plan')).stdout).not.toContain('by-hand');
    expect((await blog.run('plan', 'one', '--again')).stdout).toContain(
      'by-hand: it had been retracted; import it at',
    );
    await blog.run('resolve', 'one', 'medium', '--url', `${address}-2`);
    expect((await blog.run('status')).stdout).toContain(`live  ${address}-2`);
  });
});

describe('a target that changes hands', () => {
  it('asks nobody for the copies that the program made', async () => {
    const devto = await openDevto();
    const connected = `place: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: ${today} }`;
    const blog = makeBlog([connected]);
    await blog.run('publish');
    changeTargets(blog, connected, `place: { kind: paste, format: markdown, since: ${today} }`);
    expect((await blog.run('plan')).stdout).toContain('Nothing to do');
    writeFiles(blog.folder, { 'posts/one.md': writePost('One.\n\nAnd more.', `date: ${today}\n`) });
    expect((await blog.run('plan')).stdout).toContain('by-hand: changed since it was made: post');
    expect(findWrites(devto)).toHaveLength(1);
  });

  it('does not overwrite what a person made there', async () => {
    const devto = await openDevto([makeArticle(7, 'https://example.com/blog/one')]);
    const blog = makeBlog([`place: { kind: paste, format: markdown, since: ${today} }`]);
    await blog.run('resolve', 'one', 'place', '--url', 'https://dev.example/rehearsal/article-7');
    changeTargets(
      blog,
      `place: { kind: paste, format: markdown, since: ${today} }`,
      `place: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: ${today} }`,
    );
    expect((await blog.run('plan')).stdout).toContain('Nothing to do');
    writeFiles(blog.folder, { 'posts/one.md': writePost('One.\n\nAnd more.', `date: ${today}\n`) });
    expect((await blog.run('publish')).stderr).toContain('held: drifted, made by hand on the target');
    expect(findWrites(devto)).toEqual([]);
    expect(await blog.run('publish', 'one', '--take', 'source')).toMatchObject({ code: 0 });
    expect(findWrites(devto)).toEqual(['PUT /api/articles/7']);
  });

  it('keeps what is in doubt from being made twice', async () => {
    const blog = makeBlog();
    await blog.record('medium', 'one', [exampleIntent(), exampleFailure('unknown')]);
    expect((await blog.run('plan')).stdout).toContain('! medium  one  held: interrupted');
    await blog.run('resolve', 'one', 'medium', '--url', address);
    expect((await blog.run('status')).stdout).toContain(address);
  });
});

describe('LinkedIn without a token', () => {
  const linkedin = 'linkedin: { kind: linkedin, by: hand }';
  const post = `https://www.linkedin.com/feed/update/urn:li:share:7400000000000000001/`;
  const matter = 'tags: [web-dev]\ndescription: "What (really) happened."\nsyndicate: { linkedin: true }\n';

  it('shows the text to paste and the card’s link, and wants no secret', async () => {
    const blog = makeBlog([linkedin], matter);
    const { stdout, stderr } = await blog.runWith({}, 'render', 'one', '--target', 'linkedin');
    expect(stdout).toBe('What (really) happened.\n\n#WebDev\n');
    expect(stderr).toContain('link: https://example.com/blog/one\n');
    expect((await blog.runWith({}, 'plan')).stdout).toContain('. linkedin  one  by-hand: paste what');
    expect((await blog.runWith({}, 'doctor')).stdout).toContain('A person makes its copies');
  });

  it('knows a post by either of its addresses, and nothing else', async () => {
    const blog = makeBlog([linkedin], matter);
    expect((await blog.run('resolve', 'one', 'linkedin', '--url', address)).code).toBe(1);
    await blog.run('resolve', 'one', 'linkedin', '--url', post);
    const short = 'https://www.linkedin.com/posts/author_one-share-7400000000000000001-AbCd';
    expect((await blog.run('resolve', 'one', 'linkedin', '--url', short)).stdout).toContain(
      'recorded already',
    );
  });

  it('asks nobody for the posts that the program made', async () => {
    const blog = makeBlog(['linkedin: { kind: linkedin }'], matter);
    const [action] = await planJson(blog);
    const { inputs, fingerprint } = (action ?? {})['rendition'] as Rendition;
    const canonicalUrl = 'https://example.com/blog/one';
    await blog.record('linkedin', 'one', [exampleReceipt({ inputs, fingerprint, canonicalUrl, url: post })]);
    changeTargets(blog, 'kind: linkedin }', 'kind: linkedin, by: hand }');
    expect((await blog.run('plan')).stdout).toContain('Nothing to do');
  });
});

test('two people who record a copy at once record it once, or one of them is told', async () => {
  const blog = makeBlog();
  const tell = (url: string) => blog.run('resolve', 'one', 'medium', '--url', url);
  const same = await Promise.all([tell(address), tell(address), tell(address)]);
  expect(same.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await readEntries(blog.ledger, 'medium', 'one')).toHaveLength(1);

  const other = makeBlog();
  const differing = await Promise.all(
    [address, `${address}-2`].map((url) => other.run('resolve', 'one', 'medium', '--url', url)),
  );
  expect(new Set(differing.map(({ code }) => code))).toEqual(new Set([0, 1]));
  expect(differing.map(({ stderr }) => stderr).join('')).toContain('COPY_SETTLED');
  expect(await readEntries(other.ledger, 'medium', 'one')).toHaveLength(1);
});

test('GitHub shows what is to be done by hand, with the command to copy', async () => {
  const blog = makeBlog();
  const summary = join(blog.folder, 'summary.md');
  const outputs = join(blog.folder, 'outputs');
  const environment = { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs };
  expect(await blog.runWith(environment, 'publish', '--format', 'github')).toMatchObject({ code: 0 });
  expect(readFileSync(summary, 'utf8')).toContain(
    '| medium | [One.](<https://example.com/blog/one>) | [import it](<https://medium.example/p/import>) | `broadside resolve one medium --url URL` |',
  );
  expect(readFileSync(outputs, 'utf8')).toMatch(/by-hand<<(\S+)\n1\n\1\n/);
});

test('the calendar has what waits for a person at the time it came due', async () => {
  const blog = makeBlog();
  await blog.run('plan', '--calendar', 'copies.ics');
  const text = readFileSync(join(blog.folder, 'copies.ics'), 'utf8').replaceAll('\r\n ', '');
  expect(text).toContain(`DTSTART:${today.replaceAll('-', '')}T000000Z`);
  expect(text).toContain('then run "broadside resolve one medium --url URL"');
});

test('a rehearsal shows what there is to paste, and counts nothing as posted', async () => {
  const blog = makeSeries();
  for (const _ of [1, 2]) {
    const { stderr, code } = await blog.runWith({}, 'rehearse');
    expect(stderr).toContain(
      'You would make 2 copies on wiki by hand, from the files in out/rehearsal/wiki/.',
    );
    expect(code).toBe(0);
  }
  expect(readFileSync(join(blog.folder, 'out/rehearsal/wiki/one.md'), 'utf8')).toContain('One.');
  expect(existsSync(join(blog.folder, 'out/rehearsal/ledger/wiki'))).toBe(false);
});

test('a plan file may hold what waits for a person, and publishing it does nothing with that', async () => {
  const blog = makeBlog();
  await blog.run('plan', '--out', 'plan.json');
  writeFiles(blog.folder, { 'posts/one.md': writePost('One, edited.', `date: ${today}\n`) });
  expect(await blog.run('publish', '--plan', 'plan.json')).toMatchObject({ code: 0 });
  expect(await readEntries(blog.ledger, 'medium', 'one')).toEqual([]);
});

test('adopt and status --remote cannot ask', async () => {
  const blog = makeBlog();
  await blog.run('resolve', 'one', 'medium', '--url', address);
  expect((await blog.run('adopt')).stdout + (await blog.run('adopt')).stderr).toContain(
    'broadside resolve POST medium --url URL',
  );
  expect(await blog.run('status', '--remote')).toMatchObject({
    stdout: `medium  one  live  ${address}  not known  it was made by hand\n`,
    code: 0,
  });
});
