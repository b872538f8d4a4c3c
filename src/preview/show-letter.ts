import { openBody } from '../blog/open-body.ts';
import type { Blog } from '../blog/load.ts';
import { listMailable } from '../blog/mailable.ts';
import { openLetterRenderer } from '../blog/render-letters.ts';
import type { ShownPost } from '../blog/render-posts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { stateKey } from '../model/ledger.ts';
import type { Letter } from '../model/letter.ts';
import type { LetterTarget } from '../model/target.ts';
import { chooseContent } from '../transform/choose-content.ts';
import { viewPlainly } from '../views/view-copy.ts';
import { compareCopy } from './compare-copy.ts';
import type { CopyView, PostView } from './define.ts';
import type { Snapshot } from './gather.ts';
import { openFiles, showFault, sortFaults, type FileOpener } from './show-fault.ts';
import { showLetterText } from './show-original.ts';

/** The frame of a letter's view that shows its plain part, which stands beside the others. */
const plainFrame = 'plain';

/** What a letter's view is made of beside the snapshot. */
export interface LetterParts {
  /** The same blog, told of the files that bodies name as they are read. */
  readonly blog: Blog;
  /** Puts the blog's own pictures into HTML. */
  readonly place: (html: string) => string;
  /** Whether files can be opened in the author's editor. */
  readonly opensEditor: boolean;
}

/** A letter as each target mails it, its plain part beside it, and what is wrong with it. */
export async function showLetter(snapshot: Snapshot, letter: Letter, parts: LetterParts): Promise<PostView> {
  const { bench, site } = snapshot;
  const { blog, place, opensEditor } = parts;
  const open: FileOpener = opensEditor ? openFiles(bench.config) : () => undefined;
  const { copies, diagnostics } = await showMailed(snapshot, letter, parts);
  const opened = await openBody(letter, async () => {
    const content = await blog.readLetter(letter);
    return {
      html: showLetterText(letter, chooseContent(content, { name: '', kind: '' }), site),
      ...(content.text !== undefined && { source: { path: letter.origin.path, text: content.text } }),
    };
  });
  const original = 'result' in opened ? opened.result : { html: '' };
  const editorUrl = open(letter.origin.path, { line: 1, column: 1 });
  const ofBlog = bench.blog.diagnostics.filter(({ file }) => file === letter.origin.path);
  return {
    id: letter.id,
    original: {
      title: letter.subject,
      url: '',
      html: place(original.html),
      ...('source' in original && original.source && { source: original.source }),
      ...(editorUrl !== undefined && { editorUrl }),
    },
    copies,
    diagnostics: sortFaults([...ofBlog, ...diagnostics]).map((fault) => showFault(fault, open)),
  };
}

/** What readers get of a letter, or of a post that is mailed, from each target that mails it. */
export async function showMailed(
  snapshot: Snapshot,
  letter: Letter,
  { blog, place }: Pick<LetterParts, 'blog' | 'place'>,
): Promise<{ readonly copies: readonly CopyView[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { bench, site, mailed } = snapshot;
  const render = openLetterRenderer(blog, bench.config, site);
  const copies: CopyView[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const target of bench.config.targets) {
    const state = mailed.get(letter.id)?.[target.name];
    if (target.granularity !== 'letter' || state === undefined) continue;
    const own = listMailable(target, blog, snapshot.now).find((one) => one.letter.id === letter.id)?.letter;
    const rendered = await render(own ?? letter, target);
    diagnostics.push(...rendered.diagnostics);
    const parts =
      rendered.shown === undefined
        ? [{ target: target.name, fields: [] }]
        : await showParts(snapshot, own ?? letter, target, rendered.shown, place);
    copies.push(...parts.map((part) => ({ ...part, kind: target.kind, state })));
  }
  return { copies, diagnostics };
}

/** A copy as mail programs show it, and its plain part as one beside it. */
async function showParts(
  { bench, site, ledger }: Snapshot,
  letter: Letter,
  target: LetterTarget,
  shown: ShownPost,
  place: (html: string) => string,
): Promise<readonly Omit<CopyView, 'kind' | 'state'>[]> {
  const { rendition } = shown;
  const view =
    (await target.preview?.(shown, letter, site)) ??
    viewPlainly(rendition, { title: letter.subject, lang: letter.lang });
  const frames = view.frames.map((frame) => ({ ...frame, html: place(frame.html) }));
  const plain = frames.filter(({ name }) => name === plainFrame);
  const receipt = ledger.get(stateKey({ target: target.name, postId: letter.id }))?.receipt;
  const change = await compareCopy(receipt, rendition, bench.ledger);
  const fields = Object.entries(rendition.fields).map(([name, value]) => ({
    name,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return [
    {
      target: target.name,
      view: { frames: frames.filter((frame) => !plain.includes(frame)) },
      raw: { text: rendition.body, language: target.extension === 'html' ? 'html' : 'text' },
      fields,
      ...(change && { change }),
    },
    ...(plain.length === 0 || plain.length === frames.length
      ? []
      : [{ target: `${target.name}, ${plainFrame}`, view: { frames: plain }, fields: [] }]),
  ];
}
