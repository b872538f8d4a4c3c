import { defaultConfigPath } from '../../config/default-path.ts';
import type { Note } from '../../init/define.ts';
import { countPosts } from '../../init/paths.ts';
import { nameFolder, type Report, writesWorkflows } from './report-init.ts';
import type { SiteFolder } from './site-folder.ts';
import type { Survey } from './survey-site.ts';

/** What the author should look at; what is assumed for the config only where there was none. */
export function collectNotes(report: Omit<Report, 'notes'>, site: SiteFolder): readonly Note[] {
  const { survey, isSetUp } = report;
  return [
    ...[...site.refused].map(([path, why]) => ({
      message: `${path} was not read: it ${why}.`,
      remedy: 'Check that what it says of the site is in config/broadside.yaml.',
    })),
    ...(isSetUp ? [] : noteAssumptions(survey)),
    ...noteComponents(survey, site),
    ...noteWorkflows(report),
    ...survey.inspection.notes,
  ];
}

function noteAssumptions({ answers, inspection, verdict, guesses }: Survey): readonly Note[] {
  const notes: Note[] = [];
  if (guesses.length > 0) {
    notes.push({
      message: `These were not found, and are assumed: ${guesses.join(', ')}.`,
      remedy: `Correct them in ${defaultConfigPath}.`,
    });
  }
  const [one] = verdict.misfits;
  if (one !== undefined) {
    notes.push({
      message:
        `${answers.canonical} does not make the address of ${verdict.misfits.length} of ${verdict.looked} posts looked at: ` +
        `${one.path} is at ${one.address}.`,
      remedy:
        'Give such posts a canonical_url in their front matter before the first publish, or correct "canonical" in the config.',
    });
  }
  const others = inspection.otherPosts ?? [];
  if (others.length > 0) {
    notes.push({
      message: `There are posts in ${others.join(' and ')} too.`,
      remedy: `If they are to be published, add a source for each, with its own canonical, to ${defaultConfigPath}.`,
    });
  }
  return notes;
}

function noteComponents({ answers }: Survey, site: SiteFolder): readonly Note[] {
  const { mdx } = countPosts(site, answers.posts);
  if (mdx === 0) return [];
  return [
    {
      message: `${mdx === 1 ? 'One post is' : `${mdx} posts are`} MDX, and what its components show elsewhere is for you to say.`,
      remedy: `Run "broadside check", and name them in "syntax.components" of the source in ${defaultConfigPath}.`,
    },
  ];
}

function noteWorkflows(report: Omit<Report, 'notes'>): readonly Note[] {
  const { survey, isSetUp, hasWorkflows, program } = report;
  const { generator, feedFolder } = survey.inspection;
  const notes: Note[] = [];
  if (!isSetUp && hasWorkflows && generator !== 'plain') {
    notes.push({
      message: `The feeds have to be in ${nameFolder(feedFolder)} before ${generator} builds the site.`,
      remedy: 'Add the step "uses: ./.github/actions/broadside-feeds" to the workflow that builds it.',
    });
  }
  if (writesWorkflows(report) && program.isChanged === true) {
    notes.push({
      message:
        'The program that wrote the workflows has changes that are in no commit, and the workflows run it without them.',
      remedy: 'If they are meant, commit and push them, remove the workflows, and run init again.',
    });
  }
  return notes;
}
