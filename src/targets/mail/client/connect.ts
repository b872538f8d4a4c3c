import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileError, describeWriteError } from '../../../base/describe-file-error.ts';
import { digestList, digestText } from '../../../base/digest.ts';
import { SendError } from '../../../base/errors.ts';
import { safeName } from '../../../base/safe-name.ts';
import { writeWhole } from '../../../base/write-file.ts';
import type { Rendition } from '../../../model/rendition.ts';
import type { Connection, Observation, Taken } from '../../../model/target.ts';
import { readMailFields } from '../fields.ts';
import { composeFile } from './compose.ts';
import { readManifest, writeManifest, type MailFolder, type ManifestEntry } from './manifest.ts';

/**
 * Opens the folder that letters are written to. A letter is there if its file is there and the list names it. They are written in
 * this order, so a write that was interrupted between the two is done again.
 */
export function connectFolder(place: MailFolder): Connection {
  const put = (rendition: Rendition): Promise<Taken> => putLetter(place, rendition);
  return {
    observe: async (copies) =>
      copies.map(({ postId, remoteId }) => observe(place, remoteId ?? nameFile(postId))),
    create: put,
    update: (_remoteId, rendition) => put(rendition),
    retract: async (remoteId) => takeAway(place, remoteId),
    restore: (_remoteId, rendition) => put(rendition),
  };
}

function nameFile(letter: string): string {
  return `${safeName(letter)}.eml`;
}

function observe(place: MailFolder, name: string): Observation {
  const entry = readManifest(place).find(({ file }) => file === name);
  if (entry === undefined) return { seen: 'absent' };
  const path = `${place.path}/${name}`;
  try {
    const bytes = readFileSync(join(place.root, path));
    return { seen: 'present', ...describeTaken(entry, bytes), canonicalUrl: '' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { seen: 'absent' };
    return { seen: 'unknown', why: `${path} ${describeFileError(error)}` };
  }
}

async function putLetter(place: MailFolder, rendition: Rendition): Promise<Taken> {
  const { root, path } = place;
  const entry = describeEntry(rendition);
  const others = readManifest(place).filter(({ file }) => file !== entry.file);
  const bytes = await composeFile(rendition);
  try {
    writeWhole(root, `${path}/${entry.file}`, bytes);
    writeManifest(place, [...others, entry]);
  } catch (error) {
    throw explain(error, `${path}/${entry.file} could not be written`);
  }
  return describeTaken(entry, bytes);
}

function takeAway(place: MailFolder, name: string): Taken {
  const { root, path } = place;
  const letters = readManifest(place);
  const entry = letters.find(({ file }) => file === name);
  try {
    if (entry !== undefined) {
      writeManifest(
        place,
        letters.filter((one) => one !== entry),
      );
      rmSync(join(root, path, name), { force: true });
    }
  } catch (error) {
    throw explain(error, `${path}/${name} could not be deleted`);
  }
  return { remoteId: name, url: '', state: 'gone', echo: '' };
}

function describeEntry(rendition: Rendition): ManifestEntry {
  const { subject, preheader, position, delay, day, date } = readMailFields(rendition);
  return {
    file: nameFile(rendition.postId),
    letter: rendition.postId,
    subject,
    preview: preheader,
    ...(position !== null && { position }),
    ...(delay !== null && { delay }),
    ...(day !== null && { day }),
    ...(date !== null && { date }),
  };
}

function describeTaken(entry: ManifestEntry, bytes: Uint8Array): Taken {
  return {
    remoteId: entry.file,
    url: '',
    state: 'live',
    echo: digestList([JSON.stringify(entry), digestText(bytes)]),
  };
}

function explain(error: unknown, what: string): SendError {
  return new SendError('OUTPUT_UNWRITABLE', `${what}: ${describeWriteError(error)}.`, {
    remedy: 'Make room for it, or give the target another path.',
    sent: 'no',
    cause: error,
  });
}
