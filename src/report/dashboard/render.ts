import { countOf } from '../../base/count-of.ts';
import { compareText } from '../../base/compare-text.ts';
import { quoteLines } from '../../base/terminal.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { CopyState } from '../../model/ledger.ts';
import { copyOf, type Action } from '../../model/plan.ts';
import type { Post } from '../../model/post.ts';
import { countActions, describeReason, listScheduled } from '../format-plan.ts';
import { stateOf } from '../../plan/actions.ts';
import { formatWeekday } from '../../plan/schedule.ts';
import { formatInstant } from '../../base/format-instant.ts';
import {
  commentLimit,
  countBytes,
  details,
  escapeMarkdown,
  formatCommand,
  formatLink,
  linkPost,
  printValue,
} from '../markdown.ts';
import { fitSections, type Item, type Section } from './fit.ts';
import { writeBox, writeDashboardMark } from './marks.ts';
import { listErrors, listHeld, listNeeds, writeTold } from './needs.ts';
import { listOffers, offerRetract, type Offer } from './offers.ts';
import type { Answer, DashboardView } from './view.ts';

const week = 7 * 24 * 60 * 60 * 1000;

/** A copy that went out, or was changed, within the week. */
interface SentCopy {
  readonly state: CopyState;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** The text of the dashboard's issue; nothing that it quotes from outside is markup, a mention, a box or a mark. */
export function renderDashboard(view: DashboardView, answers: readonly Answer[] = []): string {
  const head = `${writeDashboardMark(view.blog)}\n${describeState(view)}\n\n`;
  const foot = `${describeUse()}\n\n${writeTold(listNeeds(view))}\n`;
  const sections: readonly Section[] = [
    { heading: 'What you asked for', most: 50, items: answers.map((answer) => tellAnswer(answer, view)) },
    { heading: 'What publishing needs', most: 30, items: view.concerns.map(tellConcern) },
    { heading: 'Held until you act', most: 40, items: listHeld(view).map((one) => tellHold(one, view)) },
    { heading: 'For you to make by hand', most: 20, items: listByHand(view) },
    { heading: 'Due, and not gone out', most: 20, items: listLate(view) },
    { heading: 'Faults in posts', most: 20, items: listFaults(view) },
    { heading: 'Next', most: 30, items: listNext(view) },
    {
      heading: 'Out in the last seven days',
      most: 40,
      items: tellWeek(view),
    },
    { heading: 'Accounts', most: 20, items: view.accounts.map(tellConcern) },
    { heading: 'The schedule', most: 12, items: tellSchedule(view) },
  ];
  const room = commentLimit - countBytes(head) - countBytes(foot);
  return `${head}${fitSections(sections, room)}${foot}`;
}

/** Every box that a view shows or, where there is no room for it, would show. */
export function listEveryOffer(view: DashboardView): readonly Offer[] {
  return [
    ...(view.plan?.actions ?? []).flatMap((action) => offersFor(action, view)),
    ...listSent(view).flatMap(({ state }) => offerRetract(state, view.blog)),
  ];
}

function describeState(view: DashboardView): string {
  const { plan, now, run } = view;
  const looked = `Broadside looked on ${tellInstant(now, view)}${run === undefined ? '' : `, in ${formatLink('this run', run)}`}.`;
  if (plan === undefined) return `**Nothing can be planned.** ${looked}`;
  const { held, byHand, waiting, create, change, adopt } = countActions(plan.actions);
  const [due, problems, faults] = [create + change + adopt, view.concerns.length, listErrors(plan).length];
  const parts = [
    held > 0 && `${countOf(held, 'copy is', 'copies are')} held`,
    byHand > 0 && `${countOf(byHand, 'copy waits', 'copies wait')} for you to make by hand`,
    problems > 0 &&
      `${countOf(problems, 'thing')} that publishing needs ${problems === 1 ? 'has' : 'have'} to be put right`,
    faults > 0 && `${countOf(faults, 'fault')} in posts ${faults === 1 ? 'has' : 'have'} to be mended`,
    due > 0 && `${countOf(due, 'copy goes', 'copies go')} out with the next run`,
    waiting > 0 && countOf(waiting, 'copy goes out later by itself', 'copies go out later by themselves'),
  ].filter((part) => part !== false);
  const said = parts.length === 0 ? 'All is well, and there is nothing to do' : parts.join(', ');
  const paused = plan.paused ? ' **Publishing is paused by the config: nothing is sent.**' : '';
  return `**${said}.**${paused} ${looked}`;
}

function describeUse(): string {
  return [
    '---',
    '',
    '_Tick a box, and a run does just that. It does nothing if the copy has changed since the box was shown, or if you may not write to this repository. Broadside writes this text anew with each run, so whatever else is written here is lost._',
  ].join('\n');
}

function tellAnswer({ mark, isDone, said }: Answer, view: DashboardView): Item {
  const { target, post, ask } = mark;
  const copy = `**${escapeMarkdown(target)}**: ${linkId(post, view.posts)}`;
  return {
    text: `- ${copy}, ${ask}: ${isDone ? 'done' : '**not done**'}. ${escapeMarkdown(said)}\n`,
  };
}

function tellConcern({ level, about, what, remedy = '' }: DashboardView['concerns'][number]): Item {
  const word = level === 'ok' ? '' : `**${level}**, `;
  return { text: `- ${word}${escapeMarkdown(about)}: ${escapeMarkdown(`${what} ${remedy}`)}\n` };
}

function tellHold(action: ReturnType<typeof listHeld>[number], view: DashboardView): Item {
  const { diff, reason, note, url } = action;
  const where = url === undefined || url === '' ? '' : ` (${formatLink('the copy', url)})`;
  const why = note === undefined ? reason : `${reason}: ${note}`;
  const text = `- ${nameCopy(action, view)}${where}, ${escapeMarkdown(why)}.\n${listBoxes(action, view)}`;
  if (diff === undefined) return { text };
  const shown = details('What was sent, and what is there now', quoteLines(diff));
  return {
    text,
    fold: {
      text: `\n${shown.open}${shown.lines.join('\n')}${shown.close}`,
      instead: '  _`broadside plan` shows what differs._\n',
    },
  };
}

function listByHand(view: DashboardView): readonly Item[] {
  return (view.plan?.actions ?? []).flatMap((action) => {
    if (action.reason !== 'by-hand') return [];
    const { target, post, work, note, url, importUrl, rendition, since } = action;
    const make = importUrl === undefined ? 'paste the text below' : formatLink('import it', importUrl);
    const what = work === 'create' ? make : formatLink('change it to the text below', url);
    const why = note === undefined ? '' : ` (${escapeMarkdown(note)})`;
    const when = since === undefined ? '' : ` It has been due since ${tellInstant(since, view)}.`;
    const { open, lines, close } = details(
      `Text for ${target}: ${printValue(rendition.fields['title'] ?? post)}`,
      rendition.body.trimEnd(),
      Object.entries(rendition.fields)
        .map(([name, value]) => `${name}: ${printValue(value)}`)
        .join('\n'),
    );
    const print = formatCommand(`broadside render ${quoteWord(post)} --target ${target}`);
    return [
      {
        text: `- ${nameCopy(action, view)}: ${what}${why}. Then tick the box, or run the command with the address that it has there.${when}\n${listBoxes(action, view)}`,
        fold: {
          text: `\n${open}${lines.join('\n')}${close}`,
          instead: `  _Its text is too long to be shown here: ${print} prints it._\n`,
        },
      },
    ];
  });
}

/** What is late, without copies that wait for a person, which have a section of their own. */
function listLate(view: DashboardView): readonly Item[] {
  return view.late.flatMap(({ action, dueSince }) => {
    if (action.reason === 'by-hand') return [];
    const why = action.verb === 'wait' ? describeReason(action, view) : 'no run has sent it';
    const text = `- ${nameCopy(action, view)}: due since ${tellInstant(dueSince, view)}; ${escapeMarkdown(why)}.\n`;
    return [{ text }];
  });
}

function listFaults({ plan }: DashboardView): readonly Item[] {
  return listErrors(plan).map(({ file, line, message, remedy }) => ({
    text: `- ${escapeMarkdown(`${file}:${line}`)}: ${escapeMarkdown(`${message} ${remedy}`)}\n`,
  }));
}

/** What the next run sends, then what waits for its time, then what waits for something else. */
function listNext(view: DashboardView): readonly Item[] {
  const { plan } = view;
  if (plan === undefined) return [];
  const due = plan.actions.flatMap((action) =>
    'post' in action && (action.verb === 'create' || action.verb === 'update' || action.verb === 'adopt')
      ? [{ action, when: `with the next run, ${describeReason(action, view)}` }]
      : [],
  );
  const timed = listScheduled(plan).map((action) => ({
    action,
    when: `${tellInstant(action.at, view)}${action.missed === undefined ? '' : ', catching up'}${action.reason === 'scheduled' ? '' : `, ${action.reason}`}`,
  }));
  const others = plan.actions.flatMap((action) =>
    action.verb === 'wait' && action.reason !== 'by-hand' && action.at === undefined
      ? [{ action, when: describeReason(action, view) }]
      : [],
  );
  return [...due, ...timed, ...others].map(({ action, when }) => ({
    text: `- ${nameCopy(action, view)}: ${escapeMarkdown(when)}\n${listBoxes(action, view)}`,
  }));
}

/** The copies that were made or changed within the week, newest first. */
function listSent({ states, now }: Pick<DashboardView, 'states' | 'now'>): readonly SentCopy[] {
  const since = new Date(Date.parse(now) - week).toISOString();
  return [...states.values()]
    .flatMap((state) => {
      const { receipt, createdAt = '' } = state;
      if (receipt === undefined || receipt.verb === 'adopt') return [];
      const at = receipt.at > createdAt ? receipt.at : createdAt;
      return at >= since && at <= now ? [{ state, at }] : [];
    })
    .toSorted((a, b) => compareText(b.at, a.at));
}

/** What went out. The boxes that take it down are folded away, so that nobody ticks one by mistake. */
function tellWeek(view: DashboardView): readonly Item[] {
  const sent = listSent(view);
  const boxes = sent.flatMap(({ state }) => offerRetract(state, view.blog)).map(tellOffer);
  const { open, close } = {
    open: '<details><summary>Take one of these down</summary>\n\n',
    close: '\n</details>\n',
  };
  const fold = { text: `\n${open}${boxes.join('')}${close}`, instead: '' };
  return [...sent.map((one) => tellSent(one, view)), ...(boxes.length === 0 ? [] : [{ text: '', fold }])];
}

function tellSent({ state, at }: SentCopy, view: DashboardView): Item {
  const { receipt, copy } = state;
  const words = { create: 'published', update: 'changed', retract: 'taken down', adopt: 'adopted' } as const;
  const word = receipt === undefined ? '' : words[receipt.verb];
  const draft = receipt?.state === 'draft' ? ' as a draft' : '';
  return {
    text: `- **${escapeMarkdown(copy.target)}**: ${linkId(copy.postId, view.posts)}, ${formatLink(word, receipt?.url)}${draft} ${tellInstant(at, view)}\n`,
  };
}

function tellSchedule(view: DashboardView): readonly Item[] {
  const { schedule } = view;
  if (schedule === undefined) return [];
  const { last, next, planned, late } = schedule;
  const line = (text: string): Item => ({ text: `- ${text}\n` });
  return [
    line(
      last === undefined
        ? 'It has started no run yet.'
        : `The last run that it started: ${tellInstant(last, view)}.`,
    ),
    ...(next === undefined ? [] : [line(`The next: ${tellInstant(next, view)}.`)]),
    ...(late.length === 0
      ? []
      : [
          line(
            `**${late.length} of ${countOf(planned, 'run')} in the last seven days came more than an hour late or not at all.** What was due went out with the next run that came.`,
          ),
          ...late.map(({ planned: at, came }) =>
            line(
              `Planned ${tellInstant(at, view)}: ${came === undefined ? 'no run has come' : `a run came ${tellGap(at, came)} later`}.`,
            ),
          ),
        ]),
  ];
}

function offersFor(action: Action, { blog, states, posts, now }: DashboardView): readonly Offer[] {
  if (!('post' in action)) return [];
  const post = posts.find((one) => one.id === action.post);
  return listOffers(action, {
    blog,
    state: stateOf(states, copyOf(action)),
    isOut: post !== undefined && post.publishAt <= now,
  });
}

function listBoxes(action: Action, view: DashboardView): string {
  return offersFor(action, view).map(tellOffer).join('');
}

function tellOffer(offer: Offer): string {
  const label = offer.ask === 'retract' ? '' : `${offer.label}: `;
  return `  ${writeBox(offer, `${label}${formatCommand(offer.command)}`)}\n`;
}

function nameCopy(action: Action, view: DashboardView): string {
  return `**${escapeMarkdown(action.target)}**: ${linkPost(action, view)}`;
}

/** A post by its title with a link to its original; by its id where it is gone. */
function linkId(id: string, posts: readonly Post[]): string {
  const post = posts.find((one) => one.id === id);
  return post === undefined ? escapeMarkdown(id) : formatLink(post.title, post.canonicalUrl);
}

function tellInstant(instant: string, { timezone }: Pick<DashboardView, 'timezone'>): string {
  return escapeMarkdown(`${formatWeekday(instant, timezone)} ${formatInstant(instant, timezone)}`);
}

function tellGap(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
