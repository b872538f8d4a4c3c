import { Buffer } from 'node:buffer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Rendition } from '../../../model/rendition.ts';
import { readMailFields } from '../fields.ts';

/**
 * A letter as the file that mail programs open as a draft. The same letter makes the same bytes, and the file has a date only if
 * the letter has one.
 */
export async function composeFile(rendition: Rendition): Promise<Buffer> {
  const { subject, text, from, unsubscribe, message_id, date } = readMailFields(rendition);
  const mail = new MailComposer({
    subject,
    text,
    html: rendition.body,
    messageId: `<${message_id}>`,
    date: new Date(date ?? 0),
    baseBoundary: message_id,
    ...(from !== null && { from }),
    headers: {
      'X-Unsent': '1',
      ...(unsubscribe !== null && { 'List-Unsubscribe': `<${unsubscribe}>` }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await mail.compile().build();
  return date === null ? dropDate(bytes) : bytes;
}

/** Takes out the line of the head that says when it was sent. */
function dropDate(bytes: Buffer): Buffer {
  const start = bytes.indexOf('\r\nDate: ') + 2;
  const end = bytes.indexOf('\r\n', start) + 2;
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}
