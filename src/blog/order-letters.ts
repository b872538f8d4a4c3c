import { compareText } from '../base/compare-text.ts';
import type { Diagnostic, Place } from '../model/diagnostic.ts';
import type { Letter, LetterField, LetterId, SequencePlace } from '../model/letter.ts';
import { countHours, nameLength } from '../reading/front-matter/read-delay.ts';

/** The letters of a blog, and what is wrong with where they stand. */
export interface OrderedLetters {
  /** By sequence and place, each delay counted from the letter before, with the day on which it arrives. */
  readonly letters: readonly Letter[];
  /** By letter: an error keeps the letter from being mailed, but not from being listed. What is wrong with a draft is a warning. */
  readonly faults: ReadonlyMap<LetterId, readonly Diagnostic[]>;
}

/** A letter that has a place in a sequence. */
interface Placed extends Letter {
  readonly sequence: SequencePlace;
}

/** Puts the letters of each sequence in order, and looks for gaps, repeats, times that fall and drafts in the middle. */
export function orderLetters(all: readonly Letter[]): OrderedLetters {
  const faults = new Map<LetterId, Diagnostic[]>();
  const report: Report = (letter, field, { severity: given, ...told }) => {
    const severity = letter.status === 'draft' ? 'warning' : given;
    const place: Place = letter.places[field] ?? letter.places.sequence ?? { line: 1, column: 1 };
    const fault = { ...told, severity, file: letter.origin.path, ...place, postId: letter.id };
    faults.set(letter.id, [...(faults.get(letter.id) ?? []), fault]);
  };
  const alone = all.filter(({ sequence }) => sequence === undefined);
  const bySequence = Map.groupBy(all.filter(isPlaced), ({ sequence }) => sequence.name);
  const ordered = [...bySequence.values()].flatMap((own) => {
    const letters = own.toSorted(
      (a, b) => a.sequence.position - b.sequence.position || compareText(a.origin.path, b.origin.path),
    );
    checkPlaces(letters, report);
    checkNames(letters, report);
    checkDrafts(letters, report);
    return countDays(letters, report);
  });
  return { letters: [...ordered, ...alone], faults };
}

type Told = Pick<Diagnostic, 'severity' | 'rule' | 'message' | 'remedy'>;

type Report = (letter: Letter, field: LetterField, told: Told) => void;

function isPlaced(letter: Letter): letter is Placed {
  return letter.sequence !== undefined;
}

function checkPlaces(letters: readonly Placed[], report: Report): void {
  const byPosition = Map.groupBy(letters, ({ sequence }) => sequence.position);
  for (const letter of letters) {
    const { position } = letter.sequence;
    const others = (byPosition.get(position) ?? []).filter((one) => one !== letter);
    if (others.length > 0) {
      const files = others.map(({ origin }) => origin.path).join(', ');
      const message = `The place ${position} is also that of ${files}; none of them is mailed.`;
      report(letter, 'sequence', {
        severity: 'error',
        rule: 'letter-sequence-repeated',
        message,
        remedy: 'Give each a place of its own.',
      });
    }
    const missing = Array.from({ length: position - 1 }, (_, index) => index + 1).find(
      (before) => !byPosition.has(before),
    );
    if (missing !== undefined) {
      const message = `The sequence has no letter ${missing}, which would come before this one; until then this one is not mailed.`;
      report(letter, 'sequence', {
        severity: 'error',
        rule: 'letter-sequence-gap',
        message,
        remedy: 'Write it, or number the letters without a gap.',
      });
    }
  }
}

/** The last number in a file's name. */
function numberOf({ origin }: Letter): number | undefined {
  const digits = /(\d+)\D*$/.exec(origin.path.replace(/^.*\//, '').replace(/\.\w+$/, ''));
  return digits === null ? undefined : Number(digits[1]);
}

function checkNames(letters: readonly Placed[], report: Report): void {
  for (const [index, letter] of letters.entries()) {
    const before = letters[index - 1];
    const [first, second] = [before && numberOf(before), numberOf(letter)];
    if (before === undefined || first === undefined || second === undefined || second >= first) continue;
    const message = `It comes after ${before.origin.path}, though the number in its name is lower.`;
    report(letter, 'sequence', {
      severity: 'warning',
      rule: 'letter-sequence-order',
      message,
      remedy: 'See which is right, and make both say the same.',
    });
  }
}

function checkDrafts(letters: readonly Placed[], report: Report): void {
  for (const [index, letter] of letters.entries()) {
    const waiting = letters.slice(index + 1).filter(({ status }) => status === 'ready');
    if (letter.status === 'ready' || waiting.length === 0) continue;
    const message = `This draft stands before ${waiting.map(({ id }) => id).join(', ')}, which ${waiting.length === 1 ? 'waits' : 'wait'} for it.`;
    report(letter, 'draft', {
      severity: 'warning',
      rule: 'letter-sequence-draft',
      message,
      remedy: 'Finish it, or give it a place after the others.',
    });
  }
}

/**
 * Counts each delay from the letter before, and the days from the first letter; after a delay that cannot be worked out, letters
 * have no day.
 */
function countDays(letters: readonly Placed[], report: Report): readonly Letter[] {
  let passed: number | undefined = 0;
  return letters.map((letter, index): Letter => {
    const { delay, ...rest } = letter;
    const before = letters[index - 1];
    const expected = (before?.sequence.position ?? 0) + 1;
    if (letter.sequence.position !== expected) passed = undefined;
    if (delay === undefined && before !== undefined) {
      const message = `The letter has no delay, so it arrives together with ${before.id}.`;
      report(letter, 'delay', {
        severity: 'warning',
        rule: 'letter-delay-missing',
        message,
        remedy: 'Add a `delay` such as "3 days", or write `delay: 0` if that is meant.',
      });
    }
    if (delay?.from === 'start' && passed === undefined) {
      const message =
        'The delay counts from the start, but nobody can tell on which day the letters before this one arrive.';
      report(letter, 'from', {
        severity: 'error',
        rule: 'letter-delay-order',
        message,
        remedy: 'Give each letter before it a place of its own, without a gap.',
      });
      return letter;
    }
    const given = delay === undefined ? 0 : countHours(delay);
    const own = delay?.from === 'start' ? given - (passed ?? given) : given;
    if (own < 0 && before !== undefined) {
      const message = `The letter would arrive before ${before.id}, which comes ahead of it.`;
      report(letter, 'delay', {
        severity: 'error',
        rule: 'letter-delay-order',
        message,
        remedy: 'Make the delay longer, or move the letter forward.',
      });
    }
    const hours = Math.max(0, own);
    passed = passed === undefined ? undefined : passed + hours;
    return {
      ...rest,
      ...(delay !== undefined && { delay: { ...nameLength(hours), from: 'previous' as const } }),
      ...(passed !== undefined && { day: Math.floor(passed / 24), hours: passed }),
    };
  });
}
