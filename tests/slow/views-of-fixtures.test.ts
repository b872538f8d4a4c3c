import { describe, expect, test } from 'vitest';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { viewCopy } from '../../src/views/view-copy.ts';
import { fixtures, fixtureTargets, siteAround } from '../rendition-fixtures.ts';
import { findActive } from '../views/find-active.ts';

describe.each(fixtureTargets)('a view of a copy on $kind', (target) => {
  test.each(fixtures)('runs nothing and loads only pictures: $name', async ({ post, content }) => {
    const site = siteAround(post);
    const made = await target.render(post, chooseContent(content, target), site);
    const { frames } = await viewCopy(target, made, post, site);
    expect(frames.length).toBeGreaterThan(0);
    expect(new Set(frames.map(({ name }) => name)).size).toBe(frames.length);
    for (const { html, diagrams = [] } of frames) {
      expect(html).toContain('<html data-scheme="auto" ');
      expect(findActive(html)).toEqual([]);
      const places = [...html.matchAll(/<!--diagram:(\d+)-->[\s\S]*?<!--\/diagram:\1-->/g)];
      expect(places.map(([, place]) => Number(place))).toEqual(diagrams.map((_, index) => index));
    }
  });
});
