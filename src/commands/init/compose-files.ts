import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import type { Origin } from '../../init/origin.ts';
import { joinPath } from '../../init/paths.ts';
import type { SiteBuild } from '../../init/site-build.ts';
import { blogWorkflows } from '../../init/workflows.ts';
import { placeSchema, writeConfig } from '../../init/write-config.ts';
import { describeLetters, writeFirstLetters, type LetterAnswer } from '../../init/write-letters.ts';
import {
  findUnignored,
  hasReadmeSection,
  writeFirstPost,
  writeReadmeSection,
} from '../../init/write-texts.ts';
import { type PagesChoice, withPages } from './choose-pages.ts';
import type { Needs } from './read-needs.ts';
import type { SiteFolder, WrittenFile } from './site-folder.ts';
import type { Survey } from './survey-site.ts';

/** The texts of files, by path. */
type Texts = Readonly<Record<string, string>>;

/** Text for a file that exists and is left as it is. */
export interface Paste {
  readonly path: string;
  readonly text: string;
}

/** The config's text. Throws `USAGE` where nobody has said at which address the site is. */
export function composeConfig(
  { answers, inspection }: Survey,
  pages: PagesChoice | undefined,
  letters: LetterAnswer | undefined,
  origin: Origin | undefined,
): string {
  const { url } = answers;
  const sources = answers.sources.map((source) => withPages(source, pages));
  if (url !== undefined)
    return writeConfig({ ...answers, url, sources, letters, schema: placeSchema(origin) });
  const { generator, evidence } = inspection;
  const where = evidence === undefined ? 'This folder does' : `${generator}’s ${evidence} does`;
  throw new BroadsideError('USAGE', `${where} not say what the site’s address is.`, {
    remedy: 'Give it: broadside init --url https://example.com',
  });
}

/**
 * The workflows that run the program from where it was found, and build the site first where that is known; `targets` are those of
 * the config that is there.
 */
export function composeWorkflows(
  { answers, inspection }: Survey,
  site: SiteFolder,
  origin: Origin,
  {
    targets,
    build,
    into,
    runs,
    secrets,
  }: {
    readonly targets?: readonly string[];
    readonly build?: SiteBuild | undefined;
    readonly into?: string | undefined;
    readonly runs?: Needs['runs'];
    readonly secrets: readonly string[];
  },
): Texts {
  const { version, timezone } = answers;
  const { feedFolder, feedPrefix } = inspection;
  const generator = inspection.generator === 'plain' ? 'your generator' : inspection.generator;
  const branch = readDefaultBranch(site);
  const known = {
    ...(branch && { branch }),
    targets: targets ?? answers.targets.map(({ name }) => name),
    ...(build && { build }),
    ...(into !== undefined && { into }),
    cron: runs?.lines,
    secrets,
  };
  return blogWorkflows({ generator, version, origin, timezone, feedFolder, feedPrefix, ...known });
}

/** The branch that a clone's remote has as its default, where git has noted it. */
function readDefaultBranch(site: SiteFolder): string | undefined {
  return /^ref: refs\/remotes\/origin\/([\w./-]+)$/.exec(
    site.read('.git/refs/remotes/origin/HEAD')?.trim() ?? '',
  )?.[1];
}

/** A first post, dated `day`. */
export function composeFirstPost({ answers, inspection }: Survey, day: string): Texts {
  const { firstPost } = inspection;
  const path = joinPath(answers.sources[0].posts, firstPost.file.replace('{day}', day));
  return { [path]: writeFirstPost(day, firstPost) };
}

/** Letters to begin with, unless the folder has some already, and what to add to a config that was there before. */
export function composeLetters(
  letters: LetterAnswer,
  site: SiteFolder,
  isSetUp: boolean,
): { readonly texts: Texts; readonly pastes: readonly Paste[] } {
  const { folder } = letters;
  const hasLetters = site.list(folder).some(({ name }) => /\.(?:md|markdown|mdx)$/i.test(name));
  const isNamed = isSetUp && /\bas:\s*["']?letters\b/.test(site.read(defaultConfigPath) ?? '');
  return {
    texts: hasLetters ? {} : writeFirstLetters(folder),
    pastes: isSetUp && !isNamed ? [{ path: defaultConfigPath, text: describeLetters(letters) }] : [],
  };
}

/** A README under the name of the one that is there, or else where the generator makes no page of it. */
export function composeReadme(
  { answers, inspection }: Survey,
  site: SiteFolder,
  origin: Origin | undefined,
): Texts {
  const { title, generator } = answers;
  const existing = site.list('').find(({ name }) => /^readme(\.\w+)?$/i.test(name))?.name;
  const untitled = generator === 'plain' ? 'Posts' : 'The site';
  const heading = title === '' ? untitled : escapeMarkdown(title);
  const text = `# ${heading}\n\n${writeReadmeSection(answers, origin)}`;
  return { [existing ?? inspection.readme ?? 'README.md']: text };
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!&~@]/g, (char) => `\\${char}`);
}

/** What the author should add to a file that was there before, if anything. */
export function findPaste(
  root: string,
  { path, outcome }: WrittenFile,
  { answers }: Survey,
  origin: Origin | undefined,
): readonly Paste[] {
  if (outcome !== 'kept') return [];
  const text = readText(join(root, path));
  if (path === '.gitignore') {
    const missing = findUnignored(text);
    return missing.length === 0 ? [] : [{ path, text: `${missing.join('\n')}\n` }];
  }
  if (/^(\.github\/)?readme(\.\w+)?$/i.test(path) && !hasReadmeSection(text)) {
    return [{ path, text: writeReadmeSection(answers, origin) }];
  }
  return [];
}

function readText(file: string): string {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}
