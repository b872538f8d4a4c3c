import { describe, expect, it } from 'vitest';
import { loadBlog } from '../../src/blog/load.ts';
import { defaultConfigPath } from '../../src/config/default-path.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { goAndRust } from '../init/blogs/go-and-rust.ts';
import { javascript } from '../init/blogs/javascript.ts';
import { rubyAndPython } from '../init/blogs/ruby-and-python.ts';
import { runCommand } from '../run-command.ts';

describe('init finds what is there', () => {
  it.concurrent.for([...goAndRust, ...rubyAndPython, ...javascript])(
    '$name',
    async (sample, { expect, onTestFinished }) => {
      const folder = openFolder(onTestFinished);
      writeFiles(folder, sample.files);

      const words = ['init', '--yes', '--offline', '--without-workflows', '--format', 'json'];
      const run = await runCommand(folder, {}, words);
      expect(run).toMatchObject({ stderr: '', code: 0 });
      const { generator, site, sources, others } = JSON.parse(run.stdout);
      expect({
        generator,
        url: site.url,
        sources: sources.map(({ folder, canonical, lang }: Record<string, string>) =>
          lang === undefined ? [folder, canonical] : [folder, canonical, lang],
        ),
        others: others.map((other: Record<string, string>) => other['folder']),
      }).toEqual({
        generator: sample.generator,
        url: sample.url,
        sources: sample.sources,
        others: sample.others ?? [],
      });

      const check = await runCommand(folder, {}, ['check']);
      expect(check.stdout).toContain(' 0 errors');
      const blog = await loadBlog(await loadConfig(defaultConfigPath, folder), new AbortController().signal);
      const pages = blog.posts
        .filter(({ draft }) => !draft)
        .map(({ origin, canonicalUrl }) => [origin.path, canonicalUrl.replace(sample.url, '')]);
      expect(Object.fromEntries(pages)).toEqual(sample.pages);
    },
  );
});

it('stands for at least twenty blogs of ten generators', () => {
  const samples = [...goAndRust, ...rubyAndPython, ...javascript];
  expect(samples.length).toBeGreaterThanOrEqual(20);
  expect(new Set(samples.map(({ generator }) => generator)).size).toBeGreaterThanOrEqual(10);
});
