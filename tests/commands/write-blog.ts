import { openFolder, writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const targets = `  devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }
  linkedin: { kind: linkedin, since: 2020-01-01 }
  feed: { kind: feed }`;

export interface Blog {
  readonly folder: string;
  /** Runs a command in this process, without any secrets. */
  readonly run: (...words: readonly string[]) => Promise<Run>;
}

/** Writes a blog; its posts go where the names say, its targets are the three real ones unless others are given. */
export function writeBlog(
  posts: Readonly<Record<string, string>>,
  given: { targets?: string; config?: string } = {},
): Blog {
  const folder = openFolder();
  writeFiles(folder, {
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts }]
targets:
${given.targets ?? targets}
${given.config ?? 'require_live: false'}
ledger: { kind: file }
`,
    ...Object.fromEntries(Object.entries(posts).map(([path, text]) => [`posts/${path}`, text])),
  });
  return { folder, run: (...words) => runCommand(folder, {}, words) };
}
