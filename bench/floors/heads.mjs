// Every post's head read, and its front matter parsed.
import { readHeads } from './read-heads.mjs';

process.stdout.write(`${readHeads().length}\n`);
