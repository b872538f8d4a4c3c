import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { isBelow } from '../base/stay-inside.ts';
import { watchFiles } from '../blog/find-site-file.ts';
import type { PostId } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import { askTarget } from './ask-target.ts';
import type { Overview, PostView, Problem, RemoteView, ServerEvent } from './define.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import type { Snapshot } from './gather.ts';
import { rememberContents } from './remember-contents.ts';
import { rememberRenditions } from './remember-renditions.ts';
import { openFaults } from './look-for-faults.ts';
import { lookAtLedger, type LedgerSeen } from './look-at-ledger.ts';
import { noteFiles } from './note-files.ts';
import { openQuietBench, type RememberedParts } from './open-bench.ts';
import { gatherQuickly, openInstants } from './open-instants.ts';
import type { Watched } from './watch-blog.ts';
import { composeEditorUrl } from './editor-url.ts';
import { nameData, showOverview } from './show-overview.ts';
import { openPictures } from './show-pictures.ts';
import { showLetter } from './show-letter.ts';
import { showPost } from './show-post.ts';

export interface PreviewWords {
  readonly config: string;
  /** An instant to act at, ISO 8601 in UTC. */
  readonly at?: string | undefined;
}

/** The blog of a config as it is now, kept up to date. */
export interface Preview {
  readonly overview: (at?: string) => Promise<Overview>;
  /** The post that a path below `data/` stands for, without an ending. */
  readonly post: (data: string, at?: string) => Promise<PostView | undefined>;
  /** What was shown of a copy that a person makes, by its fingerprint. */
  readonly findShown: (fingerprint: string) => Rendition | undefined;
  readonly remote: (post: string, target: string) => Promise<RemoteView | undefined>;
  /** The overview as it stands in files that have views of some posts. */
  readonly files: (shown: ReadonlySet<PostId>) => Promise<Overview>;
  /** The pictures of the blog's that views have named: their files, absolute, by path. */
  readonly pictures: () => ReadonlyMap<string, string>;
  /** The file, absolute, of one of them. */
  readonly picture: (path: string) => string | undefined;
  /** What the preview is made from now, to be watched; it grows with the views. */
  readonly watched: () => Watched;
  /** Has a function called whenever a view was made. */
  readonly onShown: (tell: () => void) => void;
  /** Has a function called whenever the blog was read again, whoever asked for that. */
  readonly onRefreshed: (tell: () => void) => void;
  /** Has a function called whenever the blog is looked at as it is at another instant. */
  readonly onMoved: (tell: () => void) => void;
  /** In how many milliseconds time alone changes what is shown; undefined where it does not. */
  readonly dueIn: () => number | undefined;
  /** Reads the ledger where it is kept. Throws what opening and reading a ledger throw. */
  readonly lookAtLedger: () => Promise<void>;
  /** Reads the blog again; tells what a page that shows it has to read again. What is wrong with the blog is told, not thrown. */
  readonly refresh: () => Promise<ServerEvent | undefined>;
  /** Renders the copies that are not rendered yet, and tells what a page that shows them has to read again. */
  readonly fill: (tell: (event: ServerEvent) => void) => Promise<void>;
  /** Looks for the faults of every post that was not looked at as it is now, and calls `tell` when more is known. */
  readonly audit: (tell: () => void) => Promise<void>;
  readonly snapshot: () => Snapshot;
}

/** Reads the blog of a config, for a server or for files. Throws what loading a config throws. */
export async function openPreview(
  words: PreviewWords,
  shell: Shell,
  from: Overview['from'] = 'server',
): Promise<Preview> {
  const pictures = openPictures(from);
  const shownFiles = noteFiles();
  const listeners: (() => void)[] = [];
  const refreshed: (() => void)[] = [];
  let seen: LedgerSeen | undefined;
  const remembered = { contents: rememberContents(), renditions: rememberRenditions(), ledger: () => seen };
  const { base: first, files: firstFiles } = await readNow(words, shell, remembered);
  const instants = openInstants(first, () => shell.signal.aborted);
  let files = firstFiles;
  let problem: Problem | undefined;
  const audit = openFaults(first.posts.length);
  const shownByHand = new Map<string, Rendition>();
  const remember = (made: Rendition): void => void shownByHand.set(made.fingerprint, made);
  return {
    snapshot: instants.base,
    async overview(instant) {
      const snapshot = await instants.at(instant);
      const known = { ...audit.known(), rendering: instants.progress(snapshot) };
      const shown = showOverview(snapshot, { from: 'server', at: instant ?? words.at, ...known });
      return problem === undefined ? shown : { ...shown, problem };
    },
    post: (data, instant) =>
      instants.show(async () => {
        const snapshot = await instants.at(instant);
        const blog = shownFiles.watch(files.watch(snapshot.bench.blog));
        const [letter, post] = [findNamed(blog.letters, data), findNamed(snapshot.posts, data)];
        const id = letter?.id ?? post?.id;
        if (id === undefined) return undefined;
        const place = pictures.open(id, files.findFile);
        const parts = { blog, place, opensEditor: from === 'server', remember };
        const view = letter
          ? await showLetter(snapshot, letter, parts)
          : post && (await showPost(snapshot, post, parts));
        for (const tell of listeners) tell();
        return view;
      }),
    findShown: (fingerprint) => shownByHand.get(fingerprint),
    remote: (id, name) => lookAtRemote(instants.base(), id, name, shell),
    files: async (shown) =>
      showOverview(instants.base(), { from: 'files', at: words.at, faults: audit.known().faults, shown }),
    pictures: pictures.list,
    picture: (path) => pictures.list().get(path),
    watched: () => listWatched(instants.base(), files, pictures.addresses(), shownFiles.valueFiles()),
    onShown: (tell) => void listeners.push(tell),
    onRefreshed: (tell) => void refreshed.push(tell),
    onMoved: instants.onMoved,
    dueIn: () => (words.at === undefined ? findDue(instants.base(), shell.now()) : undefined),
    async lookAtLedger() {
      seen = await lookAtLedger(instants.base().bench.config, shell);
    },
    // One after the other, so that what was read last is what is shown.
    refresh: inTurns(async () => {
      try {
        const next = await readNow(words, shell, remembered);
        const others = findOutdated(next, pictures, shownFiles);
        const event = compareSnapshots(instants.base(), next.base, others, problem !== undefined);
        problem = undefined;
        files = next.files;
        instants.replace(next.base);
        return event;
      } catch (error) {
        if (!(error instanceof BroadsideError)) throw error;
        problem = describeProblem(error, instants.base());
        return { overview: true, changed: [] };
      } finally {
        for (const tell of refreshed) tell();
      }
    }),
    fill: instants.fill,
    audit: (tell) => {
      const base = instants.base();
      return audit.look(base, () => instants.base() !== base || shell.signal.aborted, tell);
    },
  };
}

