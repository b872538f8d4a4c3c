import { basename, dirname, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { readVersion } from '../base/version.ts';
import { mailRules } from '../mailing/rules.ts';
import type { Rules } from '../model/diagnostic.ts';
import type { Author } from '../model/post.ts';
import type { Source } from '../model/source.ts';
import { takesPosts, type FeedTarget, type PostTarget, type TakenIds, type Target } from '../model/target.ts';
import { sourceKinds } from '../sources/index.ts';
import { letterRules } from '../sources/letter-rules.ts';
import { postRules } from '../sources/rules.ts';
import { targetKinds } from '../targets/index.ts';
import { readConfigFile } from './check-once.ts';
import { locateFeedIds } from './feed-ids.ts';
import { loadKinds, namedKinds } from './load-kinds.ts';
import { findOutsidePaths } from './outside-paths.ts';
import { findStraySecrets } from './stray-secrets.ts';
import { findLooseSequences } from './check-sequences.ts';
import type { OptionFault } from './refuse.ts';
import type { author } from './schema.ts';

interface LedgerConfig {
  readonly kind?: 'git' | 'file' | 'postgres' | undefined;
  readonly branch: string;
  readonly remote: string;
  readonly path: string;
  readonly schema?: string | undefined;
  readonly secret: string;
  readonly ca?: string | undefined;
}

/** The config file, validated, with its sources and targets made. */
export interface Config {
  /** The blog's folder, absolute. */
  readonly root: string;
  /** The config file's path relative to the root. */
  readonly file: string;
  /** The file of the ids that feeds keep from before, absolute, whether it is there or not. */
  readonly feedIds: string;
  /** The ids that feeds keep from before. */
  readonly takenIds: TakenIds;
  /** Of the config file and of the ids that feeds keep from before. */
  readonly digest: string;
  readonly site: {
    readonly url: string;
    readonly title: string;
    readonly description: string;
    readonly author: Author;
    readonly language: string;
    readonly timezone: string;
  };
  readonly sources: readonly Source[];
  readonly targets: readonly Target[];
  /** Those of the targets that show posts. */
  readonly postTargets: readonly PostTarget[];
  /** Every rule that applies to this blog's posts. */
  readonly rules: Rules;
  readonly series: { readonly navigation: 'top' | 'bottom' | 'none'; readonly backfill: boolean };
  readonly requireLive: boolean;
  readonly maxUpdates: number;
  readonly paused: boolean;
  /** The editor that the preview opens files in: a known one, `none`, or an address with {file}, {line} and {column}. */
  readonly editor: string;
  readonly ledger: LedgerConfig;
}

/**
 * Reads and validates a config file. `targetUrls` puts other addresses in place of the targets' own, by name, and `files` another
 * folder, absolute, in place of the blog's for the targets that write files.
 * Throws `CONFIG_MISSING` or `CONFIG_INVALID`, the latter with every fault's line and remedy.
 */
export async function loadConfig(
  path: string,
  cwd: string,
  targetUrls: Readonly<Record<string, string>> = {},
  files?: string,
): Promise<Config> {
  const absolute = resolve(cwd, path);
  const shown = relative(cwd, absolute) || path;
  const root = basename(dirname(absolute)) === 'config' ? dirname(dirname(absolute)) : dirname(absolute);
  const { options, ids, text, digest } = await readConfigFile(absolute, shown, root, cwd);
  const refuse = async (faults: readonly OptionFault[]): Promise<Error> =>
    (await import('./check-text.ts')).refuseInText(faults, text, shown);
  const outside = findOutsidePaths(options, root);
  if (outside.length > 0) throw await refuse(outside);
  const sources = await loadKinds(sourceKinds, namedKinds(options, 'sources'));
  const targets = await loadKinds(targetKinds, namedKinds(options, 'targets'));
  const { site, ledger } = options;
  const siteAuthor = toAuthor(site.author);
  const made = Object.entries(options.targets).map(([name, own]) => {
    const kind = targets.get(String(own['kind']));
    if (kind === undefined) throw new TypeError('a validated target has a kind');
    const url = targetUrls[name];
    const siblings = Object.fromEntries(
      Object.entries(options.targets).filter(([, one]) => one['kind'] === kind.kind),
    );
    return kind.create(name, url === undefined ? own : { ...own, url }, {
      siblings,
      ids,
      root: files ?? root,
    });
  });
  const madeSources = options.sources.map((own, index) => {
    const kind = sources.get(String(own['kind']));
    if (kind === undefined) throw new TypeError('a validated source has a kind');
    const known = {
      ...site,
      author: siteAuthor,
      root,
      targets: Object.keys(options.targets),
      program: readVersion(),
    };
    const name = typeof own['name'] === 'string' ? own['name'] : `${kind.kind}-${index + 1}`;
    return kind.create(name, own, known);
  });
  const misfits = [...findClashes(made), ...findStraySecrets(made), ...findLooseSequences(madeSources, made)];
  if (misfits.length > 0) throw await refuse(misfits);
  return {
    root,
    file: relative(root, absolute),
    feedIds: locateFeedIds(absolute),
    takenIds: ids,
    digest,
    site: { ...site, author: siteAuthor },
    sources: madeSources,
    targets: made,
    postTargets: made.filter(takesPosts),
    rules: Object.assign(
      {},
      postRules,
      letterRules,
      mailRules,
      ...[...sources.values(), ...targets.values()].map(({ rules }) => rules),
    ),
    series: options.series,
    requireLive: options.require_live,
    maxUpdates: options.max_updates,
    paused: options.paused,
    editor: options.editor,
    ledger,
  };
}

/** Files of the site that two targets would both write; only a file that is the same for both may be. */
function findClashes(targets: readonly Target[]): readonly OptionFault[] {
  const written = new Map<string, { readonly what: string; readonly by: string }>();
  return targets
    .filter((target): target is FeedTarget => target.granularity === 'feed')
    .flatMap(({ name, files }) =>
      Object.entries(files).flatMap(([path, what]): readonly OptionFault[] => {
        const other = written.get(path.toLowerCase());
        if (other === undefined) written.set(path.toLowerCase(), { what, by: name });
        if (other === undefined || (other.what === what && what === 'the stylesheet')) return [];
        return [
          {
            path: ['targets', name],
            message: `targets.${name} writes ${what} to ${path}, where targets.${other.by} writes ${other.what}.`,
            remedy: 'Give each a path of its own.',
          },
        ];
      }),
    );
}

function toAuthor(given: z.output<typeof author>): Author {
  return given.url === undefined ? { name: given.name } : { name: given.name, url: given.url };
}
