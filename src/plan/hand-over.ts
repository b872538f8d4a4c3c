import { quoteWord } from '../base/quote-word.ts';
import { stateKey } from '../model/ledger.ts';
import { copyOf, type CopyAction, type PostActionOf } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import type { HandTarget, HoldingTarget } from '../model/target.ts';

/** What is known of the copies that are handed over. */
export interface HandOver {
  readonly targets: readonly HoldingTarget[];
  /** Since when the schedule has let each new copy go out, by `stateKey`: ISO 8601 in UTC. */
  readonly dueSince: ReadonlyMap<string, string>;
  /** In a rehearsal nobody is asked to do anything. */
  readonly suspended: boolean;
}

/** A copy that waits for a person. */
export type ActionByHand = Extract<PostActionOf<'wait'>, { readonly reason: 'by-hand' }>;

/** What there is to do for a copy that waits for a person. */
export type HandWork = Pick<
  ActionByHand,
  'target' | 'post' | 'work' | 'note' | 'url' | 'importUrl' | 'record'
>;

/** Hands over to people what the program does not send: copies that they make or change by hand. */
export function handOver(actions: readonly CopyAction[], given: HandOver): readonly CopyAction[] {
  const hands = new Map(given.targets.flatMap((one) => (one.by === 'hand' ? [[one.name, one]] : [])));
  return actions.map((action) => {
    const target = hands.get(action.target);
    return target !== undefined && 'post' in action && (action.verb === 'create' || action.verb === 'update')
      ? waitForHand(action, target, given)
      : action;
  });
}

function waitForHand(
  action: PostActionOf<'create' | 'update'>,
  target: HandTarget,
  { dueSince, suspended }: HandOver,
): ActionByHand {
  const { post, ledgerLength, rendition, note } = action;
  const { remoteId, url } = action.reason === 'new' ? {} : action;
  const isNew = action.verb === 'create';
  const since = isNew ? dueSince.get(stateKey(copyOf(action))) : undefined;
  const importUrl = isNew ? locateImport(rendition, target) : undefined;
  const why = isNew || note === undefined ? note : `changed since it was made: ${note}`;
  const address = isNew || url === '' ? undefined : url;
  return {
    verb: 'wait',
    reason: 'by-hand',
    target: target.name,
    post,
    ledgerLength,
    work: action.verb,
    rendition,
    ...(why !== undefined && { note: why }),
    ...(remoteId !== undefined && { remoteId }),
    ...(url !== undefined && { url }),
    ...(importUrl !== undefined && { importUrl }),
    ...(since !== undefined && { since }),
    ...(!suspended && { record: composeRecord(target.name, post, address) }),
  };
}

/** The command by which a person says that they have made a copy, or changed it. */
export function composeRecord(target: string, postId: PostId, address = 'URL'): string {
  return `broadside resolve ${quoteWord(postId)} ${target} --url ${quoteWord(address)}`;
}

function locateImport({ canonicalUrl, fields }: Rendition, target: HandTarget): string | undefined {
  const { title } = fields;
  return target.locateImport?.({ canonicalUrl, title: typeof title === 'string' ? title : '' });
}

/** What a person has to do for a copy that waits for them, and how they say that it is done. */
export function tellHandWork(action: HandWork): string {
  const { work, note, url, importUrl, record, post, target } = action;
  const print = `"broadside render ${quoteWord(post)} --target ${target}"`;
  const make = importUrl === undefined ? `paste what ${print} prints` : `import it at ${importUrl}`;
  const place = url === undefined || url === '' ? '' : ` at ${url}`;
  const how = work === 'create' ? make : `change it${place} to what ${print} prints`;
  const done =
    record === undefined ? 'a rehearsal only shows what there is to paste' : `${how}, then run "${record}"`;
  return note === undefined ? done : `${note}; ${done}`;
}
