import type { Starter } from '../../../src/model/starter.ts';

/** A board of a new blog. */
export const boardStarter: Starter = {
  place: { on: 'the board' },
  question: {
    name: 'colour of notices',
    text: 'On which colour should notices be written: white or green?',
    choices: ['white', 'green'],
    preset: 'white',
  },
  write: ({ answer }) => ['kind: board', `# Each notice is ${answer}.`, 'sign: From a blog', 'opt_in: true'],
};
