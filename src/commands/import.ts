import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { BroadsideError } from '../errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { formatDiagnostic, reportDiagnostics, sortDiagnostics } from '../report.ts';
import type { Shell } from '../shell.ts';
import { interpretFeed } from '../sources/feed/interpret-feed.ts';
import type { Entry } from '../sources/feed/interpret-feed.ts';
import { loadFeed } from '../sources/feed/load-feed.ts';
import { printMarkdown } from '../sources/feed/print-markdown.ts';
import { cleanForTerminal } from '../terminal.ts';

type Outcome = 'written' | 'replaced' | 'unchanged' | 'kept' | 'failed';

/** What became of one item. */
interface Imported {
  readonly file: string;
  readonly slug: string;
  readonly title: string;
  readonly canonicalUrl: string | null;
  readonly outcome: Outcome;
}

const signs: Readonly<Record<Outcome, string>> = {
  written: '+',
  replaced: '~',
  unchanged: '=',
  kept: '.',
  failed: '!',
};

/**
 * Writes each item of a feed (a file or an http(s) URL) as a markdown file of its own; a file that differs is kept unless
 * `force`. Returns the exit code: 1 when an item could not be brought in, 130 when interrupted. Throws when the feed cannot
 * be read.
 */
export async function runImport(
  args: { readonly feed: string; readonly out: string; readonly force: boolean },
  shell: Shell,
): Promise<number> {
  const place = /^https?:\/\//i.test(args.feed) ? args.feed : resolve(shell.cwd, args.feed);
  const feed = await loadFeed(place, shell.signal);
  const entries = nameFiles(interpretFeed(feed, 'UTC'));
  const out = resolve(shell.cwd, args.out);
  await makeFolder(out, args.out);

  const posts: Imported[] = [];
  const findings: Diagnostic[] = [];
  for (const { entry, slug } of entries) {
    if (shell.signal.aborted) break;
    const path = join(out, `${slug}.md`);
    const file = nameFile(path, shell.cwd);
    const { outcome, fault } = await writePost(path, out, printEntry(entry, feed.language), args.force);
    const imported = { file, slug, title: entry.title, canonicalUrl: entry.original ?? null, outcome };
    posts.push(imported);
    if (shell.format !== 'json') shell.print(`${printLine(imported)}\n`);
    findings.push(...entryFindings({ entry, slug, file, outcome, fault }));
  }

  const interrupted = posts.length < entries.length;
  const failed = findings.some(({ severity }) => severity === 'error');
  if (shell.format === 'json') {
    const totals = countOutcomes(posts);
    shell.print(`${JSON.stringify({ posts, totals, interrupted, diagnostics: findings }, null, 2)}\n`);
  } else {
    if (shell.format === 'github') {
      for (const finding of sortDiagnostics(findings))
        shell.print(`${formatDiagnostic(finding, 'github')}\n`);
    } else reportDiagnostics(findings, shell);
    shell.print(`${printTotals(posts, entries.length, args.out)}\n`);
  }
  return interrupted ? 130 : failed ? 1 : 0;
}

/** Gives each entry a file name of its own: the oldest of those that share one keeps it, later ones get a number. */
function nameFiles(entries: readonly Entry[]): readonly { readonly entry: Entry; readonly slug: string }[] {
  const taken = new Set(entries.map(({ slug }) => slug));
  const used = new Set<string>();
  const slugs = new Map<Entry, string>();
  const oldestFirst = entries.toSorted((a, b) => ((a.publishAt ?? '') < (b.publishAt ?? '') ? -1 : 1));
  for (const entry of oldestFirst) {
    let slug = entry.slug;
    for (let number = 2; used.has(slug) || (slug !== entry.slug && taken.has(slug)); number += 1) {
      slug = `${entry.slug}-${number}`;
    }
    used.add(slug);
    slugs.set(entry, slug);
  }
  return entries.map((entry) => ({ entry, slug: slugs.get(entry) ?? entry.slug }));
}

function printEntry(entry: Entry, feedLanguage: string | undefined): string {
  return printMarkdown(
    {
      title: entry.title === '' ? undefined : entry.title,
      date: entry.publishAt,
      description: entry.summary,
      tags: entry.tags.length > 0 ? entry.tags : undefined,
      canonical_url: entry.original,
      cover_image: entry.cover?.url,
      lang: entry.lang === feedLanguage ? undefined : entry.lang,
    },
    entry.tree,
  );
}

