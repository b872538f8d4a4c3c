import { expect, it } from 'vitest';
import type { Shell } from '../../../src/base/shell.ts';
import { carryOut } from '../../../src/commands/dashboard/carry-out.ts';
import { listEveryOffer } from '../../../src/report/dashboard/render.ts';
import type { DashboardView } from '../../../src/report/dashboard/view.ts';
import { exampleAction } from '../../examples.ts';

const now = '2026-12-01T17:18:00Z';

function viewOf(...drifted: readonly string[]): DashboardView {
  return {
    blog: '0123456789abcdef',
    now,
    timezone: 'UTC',
    plan: {
      version: 2,
      createdAt: now,
      expiresAt: '2026-12-08T17:18:00Z',
      config: 'config',
      ledger: 'files in ledger',
      paused: false,
      diagnostics: [],
      actions: drifted.map((post) => exampleAction('hold', post, { reason: 'drifted', ledgerLength: 2 })),
    },
    posts: [],
    states: new Map(),
    late: [],
    concerns: [],
    accounts: [],
    schedule: undefined,
    run: undefined,
  };
}

const shell: Shell = {
  cwd: '/',
  environment: {},
  signal: new AbortController().signal,
  now: () => now,
  format: 'human',
  print: () => undefined,
  report: () => undefined,
  interactive: false,
  color: false,
};
const [source, remote, second] = listEveryOffer(viewOf('one', 'two'));
if (source === undefined || remote === undefined || second === undefined)
  throw new Error('nothing is offered');

it('looks again before each box, since the one before may have changed what the next was shown for', async () => {
  const views = [viewOf('two'), viewOf('one')];
  const asked = [source, second];
  const look = (): Promise<DashboardView> => Promise.resolve(views.shift() ?? viewOf());
  const answers = await carryOut({ asked, checked: asked }, look, 'none.yaml', shell);
  const said = 'The copy is no longer as it was when the box was shown. See how it stands now.';
  expect(answers).toEqual(asked.map((mark) => ({ mark, isDone: false, said })));
});

it('does neither of two boxes of a copy, though one was ticked by an earlier edit', async () => {
  const look = (): Promise<DashboardView> => Promise.resolve(viewOf('one', 'two'));
  const answers = await carryOut({ asked: [remote], checked: [source, remote] }, look, 'none.yaml', shell);
  const said = 'More than one box of this copy was ticked. Tick one.';
  expect(answers).toEqual([{ mark: remote, isDone: false, said }]);
});
