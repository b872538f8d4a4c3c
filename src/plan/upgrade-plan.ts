import { isFields } from '../base/is-fields.ts';

/** Fields that version 1 could have in any action, and that only a feed's action has now. */
const feedFields = ['inputs', 'fingerprint', 'references'];

/**
 * Turns a plan file of version 1 into one of version 2, and leaves anything else as it is. In version 1, an action on a feed said
 * `postId: feed`, as one on a post of that name does, and every action could have every field. Plans of version 1 are good for
 * seven days.
 */
export function upgradePlan(plan: unknown): unknown {
  if (!isFields(plan) || plan['version'] !== 1) return plan;
  const { actions } = plan;
  return { ...plan, version: 2, actions: Array.isArray(actions) ? actions.map(upgradeAction) : actions };
}

function upgradeAction(action: unknown): unknown {
  if (!isFields(action)) return action;
  const { postId, ...rest } = action;
  if (postId === 'feed' && isFeed(rest)) {
    const acts = rest['verb'] === 'create' || rest['verb'] === 'update';
    return { ...omit(rest, acts ? [] : feedFields), feed: rest['target'] };
  }
  return {
    ...omit(rest, rest['verb'] === 'update' ? [...feedFields, 'requires'] : feedFields),
    post: postId,
  };
}

/**
 * Whether an action is on a feed: an action that sends a post has a rendition, and a feed never waits. A copy of that name that is
 * kept or held stays as it was.
 */
function isFeed({ verb, rendition }: Readonly<Record<string, unknown>>): boolean {
  return rendition === undefined && verb !== 'wait';
}

function omit(action: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(action).filter(([name]) => !names.includes(name)));
}
