import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBlog } from '../../bench/make-blog.ts';
import { printGrowth, printTable, type Row } from '../../bench/print-table.ts';
import { digestText } from '../../src/base/digest.ts';
import { openFolder } from '../workspace.ts';

function readAll(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .map((file) => readFileSync(file, 'utf8'));
}

describe('the blog that is measured', () => {
  it('is the same bytes every time', () => {
    const [one, two] = [openFolder(), openFolder()];
    makeBlog(one, 20);
    makeBlog(two, 20);
    expect(digestText(readAll(one).join('\n'))).toBe(digestText(readAll(two).join('\n')));
    expect(new Set(readAll(join(one, 'posts'))).size).toBe(20);
  });

  it('has posts of about 1,200 words with headings, code, tables and links', () => {
    const folder = openFolder();
    makeBlog(folder, 20);
    for (const text of readAll(join(folder, 'posts'))) {
      const words = text.split(/\s+/).length;
      expect(words).toBeGreaterThan(1000);
      expect(words).toBeLessThan(1400);
      for (const part of [/^---\ntitle: /, /^## /m, /^```ts$/m, /^\| --- \|/m, /\]\(\/blog\/post-/]) {
        expect(text).toMatch(part);
      }
    }
  });
});

describe('the table', () => {
  const row = (name: string, wall: number, bounds: Row['bounds'] = [], memory = 40): Row => ({
    name,
    bounds,
    median: { wall, cpu: wall, memory },
  });
  const rows = [
    row('floor', 0.1),
    row('quick', 0.12, [{ of: 'floor', below: 1.25, posts: 10_000 }]),
    row('slow', 0.2, [{ of: 'floor', below: 1.25, posts: 10_000 }], 500),
  ];

  it('holds what was measured against its target', () => {
    const lines = printTable(10_000, rows).split('\n');
    expect(lines.find((line) => line.startsWith('| quick'))).toBe(
      '| quick | 0.120 s | 0.120 s | 40 MB | 1.20 × floor, below 1.25: met<br>40 MB, below 400: met |',
    );
    expect(lines.find((line) => line.startsWith('| slow'))).toContain(
      '2.00 × floor, below 1.25: **missed**<br>500 MB, below 400: **missed**',
    );
  });

  it('sets no target for a smaller blog, nor for a command that was not run', () => {
    const alone = [...rows, row('alone', 0.1, [{ of: 'the other command', below: 0.5, posts: 10_000 }])];
    expect(printTable(100, alone)).not.toMatch(/met|missed|the other command/);
  });

  it('says how the cost grows', () => {
    const many = rows.map((one) => ({ ...one, median: { ...one.median, wall: one.median.wall * 12 } }));
    expect(printGrowth(rows, many)).toContain('| quick | 12.00 ×, below 11: **missed** |');
    expect(printGrowth(rows, many)).not.toContain('floor');
  });
});
