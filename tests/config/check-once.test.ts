import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import * as checking from '../../src/config/check-text.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Site } from '../../src/model/site.ts';
import { catchError } from '../local-server.ts';
import { openFolder, writeFiles } from '../workspace.ts';

vi.mock('../../src/config/check-text.ts', { spy: true });

const path = 'config/broadside.yaml';

const text = `version: 1
site: { url: "https://example.com/", title: Example, author: { name: Example Author } }
sources:
  - { kind: markdown, path: posts, syntax: { math: true }, fields: { description: spoiler } }
  - { kind: feed, path: old.xml }
targets:
  devto: { kind: devto, ai_disclosure: no_ai, schedule: { after: 2 days, slots: [Tue 08:30], quiet: ["22:00-07:00"] } }
  linkedin: { kind: linkedin, since: 2026-01-02, hashtags: [moss] }
  feed: { kind: feed, title: All, json: false }
`;

beforeEach(() => {
  vi.clearAllMocks();
});

function countChecks(): number {
  return vi.mocked(checking.checkConfigText).mock.calls.length;
}

test('a config that was found sound is not checked again until it, or the ids beside it, change', async () => {
  const folder = openFolder();
  writeFiles(folder, { [path]: text });
  await loadConfig(path, folder);
  await loadConfig(path, folder);
  expect(countChecks()).toBe(1);
  writeFileSync(join(folder, path), `${text}paused: true\n`);
  expect(await loadConfig(path, folder)).toMatchObject({ paused: true });
  expect(countChecks()).toBe(2);
  writeFiles(folder, { 'config/feed-ids.json': '{ "one": "mine" }' });
  const takenIds = { one: { guid: 'mine', isPermaLink: false } };
  expect(await loadConfig(path, folder)).toMatchObject({ paused: true, takenIds });
  expect(await loadConfig(path, folder)).toMatchObject({ paused: true, takenIds });
  expect(countChecks()).toBe(3);
});

test('what is remembered of a config makes the same sources and targets', async () => {
  const folder = openFolder();
  writeFiles(folder, { [path]: text });
  const describe = async () => {
    const { targets, postTargets, sources, ...rest } = await loadConfig(path, folder);
    const site = { ...rest.site, navigation: rest.series.navigation } as unknown as Site;
    return {
      rest,
      posts: postTargets.map(({ name }) => name),
      targets: targets.map((target) => [target.name, target.policy, target.digestOptions(site)]),
      sources: sources.map(({ name, folder: place }) => [name, place]),
    };
  };
  const checked = await describe();
  expect(await describe()).toEqual(checked);
  expect(countChecks()).toBe(1);
  rmSync(join(folder, '.broadside'), { recursive: true });
  expect(await describe()).toEqual(checked);
  expect(countChecks()).toBe(2);
});

test('a config that is wrong is wrong each time', async () => {
  const folder = openFolder();
  writeFiles(folder, { [path]: text.replace('paused', 'pausd').replace('no_ai', 'none') });
  for (const _ of [1, 2]) {
    const error = await catchError(loadConfig(path, folder));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', line: 7 });
  }
  expect(countChecks()).toBe(2);
});

test('where a path leads is looked at each time, and the fault has its line', async () => {
  const folder = openFolder();
  writeFiles(folder, { [path]: text.replace('path: posts', 'path: "../elsewhere"') });
  for (const _ of [1, 2]) {
    const error = await catchError(loadConfig(path, folder));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', line: 4 });
  }
  expect(countChecks()).toBe(1);
});