async function makeFolder(out: string, given: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (cause) {
    throw new BroadsideError('OUTPUT_UNWRITABLE', `The folder ${given} cannot be made.`, {
      remedy: 'Give --out a folder you may write to.',
      cause,
    });
  }
}

/** Writes a whole file or none: beside its place first, then moved there. */
async function writePost(
  path: string,
  out: string,
  text: string,
  force: boolean,
): Promise<{ readonly outcome: Outcome; readonly fault?: string }> {
  if (!path.startsWith(out + sep)) return { outcome: 'failed', fault: 'its name leads outside the folder' };
  const temporary = join(out, `.import-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const existing = await readExisting(path);
    if (existing === text) return { outcome: 'unchanged' };
    if (existing !== undefined && !force) return { outcome: 'kept' };
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
    return { outcome: existing === undefined ? 'written' : 'replaced' };
  } catch (fault) {
    await rm(temporary, { force: true });
    return { outcome: 'failed', fault: explainFault(fault) };
  }
}

function explainFault(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown reason';
  const meanings: Readonly<Record<string, string>> = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'nothing may be written there',
    EISDIR: 'a folder has its name',
    ENOSPC: 'the disk is full',
  };
  return meanings[code] ?? code;
}

async function readExisting(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}

function nameFile(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return (shown.startsWith('..') ? path : shown).replaceAll('\\', '/');
}

function entryFindings(result: {
  readonly entry: Entry;
  readonly slug: string;
  readonly file: string;
  readonly outcome: Outcome;
  readonly fault: string | undefined;
}): readonly Diagnostic[] {
  const { entry, slug, file, outcome, fault } = result;
  const findings: Diagnostic[] = [];
  const tell = (
    rule: string,
    message: string,
    remedy: string,
    severity: Diagnostic['severity'] = 'warning',
  ) => findings.push({ rule, severity, message, remedy, file, line: 1, column: 1 });
  if (fault !== undefined) {
    tell(
      'import-file',
      `The file cannot be written: ${fault}.`,
      'Make its place writable and import again.',
      'error',
    );
  }
  if (outcome === 'kept') {
    tell(
      'import-exists',
      'The file exists and differs from the feed; it was kept.',
      'Use --force to overwrite it.',
    );
  }
  if (slug !== entry.slug) {
    tell(
      'import-name',
      `An older item is named ${entry.slug} too, so this one got a number.`,
      'Rename the file if the number should not be in its address.',
    );
  }
  if (entry.original === undefined) {
    tell(
      'feed-original',
      'The item names no original, so canonical_url is left out.',
      "Set it, or the source's template decides.",
    );
  }
  for (const { rule, message, remedy, severity } of entry.flaws) tell(rule, message, remedy, severity);
  if (entry.tags.length === 0) {
    tell('import-tags', 'The item has no tags.', 'Add tags if the targets should show any.');
  }
  return findings;
}

function printLine({ outcome, slug, title }: Imported): string {
  const note =
    outcome === 'kept' ? '  kept: differs, --force overwrites' : outcome === 'failed' ? '  failed' : '';
  return `${signs[outcome]} ${slug}  ${cleanForTerminal(title)}${note}`;
}

function countOutcomes(posts: readonly Imported[]): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome) => posts.filter((post) => post.outcome === outcome).length;
  return {
    written: count('written'),
    replaced: count('replaced'),
    unchanged: count('unchanged'),
    kept: count('kept'),
    failed: count('failed'),
  };
}

function printTotals(posts: readonly Imported[], expected: number, out: string): string {
  const totals = Object.entries(countOutcomes(posts))
    .filter(([outcome, count]) => count > 0 || outcome === 'written')
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
  const missing = expected - posts.length;
  if (missing > 0) return `${totals}. Interrupted: ${missing} not written; import again to go on.`;
  if (expected === 0) return 'The feed has no items; nothing was written.';
  if (posts.some(({ outcome }) => outcome === 'failed')) {
    return `${totals} in ${cleanForTerminal(out)}. Mend what is named above, and import again.`;
  }
  return `${totals} in ${cleanForTerminal(out)}. Next: point a source at that folder and run broadside check.`;
}
