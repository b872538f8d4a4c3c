#!/usr/bin/env node
// Plain JavaScript that imports nothing until it has looked, so that a Node too old for the program can still say so.
const oldest = [22, 18];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `NODE_TOO_OLD: Broadside needs Node ${oldest.join('.')} or later; this is ${process.versions.node}.\n` +
      'Install a newer Node, from https://nodejs.org/ for example, and run the same command again.\n',
  );
  process.exitCode = 1;
} else {
  void import('./cli.ts');
}
