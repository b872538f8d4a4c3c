import { findSiteBuild, type SiteBuild } from '../../init/site-build.ts';
import type { SourceAnswer } from '../../init/write-config.ts';
import type { PagesPlace } from '../../model/source.ts';
import type { SourceSite } from '../../sources/define.ts';
import { findSiteOnly } from './find-site-only.ts';
import type { SiteFolder } from './site-folder.ts';
import type { SourceSurvey, Survey } from './survey-site.ts';

/** Where the pages of posts are looked at that have what only the site can show. */
export interface PagesChoice {
  readonly place: PagesPlace;
  /** How the site is built before; absent where the live site is looked at. */
  readonly build?: SiteBuild | undefined;
  /** The folder that the feeds are written into once the site is built; absent where it is built into none. */
  readonly into?: string | undefined;
  /** The folders of posts whose pages are needed. */
  readonly folders: ReadonlySet<string>;
  /** How many of the newest posts have something of the kind. */
  readonly posts: number;
  /** How many have pictures that are served under other names than their files'. */
  readonly pictured: number;
  /** How their authors call it, the most frequent first. */
  readonly names: readonly string[];
}

/** Finds out whether pages are needed, and where they are; undefined where markdown says everything. */
export async function choosePages(
  { answers, inspection }: Survey,
  site: SiteFolder,
  known: SourceSite,
  signal: AbortSignal,
): Promise<PagesChoice | undefined> {
  const found = await Promise.all(
    answers.sources
      .filter(({ count }) => count > 0)
      .map(async (source: SourceSurvey) => ({
        folder: source.posts,
        only: await findSiteOnly(source, inspection, known, signal),
      })),
  );
  const build = findSiteBuild(site, inspection);
  // Where the live site is looked at, it is so only for what markdown cannot say.
  const needing = found.filter(({ only }) => only.posts > 0 || (build !== undefined && only.pictured > 0));
  if (needing.length === 0) return undefined;
  return {
    place: build === undefined ? 'live' : { from: build.output },
    build,
    into: inspection.output,
    folders: new Set(needing.map(({ folder }) => folder)),
    posts: needing.reduce((sum, { only }) => sum + only.posts, 0),
    pictured: needing.reduce((sum, { only }) => sum + only.pictured, 0),
    names: [...new Set(needing.flatMap(({ only }) => only.names))],
  };
}

/** A source with the place of its pages. */
export function withPages<Source extends SourceAnswer>(
  source: Source,
  pages: PagesChoice | undefined,
): Source & Pick<SourceAnswer, 'pages'> {
  return pages?.folders.has(source.posts) === true ? { ...source, pages: pages.place } : source;
}
