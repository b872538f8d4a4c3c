import { describe, expect, test } from 'vitest';
import { copyOf, idOf, type Action, type Outcome, type PostAction } from '../../src/model/plan.ts';
import { joinPasses, listNewCopies, postponeUpdates, selectFollowUps } from '../../src/plan/follow-up.ts';
import { exampleAction, exampleRendition } from '../examples.ts';

const linking = new Set(['devto']);

function actionOf(
  verb: PostAction['verb'],
  postId: string,
  references: readonly string[] = [],
  target = 'devto',
): PostAction {
  const sent = { target, rendition: exampleRendition(postId, { references }) };
  return exampleAction(verb, postId, verb === 'create' || verb === 'update' ? sent : { target });
}

function outcomeOf(action: Action, result: Outcome['result'] = 'done'): Outcome {
  return { action, result };
}

function names(actions: readonly Action[]): readonly string[] {
  return actions.map((action) => `${action.verb} ${action.target} ${copyOf(action).postId}`);
}

describe('an update that shows a post whose copy is only about to be created', () => {
  test('is put off, on a target whose links lead to copies', () => {
    const actions = [
      actionOf('create', 'new'),
      actionOf('update', 'shows-it', ['new']),
      actionOf('update', 'shows-another', ['old']),
      actionOf('update', 'shows-it', ['new'], 'elsewhere'),
    ];
    const { first, later } = postponeUpdates(actions, linking);
    expect(names(later)).toEqual(['update devto shows-it']);
    expect(names(first)).toEqual([
      'create devto new',
      'update devto shows-another',
      'update elsewhere shows-it',
    ]);
    expect(postponeUpdates(actions, new Set())).toEqual({ first: actions, later: [] });
  });
});

describe('the second pass', () => {
  const made = actionOf('create', 'new');
  const first = [
    made,
    actionOf('keep', 'kept'),
    actionOf('hold', 'held'),
    actionOf('wait', 'waits'),
    actionOf('update', 'failed'),
    actionOf('update', 'sent'),
  ];
  const later = [actionOf('update', 'put-off', ['new'])];
  const outcomes = [
    outcomeOf(made),
    outcomeOf(actionOf('update', 'failed'), 'failed'),
    outcomeOf(actionOf('update', 'sent')),
  ];

  test('updates what shows a new copy, unless it was held, waits or failed before', () => {
    const planned = [
      ...['kept', 'held', 'waits', 'failed', 'sent', 'never-seen'].map((id) =>
        actionOf('update', id, ['new']),
      ),
      actionOf('update', 'other', ['old']),
      actionOf('update', 'put-off', ['new']),
      actionOf('create', 'due-by-now', ['new']),
    ];
    const second = selectFollowUps(planned, { first, later }, outcomes);
    expect(second.map(idOf)).toEqual(['kept', 'sent', 'put-off']);
    expect(names(joinPasses({ first, later }, second))).toEqual([
      'create devto new',
      'hold devto held',
      'wait devto waits',
      'update devto failed',
      'update devto sent',
      'update devto kept',
      'update devto sent',
      'update devto put-off',
    ]);
  });

  test('is needed only for copies that came to be', () => {
    expect(listNewCopies(outcomes, linking)).toEqual(new Map([['devto', new Set(['new'])]]));
    expect(listNewCopies(outcomes, new Set(['elsewhere'])).size).toBe(0);
    expect(listNewCopies([outcomeOf(made, 'unknown')], linking).size).toBe(0);
  });
});
