import { quoteYaml } from '../../base/quote-yaml.ts';
import type { Starter } from '../../model/starter.ts';

/** The feeds of a new blog, where its site has room for them. */
export const feedStarter: Starter = {
  place: { into: 'the feeds' },
  write: ({ feeds }) => [
    '# Written below out/site/, with these paths; your site serves them under the same.',
    'kind: feed',
    `path: ${quoteYaml(feeds.path)}`,
    `atom: ${quoteYaml(feeds.atom)}`,
    `json: ${quoteYaml(feeds.json)}`,
  ],
};
