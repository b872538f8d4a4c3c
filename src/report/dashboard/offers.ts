import { digestJson } from '../../base/digest.ts';
import { quoteWord } from '../../base/quote-word.ts';
import { intentInDoubt, type CopyState } from '../../model/ledger.ts';
import type { PostAction } from '../../model/plan.ts';
import type { Ask, Mark } from './marks.ts';

/** What an author can ask for with one tick, and the command that does the same. */
export interface Offer extends Mark {
  /** In words of our own. */
  readonly label: string;
  readonly command: string;
}

/** What is known of a line's copy besides the plan. */
export interface OfferGrounds {
  readonly state: CopyState;
  /** Whether its original's date has come: before that, nothing lifts its schedule. */
  readonly isOut: boolean;
  /** What tells the blog apart from others in its repository. */
  readonly blog: string;
}

/** What is offered for a line of the plan. */
export function listOffers(action: PostAction, { state, isOut, blog }: OfferGrounds): readonly Offer[] {
  const { target, post } = action;
  const line = digestLine(action, blog);
  const isHalfRetracted = intentInDoubt(state)?.verb === 'retract';
  const usual = chooseAsks(action).filter((ask) => ask !== 'publish' || isOut);
  const chosen = action.reason === 'interrupted' && isHalfRetracted ? (['retract'] as const) : usual;
  return chosen.map((ask) => ({ ask, target, post, line, ...describeAsk(ask, target, post) }));
}

/** What is offered for a copy that is up and as it should be: to take it down. */
export function offerRetract({ copy, length, receipt }: CopyState, blog: string): readonly Offer[] {
  if (receipt === undefined || receipt.state === 'gone') return [];
  const { target, postId: post } = copy;
  const line = digestJson(['up', blog, target, post, length, receipt.remoteId, receipt.url]);
  return [{ ask: 'retract', target, post, line, ...describeAsk('retract', target, post) }];
}

/**
 * A digest of a line of a blog's plan and of how often its copy has changed, so that a tick asks only for what its box was shown
 * for. The instant it waits for is left out: it can move with every other copy.
 */
function digestLine(action: PostAction, blog: string): string {
  const { verb, reason, target, post, ledgerLength } = action;
  const place = 'remoteId' in action ? [action.remoteId ?? '', action.url ?? ''] : [];
  const held = action.verb === 'hold' ? [action.note ?? '', action.diff ?? ''] : [];
  const shown = action.reason === 'by-hand' ? [action.rendition.fingerprint] : [];
  return digestJson([blog, verb, reason, target, post, ledgerLength, place, held, shown]);
}

function chooseAsks(action: PostAction): readonly Ask[] {
  switch (action.reason) {
    case 'new':
    case 'again':
    case 'changed':
    case 'found':
    case 'scheduled':
    case 'rate-limited':
    case 'refused':
    case 'too-many':
      return ['publish'];
    case 'drifted':
      return ['take-source', 'take-remote'];
    case 'interrupted':
      return ['posted', 'not-posted'];
    case 'by-hand':
      return ['posted'];
    case 'removed':
      return ['retract'];
    default:
      return [];
  }
}

function describeAsk(ask: Ask, target: string, post: string): Pick<Offer, 'label' | 'command'> {
  const copy = `${quoteWord(post)} --target ${target}`;
  const resolve = `broadside resolve ${quoteWord(post)} ${target}`;
  switch (ask) {
    case 'publish':
      return { label: 'publish it now', command: `broadside publish ${copy}` };
    case 'take-source':
      return {
        label: 'overwrite the edit with the post',
        command: `broadside publish ${copy} --take source`,
      };
    case 'take-remote':
      return { label: 'keep the edit', command: `broadside publish ${copy} --take remote` };
    case 'retract':
      return { label: 'take it down', command: `broadside retract ${copy}` };
    case 'posted':
      return { label: 'it is there', command: `${resolve} --url URL` };
    case 'not-posted':
      return { label: 'it is not there, and may be sent', command: `${resolve} --not-posted` };
    default:
      return ask satisfies never;
  }
}
