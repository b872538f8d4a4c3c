import { idOf, type Plan } from '../model/plan.ts';
import type { Post, PostId } from '../model/post.ts';
import { listScheduled } from './format-plan.ts';
import { composeRecord, tellHandWork } from '../plan/hand-over.ts';

/** The most octets of a line before its break (RFC 5545, section 3.1). */
const longestLine = 75;

/** How long an entry is shown, since many calendars show none that has no length. */
const shownLength = 'PT15M';

/** RFC 5545 requires at least one component, so a calendar without events has this one (section 3.6). */
const timezoneAlone = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const lineBreak = /\r\n?|[\n\u0085\u2028\u2029]/g;
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** What a calendar tells of the copies in it. */
export interface CalendarSite {
  readonly title: string;
  /** Absolute; its host makes the entries' ids unlike those of other sites. */
  readonly url: string;
  readonly posts: readonly Post[];
  /** The targets whose copies a person makes. */
  readonly byHand?: ReadonlySet<string>;
}

/** A copy at its time. */
interface CalendarEvent {
  readonly target: string;
  readonly post: PostId;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** For a copy that a person makes: what they have to do. */
  readonly work?: string;
}

/**
 * The copies of a plan that are scheduled, soonest first, after those that wait for a person by now, as an iCalendar file (RFC 5545). The same plan gives the same
 * bytes, and a copy keeps its id from plan to plan, so that importing again moves an entry rather than adding one.
 */
export function formatCalendar(plan: Plan, site: CalendarSite): string {
  const posts = new Map(site.posts.map((post) => [post.id, post]));
  const events = [...listWaitingByHand(plan), ...listToCome(plan, site)].flatMap((event) =>
    formatEvent(event, posts.get(event.post), plan.createdAt, site),
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Broadside//Broadside//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(`${site.title}: copies`)}`,
    ...(events.length === 0 ? timezoneAlone : events),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

/** What was due and now waits for a person. */
function listWaitingByHand({ actions }: Plan): readonly CalendarEvent[] {
  return actions.flatMap((action) => {
    if (action.reason !== 'by-hand' || action.since === undefined) return [];
    const { target, post, since } = action;
    return [{ target, post, at: since, work: tellHandWork(action) }];
  });
}

function listToCome(plan: Plan, { byHand }: CalendarSite): readonly CalendarEvent[] {
  return listScheduled(plan).map((action) => {
    const { target, at } = action;
    const post = idOf(action);
    const work = `make it by hand, then run "${composeRecord(target, post)}"`;
    return { target, post, at, ...(byHand?.has(target) === true && { work }) };
  });
}

function formatEvent(
  { target, post: postId, at, work }: CalendarEvent,
  post: Post | undefined,
  createdAt: string,
  site: CalendarSite,
): readonly string[] {
  const id = `${encodeName(target)}.${encodeName(postId)}@${new URL(site.url).hostname}`;
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(id)}`,
    `DTSTAMP:${formatStamp(createdAt)}`,
    `DTSTART:${formatStamp(at)}`,
    `DURATION:${shownLength}`,
    `SUMMARY:${escapeText(`${target}: ${post?.title ?? postId}`)}`,
    ...(post === undefined
      ? []
      : [
          `DESCRIPTION:${escapeText(
            work === undefined
              ? `The copy of ${post.canonicalUrl} on ${target} goes out.`
              : `The copy of ${post.canonicalUrl} on ${target} is due: ${work}.`,
          )}`,
          `URL:${post.canonicalUrl.replace(lineBreak, '').replace(control, '')}`,
        ]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** A name as part of an id: no dot in it is taken for the one between two names. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll('.', '%2E');
}

/** An ISO 8601 instant in UTC as `20261201T083000Z`; parts of a second are dropped. */
function formatStamp(instant: string): string {
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escapeText(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replace(lineBreak, '\\n')
    .replace(control, '');
}

/** Breaks a line so that no part of it is longer than 75 octets and no character is torn apart. */
function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line.toWellFormed()) {
    const size = countOctets(character);
    if (octets + size > longestLine) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** How many octets a character is in UTF-8. */
function countOctets(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
}
