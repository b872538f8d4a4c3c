import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { defaultConfigPath } from '../../src/config/default-path.ts';
import { writeFiles } from '../workspace.ts';
import type { SampleSite } from './sample-sites.ts';
import { runCommand } from '../run-command.ts';

/** Every file below a folder, with its text and when it was written. */
export function takeStock(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [file, `${statSync(file).mtimeMs} ${readFileSync(file, 'latin1')}`]),
  );
}

interface WrittenConfig {
  readonly site: Readonly<Record<string, unknown>>;
  readonly sources: readonly unknown[];
  readonly targets: {
    readonly devto: { readonly ai_disclosure: string };
    readonly feed: { readonly path: string; readonly atom: string; readonly json: string };
  };
}

export function readConfig(folder: string): WrittenConfig {
  return parse(readFileSync(join(folder, defaultConfigPath), 'utf8')) as WrittenConfig;
}

/** Where workflows are to get the program from, whatever this checkout is a clone of. */
export const repository = `example/broadside@${'0123456789'.repeat(4)}`;

/** Writes a blog into the folder, sets it up, checks and rehearses it, and sets it up once more: as a blog of which generator. */
export async function setUpSample(sample: SampleSite, folder: string): Promise<unknown> {
  writeFiles(folder, sample.files);
  const before = takeStock(folder);

  const first = await runCommand(folder, {}, [
    'init',
    '--offline',
    '--repository',
    repository,
    ...sample.words,
  ]);
  expect(first.stderr).toBe('');
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(
    /Three things are left to do:\n1\. .*DEVTO_API_KEY.*\n2\. .* adopt".*\n3\. .* plan"/,
  );

  const config = readConfig(folder);
  expect(config.sources).toEqual([
    { kind: 'markdown', path: expect.any(String), canonical: sample.canonical },
  ]);
  expect(config.site).toMatchObject({ timezone: sample.timezone, author: { name: sample.author } });
  const { path, atom, json } = config.targets.feed;
  expect([path, atom, json]).toEqual(sample.feeds);
  expect(Object.keys(config.targets)).toEqual(['devto', 'linkedin', 'feed']);

  const workflows = readdirSync(join(folder, '.github'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(workflows.some((text) => text.includes(`timezone: ${sample.timezone}`))).toBe(true);
  expect(
    workflows.some((text) => new RegExp(`FEED_FOLDER: ["']?${sample.feedFolder}["']?\n`).test(text)),
  ).toBe(true);

  const check = await runCommand(folder, {}, ['check']);
  expect(check).toMatchObject({ stderr: '', code: 0 });
  expect(check.stdout).toContain('0 errors, 0 warnings.');
  const rehearse = await runCommand(folder, {}, ['rehearse']);
  expect(rehearse.code).toBe(0);
  const devto = JSON.parse(readFileSync(join(folder, 'out/rehearsal/devto/devto.json'), 'utf8'));
  const urls: readonly string[] = devto.articles.map((one: { canonicalUrl: string }) => one.canonicalUrl);
  expect(urls.toSorted()).toEqual(sample.addresses);
  for (const feed of sample.feeds) {
    expect(readFileSync(join(folder, 'out/rehearsal/site', feed), 'utf8')).toContain(sample.addresses[0]);
  }

  const between = takeStock(folder);
  expect(Object.fromEntries(Object.keys(before).map((file) => [file, between[file]]))).toEqual(before);
  const second = await runCommand(folder, {}, [
    'init',
    '--offline',
    '--repository',
    repository,
    '--format',
    'json',
    ...sample.words,
  ]);
  expect(second).toMatchObject({ stderr: '', code: 0 });
  const { files, generator } = JSON.parse(second.stdout);
  expect(files.map(({ outcome }: { outcome: string }) => outcome)).toEqual(files.map(() => 'kept'));
  expect(takeStock(folder)).toEqual(between);
  expect(Object.keys(between).filter((file) => file.endsWith('was-run'))).toEqual([]);
  return generator;
}
