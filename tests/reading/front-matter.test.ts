import { describe, expect, test } from 'vitest';
import type { PostField } from '../../src/model/post.ts';
import { readFrontMatter } from '../../src/reading/front-matter/read.ts';
import type { WrittenFields } from '../../src/reading/front-matter/read-fields.ts';
import { splitFrontMatter } from '../../src/reading/front-matter/split.ts';
import { parseDate } from '../../src/reading/front-matter/parse-date.ts';
import { measureCpu } from '../measure-cpu.ts';
import { fc } from '../random-input.ts';

const site = { url: 'https://example.com', timezone: 'Europe/London' };

async function read(text: string, mapping: Partial<Record<PostField, string>> = {}) {
  const { fields, places, diagnostics } = await readFrontMatter(splitFrontMatter(text), {
    file: 'posts/a.md',
    site,
    mapping,
  });
  return {
    fields,
    places,
    diagnostics,
    faults: diagnostics.map(({ severity, rule, line, column }) => `${severity} ${rule} ${line}:${column}`),
  };
}

function readYaml(yaml: string, mapping: Partial<Record<PostField, string>> = {}) {
  return read(`---\n${yaml}\n---\n\nText.\n`, mapping);
}

async function fieldsOf(
  yaml: string,
  mapping: Partial<Record<PostField, string>> = {},
): Promise<Partial<WrittenFields>> {
  const { fields, faults } = await readYaml(yaml, mapping);
  expect(faults).toEqual([]);
  return fields ?? {};
}

describe('when a post comes out and goes', () => {
  test('publishDate beside a date is when it comes out, and no other date', async () => {
    const { date, publish } = await fieldsOf('date: 2026-01-02\npublishDate: 2026-03-04');
    expect([date?.at, publish?.at]).toEqual(['2026-01-02T00:00:00Z', '2026-03-04T00:00:00Z']);
    expect(await fieldsOf('publishDate: 2026-03-04')).toMatchObject({ date: { at: '2026-03-04T00:00:00Z' } });
    expect((await fieldsOf('publishDate: 2026-03-04')).publish).toBeUndefined();
  });

  test('an expiry date is read, and one that is none is left alone', async () => {
    expect((await fieldsOf('date: 2026-01-02\nexpiryDate: 2026-03-04')).expires?.at).toBe(
      '2026-03-04T00:00:00Z',
    );
    expect((await fieldsOf('date: 2026-01-02\nexpiryDate: never')).expires).toBeUndefined();
  });

  test('the names that themes have for a date count where there is no other', async () => {
    expect((await fieldsOf('created: 2026-01-02')).date?.at).toBe('2026-01-02T00:00:00Z');
    expect((await fieldsOf('date: 2026-01-03\ncreated: 2026-01-02')).date?.at).toBe('2026-01-03T00:00:00Z');
    expect((await fieldsOf('date:\n  created: 2026-01-02\n  updated: 2026-02-03')).date?.at).toBe(
      '2026-01-02T00:00:00Z',
    );
  });
});

describe('a front matter without a first fence', () => {
  test('is YAML up to a fence', async () => {
    const { fields, places } = await read('title: Tea\ndate: 2026-01-02\ntags:\n- hot\n---\n\nText.\n');
    expect(fields).toMatchObject({ title: 'Tea', tags: ['hot'] });
    expect(places).toMatchObject({ title: { line: 1, column: 1 }, date: { line: 2, column: 1 } });
    expect(splitFrontMatter('title: Tea\ndate: 2026-01-02\n---\nText.\n').body).toBe('Text.\n');
  });

  test('is plain lines up to a blank one, each as it is written', async () => {
    const text =
      'Title: Herons: a study\nDate: 2026-01-02 10:00\nTags: birds, water\nSummary: One,\n    two.\n\nText.\n';
    const { fields, places } = await read(text);
    expect(fields).toMatchObject({
      title: 'Herons: a study',
      tags: ['birds', 'water'],
      description: 'One, two.',
    });
    expect(places.date).toEqual({ line: 2, column: 1 });
    expect(splitFrontMatter(text).body).toBe('Text.\n');
  });

  test.each(['Note: this is a text.\n\nMore.\n', 'Title: A\n\nText.\n', 'Title: A\nDate: B\nand on\n\n'])(
    'is none: %j',
    async (text) => {
      expect(splitFrontMatter(text)).toMatchObject({ kind: 'none', body: text });
    },
  );
});

