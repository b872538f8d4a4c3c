import { describe, expect, test } from 'vitest';
import type { Letter } from '../../src/model/letter.ts';
import type { LetterTarget, Rendered } from '../../src/model/target.ts';
import { buttondown } from '../../src/targets/buttondown/index.ts';
import { nameSlug } from '../../src/targets/buttondown/name-slug.ts';
import { kit } from '../../src/targets/kit/index.ts';
import { exampleLetter, letterSite, readBody } from '../mailing/read-letter.ts';

async function makeKit(more: Readonly<Record<string, unknown>> = {}): Promise<LetterTarget> {
  return kit.create('welcome', (await kit.options()).parse({ kind: 'kit', sequence: 'welcome', ...more }));
}

async function makeButtondown(more: Readonly<Record<string, unknown>> = {}): Promise<LetterTarget> {
  return buttondown.create('drip', (await buttondown.options()).parse({ kind: 'buttondown', ...more }));
}

function render(target: LetterTarget, text: string, given: Partial<Letter> = {}): Promise<Rendered> {
  return target.render(exampleLetter('welcome-3', given), readBody(text), letterSite);
}

/** The third letter of a sequence, as the blog gives it to targets: nine days after a reader joined. */
const third: Partial<Letter> = {
  sequence: { name: 'welcome', position: 3 },
  delay: { value: 7, unit: 'days', from: 'previous' },
  day: 9,
  hours: 216,
  preview: 'For {first_name|you}',
};

const greeting = 'Hey {first_name}, or {first_name|there}; and `{first_name}` as it is.\n';

describe.each([
  ['Kit', makeKit],
  ['Buttondown', makeButtondown],
])('a preview of a letter from %s', (_name, make) => {
  test('shows what a reader gets of whom nothing is known, and its plain part', async () => {
    const target = await make({ fields: ['city'], sequence: 'welcome' });
    const text = `${greeting}\nFrom {city|say "there"}, or {email}.\n`;
    const letter = exampleLetter('welcome-3', third);
    const made = await target.render(letter, readBody(text), letterSite);
    const view = await target.preview?.(made, letter, letterSite);
    expect(view?.frames.map(({ name }) => name)).toEqual(['mail', 'plain']);
    for (const { html } of view?.frames ?? []) {
      expect(html).toContain('Hey [first_name], or there; and ');
      expect(html).toContain('From say "there", or [email');
      expect(html).not.toContain('{{');
    }
  });
});

describe('a letter for Kit', () => {
  test('has its place from 0, its delay since the letter before, and Liquid', async () => {
    const { rendition, diagnostics } = await render(await makeKit(), greeting, third);
    expect(rendition.fields).toEqual({
      subject: 'All about welcome-3',
      preview_text: 'For {{ subscriber.first_name | default: "you" }}',
      position: 2,
      delay_value: 7,
      delay_unit: 'days',
    });
    expect(rendition.body).toContain(
      'Hey {{ subscriber.first_name }}, or {{ subscriber.first_name | default: "there" }}; and ',
    );
    expect(rendition.body).toContain('{first_name}</code>');
    expect(rendition).toMatchObject({ postId: 'welcome-3', canonicalUrl: '', target: 'welcome' });
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['mail-merge-tag-fallback']);
  });

  test('can be mailed at once only as the first', async () => {
    const target = await makeKit();
    const first = await render(target, 'Words.\n', {
      sequence: { name: 'welcome', position: 1 },
      delay: { value: 0, unit: 'hours', from: 'previous' },
    });
    expect(first.rendition.fields).toMatchObject({ position: 0, delay_value: 0, delay_unit: 'days' });
    expect(first.diagnostics).toEqual([]);
    const { delay: _none, ...together } = third;
    const second = await render(target, 'Words.\n', together);
    expect(second.diagnostics).toEqual([
      expect.objectContaining({
        rule: 'kit-delay',
        severity: 'error',
        target: 'welcome',
        postId: 'welcome-3',
      }),
    ]);
  });

  test('names only what Kit knows of readers, with fallbacks that Liquid can quote', async () => {
    const text = '{email|nobody} {city|say "there"} {first_name|it\'s "so"}\n';
    const unknown = await render(await makeKit(), text, third);
    expect(unknown.diagnostics.map(({ rule }) => rule)).toContain('mail-merge-tag-unknown');
    const { rendition, diagnostics } = await render(await makeKit({ fields: ['city'] }), text, third);
    expect(diagnostics).toEqual([]);
    expect(rendition.body).toContain('{{ subscriber.email_address | default: "nobody" }}');
    expect(rendition.body).toContain(`{{ subscriber.city | default: 'say "there"' }}`);
    expect(rendition.body).toContain(`{{ subscriber.first_name | default: 'it’s "so"' }}`);
  });
});

describe('a letter for Buttondown', () => {
  test('of a sequence has its time since the reader joined, and template tags', async () => {
    const { rendition } = await render(await makeButtondown({ sequence: 'welcome' }), greeting, third);
    expect(rendition.fields).toEqual({ subject: 'All about welcome-3', delay_value: 9, delay_unit: 'days' });
    expect(rendition.body).toContain(
      'Hey {{ subscriber.metadata.first_name }}, or {{ subscriber.metadata.first_name|default:"there" }}; and ',
    );
    const odd = await render(await makeButtondown({ sequence: 'welcome' }), 'x', { ...third, hours: 220 });
    expect(odd.rendition.fields).toMatchObject({ delay_value: 220, delay_unit: 'hours' });
  });

  test('of a sequence is held where nobody can tell its day', async () => {
    const { day: _day, hours: _hours, ...lost } = third;
    const { diagnostics } = await render(await makeButtondown({ sequence: 'welcome' }), 'Words.\n', lost);
    expect(diagnostics).toMatchObject([{ rule: 'buttondown-day-unknown', severity: 'error' }]);
  });

  test('by itself is an email with a slug, and a post with the address of its original', async () => {
    const target = await makeButtondown();
    const letter = await render(target, 'Words.\n', { preview: 'A word', publishAt: '2026-12-24T08:00:00Z' });
    expect(letter.rendition).toMatchObject({
      canonicalUrl: '',
      fields: {
        subject: 'All about welcome-3',
        slug: 'welcome-3',
        description: 'A word',
        publish_date: '2026-12-24T08:00:00Z',
      },
    });
    const post = await render(target, 'Words.\n', { canonicalUrl: 'https://example.com/blog/on-ledgers' });
    expect(post.rendition.canonicalUrl).toBe('https://example.com/blog/on-ledgers');
    expect(post.rendition.body).toContain('Read it on Example Blog');
    const long = await render(target, 'Words.\n', { subject: 'x'.repeat(2001) });
    expect(long.diagnostics).toMatchObject([{ rule: 'buttondown-subject-length', severity: 'error' }]);
  });

  test('has fallbacks that Django can quote', async () => {
    const text = '{city|a "b" \\c} {email}\n';
    const { rendition } = await render(await makeButtondown({ fields: ['city'] }), text);
    expect(rendition.body).toContain(String.raw`{{ subscriber.metadata.city|default:"a \"b\" \\c" }}`);
    expect(rendition.body).toContain('{{ subscriber.email }}');
  });

  test('has a slug that Buttondown takes, whatever its id', () => {
    expect(nameSlug('on-ledgers')).toBe('on-ledgers');
    for (const id of ['über-uns', 'a/b', '日本', 'x'.repeat(120), '--ä--'])
      expect(nameSlug(id)).toMatch(/^[a-zA-Z0-9_-]{1,100}$/);
    expect(nameSlug('a/b')).not.toBe(nameSlug('a.b'));
  });
});
