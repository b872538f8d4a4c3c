// The least that a feed of twenty posts takes: every head, and twenty posts through a bare remark and rehype.
import { readFileSync } from 'node:fs';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { readHeads } from './read-heads.mjs';

const pipeline = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).freeze();
const newest = readHeads()
  .toSorted((a, b) => Date.parse(b.date) - Date.parse(a.date))
  .slice(0, 20);
let length = 0;
for (const { file } of newest) {
  const text = readFileSync(file, 'utf8');
  length += pipeline.processSync(text.slice(text.indexOf('\n---', 4) + 4)).value.length;
}
process.stdout.write(`${length}\n`);
