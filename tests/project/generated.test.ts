import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateFiles } from '../../scripts/generate.ts';
import { root } from '../workspace.ts';

describe('the files made from the code', async () => {
  const files = await generateFiles();

  it.each(Object.keys(files))('%s is current (else run "npm run generate")', (path) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(files[path]);
  });
});
