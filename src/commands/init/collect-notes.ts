import { defaultConfigPath } from '../../config/default-path.ts';
import type { Note } from '../../init/define.ts';
import { countPosts } from '../../init/paths.ts';
import { nameFolder, nameTried, type Report, writesWorkflows } from './report-init.ts';
import type { SiteFolder } from './site-folder.ts';
import type { Survey } from './survey-site.ts';

/** What the author should look at; what is assumed for the config only where there was none. */
export function collectNotes(report: Omit<Report, 'notes'>, site: SiteFolder): readonly Note[] {
  const { survey, isSetUp } = report;
  return [
    ...[...site.refused].map(([path, why]) => ({
      message: `${path} was not read: it ${why}.`,
      remedy: 'Check that config/broadside.yaml has what it says about the site.',
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
      message: `These were not found, so they are assumed: ${guesses.join(', ')}.`,
      remedy: `Correct them in ${defaultConfigPath}.`,
    });
  }
  const [one] = verdict.misfits;
  if (one !== undefined) {
    notes.push({
      message:
        `${answers.canonical} is wrong for ${nameTried(verdict.misfits.length, verdict.looked)}: ` +
        `${one.path} is at ${one.address}.`,
      remedy:
        'Give these posts a canonical_url in their front matter before the first publish, or correct "canonical" in the config.',
    });
  }
  const others = inspection.otherPosts ?? [];
  if (others.length > 0) {
    notes.push({
      message: `There are posts in ${others.join(' and ')} too.`,
      remedy: `To publish them too, add a source for each, with its own canonical, to ${defaultConfigPath}.`,
    });
  }
  return notes;
}

function noteComponents({ answers }: Survey, site: SiteFolder): readonly Note[] {
  const { mdx } = countPosts(site, answers.posts);
  if (mdx === 0) return [];
  return [
    {
      message:
        mdx === 1
          ? 'One post is MDX. You have to say what its components show elsewhere.'
          : `${mdx} posts are MDX. You have to say what their components show elsewhere.`,
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
        'The program that wrote the workflows has changes that are not committed. The workflows run it without them.',
      remedy: 'If you want them, commit and push them, delete the workflows, and run init again.',
    });
  }
  return notes;
}
