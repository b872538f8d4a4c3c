import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { load } from 'js-yaml';

const buffer = Buffer.alloc(4096);

/** Every post's front matter, from the first kilobytes of its file. */
export function readHeads() {
  return readdirSync('posts').map((name) => {
    const file = `posts/${name}`;
    const handle = openSync(file);
    const head = buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, 0));
    closeSync(handle);
    return { file, ...load(head.slice(4, head.indexOf('\n---', 4))) };
  });
}
