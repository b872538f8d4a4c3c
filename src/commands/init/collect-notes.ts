import { listWords } from '../../base/list-words.ts';
import { countOf } from '../../base/count-of.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import type { Note } from '../../init/define.ts';
import { listForeign } from '../../init/scan.ts';
import { nameFolder, nameTried, type Report, writesWorkflows } from './report-init.ts';
import type { Verdict } from '../../init/templates.ts';
import type { PagesChoice } from './choose-pages.ts';
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
    ...(isSetUp ? [] : [...noteForeign(survey, site), ...noteAssumptions(survey), ...noteUnproven(survey)]),
    ...(report.pages === undefined ? [] : notePages(report.pages)),
    ...noteWorkflows(report),
    // Feeds that are written after the build need no folder that the generator copies.
    ...survey.inspection.notes.filter(
      ({ isAboutFeeds }) => isAboutFeeds !== true || report.pages?.into === undefined,
    ),
  ];
}

/** What looks like posts and cannot be read. */
function noteForeign({ answers }: Survey, site: SiteFolder): readonly Note[] {
  const files = answers.sources.flatMap(({ posts }) => listForeign(site, posts));
  const [first] = files;
  if (first === undefined) return [];
  const formats = listWords([...new Set(files.map(({ format }) => format))], 'and');
  const subject = files.length === 1 ? 'One dated file is' : `${files.length} dated files are`;
  return [
    {
      message: `${subject} in ${formats}, such as ${first.path}. Broadside reads markdown, so no copies of ${files.length === 1 ? 'it' : 'them'} are made.`,
      remedy: 'To send copies of such a post, give it as markdown.',
    },
  ];
}

function noteAssumptions({ answers, guesses }: Survey): readonly Note[] {
  const notes: Note[] = [];
  if (guesses.length > 0) {
    notes.push({
      message: `These were not found, so they are assumed: ${guesses.join(', ')}.`,
      remedy: `Correct them in ${defaultConfigPath}.`,
    });
  }
  for (const { canonical, addresses, verdict } of answers.sources)
    notes.push(...noteMisfits(canonical, addresses, verdict));
  if (answers.others.length > 0) {
    notes.push({
      message: `There are dated files in ${listWords(
        answers.others.map(({ posts }) => posts),
        'and',
      )} too. They may be posts, and no copies of them are made.`,
      remedy: `If they are posts, take the "#" before their sources out of ${defaultConfigPath}.`,
    });
  }
  return notes;
}

/** Addresses that the site itself does not confirm. */
function noteUnproven({ answers, own }: Survey): readonly Note[] {
  const { url } = answers;
  const notes: Note[] = [];
  if (own === undefined && answers.sources[0].count > 0) {
    notes.push({
      message:
        'The addresses of posts were worked out, but not compared with any page: there is no built site here, and no sitemap or feed of the live site was read.',
      remedy:
        'Build the site and run "broadside check", or run "broadside doctor", which looks at the live site, before the first publish.',
    });
  }
  for (const { posts, canonical, proof } of answers.sources) {
    if (proof === undefined || proof.posts === 0 || proof.found > 0) continue;
    notes.push({
      message: `None of the posts in ${posts} could be found in ${proof.from}, so ${canonical} is not proven.`,
      remedy: `Open one post on your site, and correct "canonical" in ${defaultConfigPath} if its address is another.`,
    });
  }
  if (own?.origin !== undefined && url !== undefined && own.origin !== new URL(url).origin) {
    notes.push({
      message: `${own.from} gives the site’s address as ${own.origin}, and the config has ${new URL(url).origin}.`,
      remedy: `Keep the one that your readers see, as "url" in ${defaultConfigPath}.`,
    });
  }
  return notes;
}

/** What the author should know of the posts that a template is wrong for. */
function noteMisfits(
  canonical: string,
  addresses: Readonly<Record<string, string>>,
  { looked, misfits }: Verdict,
): readonly Note[] {
  const [one] = misfits;
  if (one === undefined) return [];
  const known = Object.keys(addresses).length;
  const wrong = `${canonical} is wrong for ${nameTried(misfits.length, looked)}: ${one.path} is at ${one.address}.`;
  return [
    known === misfits.length
      ? {
          message: wrong,
          remedy: `The config has the right address of ${known === 1 ? 'this post' : 'each of them'} under "addresses".`,
        }
      : {
          message: wrong,
          remedy:
            'Give these posts a canonical_url in their front matter before the first publish, or correct "canonical" in the config.',
        },
  ];
}

/** How many names are told. */
const shownNames = 5;

function notePages({ place, posts, pictured, names, build }: PagesChoice): readonly Note[] {
  const shown = names.slice(0, shownNames).join(', ') + (names.length > shownNames ? ' and others' : '');
  const count = (number: number): string => countOf(number, 'post has', 'posts have');
  const only = `At least ${count(posts)} something that only your site can show: ${shown}. Copies show what the post’s page shows there.`;
  const moved = `${count(pictured)} pictures that your site serves under other names than their files’. Copies show them from there.`;
  const message = [...(posts > 0 ? [only] : []), ...(build && pictured > 0 ? [moved] : [])].join(' ');
  if (place === 'live') {
    return [
      {
        message,
        remedy: `Nothing here says how the site is built, so the pages are read from the live site (pages: live in ${defaultConfigPath}).`,
      },
    ];
  }
  return [
    {
      message,
      remedy: `So the workflows build the site into ${place.from} first: ${(build?.script ?? []).join('; ')}. Correct that step in broadside-check.yml and broadside-publish.yml if your site is built in another way, and build it before you run Broadside here.`,
    },
  ];
}

function noteWorkflows(report: Omit<Report, 'notes'>): readonly Note[] {
  const { survey, isSetUp, hasWorkflows, program, pages } = report;
  const { generator, feedFolder } = survey.inspection;
  const notes: Note[] = [];
  if (!isSetUp && hasWorkflows && generator !== 'plain') {
    const step = '"uses: ./.github/actions/broadside-feeds"';
    notes.push(
      pages?.into === undefined
        ? {
            message: `The feeds have to be in ${nameFolder(feedFolder)} before ${generator} builds the site.`,
            remedy: `Add the step ${step} to the workflow that builds it.`,
          }
        : {
            message: `Feeds show what the pages show, so they are written into ${pages.into} after ${generator} has built the site.`,
            remedy: `Add the step ${step} with "into: ${pages.into}" to the workflow that builds it, right after that.`,
          },
    );
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