function findNamed<Kind extends { readonly id: PostId }>(
  all: readonly Kind[],
  data: string,
): Kind | undefined {
  return all.find(({ id }) => nameData(id) === data);
}

/** How long it is until a post comes out or goes, or a copy that waits may be sent. */
function findDue({ plan, posts, now: seen }: Snapshot, now: string): number | undefined {
  const ofPosts = posts.flatMap(({ publishAt, expiresAt }) => [publishAt, expiresAt ?? '']);
  const ofCopies = plan.actions.map((action) => ('at' in action ? (action.at ?? '') : ''));
  const instants = [...ofPosts, ...ofCopies].map((one) => Date.parse(one));
  const next = instants.filter((one) => one > Date.parse(seen)).reduce((a, b) => Math.min(a, b), Infinity);
  return next === Infinity ? undefined : next - Date.parse(now);
}

/** The posts whose views would show other files by now, though their own text is as it was. */
function findOutdated(
  { base, files }: Current,
  pictures: ReturnType<typeof openPictures>,
  shownFiles: ReturnType<typeof noteFiles>,
): readonly PostId[] {
  return [...pictures.findOutdated(files.findFile), ...shownFiles.findOutdated(base.bench.blog)];
}

/** Begins some work only when what was begun of it before is over. */
function inTurns<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const own = last.then(work);
    last = own.catch(() => undefined);
    return own;
  };
}

/** What a target holds of a post now; undefined where there is no such copy. */
async function lookAtRemote(
  base: Snapshot,
  id: PostId,
  name: string,
  shell: Shell,
): ReturnType<Preview['remote']> {
  const post = base.posts.find((one) => one.id === id);
  const target = base.bench.config.targets.find((one) => one.name === name);
  if (post === undefined || target === undefined || target.granularity !== 'copy') return undefined;
  return askTarget(base, post, target, shell);
}

/** What was read of a blog. */
interface Current {
  readonly base: Snapshot;
  readonly files: ReturnType<typeof watchFiles>;
}

async function readNow(words: PreviewWords, shell: Shell, remembered: RememberedParts): Promise<Current> {
  const bench = await openQuietBench(words.config, shell, remembered);
  const base = await gatherQuickly(bench, words.at ?? shell.now());
  return { base, files: watchFiles(bench.config) };
}

function listWatched(
  { bench }: Snapshot,
  files: Current['files'],
  addresses: ReadonlySet<string>,
  valueFiles: ReadonlySet<string>,
): Watched {
  const { root } = bench.config;
  const folders = [...addresses].flatMap((address) => files.listFiles(address).map((file) => dirname(file)));
  const pictures = [...new Set(folders)].filter((folder) => isBelow(folder, root) && existsSync(folder));
  const values = new Set(
    [...valueFiles].map((file) => resolve(root, file)).filter((file) => isBelow(file, root)),
  );
  return { config: bench.config, ledger: bench.ledgerPlaces.places, pictures: new Set(pictures), values };
}

function describeProblem(error: BroadsideError, { bench }: Snapshot): Problem {
  const { code, message, remedy, file, line, column } = error;
  const { editor, root } = bench.config;
  const place = { line: line ?? 1, column: column ?? 1 };
  const editorUrl = file === undefined ? undefined : composeEditorUrl(editor, resolve(root, file), place);
  return {
    code,
    message,
    remedy,
    ...(file !== undefined && { file, ...place }),
    ...(editorUrl !== undefined && { editorUrl }),
  };
}
