import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { listForeign } from '../../init/scan.ts';
import { findSiteBuild } from '../../init/site-build.ts';
import { publishPath, workflowPaths } from '../../init/workflows.ts';
import { writeGitignore } from '../../init/write-texts.ts';
import { listUsualSecrets } from '../../targets/index.ts';
import { choosePages } from './choose-pages.ts';
import { collectNotes } from './collect-notes.ts';
import {
  composeConfig,
  composeFirstPost,
  composeLetters,
  composeReadme,
  composeWorkflows,
  findPaste,
} from './compose-files.ts';
import { findOrigin, ownFolder } from './program-origin.ts';
import { readNeeds } from './read-needs.ts';
import { readExisting, readWishes } from './read-wishes.ts';
import { printReport } from './report-init.ts';
import { isTaken, openSiteFolder, writeNewFile } from './site-folder.ts';
import { startLetters } from './start-targets.ts';
import { surveySite } from './survey-site.ts';

export interface InitArguments {
  readonly config: string;
  /** The blog's folder. */
  readonly folder: string;
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly posts?: string | undefined;
  /** The folder of letters that are to be begun. */
  readonly letters?: string | undefined;
  readonly canonical?: string | undefined;
  readonly timezone?: string | undefined;
  /** Where workflows get the program from: `OWNER/REPO` or an address, with or without `@` and a commit. */
  readonly repository?: string | undefined;
  /** The name of the package that workflows install. */
  readonly package?: string | undefined;
  /** The folder of the built site. */
  readonly built?: string | undefined;
  /** Leave the live site alone. */
  readonly offline?: boolean;
  /** Ask nothing: take what was found, and defaults. */
  readonly yes: boolean;
  readonly workflows: boolean;
}

/**
 * Runs `broadside init`: writes config, workflows and, where there is no post, a first one into a blog's folder; files that exist
 * are named and left. Returns the exit code. Throws `USAGE`; `OUTPUT_UNWRITABLE` if there is no such folder; and
 * `PROGRAM_UNPINNED`, after everything else is written, if it is not known which program the workflows should run.
 */
export async function runInit(args: InitArguments, shell: Shell): Promise<number> {
  const root = openRoot(args, shell.cwd);
  const wishes = readWishes(args);
  const site = openSiteFolder(root);
  const isSetUp = isTaken(root, defaultConfigPath);
  const existing = isSetUp ? await readExisting(root) : {};
  const ask = args.yes || isSetUp ? undefined : shell.ask;
  const looks = { built: wishes.built, offline: args.offline === true || isSetUp, signal: shell.signal };
  const survey = await surveySite(root, site, { ...wishes, ...existing.wishes }, ask, looks).catch(
    (error: unknown) => {
      if (shell.signal.aborted && !(error instanceof BroadsideError)) return undefined;
      throw error;
    },
  );
  if (survey === undefined) return 130;
  const { url = '', timezone, language, author } = survey.answers;
  const known = { root, url, timezone, language, author };
  const pages = isSetUp ? undefined : await choosePages(survey, site, known, shell.signal);
  const build = existing.built === undefined ? pages?.build : findSiteBuild(site, survey.inspection);
  const program = await findOrigin(ownFolder, args, shell);
  const { origin } = program;
  const mailed = wishes.letters === undefined ? undefined : await startLetters(wishes.letters);
  const config = isSetUp ? '' : composeConfig(survey, pages, mailed, origin);
  const letters = mailed && composeLetters(mailed, site, isSetUp);
  const writeAll = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([path, text]) => writeNewFile(root, path, text));
  const configFile = writeNewFile(root, defaultConfigPath, config);
  const begun = writeAll(letters?.texts ?? {});
  // By the config as it is there now, whoever wrote it.
  const needs = args.workflows && origin !== undefined ? await readNeeds(root, shell.signal) : undefined;
  const into = existing.built ?? pages?.into;
  const texts = {
    ...(args.workflows &&
      origin !== undefined &&
      composeWorkflows(survey, site, origin, {
        ...existing,
        build,
        into,
        runs: needs?.runs,
        secrets: needs?.secrets ?? (await listUsualSecrets()),
      })),
    ...(survey.answers.sources[0].count === 0 &&
      !isSetUp &&
      listForeign(site, survey.answers.sources[0].posts).length === 0 &&
      composeFirstPost(survey, shell.now().slice(0, 10))),
    ...composeReadme(survey, site, origin),
    '.gitignore': writeGitignore(),
  };
  const others = writeAll(texts);
  const written = [configFile, ...begun, ...others];
  const pastes = [
    ...written.flatMap((file) => findPaste(root, file, survey, origin)),
    ...(letters?.pastes ?? []),
  ];
  const hasWorkflows = args.workflows && workflowPaths.every((path) => existsSync(join(root, path)));
  const hasPublish = others.some(({ path, outcome }) => path === publishPath && outcome === 'written');
  const runs = hasPublish ? needs?.runs : undefined;
  const report = {
    survey,
    pages,
    build,
    written,
    pastes,
    isSetUp,
    hasWorkflows,
    program,
    runs,
    secrets: needs?.required ?? survey.answers.targets.flatMap(({ secrets }) => secrets),
  };
  printReport({ ...report, notes: collectNotes(report, site) }, shell);
  if (args.workflows && !hasWorkflows && program.missing !== undefined) {
    throw refuseWithoutOrigin(program.missing);
  }
  return written.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

function refuseWithoutOrigin(missing: string): BroadsideError {
  return new BroadsideError(
    'PROGRAM_UNPINNED',
    `The workflows were not written, because nothing says where they can get Broadside from: ${missing}.`,
    {
      remedy:
        'Say where, with the whole id of a commit that is there: broadside init --repository OWNER/REPO@COMMIT. Or name a package that is on npm: --package NAME. Or leave the workflows out: --without-workflows.',
    },
  );
}

function openRoot({ folder, config }: InitArguments, cwd: string): string {
  if (config !== defaultConfigPath) {
    throw new BroadsideError('USAGE', `init always writes ${defaultConfigPath}.`, {
      remedy: 'Leave --config out; move the file afterwards if you want it elsewhere.',
    });
  }
  const root = resolve(cwd, folder);
  if (existsSync(root) && statSync(root).isDirectory()) return root;
  throw new BroadsideError('OUTPUT_UNWRITABLE', `There is no folder ${cleanForTerminal(folder)}.`, {
    remedy: 'Name the folder of your blog, or create it first.',
  });
}
