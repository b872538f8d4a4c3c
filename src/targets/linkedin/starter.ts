import type { Starter } from '../../model/starter.ts';

/** A LinkedIn target of a new blog: the posts that ask for it go there, two a week. */
export const linkedinStarter: Starter = {
  place: { on: 'LinkedIn' },
  write: () => [
    '# Only posts whose front matter says "syndicate: { linkedin: true }" go there.',
    'kind: linkedin',
    'schedule: { slots: [Tue 08:30, Thu 08:30], per_day: 1 }',
  ],
};
