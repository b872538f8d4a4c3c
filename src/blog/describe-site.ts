import { once } from '../base/once.ts';
import type { Config } from '../config/load.ts';
import { stateKey, type CopyStates } from '../model/ledger.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { urlKey } from '../reading/url-key.ts';
import { mapSeries } from './map-series.ts';

/**
 * The site as renditions see it: which posts are out, each series in order, and, as far as the ledger's states are given,
 * which copies are live on the targets whose links lead to copies.
 */
export function describeSite(
  config: Config,
  posts: readonly Post[],
  isOut: (post: Post) => boolean,
  states: CopyStates = new Map(),
): Site {
  // Made when a link is first followed: a plan in which nothing changed follows none.
  const byUrl = once(
    () => new Map(posts.filter((post) => !post.draft).map((post) => [urlKey(post.canonicalUrl), post])),
  );
  const byPath = once(() => new Map(posts.map((post) => [post.origin.path, post])));
  const byId = once(() => new Map(posts.map((post) => [post.id, post])));
  return {
    ...config.site,
    navigation: config.series.navigation,
    get postsByUrl() {
      return byUrl();
    },
    get postsByPath() {
      return byPath();
    },
    get postsById() {
      return byId();
    },
    awaited: new Set(posts.filter((post) => !isOut(post)).map(({ id }) => id)),
    copies: listCopies(config, posts, states),
    seriesByPost: mapSeries(posts, isOut, config.targets),
  };
}

/** The addresses of the live copies, on each target whose links lead to copies. */
function listCopies(config: Config, posts: readonly Post[], states: CopyStates): Site['copies'] {
  const linking = config.postTargets.filter(({ linksToCopies }) => linksToCopies === true);
  return new Map(
    linking.map(({ name }) => [
      name,
      new Map(
        posts.flatMap(({ id }): [PostId, string][] => {
          const receipt = states.get(stateKey({ target: name, postId: id }))?.receipt;
          return receipt?.state === 'live' && receipt.url !== '' ? [[id, receipt.url]] : [];
        }),
      ),
    ]),
  );
}