describe('parseDate', () => {
  test.each([
    ['4. Februar 2026', '2026-02-04T00:00:00Z'],
    ['Mi, 04 Mär 2026 09:05:00 +0100', '2026-03-04T08:05:00Z'],
    ['mer., 04 févr. 2026 09:05:00 +0100', '2026-02-04T08:05:00Z'],
    ['4 de febrero de 2026', '2026-02-04T00:00:00Z'],
    ['Quarta-feira, 4 de Fevereiro de 2026', '2026-02-04T00:00:00Z'],
    ['12 listopada 2026', '2026-11-12T00:00:00Z'],
    ['Ср, 04 фев 2026 09:05:00 +0300', '2026-02-04T06:05:00Z'],
    ['4 foo 2026', undefined],
  ])('reads months as other languages call them: %s', (text, instant) => {
    expect(parseDate(text, 'UTC')).toBe(instant);
  });

  test('a date that a program wrote for want of one is none, so that another field may give it', async () => {
    const fields = await fieldsOf('date: 0001-01-01T00:00:00Z\npublishDate: 2026-11-21\nlastmod: 0000-00-00');
    expect(fields).toMatchObject({ date: { at: '2026-11-21T00:00:00Z', day: '2026-11-21' } });
    expect(fields.updated).toBeUndefined();
  });

  test('the day is the one that is written, wherever it is read', async () => {
    expect((await fieldsOf('date: Sat Nov 21 2026 00:30:00 GMT+0100')).date).toEqual({
      at: '2026-11-20T23:30:00Z',
      day: '2026-11-21',
    });
  });

  test.each([
    ['2026-11-21T08:30:00Z', '2026-11-21T08:30:00Z'],
    ['2026-11-21t08:30:00.123456z', '2026-11-21T08:30:00Z'],
    ['2026-11-21T08:30:00+01:00', '2026-11-21T07:30:00Z'],
    ['2026-11-21T08:30+0530', '2026-11-21T03:00:00Z'],
    ['2026-11-21T08:30:00-08', '2026-11-21T16:30:00Z'],
    ['2026-11-21 08:30:00 +0100', '2026-11-21T07:30:00Z'],
    ['2026-11-21 08:30:00 UTC', '2026-11-21T08:30:00Z'],
    ['2026-07-21', '2026-07-20T23:00:00Z'],
    ['2026/07/21', '2026-07-20T23:00:00Z'],
    ['2026-7-2', '2026-07-01T23:00:00Z'],
    ['2015-11-3 10:30:00', '2015-11-03T10:30:00Z'],
    ['2026-07-21 9:05', '2026-07-21T08:05:00Z'],
    ['\u00a02026-11-21 ', '2026-11-21T00:00:00Z'],
    ['Jul 08 2022', '2022-07-07T23:00:00Z'],
    ['July 8th, 2022', '2022-07-07T23:00:00Z'],
    ['8 July 2022', '2022-07-07T23:00:00Z'],
    ['Sat, 21 Nov 2026 08:30:00 GMT', '2026-11-21T08:30:00Z'],
    ['21 Nov 26 08:30 EST', '2026-11-21T13:30:00Z'],
    ['Sat, 21 Nov 2026 08:30:00 -0800', '2026-11-21T16:30:00Z'],
    ['Sat Nov 21 2026 08:30:00 GMT+0100 (Central European Standard Time)', '2026-11-21T07:30:00Z'],
    ['Sat, Nov 21 2026 08:30:00 +0000', '2026-11-21T08:30:00Z'],
    ['Nov 21, 2026 at 8:30 PM', '2026-11-21T20:30:00Z'],
    ['November 21, 2026 12:05 a.m.', '2026-11-21T00:05:00Z'],
    ['2026-11-21 12:05 PM', '2026-11-21T12:05:00Z'],
    ['2026/11/21 8:5', '2026-11-21T08:05:00Z'],
    ['2026.11.21', '2026-11-21T00:00:00Z'],
    ['Sat,21 Nov 2026 8:3:0 Z', '2026-11-21T08:03:00Z'],
    ['21-Nov-2026 08:30', '2026-11-21T08:30:00Z'],
    ['2026-11-21 08:30:00.364419679 +0200 CEST', '2026-11-21T06:30:00Z'],
    ['2026-11-21 08:30:00.36 +0200 +0200 m=+0.0041', '2026-11-21T06:30:00Z'],
    ['2026-07-21 08:30 CEST', '2026-07-21T06:30:00Z'],
    ['Sat Nov 21 08:30:00 2026', '2026-11-21T08:30:00Z'],
    ['Wed Jul  1 08:30:00 2026', '2026-07-01T07:30:00Z'],
    ['Sat Nov 21 08:30:00 EST 2026', '2026-11-21T13:30:00Z'],
    ['Sat Nov 21 08:30:00 +0530 2026', '2026-11-21T03:00:00Z'],
    ['20261121T083000Z', '2026-11-21T08:30:00Z'],
    ['20261121T0830+0100', '2026-11-21T07:30:00Z'],
    ['20260721', '2026-07-20T23:00:00Z'],
    ['20261121083000', '2026-11-21T08:30:00Z'],
    ['20261121 08:30:00', '2026-11-21T08:30:00Z'],
    ['2026-11-21T08:30:00−05:00', '2026-11-21T13:30:00Z'],
    ['2026-11-21T08:30:00+01:00[Europe/Berlin]', '2026-11-21T07:30:00Z'],
    ['2026-11-21T08:30:60Z', '2026-11-21T08:31:00Z'],
    ['Sat, 21 Nov 2026 08:30:00 AKST', '2026-11-21T17:30:00Z'],
    ['2026-11-21 08:30 NZDT', '2026-11-20T19:30:00Z'],
    ['2026年7月21日', '2026-07-20T23:00:00Z'],
    ['2026年11月21日 8:30', '2026-11-21T08:30:00Z'],
    ['2026년 11월 21일', '2026-11-21T00:00:00Z'],
    ['2026-11-21. 08:30', '2026-11-21T08:30:00Z'],
    ['21.11.2026', '2026-11-21T00:00:00Z'],
    ['1. 7. 2026, 8:30', '2026-07-01T07:30:00Z'],
  ])('%s', (text, instant) => {
    expect(parseDate(text, 'Europe/London')).toBe(instant);
  });

  test.each([
    '',
    'soon',
    '2026',
    '2026-02-31',
    '20260231',
    '2026112',
    '00000000',
    '2026-13-01',
    '2026-11-21 25:00',
    '2026-11-21 24:00',
    '2026-11-21T08:30+2500',
    '2026-11/21',
    '2023-01-29 18:30:22 2023 -0800',
    '21 Foo 2026',
    '1 Marching 2026',
    '31 Feb 2026',
    '2026-11-21 08:30 XYZ',
    '2026-11-21 13:30 PM',
    '2026-11-21 0:30 AM',
    '0001-01-01T00:00:00Z',
    'Mon, 01 Jan 0001 00:00:00 +0000',
    '0000-00-00 00:00:00',
    'Wed, 30 Nov -0001 00:00:00 +0000',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '1970-01-01',
    '13.13.2026',
    '7/8/2026',
    '2026-11-21T08:30[Europe/Berlin]',
  ])('is not a date: %s', (text) => {
    expect(parseDate(text, 'Europe/London')).toBeUndefined();
  });

  test('a time that the clocks skip moves forward by the gap', async () => {
    expect(parseDate('2026-03-29 01:30', 'Europe/London')).toBe('2026-03-29T01:30:00Z');
    expect(parseDate('2026-03-08 02:30', 'America/New_York')).toBe('2026-03-08T07:30:00Z');
  });

  test('a time that comes twice is the first of the two', async () => {
    expect(parseDate('2026-11-01 01:30', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
  });

  test('midnight is that of the zone', async () => {
    expect(parseDate('2026-11-21', 'Asia/Kolkata')).toBe('2026-11-20T18:30:00Z');
    expect(parseDate('2026-11-21', 'America/New_York')).toBe('2026-11-21T05:00:00Z');
  });

  test('its own answer reads as the same instant, and no text throws', async () => {
    const dates = fc.stringMatching(/^[12]\d{3}-\d\d?-\d\d?[ T]\d\d?:\d\d( ?[+-]\d{4})?$/);
    const isStable = (text: string): boolean => {
      const instant = parseDate(text, 'Europe/London');
      return instant === undefined || parseDate(instant, 'Asia/Tokyo') === instant;
    };
    expect(() => fc.assert(fc.property(fc.oneof(fc.string(), dates), isStable))).not.toThrow();
  });
});

describe('splitFrontMatter', () => {
  test.each([
    ['---\na: 1\n---\nText', 'yaml', 'a: 1', true, 'Text'],
    ['--- \na: 1\n---\t\nText', 'yaml', 'a: 1', true, 'Text'],
    ['+++\na = 1\n+++\nText', 'toml', 'a = 1', true, 'Text'],
    ['\uFEFF---\r\na: 1\r\nb: 2\r\n---\r\nText', 'yaml', 'a: 1\nb: 2', true, 'Text'],
    ['---\n---\n', 'yaml', '', true, ''],
    ['---\na: 1\n', 'yaml', 'a: 1\n', false, ''],
    ['---js\nx\n---\n', 'unsupported', 'x', true, ''],
    ['----\na: 1\n---\n', 'none', '', true, '----\na: 1\n---\n'],
    ['\n---\na: 1\n---\n', 'none', '', true, '\n---\na: 1\n---\n'],
    ['Text', 'none', '', true, 'Text'],
    ['', 'none', '', true, ''],
  ])('%j', async (text, kind, raw, closed, body) => {
    expect(splitFrontMatter(text)).toMatchObject({ kind, raw, closed, body });
  });
});

describe('a block that cannot be read', () => {
  test.each([
    ['---\ntitle: A\ntags: x\ntitle: B\n---\n', 'post-front-matter-invalid', 4, 1],
    ['---\ntitle: One: two\n---\n', 'post-front-matter-invalid', 2, 8],
    ['---\ntitle: A\nquote: *gone\n---\n', 'post-front-matter-invalid', 3, 8],
    ['---\ntitle: "One\ndate: 2026-01-01\n---\n', 'post-front-matter-invalid', 2, 8],
    ['---\ntitle: A\ntags: [a, b\ndate: 2026-01-01\n---\n', 'post-front-matter-invalid', 3, 7],
    ['---\n- a\n- b\n---\n', 'post-front-matter-invalid', 2, 1],
    ['+++\ntitle = "A"\nb = = 2\n+++\n', 'post-front-matter-invalid', 3, 5],
    ['+++\ntitle = "A"\ntitle = "B"\n+++\n', 'post-front-matter-invalid', 3, 1],
    ['---\ntitle: A\n', 'post-front-matter-unclosed', 1, 1],
    ['+++\ntitle = "A"\n---\n', 'post-front-matter-unclosed', 1, 1],
    ['---js\n{ title: "A" }\n---\n', 'post-front-matter-executable', 1, 1],
    ['---javascript\n{ title: "A" }\n---\n', 'post-front-matter-executable', 1, 1],
    ['--- coffee\ntitle: "A"\n---\n', 'post-front-matter-executable', 1, 1],
    ['---json\n{ "title": "A" }\n---\n', 'post-front-matter-unsupported', 1, 1],
  ])('%j is %s at %i:%i', async (text, rule, line, column) => {
    const { fields, diagnostics } = await read(text);
    expect(fields).toBeUndefined();
    expect(diagnostics).toMatchObject([{ rule, severity: 'error', file: 'posts/a.md', line, column }]);
  });

  test('aliases that multiply are refused at once', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, row) => `b${row + 1}: &b${row + 1} [${`*b${row}, `.repeat(9)}]`,
    );
    const milliseconds = await measureCpu(async () => {
      expect((await readYaml(['b0: &b0 [x, x]', ...rows, 'title: *b12'].join('\n'))).faults[0]).toMatch(
        /^error post-front-matter-invalid/,
      );
    });
    expect(milliseconds).toBeLessThan(10_000);
  });

  test('deep nesting and alias loops do not throw', async () => {
    expect((await readYaml(`title: ${'['.repeat(20_000)}`)).faults[0]).toMatch(/post-front-matter-invalid/);
    expect((await readYaml('title: &a [*a]')).faults).toEqual(['error post-field-invalid 2:1']);
  });

  test('no text throws', async () => {
    const isTaken = async (fence: string, inner: string): Promise<boolean> =>
      Array.isArray((await read(`${fence}\n${inner}\n${fence}\n`)).diagnostics);
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^([a-z]{1,5}[:=] ?[[{"'*&!|>a-z\n-]{0,9}\n){1,6}$/),
    );
    const tried = fc.assert(fc.asyncProperty(fc.constantFrom('---', '+++'), texts, isTaken));
    await expect(tried).resolves.toBeUndefined();
  });
});

describe('names', () => {
  test.each(['title', 'Title', 'TITLE'])('%s is the title', async (name) => {
    expect((await fieldsOf(`${name}: Some text`)).title).toBe('Some text');
  });

  test.each(['description', 'summary', 'excerpt', 'subtitle', 'meta_description', 'Description'])(
    '%s is the description',
    async (name) => {
      expect((await fieldsOf(`${name}: Some text`)).description).toBe('Some text');
    },
  );

  test.each(['date', 'pubDate', 'publishDate', 'published_at', 'publishedAt', 'published', 'Date'])(
    '%s is the date',
    async (name) => {
      expect((await fieldsOf(`${name}: 2026-11-21`)).date).toEqual({
        at: '2026-11-21T00:00:00Z',
        day: '2026-11-21',
      });
    },
  );

  test.each(['updated', 'lastmod', 'modified', 'updatedDate', 'updated_at'])(
    '%s is the update',
    async (name) => {
      expect((await fieldsOf(`${name}: "2026-11-21 08:30"`)).updated?.at).toBe('2026-11-21T08:30:00Z');
    },
  );

  test.each(['tags', 'keywords', 'topics', 'categories', 'category', 'Tags'])(
    '%s are the tags',
    async (name) => {
      expect((await fieldsOf(`${name}: [a, b]`)).tags).toEqual(['a', 'b']);
    },
  );

  test.each(['cover', 'cover_image', 'image', 'heroImage', 'featured_image', 'banner', 'thumbnail'])(
    '%s is the cover',
    async (name) => {
      expect((await fieldsOf(`${name}: /a.png`)).cover).toEqual({ src: '/a.png' });
      expect((await fieldsOf(`${name}: { src: /a.png, alt: A hill }`)).cover).toEqual({
        src: '/a.png',
        alt: 'A hill',
      });
    },
  );

  test.each([
    ['canonical_url: https://example.com/x', 'https://example.com/x'],
    ['canonicalUrl: https://other.example/x#top', 'https://other.example/x'],
    ['canonicalURL: /x/', 'https://example.com/x/'],
    ['canonical: /x', 'https://example.com/x'],
    ['permalink: /walks/x/', 'https://example.com/walks/x/'],
    ['path: walks/x', 'https://example.com/walks/x/'],
    ['path: walks/x.html', 'https://example.com/walks/x.html'],
    ['path: /walks/x', 'https://example.com/walks/x'],
    ['Url: /x.html', 'https://example.com/x.html'],
    ['url: https://example.com/x', 'https://example.com/x'],
  ])('%s is the canonical URL', async (yaml, url) => {
    expect((await fieldsOf(yaml)).canonicalUrl).toBe(url);
  });

  test('a path is taken from the folder a site lives in', async () => {
    const options = { file: 'a.md', site: { ...site, url: 'https://example.com/walks' }, mapping: {} };
    const urlOf = async (path: string) =>
      (await readFrontMatter(splitFrontMatter(`---\npermalink: ${path}\n---\n`), options)).fields
        ?.canonicalUrl;
    expect(await urlOf('/x/')).toBe('https://example.com/walks/x/');
    expect(await urlOf('/walks/x/')).toBe('https://example.com/walks/x/');
  });

  test('the first in a row wins, and two that differ are a warning where the second stands', async () => {
    const { fields, faults } = await readYaml('summary: B\ndescription: A\nexcerpt: A');
    expect(fields?.description).toBe('A');
    expect(faults).toEqual(['warning post-field-conflict 2:1']);
  });

  test('two that say the same are no fault', async () => {
    expect((await fieldsOf('date: 2026-11-21\npubDate: 2026-11-21T00:00:00Z')).date?.day).toBe('2026-11-21');
    expect((await fieldsOf('canonical_url: https://example.com/x\npermalink: /x/')).canonicalUrl).toBe(
      'https://example.com/x',
    );
  });

  test('one that is there but empty is absent', async () => {
    expect((await fieldsOf('description:\nsummary: ""\nexcerpt: "\u00a0"\nsubtitle: A')).description).toBe(
      'A',
    );
    expect((await fieldsOf('tags: []\ncategories:\n  -\ncategory: a')).tags).toEqual(['a']);
    expect(
      await fieldsOf(
        'canonical_url: ""\nseries:\nsyndicate:\ndate:\ncover: false\nimage: { image: "", alt: "", relative: true }',
      ),
    ).toEqual({
      tags: [],
      categories: [],
      draft: false,
      authors: [],
      isBare: true,
      resources: [],
      syndicate: {},
    });
  });

  test('categories count only where there are no tags', async () => {
    expect((await fieldsOf('categories: [news]\ntags: [a]')).tags).toEqual(['a']);
  });

  test('a near miss is a warning; other fields are left alone', async () => {
    const { faults, diagnostics } = await readYaml(
      'layout: post\ndescripton: A\nmath: true\nimages: [a.png]\ncover-image: b.png\nweight: 3\nkatex: true',
    );
    expect(faults).toEqual(['warning post-field-near-miss 3:1', 'warning post-field-near-miss 6:1']);
    expect(diagnostics.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining('`description`'),
      expect.stringContaining('`cover_image`'),
    ]);
  });

  test('names that are inherited by every object are fields like others', async () => {
    expect(await fieldsOf('__proto__: { draft: true }\nconstructor: a\ntoString: b\ntitle: A')).toMatchObject(
      {
        title: 'A',
        draft: false,
      },
    );
  });
});

describe('mapping', () => {
  test('a mapped name comes first, and is no conflict', async () => {
    const yaml = 'description: A\nSpoiler: B';
    expect((await fieldsOf(yaml, { description: 'spoiler' })).description).toBe('B');
    expect((await fieldsOf('description: A', { description: 'spoiler' })).description).toBe('A');
  });

  test('dots reach inside, and places point there', async () => {
    const { fields, places, faults } = await readYaml('title: A\nmeta:\n  seo:\n    Description: B', {
      description: 'meta.seo.description',
    });
    expect(faults).toEqual([]);
    expect(fields?.description).toBe('B');
    expect(places.description).toEqual({ line: 5, column: 5 });
  });

  test('in TOML too', async () => {
    const { fields, places } = await read('+++\ntitle = "A"\n[extra]\n  day = 2026-11-21\n+++\n', {
      date: 'extra.day',
    });
    expect(fields?.date?.day).toBe('2026-11-21');
    expect(places.date).toEqual({ line: 4, column: 3 });
  });

  test('a mapped name is not a near miss', async () => {
    expect((await readYaml('titel: A', { title: 'titel' })).faults).toEqual([]);
  });
});

describe('values', () => {
  test('numbers and dates stay as written', async () => {
    const fields = await fieldsOf(
      'title: 1.10\nslug: 0012\ntags: [2.0, 1e3, true]\ndate: 2026-11-21 08:30:00 +0100',
    );
    expect(fields).toMatchObject({ title: '1.10', slug: '0012', tags: ['2.0', '1e3', 'true'] });
    expect(fields.date?.at).toBe('2026-11-21T07:30:00Z');
  });

  test('TOML dates stay as written', async () => {
    const { fields, faults } = await read(
      '+++\ntitle = "A" # first\ndate = 2026-07-01 # a day\nupdated = 2026-07-01T10:00:00-05:00\n+++\n',
    );
    expect(faults).toEqual([]);
    expect(fields).toMatchObject({
      date: { at: '2026-06-30T23:00:00Z', day: '2026-07-01' },
      updated: { at: '2026-07-01T15:00:00Z' },
    });
    expect((await read('+++\ndate = 2026-02-31\n+++\n')).faults).toEqual(['error post-date-invalid 2:1']);
  });

  test('places in TOML pass over text of several lines', async () => {
    const { places } = await read(
      '+++\na = \'\'\'\ntitle = "B"\n\'\'\'\ntitle = "A"\n\n[series]\nname = "S"\n+++\n',
    );
    expect(places).toEqual({ title: { line: 5, column: 1 }, series: { line: 7, column: 1 } });
  });

  test('a no-break space beside a key is a space', async () => {
    expect(await fieldsOf('title:\u00a0A\ndate: \u00a02026-11-21\nseries:\n\u00a0 name: S')).toMatchObject({
      title: 'A',
      date: { day: '2026-11-21' },
      series: { name: 'S' },
    });
    expect((await read('+++\ntitle =\u00a0"A"\n+++\n')).fields?.title).toBe('A');
  });

  test('a byte order mark and CRLF change no place', async () => {
    const { fields, places } = await read('\uFEFF---\r\ntitle: A\r\n  B\r\ndate: 2026-11-21\r\n---\r\n');
    expect(fields?.title).toBe('A B');
    expect(places.date).toEqual({ line: 4, column: 1 });
  });

  test.each([
    ['tags: a, b , ,a', ['a', 'b']],
    ['tags: one tag', ['one tag']],
    ['tags:\n  - a\n  - "b, c"\n  -', ['a', 'b, c']],
  ])('%j', async (yaml, tags) => {
    expect((await fieldsOf(yaml)).tags).toEqual(tags);
  });

  test.each([
    ['author: A', [{ name: 'A' }]],
    [
      'authors: [A, { name: B, url: "https://b.example" }]',
      [{ name: 'A' }, { name: 'B', url: 'https://b.example' }],
    ],
    ['author: { name: A, url: "javascript:alert(1)" }', [{ name: 'A' }]],
  ])('%s', async (yaml, authors) => {
    expect((await fieldsOf(yaml)).authors).toEqual(authors);
  });

  test('languages take their canonical form', async () => {
    expect((await fieldsOf('lang: pt_br')).lang).toBe('pt-BR');
  });

  test.each([
    ['series: Walks', { name: 'Walks' }],
    ['series: [Walks]', { name: 'Walks' }],
    ['series: Walks\npart: 2', { name: 'Walks', part: 2 }],
    ['series: Walks\nseries_order: "0"', { name: 'Walks', part: 0 }],
    ['series: { Name: Walks, PART: 2 }', { name: 'Walks', part: 2 }],
    ['series: { name: Walks, part: 2, group: Hills }', { name: 'Walks', part: 2, group: 'Hills' }],
    ['series: { name: Walks, hub: true }', { name: 'Walks', hub: true }],
    ['series: { name: Walks, Hub: yes }', { name: 'Walks', hub: true }],
    ['series: { name: Walks, hub: false, part: 2 }', { name: 'Walks', part: 2 }],
  ])('%j', async (yaml, series) => {
    expect((await fieldsOf(yaml)).series).toEqual(series);
  });

  test.each([
    ['title: [a]', 'error post-field-invalid 2:1'],
    ['date: soon', 'error post-date-invalid 2:1'],
    ['published: soon', 'error post-date-invalid 2:1'],
    ['date: 2026-01-01\npublished: soon', 'error post-field-invalid 3:1'],
    ['date: 2023-01-29 18:30:22 2023 -0800', 'error post-date-invalid 2:1'],
    ['updated: soon', 'warning post-date-invalid 2:1'],
    ['description: { a: b }', 'warning post-field-invalid 2:1'],
    ['tags: { a: b }', 'error post-field-invalid 2:1'],
    ['tags: [a, { b: c }]', 'error post-field-invalid 2:1'],
    ['canonical_url: ftp://example.com/x', 'error post-canonical-invalid 2:1'],
    ['canonical_url: //example.com/x', 'error post-canonical-invalid 2:1'],
    ['canonical_url: example.com/x', 'error post-canonical-invalid 2:1'],
    ['canonical_url: https://user@example.com/x', 'error post-canonical-invalid 2:1'],
    ['permalink: /:year/:title/', 'warning post-canonical-ignored 2:1'],
    ['permalink: "/x/{{ slug }}/"', 'warning post-canonical-ignored 2:1'],
    ['url: https://other.example/x', 'warning post-canonical-ignored 2:1'],
    ['cover: { caption: A }', 'warning post-cover-invalid 2:1'],
    ['author: { email: a }', 'warning post-field-invalid 2:1'],
    ['lang: no language', 'warning post-field-invalid 2:1'],
    ['draft: perhaps', 'error post-field-invalid 2:1'],
    ['unlisted: perhaps', 'error post-field-invalid 2:1'],
    ['series: [a, b]', 'error post-series-invalid 2:1'],
    ['series: { part: 2 }', 'error post-series-invalid 2:1'],
    ['series: { hub: true }', 'error post-series-invalid 2:1'],
    ['series: { name: a, hub: maybe }', 'error post-series-invalid 2:1'],
    ['series: { name: a, hub: true }\npart: 2', 'warning post-series-hub-part 3:1'],
    ['series: { name: a, hub: true, group: b }', 'warning post-series-hub-part 2:1'],
    ['series: a\npart: two', 'error post-series-invalid 3:1'],
    ['part: 2', 'warning post-series-missing 2:1'],
    ['series: { name: a, part: 1 }\npart: 2', 'warning post-field-conflict 3:1'],
  ])('%j is %s', async (yaml, fault) => {
    expect((await readYaml(yaml)).faults).toEqual([fault]);
  });
});

describe('draft', () => {
  test.each([
    'draft: true',
    'draft: "true"',
    'Draft: yes',
    'published: false',
    'headless: true',
    'render: false',
    'build: { render: never }',
    '_build:\n  list: never',
    'published: "false"',
    'status: draft',
    'status: Draft',
    'unlisted: true',
    'private: true',
    'is_private: true',
    'external_url: https://other.example/',
    'redirect: /elsewhere',
    'permalink: false',
    'draft: false\nunlisted: true',
  ])('%j is one', async (yaml) => {
    expect((await fieldsOf(yaml)).draft).toBe(true);
  });

  test.each([
    'title: A',
    'draft: false',
    'draft:',
    'published: true',
    'published: 2026-11-21',
    'status: published',
    'unlisted: false',
    'headless: false',
    'render: true',
    'build: { render: always, publishResources: false }',
    'external_url: ""',
  ])('%j is none', async (yaml) => {
    expect((await fieldsOf(yaml)).draft).toBe(false);
  });

  test('one flag is enough, and a contradiction is a warning', async () => {
    const { fields, faults } = await readYaml('draft: false\npublished: false');
    expect(fields?.draft).toBe(true);
    expect(faults).toEqual(['warning post-field-conflict 3:1']);
  });
});

describe('syndicate', () => {
  test.each([
    ['syndicate: false', false],
    ['syndicate: "false"', false],
    ['syndicate: {}', {}],
    ['syndicate: { devto: false, linkedin: true, feed: }', { devto: false, linkedin: true }],
    [
      'syndicate:\n  devto: { title: T, tags: "a, b", description: D, cover: /c.png }',
      { devto: { title: 'T', tags: ['a', 'b'], description: 'D', cover: { src: '/c.png' } } },
    ],
    [
      'syndicate:\n  devto: { title: "", tags: [], description: "", cover: false }\n  feed: { tags: false, description: false, cover: }',
      {
        devto: { tags: [], description: '', cover: false },
        feed: { tags: [], description: '' },
      },
    ],
    ['syndicate: { linkedin: { Commentary: "One." } }', { linkedin: { text: 'One.' } }],
    [
      'syndicate:\n  linkedin:\n    at: 2026-07-01 08:30\n    text: |\n      One.\n\n      Two.',
      { linkedin: { at: '2026-07-01T07:30:00Z', text: 'One.\n\nTwo.' } },
    ],
  ])('%j', async (yaml, wanted) => {
    expect((await fieldsOf(yaml)).syndicate).toEqual(wanted);
  });

  test.each([
    ['syndicate: [devto]', 'error post-syndicate-invalid 2:1'],
    ['syndicate: devto', 'error post-syndicate-invalid 2:1'],
    ['syndicate: true', 'warning post-syndicate-unnamed 2:1'],
    ['syndicate:\n  devto: perhaps', 'error post-syndicate-invalid 3:3'],
    ['syndicate:\n  devto:\n    tittle: T', 'error post-syndicate-invalid 4:5'],
    ['syndicate:\n  linkedin:\n    comentary: T', 'error post-syndicate-invalid 4:5'],
    ['syndicate:\n  linkedin:\n    text: A\n    commentary: B', 'error post-syndicate-invalid 5:5'],
    ['syndicate:\n  devto:\n    title: false', 'error post-syndicate-invalid 4:5'],
    ['syndicate:\n  devto:\n    at: 2026-02-31', 'error post-syndicate-invalid 4:5'],
    ['syndicate:\n  devto:\n    tags: { a: b }', 'error post-syndicate-invalid 4:5'],
  ])('%j is %s', async (yaml, fault) => {
    expect((await readYaml(yaml)).faults).toEqual([fault]);
  });
});
