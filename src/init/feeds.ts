import type { FeedPaths } from '../model/starter.ts';
import type { Inspection, SiteView } from './define.ts';
import { hasItem, joinPath } from './paths.ts';

/** The usual names of feeds, or a folder of their own where the site has a feed under one of those already. */
export function chooseFeeds(
  view: SiteView,
  { feedFolder, feedPrefix, ownFeeds }: Pick<Inspection, 'feedFolder' | 'feedPrefix' | 'ownFeeds'>,
): FeedPaths {
  const usual = ['feed.xml', 'atom.xml', 'feed.json', 'feed.css', 'subscribe.html'];
  const isTaken = usual.some(
    (name) => ownFeeds.includes(`${feedPrefix}${name}`) || hasItem(view, joinPath(feedFolder, name), 'file'),
  );
  return isTaken
    ? {
        path: `${feedPrefix}feeds/rss.xml`,
        atom: `${feedPrefix}feeds/atom.xml`,
        json: `${feedPrefix}feeds/feed.json`,
      }
    : { path: `${feedPrefix}feed.xml`, atom: `${feedPrefix}atom.xml`, json: `${feedPrefix}feed.json` };
}
