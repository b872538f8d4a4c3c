import type { Starter } from '../../model/starter.ts';
import { disclosures } from './limits.ts';

/** A dev.to target of a new blog: each post goes there two days after it is out. */
export const devtoStarter: Starter = {
  place: { on: 'dev.to' },
  question: {
    name: 'AI disclosure on dev.to',
    text: `What should dev.to tell its readers about AI in your writing: ${disclosures.join(', ')}?`,
    choices: disclosures,
    preset: 'not_disclosed',
  },
  write: ({ answer }) => [
    'kind: devto',
    '# What dev.to tells its readers about AI in the writing: no_ai, some_ai, fully_autonomous or not_disclosed.',
    `ai_disclosure: ${answer}`,
    'schedule: { after: 2 days }',
  ],
};
