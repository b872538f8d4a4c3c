import type { Delay, LetterField } from '../../model/letter.ts';
import type { FieldReader } from './fields.ts';
import { readDelay } from './read-delay.ts';
import { readFlag, readText } from './values.ts';

/** The fields that a letter has beside those of a post. */
export const letterFields = [
  'sequence',
  'subject',
  'preview',
  'delay',
  'from',
] as const satisfies readonly LetterField[];

/** What a front matter says of a letter. */
export interface WrittenLetter {
  readonly sequence?: number;
  readonly subject?: string;
  readonly preview?: string;
  readonly delay?: Pick<Delay, 'value' | 'unit'>;
  readonly from: Delay['from'];
  /** Whether it says that it may be mailed; nothing is mailed that only forgot to say that it is a draft. */
  readonly isReady: boolean;
}

/** Whether a front matter makes its file a letter, wherever it lies: it has a subject or a place in a sequence. */
export function isLetter(reader: FieldReader): boolean {
  return reader.gives('sequence') || reader.gives('subject');
}

/** Takes the fields of a letter; what cannot be taken is an error, since it would be mailed otherwise than was meant. */
export function takeLetter(reader: FieldReader): WrittenLetter {
  const sequence = reader.take<number>({
    field: 'sequence',
    names: ['sequence'],
    severity: 'error',
    rule: 'letter-sequence-invalid',
    expected: 'a whole number from 1',
    remedy: 'Write its place in the sequence, as in sequence: 3',
    read: readPosition,
  });
  const subject = takeText(reader, 'subject', ['subject']);
  const preview = takeText(reader, 'preview', ['preview', 'preheader', 'preview_text']);
  const delay = reader.take({
    field: 'delay',
    names: ['delay'],
    severity: 'error',
    rule: 'letter-delay-invalid',
    expected: 'a time in whole hours or days',
    remedy: 'Write it as in "7 days", "36 hours", P7D or 0',
    read: readDelay,
  });
  const from = reader.take<Delay['from']>({
    field: 'from',
    names: ['from'],
    severity: 'error',
    rule: 'letter-delay-invalid',
    expected: 'previous or start',
    remedy:
      'Write `from: start` where the delay counts from the day on which a reader joins, and nothing where it counts from the letter before',
    read: (value) => {
      const word = readText(value)?.toLowerCase();
      return word === 'start' || word === 'previous' ? word : undefined;
    },
  });
  return {
    ...(sequence !== undefined && { sequence }),
    ...(subject !== undefined && { subject }),
    ...(preview !== undefined && { preview }),
    ...(delay !== undefined && { delay }),
    from: from ?? 'previous',
    isReady: saysReady(reader),
  };
}

function takeText(
  reader: FieldReader,
  field: 'subject' | 'preview',
  names: readonly string[],
): string | undefined {
  return reader.take({
    field,
    names,
    severity: 'error',
    rule: 'post-field-invalid',
    expected: 'text',
    remedy: 'Write text, in quotes if it looks like something else',
    read: readText,
  });
}

const readyStatuses: ReadonlySet<string> = new Set(['ready', 'published', 'live']);

function saysReady(reader: FieldReader): boolean {
  const says = (name: string, flag: boolean): boolean =>
    reader.find([name]).some(({ value }) => readFlag(value) === flag);
  return (
    reader.find(['status']).some(({ value }) => readyStatuses.has(readText(value)?.toLowerCase() ?? '')) ||
    says('draft', false) ||
    says('published', true)
  );
}

function readPosition(value: unknown): number | undefined {
  const text = readText(value) ?? '';
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}
