import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleSites } from '../init/sample-sites.ts';
import { repository, setUpSample } from '../init/set-up-sample.ts';
import { openFolder, runBroadside, writeFiles } from '../workspace.ts';

describe('broadside init', () => {
  it.for(sampleSites)('sets up $generator', async (sample, { onTestFinished }) => {
    expect(await setUpSample(sample, openFolder(onTestFinished))).toBe(sample.generator);
  });

  it('writes all but the workflows where nothing says which program they would run, and fails', async () => {
    const folder = openFolder();
    const words = ['init', '--offline', '--url', 'https://example.com'];
    const run = await runBroadside(folder, words);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(
      /^PROGRAM_UNPINNED: The workflows were not written, .*\n.*broadside init --repository OWNER\/REPO@COMMIT/,
    );
    expect(readdirSync(folder).toSorted()).toEqual(['.gitignore', 'README.md', 'config', 'posts']);
    expect(run.stdout).not.toContain('broadside-feeds');
    expect(await runBroadside(folder, [...words, '--without-workflows'])).toMatchObject({
      stderr: '',
      code: 0,
    });
    expect(await runBroadside(folder, ['init', '--repository', repository])).toMatchObject({
      stderr: '',
      code: 0,
    });
    expect(existsSync(join(folder, '.github/workflows/broadside-publish.yml'))).toBe(true);
    expect(await runBroadside(folder, ['init'])).toMatchObject({ stderr: '', code: 0 });
  });

  it('names no next step where it cannot write the config', async () => {
    const folder = openFolder();
    writeFiles(folder, { config: 'a file, where the folder would be' });
    const words = ['init', '--offline', '--url', 'https://example.com', '--without-workflows'];
    const { stdout, code } = await runBroadside(folder, words);
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing is set up without config/broadside.yaml.');
    expect(stdout).not.toContain('left to do');
  });
});
