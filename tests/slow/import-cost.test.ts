import { expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';
import { measureCpu } from '../measure-cpu.ts';

/** A text of an item whose every word has signs that markdown could take for marks. */
function write(item: number): string {
  const line = `pear_${item} costs 2*3, [see] a_b &amp; c, <em>ripe</em> ~or <a href="https://plum.example/?a=${item}&amp;b_c=1">not_yet</a> *so*`;
  return `<h2>${item}. Pears * plums</h2><p>${line}</p><ul><li>+ one_two</li><li># ${line}</li></ul><p>1. no list<br>&lt;tag&gt; {{ braces }}</p>`;
}

test('an item full of signs is printed without a parse for each, and so for less than one parse of what is printed', async () => {
  const trees = Array.from({ length: 300 }, (_, item) => htmlToTree(write(item)).tree);
  const texts = trees.map((tree) => printBody(tree));
  const round = async (): Promise<number> => {
    const printing = await measureCpu(() => trees.forEach((tree) => printBody(tree)));
    const parsing = await measureCpu(() => texts.forEach((text) => parsePost(text)));
    return printing / parsing;
  };
  const ratios = [await round(), await round(), await round()];
  expect(Math.min(...ratios)).toBeLessThan(1);
});
