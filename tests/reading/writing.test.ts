import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFrontMatter } from '../../src/reading/front-matter/read.ts';
import { splitFrontMatter } from '../../src/reading/front-matter/split.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { findUnknown } from '../../src/blog/find-unknown.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { root } from '../workspace.ts';

const page = readFileSync(new URL('docs/writing.md', root), 'utf8');

function fences(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
}

describe('docs/writing.md', () => {
  test.each(fences('md'))('%j is markdown that is known', (text) => {
    expect(findUnknown(parsePost(text))).toEqual([]);
  });

  test.each(fences('yaml').filter((text) => text.startsWith('sources:')))(
    '%j is a config that is taken',
    (text) => {
      const { sources } = parse(text) as { readonly sources: readonly unknown[] };
      for (const source of sources) expect(markdownOptions.safeParse(source).error).toBeUndefined();
    },
  );

  test.each(fences('yaml').filter((text) => text.startsWith('syndicate:')))(
    '%j is front matter without a fault',
    async (text) => {
      const site = { url: 'https://example.com', timezone: 'UTC' };
      const read = await readFrontMatter(splitFrontMatter(`---\n${text}---\n`), {
        file: 'a.md',
        site,
        mapping: {},
      });
      expect(read.diagnostics).toEqual([]);
      expect(Object.keys(read.fields?.syndicate ?? {})).toEqual(['devto', 'linkedin']);
    },
  );
});
