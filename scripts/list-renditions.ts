import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../tests/renditions/', import.meta.url);

/** The page that lists the fixtures of renditions: a line for each folder, in its own words, with the rules it breaks. */
export function listRenditions(notice: string): string {
  const rows = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((name) => {
      const post = existsSync(new URL(`${name}/post.mdx`, folder)) ? 'post.mdx' : 'post.md';
      const about = /^about: "(.+)"$/m.exec(read(`${name}/${post}`))?.[1];
      if (about === undefined)
        throw new Error(`tests/renditions/${name}/${post} has no line such as: about: "…"`);
      const rules = new Set(
        Array.from(read(`${name}/diagnostics.txt`).matchAll(/^\S+ \w+ (\S+)/gm), ([, rule]) => rule),
      );
      const reported = [...rules].map((rule) => `\`${rule}\``).join(', ');
      return `| [${name}](${name}/${post}) | ${about.replaceAll('|', '\\|')} | ${reported} |`;
    });
  return (
    `# What Broadside makes of markdown\n\n${notice}\n\n` +
    'Each folder holds a post as an author writes it, and what becomes of it: a file for each kind of target, such as ' +
    '`devto.md`, holds the text as it is sent there, and `diagnostics.txt` what `broadside check` says. The last column names the rules that it reports; [docs/rules.md](../../docs/rules.md) explains them.\n\n' +
    `${['| post | what it shows | reported |', '| --- | --- | --- |', ...rows].join('\n')}\n`
  );
}

function read(path: string): string {
  const file = new URL(path, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
