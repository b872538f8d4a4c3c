// The least that tells whether a file has changed: each one's name, size and time.
import { readdirSync, statSync } from 'node:fs';

let bytes = 0;
for (const { name, parentPath } of readdirSync('posts', { withFileTypes: true, recursive: true })) {
  bytes += statSync(`${parentPath}/${name}`).size;
}
process.stdout.write(`${bytes}\n`);
