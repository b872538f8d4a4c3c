import type { Rendition } from '../../model/rendition.ts';

/** What a letter has beside its HTML, as it is written to a file. */
export type MailFields = {
  readonly subject: string;
  readonly preheader: string;
  /** The plain part. */
  readonly text: string;
  readonly from: string | null;
  readonly unsubscribe: string | null;
  /** The same for every form of the letter. */
  readonly message_id: string;
  /** When it is to be sent, ISO 8601 in UTC. */
  readonly date: string | null;
  readonly position: number | null;
  /** Such as `7 days`, after the letter before. */
  readonly delay: string | null;
  /** The day on which it arrives, 0 being the one on which a reader joined. */
  readonly day: number | null;
};

/** Reads back the fields from the rendition that was made of them. */
export function readMailFields({ fields }: Rendition): MailFields {
  return fields as MailFields;
}
