import { lstatSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { describeWriteError } from '../../base/describe-file-error.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Diagnostic, RuleId } from '../../model/diagnostic.ts';
import { openProgress } from '../../report/progress.ts';
import { formatDiagnostic, reportDiagnostics, sortDiagnostics } from '../../report/diagnostics.ts';
import type { Shell } from '../../base/shell.ts';
import { findChanges, findImported } from './find-imported.ts';
import { placeItems, type ItemPlace } from './place-items.ts';
import { packTree, unpackTree, type FeedPost, type Interpreted } from '../../sources/feed/interpret-feed.ts';
import { openImageRun, saveImages, type ImageRun } from '../../sources/feed/save-images.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { makeFolder, openWriter } from '../../base/write-file.ts';
import { printPost } from './print-post.ts';
import { itemsAtOnce, readItems } from './read-items.ts';
import { readImported } from './read-imported.ts';

type FileOutcome = 'written' | 'replaced' | 'unchanged' | 'kept' | 'failed';

/** What became of one item. */
interface Imported {
  readonly file: string;
  readonly slug: string;
  readonly title: string;
  readonly canonicalUrl: string | null;
  readonly outcome: FileOutcome;
  /** What differs between the existing file and the feed, for people. */
  readonly changes: readonly string[];
}

const signs: Readonly<Record<FileOutcome, string>> = {
  written: '+',
  replaced: '~',
  unchanged: '=',
  kept: '.',
  failed: '!',
};

export interface ImportArguments {
  /** A feed or an export: a file, a folder, an http(s) URL, or `-` for standard input. */
  readonly feed: string;
  readonly config: string;
  readonly out: string;
  readonly force: boolean;
  /** Whether pictures are saved beside the posts. */
  readonly images?: boolean;
  readonly allowPrivate?: boolean;
  /** The address of the blog, where an export does not say it. */
  readonly site?: string | undefined;
}

/**
 * Writes each item of a feed or an export as a markdown file of its own; a file that differs is kept unless `force`. Returns the exit
 * code: 1 when an item could not be brought in, 130 when interrupted. Throws when the feed cannot be read.
 */
export async function runImport(args: ImportArguments, shell: Shell): Promise<number> {
  const feed = await readImported(args, shell);
  const out = resolve(shell.cwd, args.out);
  const convert = args.images === true ? packItem : (read: Interpreted) => printRead(read, feed.language);
  const items = new Map((await readItems(feed, shell, convert)).map((item) => [item.post, item]));
  const places = placeItems([...items.keys()], findImported(out), out, args.images === true);
  makeOut(out, args.out, shell.cwd);
  const write = openWriter(out);

  const run = args.images === true ? openImageRun(shell.signal, args.allowPrivate === true, out) : undefined;
  const progress = openProgress(places.length, shell);
  const posts: Imported[] = [];
  const diagnostics: Diagnostic[] = (feed.flaws ?? []).map((flaw) => ({ ...flaw, file: args.feed }));
  for (const place of places) {
    if (posts.length % itemsAtOnce === 0) await pause();
    if (shell.signal.aborted) break;
    const item = items.get(place.post);
    if (item === undefined) continue;
    const { text, unsaved } = await printWhole(item, place, feed.language, run);
    if (shell.signal.aborted && run !== undefined) break;
    const { outcome, changes, fault } = writePost(place, { text, force: args.force }, (whole) =>
      write(relative(out, place.path), whole),
    );
    const { post, slug } = place;
    const file = nameFile(place.path, shell.cwd);
    const canonicalUrl = post.original ?? null;
    const imported = { file, slug, title: post.title, canonicalUrl, outcome, changes };
    posts.push(imported);
    progress.clear();
    if (shell.format !== 'json') shell.print(`${printLine(imported)}\n`);
    progress.step(posts.length);
    diagnostics.push(
      ...findPostFaults({
        place,
        file,
        outcome,
        changes,
        fault,
        unsaved,
        isExport: feed.platform !== undefined,
      }),
    );
  }
  progress.clear();

  const interrupted = posts.length < places.length;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  if (shell.format === 'json') {
    const totals = countOutcomes(posts);
    shell.print(`${JSON.stringify({ posts, totals, interrupted, diagnostics }, null, 2)}\n`);
  } else {
    if (shell.format === 'github') {
      for (const diagnostic of sortDiagnostics(diagnostics))
        shell.print(`${formatDiagnostic(diagnostic, 'github')}\n`);
    } else reportDiagnostics(diagnostics, shell);
    shell.print(`${printTotals(posts, places.length, args.out)}\n`);
  }
  return interrupted ? 130 : failed ? 1 : 0;
}

/** An item as a post, and its text: whole, or still a tree whose pictures are to be saved, packed. */
type ReadItem = { readonly post: FeedPost } & ({ readonly text: string } | { readonly packed: string });

function packItem({ post, tree }: Interpreted): ReadItem {
  return { post, packed: packTree(tree) };
}

function printRead({ post, tree }: Interpreted, feedLanguage: string | undefined): ReadItem {
  return { post, text: printPost(post, tree, post.cover?.url, feedLanguage) };
}

/** A post's whole text, its pictures saved if they are to be; and what of them could not be. */
async function printWhole(
  item: ReadItem,
  { path }: ItemPlace,
  feedLanguage: string | undefined,
  run: ImageRun | undefined,
): Promise<{ readonly text: string; readonly unsaved: readonly string[] }> {
  const { post } = item;
  if ('text' in item || run === undefined) return { text: 'text' in item ? item.text : '', unsaved: [] };
  const tree = unpackTree(item.packed);
  const name = basename(path).replace(/\.\w+$/, '');
  const isFolder = name === 'index';
  const folder = isFolder ? dirname(path) : join(dirname(path), name);
  const prefix = isFolder ? '' : `${name}/`;
  const unsaved = await saveImages(tree, { folder, prefix }, run);
  const cover = post.cover && (await run.save(post.cover.url, folder));
  const failed = cover && 'fault' in cover ? [`${post.cover?.url}: ${cover.fault}`] : [];
  const shown = cover && 'name' in cover ? prefix + cover.name : post.cover?.url;
  return { text: printPost(post, tree, shown, feedLanguage), unsaved: [...unsaved, ...failed] };
}

function makeOut(out: string, given: string, cwd: string): void {
  try {
    makeFolder(out, cwd);
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw new BroadsideError('OUTPUT_UNWRITABLE', `The folder ${given} cannot be made.`, {
      remedy: 'Give --out a folder you may write to.',
      cause,
    });
  }
}

interface Written {
  readonly outcome: FileOutcome;
  readonly changes: readonly string[];
  readonly fault?: string;
}

/** Writes a whole file or none. */
function writePost(
  place: ItemPlace,
  { text, force }: { readonly text: string; readonly force: boolean },
  write: (text: string) => void,
): Written {
  const { path, existing } = place;
  const fail = (fault: string): Written => ({ outcome: 'failed', changes: [], fault });
  const changes = existing === undefined ? [] : findChanges(existing, text);
  if (existing !== undefined && changes.length === 0) return { outcome: 'unchanged', changes };
  if (existing !== undefined && !force) return { outcome: 'kept', changes };
  const other = existing === undefined ? statOf(path) : undefined;
  if (other !== undefined)
    return fail(other.isDirectory() ? 'a folder has its name' : 'it is there and unreadable');
  try {
    write(text);
    return { outcome: existing === undefined ? 'written' : 'replaced', changes };
  } catch (fault) {
    return fail(describeWriteError(fault));
  }
}

/** What is at a path, unless nothing is there or nobody may look. */
function statOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function nameFile(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return (shown.startsWith('..') ? path : shown).replaceAll('\\', '/');
}

function findPostFaults(result: {
  readonly place: ItemPlace;
  readonly file: string;
  readonly outcome: FileOutcome;
  readonly changes: readonly string[];
  readonly fault: string | undefined;
  readonly unsaved: readonly string[];
  readonly isExport: boolean;
}): readonly Diagnostic[] {
  const { place, file, outcome, changes, fault, unsaved, isExport } = result;
  const { post } = place;
  const diagnostics: Diagnostic[] = [];
  const tell = (
    rule: RuleId,
    message: string,
    remedy: string,
    severity: Diagnostic['severity'] = 'warning',
  ) => diagnostics.push({ rule, severity, message, remedy, file, line: 1, column: 1 });
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
      `The file exists and differs from the feed: ${changes.join(', ')}. It was kept.`,
      'Copy what you want of it by hand, or use --force to overwrite the file.',
    );
  }
  if (place.isNumbered) {
    tell(
      'import-name',
      `Another post is named ${post.slug} too, so this one got a number.`,
      'Rename the file if the number should not be in its address.',
    );
  }
  // What is not out has no address yet, and an export that gives none says so once.
  if (post.original === undefined && !isExport) {
    tell(
      'feed-original',
      'The item does not name an original, so canonical_url is left out.',
      "Set it; otherwise, the source's template decides.",
    );
  }
  for (const { rule, message, remedy, severity } of post.flaws) tell(rule, message, remedy, severity);
  for (const phrase of unsaved) {
    tell(
      'import-image',
      `A picture was not saved, and is still shown from ${phrase}.`,
      'Import again when it can be reached, or save it by hand.',
    );
  }
  if (post.tags.length === 0) {
    tell('import-tags', 'The item has no tags.', 'Add tags if the targets should show any.');
  }
  return diagnostics;
}

function printLine({ outcome, slug, title, changes }: Imported): string {
  const notes: Readonly<Partial<Record<FileOutcome, string>>> = {
    kept: `  kept, changed in the feed: ${changes.join(', ')}`,
    replaced: `  replaced: ${changes.join(', ')}`,
    failed: '  failed',
  };
  return `${signs[outcome]} ${slug}  ${cleanForTerminal(title)}${notes[outcome] ?? ''}`;
}

function countOutcomes(posts: readonly Imported[]): Readonly<Record<FileOutcome, number>> {
  const count = (outcome: FileOutcome) => posts.filter((post) => post.outcome === outcome).length;
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
