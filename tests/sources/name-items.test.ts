import { expect, test } from 'vitest';
import { interpretFeed } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';

async function nameItems(items: string): Promise<readonly string[]> {
  const xml = `<rss version="2.0"><channel><title>T</title><link>https://orchard.example</link>${items}</channel></rss>`;
  return interpretFeed(await parseFeed(Buffer.from(xml)), 'UTC', ({ post }) => post.slug);
}

test('an item without title or address is named by the first words of its text', async () => {
  const long = 'Ripe pears fall in the night, and nobody hears them but the hedgehog at the gate.';
  expect(
    await nameItems(
      `<item><description>${long}</description></item><item><description>&lt;p&gt;日本の梨。&lt;/p&gt;</description></item><item><link>https://orchard.example/123</link><description>Short</description></item>`,
    ),
  ).toEqual(['ripe-pears-fall-in-the-night-and-nobody-hears-them-but-the', '日本の梨', 'short']);
});

test('one without words is named by all that it says, so that two are two', async () => {
  const picture = (name: string) =>
    `<description>&lt;img src="https://orchard.example/${name}.png"&gt;</description>`;
  const names = await nameItems(
    `<item>${picture('a')}</item><item>${picture('b')}</item><item/><item>${picture('a')}</item>`,
  );
  expect(names[3]).toBe(names[0]);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^post-[0-9a-f]{8}$/);
});

test('a title and an address come before the text', async () => {
  expect(
    await nameItems(
      '<item><title>Pears</title><description>Ripe.</description></item><item><link>https://orchard.example/plums</link><description>Ripe.</description></item>',
    ),
  ).toEqual(['pears', 'plums']);
});
