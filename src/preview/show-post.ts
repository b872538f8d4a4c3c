import { isAudited } from '../blog/audit-posts.ts';
import { openPost } from '../blog/open-body.ts';
import { mailPost } from '../blog/mailable.ts';
import { openPostRenderer, type ShownPost } from '../blog/render-posts.ts';
import { stateKey } from '../model/ledger.ts';
import type { Post } from '../model/post.ts';
import type { Json, Rendition } from '../model/rendition.ts';
import type { HandTarget, PostTarget } from '../model/target.ts';
import { composeRecord } from '../plan/hand-over.ts';
import { chooseContent } from '../transform/choose-content.ts';
import { viewCopy } from '../views/view-copy.ts';
import { compareCopy } from './compare-copy.ts';
import type { CopyView, HandGuide, PostView } from './define.ts';
import type { Snapshot } from './gather.ts';
import { openFiles, showFault, sortFaults, type FileOpener } from './show-fault.ts';
import { showMailed, type LetterParts } from './show-letter.ts';
import { showOriginal } from './show-original.ts';

/** What a post's view is made of beside the snapshot. */
export interface PostParts extends LetterParts {
  /** Is handed what is shown of each copy that a person makes. */
  readonly remember: (rendition: Rendition) => void;
}

/** A post with each copy that it has or could have, as its readers will see it, and what is wrong with it. */
export async function showPost(
  snapshot: Snapshot,
  post: Post,
  { blog, place, opensEditor, remember }: PostParts,
): Promise<PostView> {
  const { bench, site } = snapshot;
  const { config } = bench;
  const open: FileOpener = opensEditor ? openFiles(config) : () => undefined;
  const targets = config.postTargets.filter((target) => isAudited(post, target));
  const { diagnostics, shown } = await openPostRenderer(blog, config, site)(post, targets);
  const mailed = await showMailed(snapshot, mailPost(post, ''), { blog, place });
  const copies: CopyView[] = [];
  for (const target of targets)
    copies.push(await showCopy(snapshot, post, target, shown.get(target.name), place));
  for (const { hand, target } of copies) {
    const rendition = hand && shown.get(target)?.rendition;
    if (rendition !== undefined) remember(rendition);
  }
  const opened = await openPost(post, blog, (content) => ({
    html: showOriginal(post, chooseContent(content, { name: '', kind: '' }), site),
    source:
      content.text === undefined ? undefined : { path: content.path ?? post.origin.path, text: content.text },
  }));
  const original = 'result' in opened ? opened.result : { html: '', source: undefined };
  const editorUrl = open(post.origin.path, { line: 1, column: 1 });
  const ofBlog = bench.blog.diagnostics.filter(
    ({ file, postId }) => postId === post.id || (postId === undefined && file === post.origin.path),
  );
  return {
    id: post.id,
    original: {
      title: post.title,
      url: post.canonicalUrl,
      html: place(original.html),
      ...(original.source && { source: original.source }),
      ...(editorUrl !== undefined && { editorUrl }),
    },
    copies: [...copies, ...mailed.copies],
    diagnostics: sortFaults([...ofBlog, ...diagnostics, ...mailed.diagnostics]).map((fault) =>
      showFault(fault, open),
    ),
  };
}

async function showCopy(
  { bench, site, states, ledger }: Snapshot,
  post: Post,
  target: PostTarget,
  shown: ShownPost | undefined,
  place: (html: string) => string,
): Promise<CopyView> {
  const state = states.get(post.id)?.[target.name] ?? { state: 'off', reason: 'not planned' };
  const about = { target: target.name, kind: target.kind, state };
  if (shown === undefined) return { ...about, fields: [] };
  const { rendition } = shown;
  const view = await viewCopy(target, shown, post, site);
  const receipt =
    target.granularity === 'copy'
      ? ledger.get(stateKey({ target: target.name, postId: post.id }))?.receipt
      : undefined;
  const change = await compareCopy(receipt, rendition, bench.ledger);
  return {
    ...about,
    view: { ...view, frames: view.frames.map((frame) => ({ ...frame, html: place(frame.html) })) },
    raw: { text: rendition.body, language: nameLanguage(target) },
    fields: Object.entries(rendition.fields).map(([name, value]) => ({ name, text: showValue(value) })),
    copyText: rendition.body,
    ...(target.granularity === 'copy' &&
      target.by === 'hand' && { hand: describeHandWork(rendition, target) }),
    ...(change && { change }),
  };
}

function describeHandWork(
  { canonicalUrl, fields, postId, fingerprint }: Rendition,
  target: HandTarget,
): HandGuide {
  const { title } = fields;
  const importUrl = target.locateImport?.({ canonicalUrl, title: typeof title === 'string' ? title : '' });
  return {
    title: target.title,
    ...(importUrl !== undefined && { importUrl }),
    command: composeRecord(target.name, postId),
    fingerprint,
  };
}

function nameLanguage({ extension }: PostTarget): 'markdown' | 'text' | 'html' {
  if (extension === 'md') return 'markdown';
  return extension === 'html' ? 'html' : 'text';
}

function showValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
