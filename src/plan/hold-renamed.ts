import { intentInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyState, CopyStates, Intent, Ledger, Receipt } from '../model/ledger.ts';
import { copyOf, type CopyAction } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import { hold, stateOf } from './actions.ts';

/** What it takes to tell a new post from one whose file was renamed. */
export interface RenameGrounds {
  readonly writings: readonly { readonly id: PostId }[];
  readonly states: CopyStates;
  /** The site's address: links to it may differ. */
  readonly siteUrl: string;
  readonly ledger: Pick<Ledger, 'readBody'>;
}

/**
 * Holds new copies that have the words of one whose post is gone, or, in a sequence, its subject or its place: its file was
 * renamed, and readers would get it twice. The missing post is then not reported by itself, unless nobody knows what became of its
 * copy.
 */
export async function holdRenamed(
  actions: readonly CopyAction[],
  { writings, states, siteUrl, ledger }: RenameGrounds,
): Promise<readonly CopyAction[]> {
  const fresh = actions.filter((one) => one.verb === 'create' && one.reason === 'new');
  if (fresh.length === 0) return actions;
  const ids = new Set(writings.map(({ id }) => id));
  const targets = new Set(fresh.map(({ target }) => target));
  const orphans = [...states.values()].filter(
    ({ copy, receipt }) => targets.has(copy.target) && !ids.has(copy.postId) && receipt?.state !== 'gone',
  );
  if (orphans.length === 0) return actions;
  const read = openReader(siteUrl);
  const before = new Map<string, PostId>();
  for (const orphan of orphans) {
    const fingerprint = findSent(orphan)?.fingerprint;
    const body = fingerprint === undefined ? undefined : await ledger.readBody(fingerprint);
    if (body !== undefined) before.set(`${orphan.copy.target}\n${read(body)}`, orphan.copy.postId);
  }
  const found = new Set<string>();
  const held = actions.map((action) => {
    if (action.verb !== 'create' || action.reason !== 'new') return action;
    const { target, rendition } = action;
    const same = before.get(`${target}\n${read(rendition.body)}`);
    const id = same ?? findSequel(target, rendition.inputs, orphans);
    if (id === undefined) return action;
    found.add(stateKey({ target, postId: id }));
    const note =
      same === undefined
        ? `it has the subject or the place of the letter recorded under "${id}", whose file is gone; set "id: ${id}" in its front matter if it is the same letter, else retract "${id}" first`
        : `it has the same words as the copy recorded under "${id}", whose file is gone; set "id: ${id}" in its front matter if it is the same post`;
    return hold(action, stateOf(states, copyOf(action)), 'renamed', note);
  });
  return held.filter((action) => action.reason !== 'removed' || !found.has(stateKey(copyOf(action))));
}

/** The missing letter whose subject or place a new one of the same sequence has. */
function findSequel(target: string, inputs: Inputs, orphans: readonly CopyState[]): PostId | undefined {
  if (inputs['place'] === undefined) return undefined;
  return orphans.find((orphan) => {
    const before = findSent(orphan)?.inputs ?? {};
    return (
      orphan.copy.target === target &&
      (before['place'] === inputs['place'] ||
        (before['subject'] !== undefined && before['subject'] === inputs['subject']))
    );
  })?.copy.postId;
}

/** What was sent last, or may have been. */
function findSent(state: CopyState): Intent | Receipt | undefined {
  return intentInDoubt(state) ?? state.receipt;
}

/** The words of a body, whatever the addresses on the site are. */
function openReader(siteUrl: string): (body: string) => string {
  const { host } = new URL(siteUrl);
  const address = new RegExp(`https?://${host.replaceAll('.', '\\.')}[^\\s<>()"'\\]]*`, 'g');
  return (body) => body.replaceAll(address, '').replaceAll(/\s+/g, ' ').trim();
}
